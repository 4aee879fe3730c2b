import { IconAlertTriangle, IconClock } from '@tabler/icons-react';

import { useClock } from './clock.ts';
import classes from './marks.module.css';
import { showDue, urgencyOf, type Urgency } from './format/time.ts';

const CLASS: Readonly<Record<Urgency, string>> = {
  overdue: `${classes.mark} ${classes.urgent}`,
  soon: `${classes.mark} ${classes.soon}`,
  later: `${classes.mark} ${classes.later}`,
  none: `${classes.mark} ${classes.quiet}`,
};

/** Counts down by itself: it redraws only when its own words change, and nothing around it redraws at all. */
export function DueClock({ dueAt }: { readonly dueAt: number | undefined }) {
  const words = useClock(({ now }) => showDue(dueAt, now));
  const urgency = useClock(({ now }) => urgencyOf(dueAt, now));
  return (
    <span className={CLASS[urgency]}>
      {urgency === 'overdue' && <IconAlertTriangle size={16} aria-hidden />}
      {urgency === 'soon' && <IconClock size={16} aria-hidden />}
      {words}
    </span>
  );
}
