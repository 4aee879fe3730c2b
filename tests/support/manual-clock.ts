import type { Clock, EpochMs } from '#shared/kernel/clock.ts';

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

/** A clock that a test moves by hand. */
export function createManualClock(start = Date.UTC(2026, 10, 21, 22)): ManualClock {
  let now = start;
  return {
    now: () => now as EpochMs,
    advance(ms) {
      now += ms;
    },
  };
}
