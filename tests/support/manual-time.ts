import type { Timer } from '#electron/ports/timer.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';

export interface ManualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Moves the clock on and runs what has come due, in order, each followed by everything it set going. */
  advance(ms: number): Promise<void>;
}

/** Time that a test moves by hand. */
export function createManualTime(start = Date.UTC(2026, 10, 21, 22)): ManualTime {
  let now = start;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return {
    clock: { now: () => now as EpochMs },
    timer: {
      after(delayMs, run) {
        const entry = { at: now + delayMs, run };
        waiting.push(entry);
        return () => {
          waiting = waiting.filter((each) => each !== entry);
        };
      },
    },
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = waiting.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        waiting = waiting.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
      await settle();
    },
  };
}
