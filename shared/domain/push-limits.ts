import { HOUR_MS, type EpochMs } from '../kernel/clock.ts';
import { isEmergency } from './priority.ts';
import type { Placement } from './placement.ts';
import type { ReadingTask } from './reading-task.ts';
import { runningPause } from './urgency.ts';
import { minutesInWords } from './words.ts';
import type { WorklistRules } from './worklist-rules.ts';

/** Where a reader stands in their shift at one moment. */
export interface Duty {
  readonly onShift: boolean;
  /** Since the shift began. */
  readonly hoursIn: number;
  /** Until when the break runs; absent: none. */
  readonly breakUntil?: EpochMs;
  /** Read in this shift so far. */
  readonly minutesRead: number;
  /** A colleague is there, neither on a break nor late in their own shift, for what this reader should not be pushed. */
  readonly hasColleague: boolean;
}

export const NOBODY_HELD_BACK: readonly string[] = [];

/** Why a reading is not pushed to this reader now, in words. An emergency waits for none of this, but for whose images they are. */
export function holdBackReasons(
  task: ReadingTask,
  { standsAs, expectedMinutes }: Placement,
  { now, rules, duty }: { readonly now: EpochMs; readonly rules: WorklistRules; readonly duty: Duty | undefined },
): readonly string[] {
  const pause = runningPause(task.pauses, now);
  const waiting = pause === undefined ? [] : [`waits for the site, its clock stands still: ${pause.reason}`];
  // Pushed again at once it would only be sent back again: nobody may look at its images before the site has answered.
  if (waiting.length > 0 && task.identityDecisions?.at(-1)?.verdict === 'sent-back') return waiting;
  if (isEmergency(standsAs)) return NOBODY_HELD_BACK;
  if (duty === undefined) return waiting;
  return [...waiting, ...dutyReasons(expectedMinutes, duty, { now, rules })];
}

function dutyReasons(
  expectedMinutes: number,
  duty: Duty,
  { now, rules: { lateShift, capMinutes } }: { readonly now: EpochMs; readonly rules: WorklistRules },
): string[] {
  const reasons: string[] = [];
  if (duty.breakUntil !== undefined && duty.breakUntil > now)
    reasons.push(`you are on a break for another ${minutesInWords(duty.breakUntil - now)}`);
  // Both guards spare a tired reader only while somebody else is there: no case is left to nobody.
  if (!duty.hasColleague) return reasons;
  if (duty.hoursIn >= lateShift.afterHours && expectedMinutes >= lateShift.complexMinutes)
    reasons.push(
      `not pushed after hour ${lateShift.afterHours} of your shift: a complex case, about ${Math.round(expectedMinutes)} min`,
    );
  if (duty.minutesRead >= capMinutes)
    reasons.push(`you have read ${minutesInWords((capMinutes / 60) * HOUR_MS)} in this shift, the most that is pushed`);
  return reasons;
}
