import { Button } from '@mantine/core';

import { showMoment, showPersonName, useClock } from '../ui/index.ts';
import { resendDelivery, type Desk } from './support.ts';
import classes from './support.module.css';

/** Reports that a site has not acknowledged in time; the board of deliveries says more of each. */
export function StuckDeliveries({ deliveries }: { readonly deliveries: Desk['stuckDeliveries'] }) {
  const minute = useClock(({ now }) => Math.floor(now / 60_000) * 60_000);
  return (
    <ul className={classes.list}>
      {deliveries.map((delivery) => (
        <li key={delivery.id} className={classes.head}>
          <strong>{delivery.state === 'with-a-person' ? 'Refused' : 'Not acknowledged'}</strong>
          <span>
            {showPersonName(delivery.patientName)} · {delivery.examText} · {delivery.siteName}, signed{' '}
            {showMoment(delivery.signedAt, minute)}
          </span>
          <span className={classes.quiet}>{delivery.problem}</span>
          <Button
            aria-label={`Send again: ${delivery.examText} to ${delivery.siteName}`}
            onClick={() => void resendDelivery(delivery.id)}
          >
            Send again
          </Button>
        </li>
      ))}
    </ul>
  );
}
