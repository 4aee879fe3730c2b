import { create } from 'zustand';

import { NO_FILTER, type ListFilter, type SavedList } from '#shared/domain/saved-list.ts';

import { call, failureWords, type Answer } from '../bridge/index.ts';
import { currentSecond, raiseAlert, say, useClock } from '../ui/index.ts';
import { changeBetween, countLists, RECOUNT_MS, type Counted } from './count-lists.ts';
import { findChoices } from './list-choices.ts';
import { clearFilter, showList, useWorklist, type WorklistState } from './worklist.ts';

/** Lists that everyone has. */
const GIVEN_LISTS: readonly SavedList[] = [
  { id: 'all', name: 'All', filter: NO_FILTER },
  { id: 'mine', name: 'Mine', filter: { ...NO_FILTER, state: 'mine' } },
  { id: 'overdue', name: 'Overdue', filter: { ...NO_FILTER, state: 'unreported', dueWithinMinutes: 0 } },
];

export interface ListsState {
  /** The reader's own. */
  readonly saved: readonly SavedList[];
  /** Rows on each list, by its id, once the list is there; counted when the window has nothing better to do. */
  readonly counts: ReadonlyMap<string, number>;
}

export const useLists = create<ListsState>()(() => ({ saved: [], counts: new Map() }));

export const allLists = ({ saved }: ListsState): readonly SavedList[] => [...GIVEN_LISTS, ...saved];

export async function loadLists(): Promise<void> {
  try {
    const { lists } = await call('savedLists', {});
    useLists.setState({ saved: lists });
    countSoon();
  } catch {
    // Without them the given lists are there; they are asked for again with the next link.
  }
}

async function keep(saved: readonly SavedList[], done: string): Promise<void> {
  useLists.setState({ saved });
  countSoon();
  try {
    const { status } = await call('saveLists', { lists: saved.map(writable) });
    if (status === 'saved') say(done);
    else raiseAlert('lists', 'Your lists could not be stored; they are kept in this window only.');
  } catch (failure) {
    raiseAlert('lists', `Your lists are kept in this window only. ${failureWords(failure)}`);
  }
}

const writable = ({ id, name, filter }: SavedList): Answer<'savedLists'>['lists'][number] => ({
  id,
  name,
  filter: {
    ...filter,
    siteIds: [...filter.siteIds],
    modalities: [...filter.modalities],
    bodyParts: [...filter.bodyParts],
    priorities: [...filter.priorities],
    patientClasses: [...filter.patientClasses],
  },
});

/** A list of the same name is replaced. */
export async function saveList(name: string, filter: ListFilter): Promise<void> {
  const { saved } = useLists.getState();
  const before = saved.find((list) => list.name === name);
  const list: SavedList = { id: before?.id ?? crypto.randomUUID(), name, filter };
  showList(list.id, filter);
  await keep(
    before === undefined ? [...saved, list] : saved.map((each) => (each === before ? list : each)),
    `List “${name}” saved.`,
  );
}

export async function deleteList(id: string): Promise<void> {
  const { saved } = useLists.getState();
  if (useWorklist.getState().listId === id) clearFilter();
  await keep(
    saved.filter((list) => list.id !== id),
    'List deleted.',
  );
}

export function openList(place: number): void {
  const list = allLists(useLists.getState())[place];
  if (list !== undefined) showList(list.id, list.filter);
}

/** Follows the worklist; answers how to stop. */
export function followCounts(): () => void {
  const isOther = (state: WorklistState, before: WorklistState) =>
    state.answer !== before.answer || state.showsIneligible !== before.showsIneligible;
  const forget = [
    useWorklist.subscribe((state, before) => {
      if (isOther(state, before)) countSoon();
    }),
    useClock.subscribe(({ now }, before) => {
      if (Math.floor(now / RECOUNT_MS) !== Math.floor(before.now / RECOUNT_MS)) countSoon();
    }),
  ];
  return () => {
    for (const each of forget) each();
  };
}

/** A window that is never idle counts all the same. */
const COUNT_WITHIN_MS = 2000;

let isCounting = false;
let counted: Counted | undefined;

function countSoon(): void {
  if (isCounting) return;
  isCounting = true;
  const count = () => {
    isCounting = false;
    const { answer, showsIneligible } = useWorklist.getState();
    // Not known is not none.
    if (answer === undefined) return;
    const lists = allLists(useLists.getState());
    const { rows, change } = answer;
    findChoices(rows, changeBetween(counted?.rows, answer));
    counted = countLists({ rows, change, lists, now: currentSecond(), showsIneligible }, counted);
    const { counts } = counted;
    const before = useLists.getState().counts;
    const isSame = counts.size === before.size && [...counts].every(([id, each]) => before.get(id) === each);
    if (!isSame) useLists.setState({ counts });
  };
  requestIdleCallback(count, { timeout: COUNT_WITHIN_MS });
}
