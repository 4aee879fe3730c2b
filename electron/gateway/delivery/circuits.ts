import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { backoffMs, type Pace } from './next-step.ts';

/** After so many attempts in a row without an answer the site is left alone for a while. */
const FAILURES_TO_OPEN = 3;

/** Keeps a site that does not answer from being asked by every report in turn. One circuit a return channel of a site. */
export interface Circuits {
  /** False while the site is left alone. When the time is up one delivery goes as a probe; its outcome decides. */
  mayTry(channel: string, now: EpochMs): boolean;
  note(channel: string, outcome: AttemptOutcome['kind'], now: EpochMs): void;
}

export function createCircuits(pace?: Pace): Circuits {
  const failures = new Map<string, number>();
  const openUntil = new Map<string, EpochMs>();
  return {
    mayTry: (channel, now) => (openUntil.get(channel) ?? 0) <= now,
    note(channel, outcome, now) {
      if (outcome === 'accepted' || outcome === 'refused') {
        failures.delete(channel);
        openUntil.delete(channel);
        return;
      }
      const count = (failures.get(channel) ?? 0) + 1;
      failures.set(channel, count);
      if (count < FAILURES_TO_OPEN) return;
      openUntil.set(channel, (now + backoffMs(count - FAILURES_TO_OPEN + 1, 0, pace)) as EpochMs);
    },
  };
}
