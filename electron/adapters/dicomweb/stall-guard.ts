/** A body that brings less than this in the time allowed is as good as silent. */
const LEAST_BYTES = 1024;
/** Looks in the time allowed: a stall is noticed at most a quarter late. */
const LOOKS = 4;

/** Watches a body being read. Only time spent waiting for the server counts: a reader that is busy is not the server's fault. */
export interface StallGuard {
  waiting(): void;
  received(bytes: number): void;
  stop(): void;
}

export function createStallGuard(stallMs: number, onStall: () => void): StallGuard {
  let isWaiting = false;
  let bytes = 0;
  let silentLooks = 0;
  const looking = setInterval(() => {
    silentLooks = isWaiting && bytes < LEAST_BYTES ? silentLooks + 1 : 0;
    if (silentLooks === 0) bytes = 0;
    if (silentLooks > LOOKS) onStall();
  }, stallMs / LOOKS);
  looking.unref();
  return {
    waiting() {
      isWaiting = true;
    },
    received(count) {
      isWaiting = false;
      bytes += count;
    },
    stop() {
      clearInterval(looking);
    },
  };
}
