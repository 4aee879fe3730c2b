import { HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { isClaimRunning } from './claim.ts';
import { eligibilityOf } from './eligibility.ts';
import type { RadiologistId, TaskId } from './identifiers.ts';
import { whomToInterrupt, type InterruptionView, type OpenReading } from './interruption.ts';
import { placeReading } from './placement.ts';
import { tierOf, type Priority } from './priority.ts';
import type { Radiologist } from './radiologist.ts';
import type { ReadingTask } from './reading-task.ts';
import { breakAt, shiftAt, type Shift } from './shift.ts';

/** An emergency that nobody free may read, and who is to set a case aside for it. */
export interface AskedInterruption {
  readonly taskId: TaskId;
  readonly standsAs: Priority;
  readonly dueAt: EpochMs;
  readonly readerId: RadiologistId;
  /** What the reader asked would need for it. */
  readonly expectedMinutes: number;
  /** The case they have open. */
  readonly openTaskId: TaskId;
  readonly openStandsAs: Priority;
}

export interface GroupView extends InterruptionView {
  readonly readers: readonly Radiologist[];
  /** Empty: nobody knows who is there, so nobody is asked. */
  readonly roster: readonly Shift[];
}

interface Desk {
  readonly reader: Radiologist;
  readonly open: readonly ReadingTask[];
}

/**
 * The emergencies waiting now that no free reader on shift may take, most urgent first, each with the reader who is to set a case aside; nobody is
 * asked for two at once. Every workstation finds the same from the same tasks.
 */
export function askedInterruptions(tasks: readonly ReadingTask[], view: GroupView): readonly AskedInterruption[] {
  const { now, rules, minutes, regionOf } = view;
  const waiting = tasks
    .filter((task) => (task.state === 'ready' || task.state === 'claimed') && !isClaimRunning(task.claim, now))
    .map((task) => ({ task, placed: placeReading(task, { now, rules, minutes }) }))
    .filter(({ placed }) => rules.interruption.for.includes(placed.standsAs))
    .toSorted(
      (one, other) => one.placed.tier - other.placed.tier || one.placed.startByMinute - other.placed.startByMinute,
    );
  if (waiting.length === 0) return [];
  let desks = desksOf(tasks, view);
  const asked: AskedInterruption[] = [];
  for (const { task, placed } of waiting) {
    const region = regionOf(task.siteId);
    const free = desks.find(
      ({ reader, open }) => open.length === 0 && eligibilityOf(reader, task, { region, now }).refusals.length === 0,
    );
    if (free !== undefined) {
      // They have one reading to take: the next emergency finds them no longer free.
      desks = desks.filter((desk) => desk !== free);
      continue;
    }
    const readings = desks.flatMap((desk) => openReadingOf(desk, tasks, view));
    const readerId = whomToInterrupt(
      task,
      readings.map(({ reading }) => reading),
      view,
    );
    const of = readings.find(({ reading }) => reading.reader.id === readerId);
    if (readerId === undefined || of === undefined) continue;
    desks = desks.filter(({ reader }) => reader.id !== readerId);
    asked.push({
      taskId: task.id,
      standsAs: placed.standsAs,
      dueAt: placed.dueAt,
      readerId,
      expectedMinutes: minutes.expected(placed.examType, readerId),
      openTaskId: of.task.id,
      openStandsAs: of.reading.standsAs,
    });
  }
  return asked;
}

/** Who is there, on no break, and what they have open. */
const desksOf = (tasks: readonly ReadingTask[], { readers, roster, now }: GroupView): readonly Desk[] =>
  readers.flatMap((reader) => {
    const shift = shiftAt(roster, reader.id, now);
    if (shift === undefined || breakAt(shift, now) !== undefined) return [];
    const isOpen = ({ state, claim }: ReadingTask) =>
      state === 'claimed' && isClaimRunning(claim, now) && claim.radiologistId === reader.id;
    return [{ reader, open: tasks.filter(isOpen) }];
  });

/** The most urgent that a reader has open: who has an emergency open beside another case reads the emergency. */
function openReadingOf({ reader, open }: Desk, tasks: readonly ReadingTask[], { now, rules, minutes }: GroupView) {
  const [first] = open
    .map((task) => ({ task, placed: placeReading(task, { now, rules, minutes }) }))
    .toSorted((one, other) => one.placed.tier - other.placed.tier);
  if (first === undefined) return [];
  const { task, placed } = first;
  const reading: OpenReading = {
    reader,
    standsAs: placed.standsAs,
    since: task.claim?.since ?? now,
    expectedMinutes: minutes.expected(placed.examType, reader.id),
    dueAt: placed.dueAt,
    interruptedAt: interruptionsOf(reader.id, tasks, now),
  };
  return [{ task, reading }];
}

/** One who lays a case down for an emergency takes that up within so long. */
const SET_ASIDE_MS = 2 * MINUTE_MS;

/** When a reader set a case aside within the hour: they took up an emergency while another case was theirs, or just after giving one back. */
export function interruptionsOf(
  readerId: RadiologistId,
  tasks: readonly ReadingTask[],
  now: EpochMs,
): readonly EpochMs[] {
  const theirs = tasks.flatMap((task) => {
    const begun = task.acts?.findLast(({ kind, by }) => by === readerId && (kind === 'claimed' || kind === 'picked'));
    return begun === undefined ? [] : [{ task, begun: begun.at, ended: endOf(task, readerId, begun.at) }];
  });
  return theirs
    .filter(({ task, begun }) => begun > now - HOUR_MS && tierOf(task.priority) <= tierOf('stat'))
    .filter(({ task, begun }) =>
      theirs.some((other) => other.task !== task && other.begun < begun && other.ended > begun),
    )
    .map(({ begun }) => begun);
}

function endOf({ completedAt, acts }: ReadingTask, readerId: RadiologistId, begun: EpochMs): number {
  const returned = acts?.find(({ kind, by, at }) => kind === 'returned' && by === readerId && at >= begun);
  return returned === undefined ? (completedAt ?? Number.POSITIVE_INFINITY) : returned.at + SET_ASIDE_MS;
}
