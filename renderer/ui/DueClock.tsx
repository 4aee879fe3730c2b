import { IconAlertTriangle, IconClock } from '@tabler/icons-react';

import { useClock } from './clock.ts';
import { showDue, urgencyOf, type Urgency } from './format/time.ts';

const COLOUR: Readonly<Record<Urgency, string>> = {
  overdue: 'var(--urgent)',
  soon: 'var(--soon)',
  later: 'var(--text)',
  none: 'var(--text-quiet)',
};

/** Counts down by itself: it redraws only when its own words change, and nothing around it redraws at all. */
export function DueClock({ dueAt }: { readonly dueAt: number | undefined }) {
  const words = useClock(({ now }) => showDue(dueAt, now));
  const urgency = useClock(({ now }) => urgencyOf(dueAt, now));
  return (
    <span
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 'var(--space-1)',
        color: COLOUR[urgency],
        whiteSpace: 'nowrap',
      }}
    >
      {urgency === 'overdue' && <IconAlertTriangle size={16} aria-hidden />}
      {urgency === 'soon' && <IconClock size={16} aria-hidden />}
      {words}
    </span>
  );
}
