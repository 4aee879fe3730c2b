import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { greyNodes } from '#renderer/viewer/model/display.ts';
import { greyAt, greyTable } from '#renderer/viewer/model/grey-table.ts';

const greyOf = (table: ReturnType<typeof greyTable>, value: number) => table.greys[value + table.offset]!;
const window = (center: number, width: number) => ({ kind: 'window', center, width, function: 'LINEAR' }) as const;
const PLAIN = { slope: 1, intercept: 0 };

describe('the grey of each sample', () => {
  it('follows the LINEAR function of PS3.3 C.11.2.1.2.1', () => {
    // The standard's own formula, written out: ((x - (c - 0.5)) / (w - 1) + 0.5) * 255.
    const table = greyTable(greyNodes(window(40, 400), { slope: 1, intercept: -1024 }, false));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4095 }), (stored) => {
        const value = ((stored - 1024 - 39.5) / 399 + 0.5) * 255;
        const expected = Math.min(255, Math.max(0, value));
        expect(Math.abs((greyOf(table, stored) & 0xff) - expected)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  it('is opaque and without colour', () => {
    const table = greyTable(greyNodes(window(0, 100), PLAIN, false));
    for (const value of [-32_768, -20, 0, 20, 65_535]) {
      const bytes = [0, 8, 16, 24].map((shift) => (greyOf(table, value) >>> shift) & 0xff);
      expect(bytes[3]).toBe(255);
      expect(new Set(bytes.slice(0, 3)).size).toBe(1);
    }
  });

  it('is the other way round when inverted', () => {
    const [plain, inverted] = [false, true].map((isInverted) =>
      greyTable(greyNodes(window(50, 101), PLAIN, isInverted)),
    );
    for (const value of [-5, 0, 50, 100, 105]) {
      expect((greyOf(plain!, value) & 0xff) + (greyOf(inverted!, value) & 0xff)).toBeGreaterThanOrEqual(254);
    }
  });

  it('is looked up where a step is not an integer, for samples that are none', () => {
    const nodes = [
      [0, 0],
      [1, 1],
    ] as const;
    expect([-1, 0, 0.25, 1, 2].map((value) => greyAt(nodes, value))).toEqual([0, 0, 0.25, 1, 1]);
  });

  it('is computed once for transfer functions that say the same', () => {
    const first = greyTable(greyNodes(window(40, 80), PLAIN, false));
    expect(greyTable(greyNodes(window(40, 80), PLAIN, false), first).greys).toBe(first.greys);
    expect(greyTable(greyNodes(window(41, 80), PLAIN, false), first).greys).not.toBe(first.greys);
  });
});
