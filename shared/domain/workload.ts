import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { examTypeOf, wrvuOf } from './exam-type.ts';
import type { RadiologistId } from './identifiers.ts';
import type { ReadingTime } from './minutes-model.ts';
import type { Duty } from './push-limits.ts';
import type { ReadingTask } from './reading-task.ts';
import { breakAt, hoursIn, shiftAt, workedMs, type Shift, type Span } from './shift.ts';
import { DEFAULT_RULES, type WorklistRules } from './worklist-rules.ts';
import { WRVU_TABLES, type WrvuTable } from './wrvu-table.ts';

/** One signed reading as work done. */
export interface DoneReading extends ReadingTime {
  readonly task: ReadingTask;
  readonly at: EpochMs;
  readonly wrvu: number;
}

/** Who read it, for how long and when; undefined while it is open, or when nothing tells its beginning. */
export function doneReading(task: ReadingTask, tables: readonly WrvuTable[] = WRVU_TABLES): DoneReading | undefined {
  const { completedAt } = task;
  if (task.state !== 'completed' || completedAt === undefined) return undefined;
  const begun = task.acts?.findLast(({ kind, at }) => (kind === 'claimed' || kind === 'picked') && at <= completedAt);
  const readerId = task.claim?.radiologistId ?? begun?.by;
  const since = begun?.at ?? task.claim?.since;
  if (readerId === undefined || since === undefined || since >= completedAt) return undefined;
  const type = examTypeOf(task.exam);
  return {
    task,
    readerId,
    examTypeId: type.id,
    minutes: (completedAt - since) / MINUTE_MS,
    at: completedAt,
    wrvu: wrvuOf(type, completedAt, tables),
  };
}

/** Everything signed in a span, as work done. */
export const workDone = (
  tasks: readonly ReadingTask[],
  { from, until }: Span,
  tables?: readonly WrvuTable[],
): readonly DoneReading[] =>
  tasks.flatMap((task) => {
    const done = doneReading(task, tables);
    return done === undefined || done.at < from || done.at >= until ? [] : [done];
  });

/** A reader's part of the work in a span, against the part their hours would make. */
export interface Load {
  readonly readerId: RadiologistId;
  readonly readings: number;
  /** Cumulative: read and signed. */
  readonly minutes: number;
  readonly wrvu: number;
  /** Instantaneous: expected minutes of what is open on their screen. */
  readonly openMinutes: number;
  /** What their hours on shift would be of all minutes read. */
  readonly shareMinutes: number;
  /** Above zero: the reader is behind and catches up first. */
  readonly deficitMinutes: number;
}

export function loadsOf(
  done: readonly DoneReading[],
  roster: readonly Shift[],
  span: Span,
  openMinutesOf: (readerId: RadiologistId) => number = () => 0,
): readonly Load[] {
  const readerIds = [...new Set([...roster.map(({ readerId }) => readerId), ...done.map(({ readerId }) => readerId)])];
  const worked = (readerId: RadiologistId) =>
    roster.filter((shift) => shift.readerId === readerId).reduce((sum, shift) => sum + workedMs(shift, span), 0);
  const sum = (of: readonly DoneReading[], what: 'minutes' | 'wrvu') => of.reduce((all, each) => all + each[what], 0);
  const total = sum(done, 'minutes');
  const hours = readerIds.reduce((all, readerId) => all + worked(readerId), 0);
  return readerIds
    .map((readerId) => {
      const own = done.filter((each) => each.readerId === readerId);
      const minutes = sum(own, 'minutes');
      const shareMinutes = hours === 0 ? 0 : (total * worked(readerId)) / hours;
      return {
        readerId,
        readings: own.length,
        minutes,
        wrvu: sum(own, 'wrvu'),
        openMinutes: openMinutesOf(readerId),
        shareMinutes,
        deficitMinutes: shareMinutes - minutes,
      };
    })
    .filter(({ readings, readerId }) => readings > 0 || worked(readerId) > 0);
}

/** Where a reader stands in their shift; undefined without a roster: then nothing is held back. */
export function dutyOf(
  readerId: RadiologistId,
  roster: readonly Shift[],
  done: readonly DoneReading[],
  now: EpochMs,
  { lateShift: { afterHours } }: Pick<WorklistRules, 'lateShift'> = DEFAULT_RULES,
): Duty | undefined {
  if (roster.length === 0) return undefined;
  const shift = shiftAt(roster, readerId, now);
  if (shift === undefined) return { onShift: false, hoursIn: 0, minutesRead: 0, hasColleague: false };
  const pause = breakAt(shift, now);
  const own = done.filter((each) => each.readerId === readerId && each.at >= shift.from);
  return {
    onShift: true,
    hoursIn: hoursIn(shift, now),
    ...(pause === undefined ? {} : { breakUntil: pause.until }),
    minutesRead: own.reduce((sum, { minutes }) => sum + minutes, 0),
    hasColleague: roster.some(
      (other) =>
        other.readerId !== readerId &&
        shiftAt([other], other.readerId, now) !== undefined &&
        breakAt(other, now) === undefined &&
        hoursIn(other, now) < afterHours,
    ),
  };
}
