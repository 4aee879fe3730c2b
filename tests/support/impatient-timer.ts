import type { Timer } from '#electron/ports/timer.ts';

/** Every wait is over at the next turn of the event loop: for what waits before it tries again. */
export const impatientTimer: Timer = {
  after(_delayMs, run) {
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  },
};
