import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultScale, fullRange, greyNodes, type GreyNode } from '#renderer/viewer/model/display.ts';
import { imageOf } from './image-of.ts';

const PLAIN = { slope: 1, intercept: 0 };
/** What the graphics hardware does with the nodes. */
function greyAt(nodes: readonly GreyNode[], value: number): number {
  const [first, last] = [nodes[0]!, nodes.at(-1)!];
  if (value <= first[0]) return first[1];
  if (value >= last[0]) return last[1];
  const above = nodes.findIndex(([at]) => at >= value);
  const [high, low] = [nodes[above]!, nodes[above - 1]!];
  return low[1] + ((value - low[0]) / (high[0] - low[0])) * (high[1] - low[1]);
}

/** PS3.3 C.11.2.1.2.1, as printed there. */
function linear(x: number, c: number, w: number): number {
  if (x <= c - 0.5 - (w - 1) / 2) return 0;
  if (x > c - 0.5 + (w - 1) / 2) return 1;
  return (x - (c - 0.5)) / (w - 1) + 0.5;
}

describe('greys', () => {
  it('follow the LINEAR function of the standard over stored values, whatever the rescale', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 3000 }),
        fc.integer({ min: 2, max: 4000 }),
        fc.constantFrom(1, 2, 0.5, -1),
        fc.constantFrom(0, -1024, 100.5),
        fc.integer({ min: -2000, max: 5000 }),
        (center, width, slope, intercept, stored) => {
          const nodes = greyNodes({ kind: 'window', center, width, function: 'LINEAR' }, { slope, intercept }, false);
          expect(greyAt(nodes, stored)).toBeCloseTo(linear(stored * slope + intercept, center, width), 6);
        },
      ),
    );
  });

  it('of a window one wide are a threshold', () => {
    const nodes = greyNodes({ kind: 'window', center: 10, width: 1, function: 'LINEAR' }, PLAIN, false);
    expect([greyAt(nodes, 9), greyAt(nodes, 10)]).toEqual([0, 1]);
  });

  it('follow SIGMOID within a tenth of a grey level of 256', () => {
    const nodes = greyNodes({ kind: 'window', center: 50, width: 100, function: 'SIGMOID' }, PLAIN, false);
    for (const x of [-100, 0, 25, 50, 80, 200]) {
      expect(Math.abs(greyAt(nodes, x) - 1 / (1 + Math.exp((-4 * (x - 50)) / 100)))).toBeLessThan(0.1 / 256);
    }
  });

  it('of LINEAR_EXACT run from center minus half a width to center plus half a width', () => {
    expect(greyNodes({ kind: 'window', center: 0.5, width: 1, function: 'LINEAR_EXACT' }, PLAIN, false)).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('of a table are its entries over the values it maps, inverted on request', () => {
    const table = { firstMapped: 100, bits: 8, data: Uint16Array.from([0, 255, 51]) };
    expect(greyNodes({ kind: 'table', table }, PLAIN, true)).toEqual([
      [100, 1],
      [101, 0],
      [102, 0.8],
    ]);
  });
});

describe('the first greys of an image', () => {
  it('are its first stated window', () => {
    const facts = imageOf({ '00281050': [40, 300], '00281051': [80, 1500] });
    expect(defaultScale(facts, 0, 4000)).toEqual({ kind: 'window', center: 40, width: 80, function: 'LINEAR' });
  });

  it('are all its values in modality units where it states none', () => {
    expect(fullRange(0, 4095, { slope: 1, intercept: -1024 })).toEqual({ center: 1024, width: 4096 });
  });
});
