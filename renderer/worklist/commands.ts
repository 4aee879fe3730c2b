import type { Command } from '../commands/index.ts';
import { showDeliveries } from '../delivery/index.ts';
import { isReading, readNext } from '../reading/index.ts';
import { isFilterEmpty } from '#shared/domain/saved-list.ts';

import { openDialog, useDialog } from '../ui/index.ts';
import { SEARCH_ID } from './FilterBar.tsx';
import { declinableTask, heldTask } from './acts.ts';
import { LIST_KEYS } from './ListTabs.tsx';
import { allLists, openList, useLists } from './lists.ts';
import { askAbout, clearFilter, loadWorklist, toggleIneligible, useWorklist } from './worklist.ts';

const isOnList = (): boolean => !isReading();

/** The row a dialog is open about, else the one the arrow keys stand on. */
function chosenRow() {
  const { activeId, askedId, rowsById } = useWorklist.getState();
  const id = useDialog.getState().open === undefined ? activeId : askedId;
  return id === undefined ? undefined : rowsById.get(id);
}

const canBeEscalated = (): boolean => {
  const row = chosenRow();
  return isOnList() && row !== undefined && !row.isEscalated && row.state !== 'completed' && row.state !== 'cancelled';
};

/** One key a list, while it is there. */
const listCommands: readonly Command[] = Array.from({ length: LIST_KEYS }, (_, place) => ({
  id: `worklist.list-${place + 1}`,
  title: `List ${place + 1}`,
  group: 'Worklist' as const,
  keys: [String(place + 1)],
  when: () => isOnList() && place < allLists(useLists.getState()).length,
  run: () => openList(place),
}));

export const worklistCommands: readonly Command[] = [
  {
    id: 'worklist.read-next',
    title: 'Read next',
    group: 'Worklist',
    keys: ['N'],
    when: isOnList,
    run: () => void readNext(),
  },
  {
    id: 'worklist.search',
    title: 'Search the worklist',
    group: 'Worklist',
    keys: ['/'],
    when: isOnList,
    run: () => document.getElementById(SEARCH_ID)?.focus(),
  },
  {
    id: 'worklist.clear-filters',
    title: 'Clear filters',
    group: 'Worklist',
    keys: ['Escape'],
    when: () => isOnList() && !isFilterEmpty(useWorklist.getState().filter),
    run: clearFilter,
  },
  {
    id: 'worklist.why',
    title: 'Why is the selected case here?',
    group: 'Worklist',
    keys: ['W'],
    when: () => isOnList() && useWorklist.getState().activeId !== undefined,
    run: () => askAbout('why', useWorklist.getState().activeId),
  },
  {
    id: 'worklist.escalate',
    title: 'Escalate',
    group: 'Worklist',
    keys: ['E'],
    when: canBeEscalated,
    run: () => askAbout('escalate', chosenRow()?.taskId),
  },
  {
    id: 'case.hand-over',
    title: 'Hand over',
    group: 'Worklist',
    keys: ['Mod+Shift+H'],
    when: () => heldTask() !== undefined,
    run: () => askAbout('hand-over', heldTask()),
  },
  {
    id: 'case.decline',
    title: 'Decline',
    group: 'Worklist',
    keys: ['Mod+Shift+X'],
    when: () => declinableTask() !== undefined,
    run: () => askAbout('decline', declinableTask()),
  },
  {
    id: 'worklist.ineligible',
    title: 'Show or hide what is not for you',
    group: 'Worklist',
    keys: ['U'],
    when: isOnList,
    run: toggleIneligible,
  },
  {
    id: 'worklist.save-list',
    title: 'Save list',
    group: 'Worklist',
    keys: ['L'],
    when: isOnList,
    run: () => openDialog('save-list'),
  },
  ...listCommands,
  {
    id: 'worklist.deliveries',
    title: 'Show deliveries',
    group: 'Worklist',
    keys: ['D'],
    when: isOnList,
    run: showDeliveries,
  },
  {
    id: 'worklist.import',
    title: 'Import folder',
    group: 'Worklist',
    keys: ['I'],
    when: isOnList,
    run: () => openDialog('import-folder'),
  },
  {
    id: 'worklist.refresh',
    title: 'Ask the hub again',
    group: 'Worklist',
    keys: ['R'],
    when: isOnList,
    run: () => void loadWorklist(),
  },
];
