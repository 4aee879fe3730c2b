import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { examTypeOf } from './exam-type.ts';
import { expectedFinish } from './expected-finish.ts';
import { gini } from './fairness.ts';
import type { RadiologistId, TaskId } from './identifiers.ts';
import type { Priority } from './priority.ts';
import type { ReadingTask } from './reading-task.ts';
import { breakAt, hoursIn, readersOnShift, shiftAt, workedMs, type Shift, type Span } from './shift.ts';
import { loadsOf, workDone, type Load } from './workload.ts';
import { deriveWorklist, type WorklistEntry, type WorklistView } from './worklist.ts';
import { DEFAULT_RULES } from './worklist-rules.ts';
import { STARTING_MINUTES } from './minutes-model.ts';
import type { WrvuTable } from './wrvu-table.ts';

export interface BoardReader extends Load {
  readonly readerName: string;
  readonly onShift: boolean;
  readonly hoursIn: number;
  readonly hoursLeft: number;
  readonly breakUntil?: EpochMs;
  /** Stated while it holds: from now on no complex case is pushed to this reader. */
  readonly guard?: string;
}

/** A reading that is late, or will be if the list is worked off as it stands. */
export interface Breach {
  readonly taskId: TaskId;
  readonly standsAs: Priority;
  readonly dueAt: EpochMs;
  /** Expected; above zero. */
  readonly lateMinutes: number;
}

/** One hour to come. */
export interface ForecastHour extends Span {
  readonly arrivingMinutes: number;
  /** What the roster leaves for reading. */
  readonly capacityMinutes: number;
  /** Left over at its end. */
  readonly waitingMinutes: number;
}

export interface ShiftBoard {
  readonly readers: readonly BoardReader[];
  readonly readingsWaiting: number;
  readonly minutesWaiting: number;
  /** Soonest due first. */
  readonly breaches: readonly Breach[];
  readonly forecast: readonly ForecastHour[];
  readonly giniOfMinutes: number;
}

const FORECAST_HOURS = 6;
/** How far back the board looks for what this shift has done. */
const SHIFT_MS = 12 * HOUR_MS;

export function shiftBoard(
  tasks: readonly ReadingTask[],
  view: WorklistView & { readonly roster: readonly Shift[]; readonly wrvuTables?: readonly WrvuTable[] },
): ShiftBoard {
  const { roster, now, rules = DEFAULT_RULES, minutes = STARTING_MINUTES, wrvuTables } = view;
  const entries = deriveWorklist(tasks, view).filter(({ task }) => task.state !== 'completed');
  const openMinutesOf = (readerId: RadiologistId) =>
    entries
      .filter(({ claim }) => claim?.radiologistId === readerId)
      .reduce((sum, { task }) => sum + minutes.expected(examTypeOf(task.exam), readerId), 0);
  const begun = Math.min(
    now - SHIFT_MS,
    ...roster.filter(({ until }) => until > now).map(({ from }) => from as number),
  );
  const span = { from: begun as EpochMs, until: (now + 1) as EpochMs };
  const loads = loadsOf(workDone(tasks, span, wrvuTables), roster, span, openMinutesOf);
  const waiting = entries.filter(({ claim, task }) => claim === undefined && task.state !== 'ordered');
  const minutesWaiting = waiting.reduce((sum, { placement }) => sum + placement.expectedMinutes, 0);
  return {
    readers: loads.map((load) => {
      const shift = shiftAt(roster, load.readerId, now);
      const pause = shift === undefined ? undefined : breakAt(shift, now);
      const { afterHours, complexMinutes } = rules.lateShift;
      const isLate = shift !== undefined && hoursIn(shift, now) >= afterHours;
      return {
        ...load,
        readerName: roster.find(({ readerId }) => readerId === load.readerId)?.readerName ?? load.readerId,
        onShift: shift !== undefined,
        hoursIn: shift === undefined ? 0 : hoursIn(shift, now),
        hoursLeft: shift === undefined ? 0 : (shift.until - now) / HOUR_MS,
        ...(pause === undefined ? {} : { breakUntil: pause.until }),
        ...(isLate
          ? {
              guard: `after hour ${afterHours}: no case of ${complexMinutes} min or more is pushed while a colleague is there`,
            }
          : {}),
      };
    }),
    readingsWaiting: waiting.length,
    minutesWaiting,
    breaches: breachesAmong(waiting, now, Math.max(1, readersOnShift(roster, now).length)),
    forecast: forecastHours(tasks, minutesWaiting, view),
    giniOfMinutes: gini(loads.map((load) => load.minutes)),
  };
}

function breachesAmong(waiting: readonly WorklistEntry[], now: EpochMs, readers: number): readonly Breach[] {
  const finish = expectedFinish(waiting, now, readers);
  return waiting
    .flatMap(({ task, placement }) => {
      const late = (finish.get(task.id) ?? now) - placement.dueAt;
      if (late <= 0) return [];
      return [
        {
          taskId: task.id,
          standsAs: placement.standsAs,
          dueAt: placement.dueAt,
          lateMinutes: Math.ceil(late / MINUTE_MS),
        },
      ];
    })
    .toSorted((one, other) => one.dueAt - other.dueAt);
}

function forecastHours(
  tasks: readonly ReadingTask[],
  minutesWaiting: number,
  { now, roster, minutes = STARTING_MINUTES }: Parameters<typeof shiftBoard>[1],
): readonly ForecastHour[] {
  const arrivals = tasks.map((task) => ({
    at: task.imagesCompleteAt ?? task.authoredOn,
    minutes: minutes.expected(examTypeOf(task.exam)),
  }));
  const minutesIn = ({ from, until }: Span) =>
    arrivals.filter(({ at }) => at >= from && at < until).reduce((sum, each) => sum + each.minutes, 0);
  const recently = minutesIn({ from: (now - 3 * HOUR_MS) as EpochMs, until: now }) / 3;
  let left = minutesWaiting;
  return Array.from({ length: FORECAST_HOURS }, (_, hour) => {
    const span = { from: (now + hour * HOUR_MS) as EpochMs, until: (now + (hour + 1) * HOUR_MS) as EpochMs };
    const yesterday = minutesIn({ from: (span.from - DAY_MS) as EpochMs, until: (span.until - DAY_MS) as EpochMs });
    // Yesterday's same hour knows the day's pattern, the last hours know how tonight is; without a yesterday they alone speak.
    const arrivingMinutes = yesterday === 0 ? recently : (yesterday + recently) / 2;
    const capacityMinutes = roster.reduce((sum, shift) => sum + workedMs(shift, span), 0) / MINUTE_MS;
    left = Math.max(0, left + arrivingMinutes - capacityMinutes);
    return { ...span, arrivingMinutes, capacityMinutes, waitingMinutes: left };
  });
}
