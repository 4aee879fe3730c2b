import type { Command } from '../commands/index.ts';
import { showDeliveries } from '../delivery/index.ts';
import { isReading, readNext } from '../reading/index.ts';
import { openDialog } from '../ui/index.ts';
import { SEARCH_ID } from './FilterBar.tsx';
import { clearFilters, loadWorklist, showWhy, useWorklist } from './worklist.ts';
import { hasFilters } from './filter-rows.ts';

const isOnList = (): boolean => !isReading();

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
    when: () => isOnList() && hasFilters(useWorklist.getState().filters),
    run: clearFilters,
  },
  {
    id: 'worklist.why',
    title: 'Why is the selected case here?',
    group: 'Worklist',
    keys: ['W'],
    when: () => isOnList() && useWorklist.getState().activeId !== undefined,
    run: () => showWhy(useWorklist.getState().activeId),
  },
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
