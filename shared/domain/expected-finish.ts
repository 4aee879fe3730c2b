import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { TaskId } from './identifiers.ts';
import type { WorklistEntry } from './worklist.ts';

/** When each reading would be done if so many readers took them one after the other, as the list stands. */
export function expectedFinish(
  open: readonly WorklistEntry[],
  now: EpochMs,
  readersOnShift: number,
): ReadonlyMap<TaskId, number> {
  const free = Array.from({ length: Math.max(1, readersOnShift) }, () => now as number);
  const finish = new Map<TaskId, number>();
  for (const { task, placement } of open) {
    const first = free.indexOf(Math.min(...free));
    const end = (free[first] ?? now) + placement.expectedMinutes * MINUTE_MS;
    free[first] = end;
    finish.set(task.id, end);
  }
  return finish;
}
