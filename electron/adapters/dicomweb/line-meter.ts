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
/** Share of a new answer time in the running mean: a server that is busy for a while is noticed, a single hiccup hardly. */
const NEW_SHARE = 0.2;

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
          answerMs = (answerMs ?? took) + NEW_SHARE * (took - (answerMs ?? took));
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
