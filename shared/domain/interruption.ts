import { HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { eligibilityOf } from './eligibility.ts';
import { examTypeOf } from './exam-type.ts';
import type { RadiologistId, SiteId } from './identifiers.ts';
import type { MinutesModel } from './minutes-model.ts';
import { tierOf, type Priority } from './priority.ts';
import type { Radiologist } from './radiologist.ts';
import type { ReadingTask } from './reading-task.ts';
import type { WorklistRules } from './worklist-rules.ts';

/** What a reader has open. */
export interface OpenReading {
  readonly reader: Radiologist;
  readonly standsAs: Priority;
  readonly since: EpochMs;
  readonly expectedMinutes: number;
  /** When they were last asked to set something aside. */
  readonly interruptedAt: readonly EpochMs[];
}

export interface InterruptionView {
  readonly now: EpochMs;
  readonly rules: WorklistRules;
  readonly minutes: MinutesModel;
  readonly regionOf: (siteId: SiteId) => string | undefined;
}

/** A case nearly done is not set aside: its reader is free sooner than a change of case takes. */
const NEARLY_DONE_MINUTES = 1;

/**
 * An emergency that finds no free reader: whom to ask to set their case aside for it. Only one who may read it, who has a case of a lower tier than
 * an emergency open, and who was not asked too often within the hour. Of those the one who reads such an exam fastest; near ties go to the
 * lesser case, then to the one that was asked longest ago. Undefined: it waits as the first of the list.
 */
export function whomToInterrupt(
  task: ReadingTask,
  open: readonly OpenReading[],
  { now, rules, minutes, regionOf }: InterruptionView,
): RadiologistId | undefined {
  if (!rules.interruption.for.includes(task.priority)) return undefined;
  const type = examTypeOf(task.exam);
  const region = regionOf(task.siteId);
  const candidates = open
    .filter(({ standsAs, interruptedAt, expectedMinutes, since, reader }) => {
      const lately = interruptedAt.filter((at) => at > now - HOUR_MS).length;
      const left = expectedMinutes - (now - since) / MINUTE_MS;
      const isNearlyDone = left > 0 && left < NEARLY_DONE_MINUTES;
      return (
        tierOf(standsAs) > tierOf('stat') &&
        lately < rules.interruption.perHour &&
        !isNearlyDone &&
        eligibilityOf(reader, task, { region, now }).refusals.length === 0
      );
    })
    .map((each) => ({
      id: each.reader.id,
      // Whole minutes, so that a hair's breadth of speed decides nothing.
      needs: Math.round(minutes.expected(type, each.reader.id)),
      tier: tierOf(each.standsAs),
      asked: Math.max(0, ...each.interruptedAt),
    }))
    .toSorted(
      (one, other) =>
        one.needs - other.needs || other.tier - one.tier || one.asked - other.asked || (one.id < other.id ? -1 : 1),
    );
  return candidates[0]?.id;
}
