import { UnstyledButton } from '@mantine/core';

import { CommandButton } from '../commands/index.ts';
import { allLists, useLists } from './lists.ts';
import { showList, useWorklist } from './worklist.ts';
import classes from './worklist.module.css';

/** Digits on the keyboard open so many of them. */
export const LIST_KEYS = 9;

/** The given and saved lists, each with how many rows it has now. */
export function ListTabs() {
  const state = useLists();
  const listId = useWorklist((worklist) => worklist.listId);
  return (
    <nav aria-label="Lists" className={classes.lists}>
      {allLists(state).map(({ id, name, filter }, place) => (
        <UnstyledButton
          key={id}
          className={classes.list}
          aria-pressed={id === listId}
          aria-keyshortcuts={place < LIST_KEYS ? String(place + 1) : undefined}
          title={name}
          onClick={() => showList(id, filter)}
        >
          {place < LIST_KEYS && (
            <kbd aria-hidden className={classes.listKey}>
              {place + 1}
            </kbd>
          )}
          <span className={classes.ellipsis} title={name}>
            {name}
          </span>
          <span className={classes.listCount}>{state.counts.get(id)}</span>
        </UnstyledButton>
      ))}
      <span className={classes.listActions}>
        <CommandButton id="worklist.save-list" label="Save list" />
        <CommandButton id="shift.board" label="Board" />
      </span>
    </nav>
  );
}
