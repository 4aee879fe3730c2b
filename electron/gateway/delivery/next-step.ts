import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import { assertNever } from '#shared/kernel/assert-never.ts';
import { MINUTE_MS, SECOND_MS, type EpochMs } from '#shared/kernel/clock.ts';

export type NextStep =
  | { readonly step: 'close'; readonly ackId: string }
  /** Under the same ids, so that a site which has it after all does not file it twice. */
  | { readonly step: 'retry'; readonly notBefore: EpochMs; readonly problem: string }
  | { readonly step: 'ask-a-person'; readonly problem: string };

const FIRST_BACKOFF_MS = 5 * SECOND_MS;
const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;

/** 5 s, 10 s, 20 s … up to ten minutes; `attempt` counts from 1. */
export const backoffMs = (attempt: number): number =>
  Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(Math.max(attempt, 1) - 1, 20), LONGEST_BACKOFF_MS);

/** Attempts never run out into silence: a delivery ends only accepted or in a person's hands. */
export function nextStep(outcome: AttemptOutcome, attempt: number, now: EpochMs): NextStep {
  switch (outcome.kind) {
    case 'accepted':
      return { step: 'close', ackId: outcome.ackId };
    case 'not-taken':
    case 'unknown':
      return { step: 'retry', notBefore: (now + backoffMs(attempt)) as EpochMs, problem: outcome.code };
    case 'refused':
      return { step: 'ask-a-person', problem: outcome.code };
    default:
      return assertNever(outcome);
  }
}
