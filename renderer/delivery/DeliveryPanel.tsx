import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconX } from '@tabler/icons-react';

import type { DeliveryView } from '../bridge/index.ts';
import { showMoment, showPersonName, useClock } from '../ui/index.ts';
import { hideDeliveries, isPanelShown, retryDelivery, useDeliveries } from './deliveries.ts';
import classes from './delivery.module.css';

const CHANNEL_WORDS = { hl7: 'HL7', fhir: 'FHIR', stow: 'DICOM', folder: 'Folder' } as const;

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
                <th scope="col">Report</th>
                <th scope="col">Site</th>
                <th scope="col">Channel</th>
                <th scope="col">State</th>
                <th scope="col">Sent</th>
                <th scope="col">Acknowledged</th>
                <th scope="col">Acknowledgement</th>
                <th scope="col">
                  <span className={classes.hidden}>Retry</span>
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
    </section>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: DeliveryView }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const moment = (at: number | undefined) => (at === undefined ? '–' : showMoment(at, minute));
  return (
    <tr>
      <td className={classes.ellipsis} title={`${showPersonName(delivery.patientName)}, ${delivery.examText}`}>
        {showPersonName(delivery.patientName)} · {delivery.examText}
      </td>
      <td className={classes.ellipsis} title={delivery.siteName}>
        {delivery.siteName}
      </td>
      <td>{CHANNEL_WORDS[delivery.channel]}</td>
      <td>
        <DeliveryStateMark delivery={delivery} />
      </td>
      <td>{moment(delivery.sentAt)}</td>
      <td>{moment(delivery.acknowledgedAt)}</td>
      <td className={classes.ellipsis} title={delivery.acknowledgement}>
        {delivery.acknowledgement ?? '–'}
      </td>
      <td className={classes.action}>
        {delivery.state !== 'accepted' && (
          <Button
            size="compact-xs"
            aria-label={`Retry ${CHANNEL_WORDS[delivery.channel]} to ${delivery.siteName}`}
            onClick={() => void retryDelivery(delivery.id)}
          >
            Retry
          </Button>
        )}
      </td>
    </tr>
  );
}

function DeliveryStateMark({ delivery }: { readonly delivery: DeliveryView }) {
  switch (delivery.state) {
    case 'accepted':
      return (
        <span className={classes.done}>
          <IconCheck size={16} aria-hidden /> Acknowledged
        </span>
      );
    case 'waiting':
      return (
        <span className={classes.waiting}>
          <IconClock size={16} aria-hidden />{' '}
          {delivery.attempts === 0
            ? 'Under way'
            : `Trying again, ${delivery.attempts} ${delivery.attempts === 1 ? 'try' : 'tries'} so far`}
          {delivery.problem !== undefined && <span className={classes.problem}>: {delivery.problem}</span>}
        </span>
      );
    case 'with-a-person':
      return (
        <span className={classes.refused}>
          <IconAlertTriangle size={16} aria-hidden /> Needs a person
          {delivery.problem === undefined ? '' : `: ${delivery.problem}`}
        </span>
      );
  }
}
