import { Button, Group, Modal } from '@mantine/core';
import { createPortal } from 'react-dom';

import type { DeliveryView } from '../bridge/index.ts';
import { showMoment, showPersonName, useClock, useDialog } from '../ui/index.ts';
import {
  chosenDelivery,
  leaveDelivery,
  printDelivery,
  rerouteDelivery,
  retryDelivery,
  settleDelivery,
  useDeliveries,
} from './deliveries.ts';
import classes from './delivery.module.css';
import { CHANNEL_WORDS, explain, legWords, tryWords } from './explain.ts';

/** One delivery: what happened, what a person can do. */
export function DeliveryDialog() {
  const isOpen = useDialog(({ open }) => open === 'delivery');
  const delivery = useDeliveries(chosenDelivery);
  const printed = useDeliveries((state) => state.printed);
  return (
    <>
      <Modal opened={isOpen && delivery !== undefined} onClose={leaveDelivery} title="Delivery" size="lg">
        {isOpen && delivery !== undefined && <DeliveryDetails delivery={delivery} />}
      </Modal>
      {printed !== undefined &&
        createPortal(
          <pre data-print className={classes.print}>
            {printed}
          </pre>,
          document.body,
        )}
    </>
  );
}

function DeliveryDetails({ delivery }: { readonly delivery: DeliveryView }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  const explained = explain(delivery);
  const [sent, answer] = legWords(delivery);
  const { settlement, openedAt } = delivery;
  return (
    <div className={classes.details}>
      <p>
        {showPersonName(delivery.patientName)} · {delivery.examText} · {CHANNEL_WORDS[delivery.channel]} to{' '}
        {delivery.siteName}
      </p>
      <h3>What happened</h3>
      <p>
        {sent}. {answer}. {explained?.happened}
        {settlement !== undefined &&
          ` ${settlement.how === 'rerouted' ? 'Sent another way' : 'Handed over'} by ${showPersonName(settlement.by)}, ${showMoment(settlement.at, minute)}.`}
        {openedAt !== undefined && ` Opened by ${delivery.openedBy ?? 'the site'}, ${showMoment(openedAt, minute)}.`}
      </p>
      {(delivery.tries ?? []).length > 0 && (
        <ol className={classes.tries}>
          {(delivery.tries ?? []).map((each) => (
            <li key={each.at}>
              {showMoment(each.at, minute)} {tryWords(each)}
            </li>
          ))}
        </ol>
      )}
      {delivery.answer !== undefined && (
        <>
          <h3 id="site-answer">The site’s answer</h3>
          <pre className={classes.answer} tabIndex={0} role="group" aria-labelledby="site-answer">
            {delivery.answer}
          </pre>
        </>
      )}
      <h3>What you can do</h3>
      <p>{explained?.todo ?? 'Nothing needs to be done.'}</p>
      <DeliveryActions delivery={delivery} />
    </div>
  );
}

function DeliveryActions({ delivery }: { readonly delivery: DeliveryView }) {
  const { id, state } = delivery;
  const isOpen = state === 'waiting' || state === 'with-a-person';
  const done = (act: Promise<void>) => void act.then(leaveDelivery);
  return (
    <Group gap="xs">
      <Button autoFocus onClick={() => done(retryDelivery(id, !isOpen))}>
        {isOpen ? 'Resend now' : 'Resend although it is closed'}
      </Button>
      {(delivery.otherChannels ?? []).map(({ channelIndex, channel }) => (
        <Button key={channelIndex} onClick={() => done(rerouteDelivery(id, channelIndex))}>
          Send by {CHANNEL_WORDS[channel]} instead
        </Button>
      ))}
      <Button onClick={() => void printDelivery(id)}>Print</Button>
      {isOpen && <Button onClick={() => done(settleDelivery(id))}>Handed over by hand</Button>}
    </Group>
  );
}
