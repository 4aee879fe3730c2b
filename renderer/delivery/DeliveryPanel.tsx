import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconUserCheck, IconX } from '@tabler/icons-react';

import { countOf } from '#shared/kernel/count-of.ts';

import type { DeliveryView } from '../bridge/index.ts';
import { showMoment, showPersonName, useClock } from '../ui/index.ts';
import { chooseDelivery, hideDeliveries, isOverdue, isPanelShown, retryDelivery, useDeliveries } from './deliveries.ts';
import { DeliveryDialog } from './DeliveryDialog.tsx';
import classes from './delivery.module.css';
import { CHANNEL_WORDS, legWords, problemWords } from './explain.ts';

/** The proof: what went where, when, and what the site answered. */
export function DeliveryPanel() {
  const isShown = useDeliveries(isPanelShown);
  const deliveries = useDeliveries((state) => state.deliveries);
  const waitingForHub = useDeliveries((state) => state.waitingForHub);
  if (!isShown) return null;
  const newestFirst = [...deliveries].sort((a, b) => b.signedAt - a.signedAt || a.id.localeCompare(b.id));
  return (
    <section id="deliveries" aria-label="Deliveries" tabIndex={-1} className={classes.panel}>
      <header className={classes.header}>
        <h2>Deliveries</h2>
        {waitingForHub > 0 && (
          <span className={classes.waiting}>
            <IconClock size={16} aria-hidden /> {waitingForHub} signed here, waiting for the hub
          </span>
        )}
        <UnstyledButton className={classes.close} aria-label="Close deliveries" onClick={hideDeliveries}>
          <IconX size={16} aria-hidden />
        </UnstyledButton>
      </header>
      {newestFirst.length === 0 ? (
        <p className={classes.empty}>
          No report has been sent yet. Each signed report is listed here with the proof that it arrived.
        </p>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label="Deliveries by report and channel">
          <table>
            <thead>
              <tr>
                <th scope="col" className={classes.report}>
                  Report
                </th>
                <th scope="col">Site</th>
                <th scope="col" className={classes.channel}>
                  Channel
                </th>
                <th scope="col" className={classes.state}>
                  State
                </th>
                <th scope="col" className={classes.here}>
                  Here
                </th>
                <th scope="col" className={classes.atSite}>
                  At the site
                </th>
                <th scope="col">Proof</th>
                <th scope="col" className={classes.action}>
                  <span className={classes.hidden}>What you can do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {newestFirst.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <DeliveryDialog />
    </section>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: DeliveryView }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const atTime = (words: string, at: number | undefined) =>
    at === undefined ? words : `${words} ${showMoment(at, minute)}`;
  const [sent, answer] = legWords(delivery);
  const name = `${CHANNEL_WORDS[delivery.channel]} to ${delivery.siteName}`;
  const version = (delivery.reportVersion ?? 1) > 1 ? ` · version ${delivery.reportVersion}` : '';
  return (
    <tr>
      <td title={`${showPersonName(delivery.patientName)}, ${delivery.examText}`}>
        {showPersonName(delivery.patientName)} · {delivery.examText}
        {version}
      </td>
      <td title={delivery.siteName}>{delivery.siteName}</td>
      <td>{CHANNEL_WORDS[delivery.channel]}</td>
      <td className={classes.state}>
        <DeliveryStateMark delivery={delivery} isLate={isOverdue(delivery, minute)} />
      </td>
      <td>{atTime(sent, delivery.sentAt)}</td>
      <td>
        {delivery.openedBy === undefined ? atTime(answer, delivery.acknowledgedAt) : `Opened by ${delivery.openedBy}`}
      </td>
      <td title={delivery.acknowledgement}>{delivery.acknowledgement ?? '–'}</td>
      <td className={classes.action}>
        {(delivery.state === 'waiting' || delivery.state === 'with-a-person') && (
          <Button size="compact-xs" aria-label={`Retry ${name}`} onClick={() => void retryDelivery(delivery.id)}>
            Retry
          </Button>
        )}{' '}
        <Button size="compact-xs" aria-label={`Details of ${name}`} onClick={() => chooseDelivery(delivery.id)}>
          Details
        </Button>
      </td>
    </tr>
  );
}

function DeliveryStateMark({ delivery, isLate }: { readonly delivery: DeliveryView; readonly isLate: boolean }) {
  const problem = problemWords(delivery);
  switch (delivery.state) {
    case 'accepted':
      return (
        <span className={classes.done}>
          <IconCheck size={16} aria-hidden /> Acknowledged
        </span>
      );
    case 'settled-by-hand':
      return (
        <span className={classes.waiting}>
          <IconUserCheck size={16} aria-hidden />{' '}
          {delivery.settlement?.how === 'rerouted' ? 'Sent another way' : 'Handed over by hand'}
        </span>
      );
    case 'waiting':
      return (
        <span className={isLate ? classes.refused : classes.waiting}>
          {isLate ? <IconAlertTriangle size={16} aria-hidden /> : <IconClock size={16} aria-hidden />}
          <span>
            {isLate && 'Late. '}
            {delivery.attempts === 0
              ? 'Under way'
              : `Trying again, ${countOf(delivery.attempts, 'try', 'tries')} so far`}
            {problem !== undefined && <span className={classes.problem}>: {problem}</span>}
          </span>
        </span>
      );
    case 'with-a-person':
      return (
        <span className={classes.refused}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            {isLate && 'Late. '}
            Needs a person
            {problem === undefined ? '' : `: ${problem}`}
          </span>
        </span>
      );
  }
}
