import { IconBell } from '@tabler/icons-react';

import { countOf } from '#shared/kernel/count-of.ts';

import { CommandButton } from '../commands/index.ts';
import { useNotices } from './follow-arrivals.ts';
import classes from './notices.module.css';

/** How often the reader was interrupted in the last hour, what is kept back, and how to let notices onto the desktop. */
export function NoticeCount() {
  const given = useNotices((state) => state.given.length);
  const waiting = useNotices((state) => state.waiting.length);
  return (
    <span
      className={classes.count}
      title="Interruptions in the last hour. STAT and activations break in; all else waits until the end of the case."
    >
      <IconBell size={16} aria-hidden />
      {countOf(given, 'interruption')} in 1 h{waiting > 0 && `, ${waiting} kept back`}
    </span>
  );
}

/** Only while it has not been decided. */
export function AllowNotices() {
  const permission = useNotices((state) => state.permission);
  return permission === 'default' ? <CommandButton id="notices.allow" label="Allow notices" hidesKey /> : null;
}
