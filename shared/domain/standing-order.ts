import type { TaskId } from './identifiers.ts';
import { tierOf } from './priority.ts';
import type { Placement } from './placement.ts';
import type { ReadingTask } from './reading-task.ts';
import type { WorklistRules } from './worklist-rules.ts';

export interface Placed {
  readonly task: ReadingTask;
  readonly placement: Placement;
}

/** The exact order of the rules; of two alike, the earlier ordered, then the smaller Task id (SURFACE). */
export const compareStandings =
  ({ order }: Pick<WorklistRules, 'order'>) =>
  (one: Placed, other: Placed): number =>
    Number(one.task.state === 'completed') - Number(other.task.state === 'completed') ||
    (order === 'start-by' ? compareIndex(one, other) : compareArrival(one, other, order)) ||
    compareNumbers(one.task.authoredOn, other.task.authoredOn) ||
    (one.task.id < other.task.id ? -1 : Number(one.task.id > other.task.id));

const compareIndex = ({ placement: one }: Placed, { placement: other }: Placed): number =>
  one.tier - other.tier || compareNumbers(one.startByMinute, other.startByMinute);

const compareArrival = (one: Placed, other: Placed, order: 'class-then-time' | 'time'): number =>
  (order === 'time' ? 0 : tierOf(one.task.priority) - tierOf(other.task.priority)) ||
  compareNumbers(arrivalOf(one), arrivalOf(other));

const arrivalOf = ({ task }: Placed): number => task.imagesCompleteAt ?? task.authoredOn;

const compareNumbers = (one: number, other: number): number => (one < other ? -1 : Number(one > other));

/** Two readings of one tier whose moments lie this close do not change places for it. */
const MARGIN_MINUTES = 2;
/** Larger than any minute since 1970, so that tier and moment are one number. */
const TIER_STEP = 1e12;

/**
 * The order without flicker: readings keep the places they had among each other unless one now clearly stands before the other; new ones go
 * to their exact place. A reading that clearly precedes another always stands before it.
 */
export function settleOrder<Each extends Placed>(
  exact: readonly Each[],
  previousOrder: readonly TaskId[],
  { order }: Pick<WorklistRules, 'order'>,
): readonly Each[] {
  if (order !== 'start-by') return exact;
  const rankBefore = new Map(previousOrder.map((id, index) => [id, index]));
  const known = exact.filter(({ task }) => rankBefore.has(task.id));
  const before = known.toSorted(
    (one, other) => (rankBefore.get(one.task.id) ?? 0) - (rankBefore.get(other.task.id) ?? 0),
  );
  const settled: Each[] = [];
  /** Highest key among the first `n + 1`: it only grows, so the first that a reading clearly precedes is found by halving. */
  const highest: number[] = [];
  const insert = (placed: Each, index: number) => {
    settled.splice(index, 0, placed);
    highest.length = index;
    for (let at = index; at < settled.length; at += 1)
      highest.push(Math.max(highest[at - 1] ?? Number.NEGATIVE_INFINITY, keyOf(settled[at])));
  };
  for (const placed of before) insert(placed, firstAbove(highest, keyOf(placed) + MARGIN_MINUTES));
  for (const placed of exact) if (!rankBefore.has(placed.task.id)) insert(placed, firstAbove(highest, keyOf(placed)));
  return settled;
}

const keyOf = (placed: Placed | undefined): number =>
  placed === undefined
    ? Number.POSITIVE_INFINITY
    : (placed.task.state === 'completed' ? 10 : placed.placement.tier) * TIER_STEP + placed.placement.startByMinute;

/** Index of the first value above `limit` in a list that only grows. */
function firstAbove(growing: readonly number[], limit: number): number {
  let [low, high] = [0, growing.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((growing[middle] ?? Number.POSITIVE_INFINITY) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
