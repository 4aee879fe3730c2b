import type { SavedList } from '#shared/domain/saved-list.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { countRows } from './filter-rows.ts';
import type { ListChange } from './list-change.ts';

interface ToCount {
  readonly rows: readonly WorklistRow[];
  readonly change: ListChange;
  readonly lists: readonly SavedList[];
  readonly now: number;
  readonly showsIneligible: boolean;
}

export interface Counted extends ToCount {
  readonly counts: ReadonlyMap<string, number>;
}

/** Time alone puts rows on a list: a reading becomes overdue without any change to it. */
export const RECOUNT_MS = 15_000;

/** Rows on each list, by its id. Where little has changed since they were last counted, only what has changed is looked at. */
export function countLists(now: ToCount, before: Counted | undefined): Counted {
  const isSameView =
    before !== undefined &&
    before.showsIneligible === now.showsIneligible &&
    Math.floor(before.now / RECOUNT_MS) === Math.floor(now.now / RECOUNT_MS);
  const change = isSameView ? changeBetween(before.rows, now) : undefined;
  if (before === undefined || change === undefined) return counted(now, () => 0, now.rows, []);
  // By the clock of the last full count, so that what is taken off is what was counted.
  return counted(
    { ...now, now: before.now },
    (list) => (before.lists.includes(list) ? before.counts.get(list.id) : undefined),
    change.come,
    change.gone,
  );
}

/** Undefined where it is not known: there was another list in between. */
export function changeBetween(
  rows: readonly WorklistRow[] | undefined,
  now: Pick<ToCount, 'rows' | 'change'>,
): Pick<ListChange, 'come' | 'gone'> | undefined {
  if (rows === now.rows) return { come: [], gone: [] };
  return rows === now.change.before ? now.change : undefined;
}

function counted(
  what: ToCount,
  /** Undefined: this list is counted anew. */
  startOf: (list: SavedList) => number | undefined,
  come: readonly WorklistRow[],
  gone: readonly WorklistRow[],
): Counted {
  const counts = what.lists.map((list) => {
    const { id, filter } = list;
    const start = startOf(list);
    if (start === undefined) return [id, countRows(what.rows, filter, what)] as const;
    return [id, start + countRows(come, filter, what) - countRows(gone, filter, what)] as const;
  });
  return { ...what, counts: new Map(counts) };
}
