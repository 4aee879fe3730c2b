import type { SiteId } from '../domain/identifiers.ts';
import { examTypeOf } from '../domain/exam-type.ts';
import type { MinutesModel } from '../domain/minutes-model.ts';
import type { Radiologist } from '../domain/radiologist.ts';
import type { ReadingTask } from '../domain/reading-task.ts';
import type { Shift } from '../domain/shift.ts';
import { doneReading } from '../domain/workload.ts';
import type { WorklistRules } from '../domain/worklist-rules.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { createOverreadPolicy } from './overread-policy.ts';
import type { Night } from './scenario.ts';
import { simulateNight } from './simulate.ts';
import { summariseNight, type PolicySummary } from './summary.ts';

export interface RehearsalRequest {
  /** Last night's, signed or not: cancelled ones and those whose images never came are left out. */
  readonly tasks: readonly ReadingTask[];
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly readers: readonly Radiologist[];
  /** Who was there when; a reader without a shift takes no part. */
  readonly roster: readonly Shift[];
  readonly regionOf: (siteId: SiteId) => string | undefined;
  readonly minutes: MinutesModel;
  /** As they are, and as they might be. */
  readonly current: WorklistRules;
  readonly proposed: WorklistRules;
}

export interface Rehearsal {
  readonly readings: number;
  /** Per class: turnaround, breaches; over all: fairness. Side by side. */
  readonly current: PolicySummary;
  readonly proposed: PolicySummary;
}

/**
 * Plays last night's list again under two sets of rules. What arrived is as it was, who was there too, and each reading takes as long as it
 * really took, scaled by the pace of whoever reads it now; one that was not signed takes what the minutes model expects.
 */
export function rehearse({ tasks, current, proposed, ...request }: RehearsalRequest): Rehearsal {
  const night = nightFrom(tasks, request);
  const play = (rules: WorklistRules) =>
    summariseNight(simulateNight(night, createOverreadPolicy(night, rules, rules.name)));
  return { readings: night.tasks.length, current: play(current), proposed: play(proposed) };
}

function nightFrom(
  tasks: readonly ReadingTask[],
  { from, until, readers, roster, regionOf, minutes }: Omit<RehearsalRequest, 'tasks' | 'current' | 'proposed'>,
): Night {
  const arrived = tasks
    .flatMap((task) => {
      const at = task.imagesCompleteAt;
      return at === undefined || at < from || at >= until || task.state === 'cancelled' ? [] : [{ task, at }];
    })
    .toSorted((one, other) => one.at - other.at || (one.task.id < other.task.id ? -1 : 1));
  const done = new Map(tasks.map((task) => [task.id, doneReading(task)]));
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return {
    from,
    until,
    load: 0,
    readers: roster.flatMap((shift) => {
      const reader = readers.find(({ id }) => id === shift.readerId);
      return reader === undefined ? [] : [{ ...reader, shift, pickiness: 0, paceOf: () => 1 }];
    }),
    roster,
    tasks: arrived.map(({ task }) => asItArrived(task)),
    trueMinutes(taskId, reader) {
      const task = byId.get(taskId);
      if (task === undefined) throw new Error('a reading of another night');
      const type = examTypeOf(task.exam);
      const expected = minutes.expected(type, reader.id);
      const known = done.get(taskId);
      return known === undefined ? expected : (known.minutes * expected) / minutes.expected(type, known.readerId);
    },
    regionOf,
    minutes,
  };
}

/** Waiting again, with nobody's claim on it. */
function asItArrived(task: ReadingTask): ReadingTask {
  const { claim: _claim, completedAt: _completed, reportId: _report, ...waiting } = task;
  return { ...waiting, state: 'ready' };
}
