/** Of the window's main thread in one frame; the rest is for the pointer and everybody else. */
const SHARE_MS = 9;

/** How much can be worked out in a frame's share, learnt from what was: machines differ tenfold. */
export function createPace(unitsPerMs: number) {
  let speed = unitsPerMs;
  return {
    /** Units that fit into one share. */
    share: (): number => speed * SHARE_MS,
    /** Goes on from row to row until the share of this frame is used up; answers the row that comes next. */
    workThrough(row: number, rows: number, unitsPerRow: number, work: (from: number, to: number) => void): number {
      const started = performance.now();
      let next = row;
      for (;;) {
        const before = performance.now();
        // A quarter of what is left at a time: the last part must not run over.
        const left = SHARE_MS - (before - started);
        const to = Math.min(rows, next + Math.max(1, Math.floor((speed * left) / 4 / unitsPerRow)));
        work(next, to);
        const now = performance.now();
        if (now > before) speed = speed * 0.7 + (((to - next) * unitsPerRow) / (now - before)) * 0.3;
        next = to;
        if (next === rows || now - started >= SHARE_MS * 0.8) return next;
      }
    },
  };
}
