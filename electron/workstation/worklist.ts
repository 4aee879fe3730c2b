import type { CallResponse } from '#shared/contract/calls.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist, type WorklistEntry } from '#shared/domain/worklist.ts';
import type { Clock } from '#shared/kernel/clock.ts';

import { createListRevisions } from './list-revisions.ts';
import type { Readings } from './readings.ts';
import { rowOf } from './worklist-rows.ts';

/** This reader's list, derived anew whenever it is asked for. */
export interface Worklist {
  entries(): readonly WorklistEntry[];
  /** Changes only when the order or something shown on a row does. */
  revision(): string;
  /** The list as it is now, told to a window that holds the one of `since`. */
  rowsSince(since: string | undefined): Pick<CallResponse<'worklist'>, 'revision' | 'rows' | 'kept'>;
  rowFor(task: ReadingTask): WorklistRow;
}

export function createWorklist(ports: {
  readonly readings: Readings;
  readonly reader: Radiologist;
  readonly regionOf: (siteId: SiteId) => string | undefined;
  readonly clock: Clock;
  readonly opens: (task: ReadingTask) => WorklistRow['opens'];
  /** Signed on this workstation: done for this reader, also while the hub does not know yet. */
  readonly isSignedHere: (taskId: ReadingTask['id']) => boolean;
}): Worklist {
  const { readings, reader, regionOf, clock, opens, isSignedHere } = ports;
  const revisions = createListRevisions(clock.now());
  /** Not when the hub gave it to someone else in the meantime: then it is theirs, and the row says so. */
  const isDoneHere = (task: ReadingTask) =>
    task.state === 'claimed' && task.claim?.radiologistId === reader.id && isSignedHere(task.id);
  const derive = (tasks: readonly ReadingTask[]) =>
    deriveWorklist(
      tasks.map((task) => (isDoneHere(task) ? { ...task, state: 'completed' } : task)),
      { reader, regionOf, now: clock.now() },
    );
  const entries = () => derive(readings.seen().tasks);
  const toRow = (entry: WorklistEntry) => rowOf(entry, opens(entry.task), reader.id);
  const revision = () => revisions.take(entries().map(toRow));
  return {
    entries,
    revision,
    rowsSince(since) {
      revision();
      return revisions.since(since);
    },
    rowFor(task) {
      // A cancelled reading is on no list; looked at, it is shown as its site left it.
      const [entry] = derive([task.state === 'cancelled' ? { ...task, state: 'completed' } : task]);
      if (entry === undefined) throw new Error('a reading has a row');
      return { ...toRow(entry), state: task.state };
    },
  };
}
