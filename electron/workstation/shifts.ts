import type { CallResponse } from '#shared/contract/calls.ts';
import type { Interruption } from '#shared/contract/schemas.ts';
import { isClaimRunning } from '#shared/domain/claim.ts';
import { fairnessLedger } from '#shared/domain/fairness.ts';
import type { ReadingGroup } from '#shared/domain/group.ts';
import type { RadiologistId, SiteId } from '#shared/domain/identifiers.ts';
import { learnMinutes, type MinutesModel } from '#shared/domain/minutes-model.ts';
import type { Radiologist } from '#shared/domain/radiologist.ts';
import type { ReadingAct } from '#shared/domain/reading-act.ts';
import { askedInterruptions, type AskedInterruption } from '#shared/domain/asked-interruption.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readersOnShift, shiftAt, type Shift } from '#shared/domain/shift.ts';
import { shiftBoard } from '#shared/domain/shift-board.ts';
import { dutyOf, workDone, type DoneReading } from '#shared/domain/workload.ts';
import { clipText } from '#shared/domain/words.ts';
import type { WorklistView } from '#shared/domain/worklist.ts';
import type { WorklistRules } from '#shared/domain/worklist-rules.ts';
import { HOUR_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';

import type { Readings } from './readings.ts';

type Board = CallResponse<'shiftBoard'>;

/** The group's shift as this workstation sees it: every workstation finds the same from the same tasks. */
export interface Shifts {
  /** What rules, learned minutes and roster say of this reader now, for deriving the list. */
  standing(): Pick<WorklistView, 'rules' | 'minutes' | 'colleagues' | 'duty'>;
  isOnShift(readerId: RadiologistId): boolean;
  board(view: WorklistView): Board;
  /** What this reader is asked to set their case aside for. */
  interruption(): Interruption | undefined;
}

const LEDGER_MS = 12 * HOUR_MS;

export function createShifts(ports: {
  readonly readings: Readings;
  readonly reader: Radiologist;
  readonly terms: ReadingGroup;
  readonly roster: () => readonly Shift[];
  readonly rules: () => WorklistRules;
  readonly regionOf: (siteId: SiteId) => string | undefined;
  readonly clock: Clock;
}): Shifts {
  const { readings, reader, terms, roster, rules, regionOf, clock } = ports;
  const readers = [...terms.readers.filter(({ id }) => id !== reader.id), reader];
  let learned: { readonly revision: number; readonly done: readonly DoneReading[]; readonly minutes: MinutesModel };

  /** Looked through again only when the tasks have changed. */
  function work() {
    const { revision, tasks } = readings.seen();
    if (learned?.revision !== revision) {
      const now = clock.now();
      const ever = { from: 0 as EpochMs, until: (now + 1) as EpochMs };
      learned = { revision, done: workDone(tasks, span(now)), minutes: learnMinutes(workDone(tasks, ever)) };
    }
    return learned;
  }

  const asked = (now: EpochMs): readonly AskedInterruption[] =>
    askedInterruptions(readings.seen().tasks, {
      now,
      rules: rules(),
      minutes: work().minutes,
      regionOf,
      readers,
      roster: roster(),
    });

  return {
    standing() {
      const now = clock.now();
      const { done, minutes } = work();
      const onShift = new Set(readersOnShift(roster(), now));
      const duty = dutyOf(reader.id, roster(), done, now);
      return {
        rules: rules(),
        minutes,
        colleagues: terms.readers.filter(({ id }) => id !== reader.id && onShift.has(id)),
        ...(duty === undefined ? {} : { duty }),
      };
    },
    isOnShift: (readerId) => shiftAt(roster(), readerId, clock.now()) !== undefined,
    interruption() {
      const mine = asked(clock.now()).find(({ readerId }) => readerId === reader.id);
      return mine === undefined
        ? undefined
        : inWords(mine, new Map(readings.seen().tasks.map((task) => [task.id, task])));
    },
    board(view) {
      const { tasks } = readings.seen();
      const { now } = view;
      const shifts = roster();
      const pay = terms.wrvuTables === undefined ? {} : { wrvuTables: terms.wrvuTables };
      const board = shiftBoard(tasks, { ...view, roster: shifts, ...pay });
      const ledger = fairnessLedger(tasks, shifts, span(now), terms.wrvuTables);
      const byId = new Map(tasks.map((task) => [task.id, task]));
      const nameOf = namesIn(tasks, terms, reader);
      return {
        at: now,
        hasRoster: shifts.length > 0,
        readers: board.readers.map(({ readerName, onShift, ...rest }) => ({
          ...rest,
          readerName: nameOf(rest.readerId, readerName),
          isOnShift: onShift,
          open: openOf(rest.readerId, tasks, now),
        })),
        readingsWaiting: board.readingsWaiting,
        minutesWaiting: board.minutesWaiting,
        breaches: board.breaches.map((breach) => ({ ...breach, ...namedBy(byId.get(breach.taskId)) })),
        interruptions: asked(now).map((each) => ({
          ...inWords(each, byId),
          readerId: each.readerId,
          readerName: nameOf(each.readerId, each.readerId),
          expectedMinutes: each.expectedMinutes,
        })),
        forecast: board.forecast.map((hour) => ({ ...hour })),
        giniOfMinutes: ledger.giniOfMinutes,
        giniOfWrvu: ledger.giniOfWrvu,
        ledger: ledger.lines.map(({ readerId, readerName, readings: count, minutes, wrvu, deficitMinutes }) => ({
          readerId,
          readerName: nameOf(readerId, readerName),
          readings: count,
          minutes,
          wrvu,
          deficitMinutes,
          picked: actsOf('picked', readerId, tasks, now),
          declined: actsOf('declined', readerId, tasks, now),
          handedOver: actsOf('handed-over', readerId, tasks, now),
        })),
      };
    },
  };
}

function inWords(
  { taskId, openTaskId, standsAs, openStandsAs, dueAt }: AskedInterruption,
  byId: ReadonlyMap<string, ReadingTask>,
): Interruption {
  const task = byId.get(taskId);
  return {
    taskId,
    ...namedBy(task),
    modality: task?.exam.modality,
    standsAs,
    dueAt,
    openExamText: namedBy(byId.get(openTaskId)).examText,
    openStandsAs,
  };
}

const span = (now: EpochMs) => ({ from: (now - LEDGER_MS) as EpochMs, until: (now + 1) as EpochMs });

const namedBy = (task: ReadingTask | undefined) => ({
  examText: clipText(task?.exam.text ?? ''),
  siteName: task?.siteName ?? '',
});

/** As configured, else as they signed their acts. */
function namesIn(tasks: readonly ReadingTask[], terms: ReadingGroup, reader: Radiologist) {
  const names = new Map<string, string>();
  for (const { acts } of tasks) for (const { by, byName } of acts ?? []) names.set(by, byName);
  for (const { id, name } of [...terms.readers, reader]) names.set(id, name);
  return (id: RadiologistId, otherwise: string): string => names.get(id) ?? otherwise;
}

const openOf = (
  readerId: RadiologistId,
  tasks: readonly ReadingTask[],
  now: EpochMs,
): Board['readers'][number]['open'] =>
  tasks.flatMap(({ id, claim, exam, siteName, state }) =>
    state === 'claimed' && isClaimRunning(claim, now) && claim.radiologistId === readerId
      ? [{ taskId: id, examText: exam.text, siteName, since: claim.since }]
      : [],
  );

/** Newest first. */
function actsOf(kind: ReadingAct['kind'], by: RadiologistId, tasks: readonly ReadingTask[], now: EpochMs) {
  const { from } = span(now);
  return tasks
    .flatMap(({ acts, exam, siteName }) =>
      (acts ?? [])
        .filter((act) => act.kind === kind && act.by === by && act.at >= from)
        .map(({ at, reason, toName }) => ({ at, reason, toName, examText: exam.text, siteName })),
    )
    .toSorted((one, other) => other.at - one.at);
}
