import type { CallResponse } from '#shared/contract/calls.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';

import { isSameRow } from './worklist-rows.ts';

type ListPart = Pick<CallResponse<'worklist'>, 'revision' | 'rows' | 'kept'>;

/** So many windows may be behind; one further back gets the whole list. */
const KEPT_REVISIONS = 8;

/**
 * Remembers the lists it has given, so that a window that holds one is told only what differs: five thousand rows are
 * neither sent nor parsed again because one of them moved.
 */
export interface ListRevisions {
  /** Takes the list as it is now; answers its revision, the same as before while nothing on it changed. */
  take(rows: readonly WorklistRow[]): string;
  /** The newest list, as what differs from that of `since`, or whole. */
  since(revision: string | undefined): ListPart;
}

/** `start` tells the revisions of one run of the program from another's. */
export function createListRevisions(start: number): ListRevisions {
  const kept = new Map<string, readonly WorklistRow[]>();
  let newest: readonly WorklistRow[] = [];
  let count = 0;
  const revisionOf = () => `${start}-${count}`;
  kept.set(revisionOf(), newest);

  return {
    take(rows) {
      const before = new Map(newest.map((row) => [row.taskId, row]));
      const next = rows.map((row) => {
        const known = before.get(row.taskId);
        return known !== undefined && isSameRow(row, known) ? known : row;
      });
      if (next.length === newest.length && next.every((row, place) => row === newest[place])) return revisionOf();
      newest = next;
      count += 1;
      kept.set(revisionOf(), newest);
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT_REVISIONS && oldest !== undefined) kept.delete(oldest);
      return revisionOf();
    },
    since(revision) {
      const held = revision === undefined ? undefined : kept.get(revision);
      if (held === undefined) return { revision: revisionOf(), rows: [...newest] };
      const places = new Map(held.map((row, place) => [row, place]));
      const rows: WorklistRow[] = [];
      const runs: [number, number][] = [];
      for (const row of newest) {
        const place = places.get(row) ?? -rows.push(row);
        const run = runs.at(-1);
        if (run !== undefined && place === follower(run)) run[1] += 1;
        else runs.push([place, 1]);
      }
      return { revision: revisionOf(), rows, kept: runs };
    },
  };
}

/** What would make the run one longer; of the rows sent along, places are counted downwards. */
const follower = ([from, count]: readonly [number, number]): number => (from < 0 ? from - count : from + count);
