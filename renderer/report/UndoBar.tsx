import { IconClock } from '@tabler/icons-react';

import { CommandButton } from '../commands/index.ts';
import { useClock } from '../ui/index.ts';
import classes from './report.module.css';
import { secondsLeft, useUndo } from './undo.ts';

/** The count-down of a signature that has not left yet, in the bar of messages: no image is covered, nothing moves. */
export function UndoBar() {
  const last = useUndo((state) => state.last);
  const left = useClock(({ now }) => secondsLeft(last, now));
  if (last === undefined || left === 0) return null;
  return (
    <div role="group" aria-label="Undo signature" className={classes.undo}>
      <IconClock size={16} aria-hidden />
      <span className={classes.countDown}>Leaves in {left} s</span>
      <CommandButton id="report.undo" label="Undo" />
    </div>
  );
}
