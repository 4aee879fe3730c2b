import { describe, expect, it } from 'vitest';

import { traceRegion } from '#renderer/viewer/others/trace.ts';

/** Rows of `#` and `.`. */
function maskOf(...rows: readonly string[]) {
  const columns = rows[0]!.length;
  return {
    samples: rows.join('').replaceAll('#', '1').replaceAll('.', '0').split('').map(Number),
    columns,
    rows: rows.length,
  };
}
const trace = (...rows: readonly string[]) => {
  const mask = maskOf(...rows);
  return traceRegion(mask.samples, mask.columns, mask.rows, 1);
};
/** Twice the signed area of all outlines: filled pixels count once, holes are taken away again. */
const area = (outlines: readonly (readonly number[])[] | undefined) =>
  (outlines ?? []).reduce((sum, outline) => {
    let twice = 0;
    for (let at = 0; at < outline.length; at += 2) {
      const next = (at + 2) % outline.length;
      twice += outline[at]! * outline[next + 1]! - outline[next]! * outline[at + 1]!;
    }
    return sum + twice / 2;
  }, 0);

describe('the outlines of a region', () => {
  it('go along the edges of its pixels', () => {
    expect(trace('....', '.##.', '....')).toEqual([[1, 1, 3, 1, 3, 2, 1, 2]]);
  });

  it('enclose what is filled and leave out what is not', () => {
    const ring = trace('#####', '#...#', '#.#.#', '#...#', '#####');
    expect(ring).toHaveLength(3);
    expect(area(ring)).toBe(17);
  });

  it('keep pixels apart that touch only at a corner', () => {
    expect(trace('#.', '.#')).toHaveLength(2);
    expect(area(trace('.#', '#.'))).toBe(2);
  });

  it('cover as many pixels as are filled, whatever is drawn', () => {
    // A generator of Park and Miller: the same masks every time.
    let seed = 7;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 40; round += 1) {
      const samples = Array.from({ length: 13 * 17 }, () => (next() < 0.5 ? 1 : 0));
      const filled = samples.reduce<number>((sum, value) => sum + value, 0);
      expect(area(traceRegion(samples, 13, 17, 1))).toBe(filled);
    }
  });

  it('are none where nothing reaches the value, and refused where there is no end of corners', () => {
    expect(traceRegion([3, 3, 3, 3], 2, 2, 4)).toEqual([]);
    const noise = Uint8Array.from({ length: 600 * 600 }, (_, at) => (at + Math.floor(at / 600)) % 2);
    expect(traceRegion(noise, 600, 600, 1)).toBeUndefined();
  });
});
