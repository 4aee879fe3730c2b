import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import { assertNever } from '#shared/kernel/assert-never.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';

export type NextStep =
  | { readonly step: 'close'; readonly ackId: string }
  /** Under the same ids, so that a site which has it after all does not file it twice. */
  | { readonly step: 'retry'; readonly notBefore: EpochMs; readonly problem: string }
  | { readonly step: 'ask-a-person'; readonly problem: string };

/** How patient the gateway is with a site. */
export interface Pace {
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
}
const USUAL_PACE: Pace = { firstBackoffMs: 5 * SECOND_MS, longestBackoffMs: 10 * MINUTE_MS };

/**
 * At most 5 s, 10 s, 20 s … up to ten minutes; `attempt` counts from 1. `jitter` (0 to 1) takes up to half of it away: deliveries that failed
 * together do not come back together.
 */
export const backoffMs = (
  attempt: number,
  jitter = 0,
  { firstBackoffMs, longestBackoffMs }: Pace = USUAL_PACE,
): number =>
  Math.min(firstBackoffMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 20), longestBackoffMs) * (1 - jitter / 2);

/** Attempts never run out into silence: a delivery ends only accepted or in a person's hands. */
export function nextStep(outcome: AttemptOutcome, attempt: number, now: EpochMs, jitter = 0, pace?: Pace): NextStep {
  switch (outcome.kind) {
    case 'accepted':
      return { step: 'close', ackId: outcome.ackId };
    case 'not-taken':
    case 'unknown':
      return {
        step: 'retry',
        notBefore: Math.round(now + backoffMs(attempt, jitter, pace)) as EpochMs,
        problem: outcome.code,
      };
    case 'refused':
      return { step: 'ask-a-person', problem: outcome.code };
    default:
      return assertNever(outcome);
  }
}
