import type { Timer } from '#electron/ports/timer.ts';
import type { Clock } from '#shared/kernel/clock.ts';

/** Keeps what is fetched ahead within its share of the line. */
export interface Pace {
  /** Resolves when these bytes, already come, are paid for; at once without a budget. */
  spend(bytes: number): Promise<void>;
  /** Lets everyone who waits go on: somebody now looks at what they load. */
  hurry(): void;
}

export function createPace(
  bytesPerSecond: number | undefined,
  { clock, timer }: { readonly clock: Clock; readonly timer: Timer },
): Pace {
  let paidUntil = 0;
  const waiting = new Set<() => void>();
  return {
    spend(bytes) {
      if (bytesPerSecond === undefined) return Promise.resolve();
      paidUntil = Math.max(paidUntil, clock.now()) + (bytes / bytesPerSecond) * 1000;
      return new Promise((resolve) => {
        const go = () => {
          takeBack();
          waiting.delete(go);
          resolve();
        };
        const takeBack = timer.after(paidUntil - clock.now(), go);
        waiting.add(go);
      });
    },
    hurry() {
      for (const go of waiting) go();
    },
  };
}
