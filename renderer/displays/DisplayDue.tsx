import { Button } from '@mantine/core';

import { openDialog } from '../ui/index.ts';
import classes from './displays.module.css';
import { doubtHere, useDisplays } from './displays.ts';

/** Asks for the display check until this display has passed one in this shift. */
export function DisplayDue() {
  const doubt = useDisplays(doubtHere);
  if (doubt === undefined) return null;
  return (
    <div className={classes.due}>
      <span>Not for diagnosis: {doubt}.</span>
      <Button size="compact-xs" variant="default" onClick={() => openDialog('display-check')}>
        Check display (F10)
      </Button>
    </div>
  );
}
