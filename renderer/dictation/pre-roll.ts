/** What was last heard while nobody listened; a push-to-talk key and the first word often come together. */
export interface PreRoll {
  take(sound: Float32Array): void;
  /** What is kept, oldest first, and then no more. */
  drain(): Float32Array;
}

/** Keeps the last so many samples, in memory only. */
export function createPreRoll(mostSamples: number): PreRoll {
  let kept = new Float32Array(0);
  return {
    take(sound) {
      const all = new Float32Array(kept.length + sound.length);
      all.set(kept);
      all.set(sound, kept.length);
      kept = all.slice(Math.max(0, all.length - mostSamples));
    },
    drain() {
      const drained = kept;
      kept = new Float32Array(0);
      return drained;
    },
  };
}
