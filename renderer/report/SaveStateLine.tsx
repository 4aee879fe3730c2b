import { Button } from '@mantine/core';
import { useStore } from 'zustand';

import { showTime } from '../ui/index.ts';
import type { DraftKeeper, SaveState } from './draft-keeper.ts';
import classes from './report.module.css';

function saveWords(save: SaveState): string {
  switch (save.kind) {
    case 'saved':
      return save.savedAt === undefined ? 'Nothing typed yet' : `Saved ${showTime(save.savedAt)}`;
    case 'unsaved':
    case 'saving':
      return 'Saving…';
    case 'stale':
      return 'Another window saved this report. Your text is kept here, not saved.';
    case 'failed':
      return `Not saved: ${save.reason} Your text is kept in this window.`;
  }
}

export function SaveStateLine<Body>(props: { readonly keeper: DraftKeeper<Body>; readonly onLoadOther: () => void }) {
  const save = useStore(props.keeper.store, (draft) => draft.save);
  const isTrouble = save.kind === 'stale' || save.kind === 'failed';
  return (
    <span className={classes.save}>
      <span role="status" aria-label="Draft" className={isTrouble ? classes.trouble : classes.quiet}>
        {saveWords(save)}
      </span>
      {save.kind === 'stale' && (
        <>
          <Button size="compact-xs" onClick={() => void props.keeper.keepMine()}>
            Keep mine
          </Button>
          <Button size="compact-xs" onClick={props.onLoadOther}>
            Take the other
          </Button>
        </>
      )}
    </span>
  );
}
