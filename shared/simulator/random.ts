/** A stream of numbers that the seed alone decides. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Mean and standard deviation of the numbers themselves, not of their logarithms. */
  logNormal(mean: number, sd: number): number;
  /** One of `values`, as often as `weightOf` says. */
  pick<Value>(values: readonly Value[], weightOf?: (value: Value) => number): Value;
}

/** FNV-1a over the name, so that streams of one seed have nothing to do with each other. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return state >>> 0;
}

/** Mulberry32. `name` tells streams of one seed apart: what one draws more or less of does not shift another. */
export function createRandom(seed: number, name: string): Random {
  let state = hash(`${seed}/${name}`);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Box and Muller, one of the two. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    logNormal(mean, sd) {
      const variance = Math.log(1 + (sd / mean) ** 2);
      return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal());
    },
    pick(values, weightOf = () => 1) {
      let left = next() * values.reduce((sum, value) => sum + weightOf(value), 0);
      for (const value of values) {
        left -= weightOf(value);
        if (left < 0) return value;
      }
      const last = values.at(-1);
      if (last === undefined) throw new Error('nothing to pick from');
      return last;
    },
  };
}
