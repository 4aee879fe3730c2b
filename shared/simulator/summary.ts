import { gini } from '../domain/fairness.ts';
import { PRIORITIES, type Priority } from '../domain/priority.ts';
import { MINUTE_MS } from '../kernel/clock.ts';
import type { NightOutcome, ReadingOutcome } from './simulate.ts';

/** Minutes from images complete to begun, not counting what was spent on it; to the signature for `turnaround`. */
export interface ClassSummary {
  readonly readings: number;
  readonly medianWaitMinutes: number;
  readonly p95WaitMinutes: number;
  readonly medianTurnaroundMinutes: number;
  readonly p95TurnaroundMinutes: number;
  /** Signed by the due time, 0..1. */
  readonly shareWithinTarget: number;
  /** Signed after the due time. */
  readonly breaches: number;
  /** Minutes after the due time; 0 when all were in time. */
  readonly worstLatenessMinutes: number;
}

export interface PolicySummary {
  readonly policy: string;
  /** Only classes that occurred. */
  readonly classes: Readonly<Partial<Record<Priority, ClassSummary>>>;
  /** Stroke, trauma and STAT together. */
  readonly emergencies: ClassSummary;
  readonly giniOfMinutes: number;
  readonly idleMinutes: number;
  /** Spent on all readings together. */
  readonly totalMinutes: number;
  /** Cases set aside for an emergency. */
  readonly interruptions: number;
  /** Nobody there may read them. */
  readonly unread: number;
}

const EMERGENCIES: readonly Priority[] = ['stroke', 'trauma', 'stat'];

/** Nearest rank. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const latenessMinutes = ({ task, doneAt }: ReadingOutcome): number =>
  task.dueAt === undefined ? 0 : Math.max(0, doneAt - task.dueAt) / MINUTE_MS;

function summariseClass(readings: readonly ReadingOutcome[]): ClassSummary {
  const turnarounds = readings.map(({ doneAt, arrivedAt }) => (doneAt - arrivedAt) / MINUTE_MS);
  const waits = readings.map(({ minutes }, index) => Math.max(0, (turnarounds[index] ?? 0) - minutes));
  const lateness = readings.map(latenessMinutes);
  const breaches = lateness.filter((minutes) => minutes > 0).length;
  return {
    readings: readings.length,
    breaches,
    medianWaitMinutes: quantile(waits, 0.5),
    p95WaitMinutes: quantile(waits, 0.95),
    medianTurnaroundMinutes: quantile(turnarounds, 0.5),
    p95TurnaroundMinutes: quantile(turnarounds, 0.95),
    shareWithinTarget: readings.length === 0 ? 1 : lateness.filter((minutes) => minutes === 0).length / readings.length,
    worstLatenessMinutes: Math.max(0, ...lateness),
  };
}

export function summariseNight({ policy, readings, readers, unread }: NightOutcome): PolicySummary {
  const of = (classes: readonly Priority[]) => readings.filter(({ task }) => classes.includes(task.priority));
  return {
    policy,
    classes: Object.fromEntries(
      PRIORITIES.flatMap((priority) => {
        const own = of([priority]);
        return own.length === 0 ? [] : [[priority, summariseClass(own)]];
      }),
    ),
    emergencies: summariseClass(of(EMERGENCIES)),
    giniOfMinutes: gini(readers.map(({ minutes }) => minutes)),
    idleMinutes: readers.reduce((sum, { idleMinutes }) => sum + idleMinutes, 0),
    totalMinutes: readings.reduce((sum, { minutes }) => sum + minutes, 0),
    interruptions: readings.reduce((sum, { interruptions }) => sum + interruptions, 0),
    unread: unread.length,
  };
}
