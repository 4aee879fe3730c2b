const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;
const MAX_ENTRIES = 65_536;

/**
 * Entries of a segmented palette (PS3.3 C.7.9.2): runs given value by value, runs that go straight to a value, and runs
 * that repeat earlier segments. Undefined when the segments do not make sense.
 */
export function expandSegments(words: Uint16Array): Uint16Array | undefined {
  const out: number[] = [];

  /** Reads `count` segments from `at`; answers where it stopped, or undefined when it cannot go on. */
  function read(start: number, count: number, isIndirect: boolean): number | undefined {
    let at = start;
    for (let segment = 0; segment < count && at < words.length; segment += 1) {
      const opcode = words[at];
      const length = words[at + 1];
      if (opcode === undefined || length === undefined || out.length + length > MAX_ENTRIES) return undefined;
      if (opcode === DISCRETE) {
        if (at + 2 + length > words.length) return undefined;
        for (let index = 0; index < length; index += 1) out.push(words[at + 2 + index]!);
        at += 2 + length;
      } else if (opcode === LINEAR) {
        const from = out.at(-1);
        const to = words[at + 2];
        if (from === undefined || to === undefined) return undefined;
        for (let step = 1; step <= length; step += 1) out.push(Math.round(from + ((to - from) * step) / length));
        at += 3;
      } else if (opcode === INDIRECT && !isIndirect) {
        const low = words[at + 2];
        const high = words[at + 3];
        // The offset counts bytes from the first segment, least significant word first.
        if (low === undefined || high === undefined) return undefined;
        if (read((low + high * 65_536) / 2, length, true) === undefined) return undefined;
        at += 4;
      } else return undefined;
    }
    return at;
  }

  return read(0, Number.MAX_SAFE_INTEGER, false) === undefined ? undefined : Uint16Array.from(out);
}
