import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

import { countEscalated, countOpenCritical, showBoard, useCritical } from './critical.ts';
import classes from './critical.module.css';

/** How many wait for someone to confirm, where the reader always sees it. */
export function CriticalButton() {
  const open = useCritical(countOpenCritical);
  const late = useCritical(countEscalated);
  return (
    <Button
      leftSection={<IconAlertTriangle size={16} aria-hidden />}
      className={classes.button ?? ''}
      data-late={late > 0}
      data-open={open > 0}
      aria-keyshortcuts="Alt+C"
      title="Critical results that nobody has confirmed (Alt C)"
      onClick={showBoard}
    >
      Critical: {late > 0 ? `${late} late of ${open}` : open}
    </Button>
  );
}
