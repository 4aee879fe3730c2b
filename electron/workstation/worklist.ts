import type { CallResponse } from '#shared/contract/calls.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { SiteId, TaskId } from '#shared/domain/identifiers.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist, type WorklistEntry, type WorklistView } from '#shared/domain/worklist.ts';
import type { Clock } from '#shared/kernel/clock.ts';

import { createListRevisions } from './list-revisions.ts';
import type { Readings } from './readings.ts';
import { rowOf } from './worklist-rows.ts';

const lateImagesInWords = (late: number): string =>
  late === 1
    ? 'one image came after it was signed: look at it and add to the report'
    : `${late} images came after it was signed: look at them and add to the report`;

/** This reader's list, derived anew whenever it is asked for. */
export interface Worklist {
  entries(): readonly WorklistEntry[];
  /** What the list is derived with: reader, time, rules, roster. */
  view(): WorklistView;
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
  /** What the group's rules, learned minutes and roster say of this reader now. */
  readonly standing: () => Pick<WorklistView, 'rules' | 'minutes' | 'colleagues' | 'duty'>;
  readonly opens: (task: ReadingTask) => WorklistRow['opens'];
  /** Images that came after a reading was signed. */
  readonly imagesAfterSigning?: (task: ReadingTask) => number;
  /** Signed on this workstation: done for this reader, also while the hub does not know yet. */
  readonly isSignedHere: (taskId: ReadingTask['id']) => boolean;
}): Worklist {
  const { readings, reader, regionOf, clock, opens, isSignedHere } = ports;
  const revisions = createListRevisions(clock.now());
  /** Not when the hub gave it to someone else in the meantime: then it is theirs, and the row says so. */
  const isDoneHere = (task: ReadingTask) =>
    task.state === 'claimed' && task.claim?.radiologistId === reader.id && isSignedHere(task.id);
  const view = (): WorklistView => ({ reader, regionOf, now: clock.now(), ...ports.standing() });
  const derive = (tasks: readonly ReadingTask[], seenIn: WorklistView) =>
    deriveWorklist(
      tasks.map((task) => (isDoneHere(task) ? { ...task, state: 'completed' } : task)),
      seenIn,
    );
  let shown: readonly TaskId[] = [];
  const entries = () => derive(readings.seen().tasks, { ...view(), previousOrder: shown });
  const toRow = (entry: WorklistEntry): WorklistRow => {
    const row = rowOf(entry, opens(entry.task), reader.id);
    const late = ports.imagesAfterSigning?.(entry.task) ?? 0;
    return late === 0 ? row : { ...row, warnings: [lateImagesInWords(late), ...row.warnings] };
  };
  const revision = () => {
    const now = entries();
    shown = now.map(({ task }) => task.id);
    return revisions.take(now.map(toRow));
  };
  return {
    entries,
    view,
    revision,
    rowsSince(since) {
      revision();
      return revisions.since(since);
    },
    rowFor(task) {
      // A cancelled reading is on no list; looked at, it is shown as its site left it.
      const [entry] = derive([task.state === 'cancelled' ? { ...task, state: 'completed' } : task], view());
      if (entry === undefined) throw new Error('a reading has a row');
      return { ...toRow(entry), state: task.state };
    },
  };
}
