import type { WorklistState } from './worklist.ts';

type Seen = Pick<WorklistState, 'answer' | 'rowsById' | 'focusedId' | 'gone'>;

/** The row that is likely opened next, while none is open: the one the reader stands on, or the head of the list for them. */
function nextRow({ answer, rowsById, focusedId, gone }: Seen) {
  const isOnList = focusedId !== undefined && !gone.has(focusedId);
  return rowsById.get((isOnList ? focusedId : answer?.nextTaskId) ?? '');
}

/**
 * Whether another case may come next than before. Most changes of a list are about other rows; a list told anew with no row changed is about what the
 * rows do not say, as images that were found.
 */
export function bringsOtherNext(now: Seen, before: Seen, isReading: boolean): boolean {
  if (now.focusedId !== before.focusedId) return true;
  if (now.answer === before.answer) return false;
  const { come, gone } = now.answer?.change ?? { come: [], gone: [] };
  return isReading || come.length + gone.length === 0 || nextRow(now) !== nextRow(before);
}
