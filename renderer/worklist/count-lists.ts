import type { SavedList } from '#shared/domain/saved-list.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { countRows } from './filter-rows.ts';

interface ToCount {
  readonly rows: readonly WorklistRow[];
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
  const isOnward =
    before !== undefined &&
    before.showsIneligible === now.showsIneligible &&
    Math.floor(before.now / RECOUNT_MS) === Math.floor(now.now / RECOUNT_MS);
  if (!isOnward) return counted(now, () => 0, now.rows, []);
  const [held, shown] = [new Set(before.rows), new Set(now.rows)];
  const come = now.rows.filter((row) => !held.has(row));
  const gone = before.rows.filter((row) => !shown.has(row));
  // By the clock of the last full count, so that what is taken off is what was counted.
  return counted(
    { ...now, now: before.now },
    (list) => (before.lists.includes(list) ? before.counts.get(list.id) : undefined),
    come,
    gone,
  );
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
