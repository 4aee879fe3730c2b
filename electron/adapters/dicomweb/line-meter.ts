import type { MeasuredLine } from '#electron/ports/site-archive.ts';

/** What one exchange tells the meter, in this order. */
export interface MeteredExchange {
  answered(): void;
  received(bytes: number): void;
  ended(): void;
}

/** Measures a site's line by what came over it, of all connections together. */
export interface LineMeter {
  begin(): MeteredExchange;
  measured(): MeasuredLine | undefined;
}

/** Less says more about latency than about the line. */
const LEAST_BYTES = 64 * 1024;
/** Older than this much receiving counts half: a line that slows down is noticed. */
const MEMORY_MS = 2000;
/** A measured answer time loses to a slower one only slowly: most exchanges wait for the server besides the line. */
const FORGETTING = 1.1;

/** `now` is monotonic, in milliseconds. */
export function createLineMeter(now: () => number): LineMeter {
  let bytes = 0;
  let receivingMs = 0;
  let receiving = 0;
  let since = 0;
  let answerMs: number | undefined;

  const account = () => {
    const at = now();
    if (receiving > 0) receivingMs += at - since;
    since = at;
    if (receivingMs <= MEMORY_MS) return;
    receivingMs /= 2;
    bytes /= 2;
  };

  return {
    begin() {
      const asked = now();
      let isAnswered = false;
      return {
        answered() {
          isAnswered = true;
          const took = now() - asked;
          answerMs = Math.min(took, (answerMs ?? took) * FORGETTING);
          account();
          receiving += 1;
        },
        received(count) {
          account();
          bytes += count;
        },
        ended() {
          if (!isAnswered) return;
          isAnswered = false;
          account();
          receiving -= 1;
        },
      };
    },
    measured: () =>
      bytes < LEAST_BYTES || answerMs === undefined
        ? undefined
        : { bytesPerSecond: (bytes / Math.max(receivingMs, 0.1)) * 1000, answerMs },
  };
}
