import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fillPicture } from '#renderer/viewer/engine/fill-picture.ts';

const sized = fc.record({
  columns: fc.integer({ min: 1, max: 19 }),
  rows: fc.integer({ min: 1, max: 17 }),
  components: fc.constantFrom(1, 3),
  step: fc.constantFrom(1, 2, 4, 8),
  seed: fc.nat(9999),
});
const types = [Uint8Array, Int16Array, Uint16Array, Float32Array] as const;
/** A steep ramp that is neither clear of its ends nor symmetrical. */
const nodes = [
  [40, 0.1],
  [200, 0.93],
] as const;
const greyOf = (value: number): number =>
  Math.round(255 * (value <= 40 ? 0.1 : value >= 200 ? 0.93 : 0.1 + ((value - 40) / 160) * 0.83));

describe('a picture made of samples', () => {
  it('shows the mean of the greys that become one pixel, also at edges where fewer do', () => {
    fc.assert(
      fc.property(sized, fc.constantFrom(...types), ({ columns, rows, components, step, seed }, Samples) => {
        const samples = Samples.from(
          Array.from({ length: columns * rows * components }, (_, at) => (at * 7919 + seed) % 251),
        );
        const [width, height] = [Math.ceil(columns / step), Math.ceil(rows / step)];
        const picture = { data: new Uint8ClampedArray(width * height * 4), width, height };
        fillPicture(picture, { samples, columns, rows, components, step }, nodes);
        for (let y = 0; y < height; y += 1)
          for (let x = 0; x < width; x += 1) {
            const block = [...samples.keys()].filter((at) => {
              const pixel = Math.floor(at / components);
              return Math.floor((pixel % columns) / step) === x && Math.floor(Math.floor(pixel / columns) / step) === y;
            });
            const shown = [0, 1, 2].map((part) => {
              const own = block.filter((at) => components === 1 || at % components === part);
              return own.reduce((sum, at) => sum + greyOf(samples[at] ?? 0), 0) / own.length;
            });
            const pixel = Array.from(picture.data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4));
            expect(pixel).toEqual([...shown.map((mean) => Math.floor(mean + 0.5)), 255]);
          }
      }),
      { numRuns: 300 },
    );
  });
});
