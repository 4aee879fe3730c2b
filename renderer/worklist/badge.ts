import { priorityRank } from '#shared/domain/priority.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { useWorklist } from './worklist.ts';

const MOST = 9999;

/** Readings that wait for this reader now and are STAT or more urgent. */
export const countUrgent = (rows: readonly WorklistRow[]): number =>
  Math.min(
    MOST,
    rows.filter(
      ({ state, priority, ineligible }) =>
        state === 'ready' && ineligible.length === 0 && priorityRank(priority) <= priorityRank('stat'),
    ).length,
  );

/** Keeps the number on the program's icon right; a number is all it ever holds. */
export function keepBadge(setBadge: (count: number) => Promise<unknown>): () => void {
  let shown: number | undefined;
  return useWorklist.subscribe(({ answer }, before) => {
    if (answer === before.answer) return;
    const count = countUrgent(answer?.rows ?? []);
    if (count === shown) return;
    shown = count;
    void setBadge(count).catch(() => undefined);
  });
}
