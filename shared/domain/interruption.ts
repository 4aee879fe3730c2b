import { HOUR_MS, MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { eligibilityOf } from './eligibility.ts';
import type { RadiologistId, SiteId } from './identifiers.ts';
import type { MinutesModel } from './minutes-model.ts';
import { placeReading, type Placement } from './placement.ts';
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
  readonly dueAt?: EpochMs;
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
 * lesser case, then to the one that was asked longest ago; a case that would become late for it comes last. Undefined: it waits as the first of the list.
 */
export function whomToInterrupt(
  task: ReadingTask,
  open: readonly OpenReading[],
  { now, rules, minutes, regionOf }: InterruptionView,
): RadiologistId | undefined {
  const placed = placeReading(task, { now, rules, minutes });
  if (!rules.interruption.for.includes(placed.standsAs)) return undefined;
  const type = placed.examType;
  const region = regionOf(task.siteId);
  const eligible = open.filter(({ reader }) => eligibilityOf(reader, task, { region, now }).refusals.length === 0);
  const waiting = chanceIfWaiting(placed, eligible, { now, minutes });
  // What is late already only gets later.
  const isOverdue = placed.dueAt <= now;
  const candidates = eligible
    .filter(({ standsAs, interruptedAt, expectedMinutes, since, reader }) => {
      const lately = interruptedAt.filter((at) => at > now - HOUR_MS).length;
      const left = expectedMinutes - (now - since) / MINUTE_MS;
      const isNearlyDone = left > 0 && left < NEARLY_DONE_MINUTES;
      return (
        tierOf(standsAs) > tierOf('stat') &&
        lately < rules.interruption.perHour &&
        !isNearlyDone &&
        (isOverdue ||
          waiting - chanceLate(placed, minutes.expected(type, reader.id), now) >= rules.interruption.riskFrom)
      );
    })
    .map((each) => ({
      id: each.reader.id,
      // Whole minutes, so that a hair's breadth of speed decides nothing.
      needs: Math.round(minutes.expected(type, each.reader.id)),
      harm: Number(wouldBreach(each, minutes.expected(type, each.reader.id), now)),
      tier: tierOf(each.standsAs),
      asked: Math.max(0, ...each.interruptedAt),
    }))
    .toSorted(
      (one, other) =>
        one.harm - other.harm ||
        one.needs - other.needs ||
        other.tier - one.tier ||
        one.asked - other.asked ||
        (one.id < other.id ? -1 : 1),
    );
  return candidates[0]?.id;
}

/** Until the first of them is free by themselves, if each ends at random with the mean that is left of their case. */
function expectedWaitMinutes(open: readonly OpenReading[], now: EpochMs): number {
  const rate = open.reduce((sum, { expectedMinutes, since }) => {
    // A case that runs over is rarely near its end: half of its expected time is always left.
    const left = Math.max(expectedMinutes - (now - since) / MINUTE_MS, expectedMinutes / 2);
    return sum + 1 / left;
  }, 0);
  return rate === 0 ? Number.POSITIVE_INFINITY : 1 / rate;
}

/** Chance to be late if it waits for whoever of them is free first. */
function chanceIfWaiting(
  placed: Placement,
  eligible: readonly OpenReading[],
  { now, minutes }: Pick<InterruptionView, 'now' | 'minutes'>,
): number {
  if (eligible.length === 0) return 1;
  const expected = eligible.map(({ reader }) => minutes.expected(placed.examType, reader.id));
  const mean = expected.reduce((sum, each) => sum + each, 0) / expected.length;
  return chanceLate(placed, mean, (now + expectedWaitMinutes(eligible, now) * MINUTE_MS) as EpochMs);
}

/** Chance to be late if it is begun at `at` by somebody who needs so long on average. */
function chanceLate({ examType: type, dueAt }: Placement, expectedMinutes: number, at: EpochMs): number {
  return chanceOver((dueAt - at) / MINUTE_MS, expectedMinutes, type.sdMinutes / type.meanMinutes);
}

/** Chance that a log-normal time of this mean and relative spread takes longer than `minutes`. */
function chanceOver(minutes: number, mean: number, spread: number): number {
  if (minutes <= 0) return 1;
  const variance = Math.log(1 + spread ** 2);
  const z = (Math.log(minutes) - Math.log(mean) + variance / 2) / Math.sqrt(variance);
  // Upper tail of the normal distribution by the logistic approximation of Bowling et al. (2009), good to 0.0002.
  return 1 / (1 + Math.exp(1.5976 * z + 0.07056 * z ** 3));
}

/** The case on the screen was in time and would not be, once the emergency is read. */
function wouldBreach({ dueAt, since, expectedMinutes }: OpenReading, emergencyMinutes: number, now: EpochMs): boolean {
  if (dueAt === undefined) return false;
  const left = Math.max(expectedMinutes - (now - since) / MINUTE_MS, expectedMinutes / 2);
  const slack = (dueAt - now) / MINUTE_MS - left;
  return slack >= 0 && slack < 2 * emergencyMinutes;
}
