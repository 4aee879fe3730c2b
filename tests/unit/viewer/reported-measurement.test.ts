import { describe, expect, it } from 'vitest';

import { imagePresentation, ourTurn, standardTurn } from '#renderer/viewer/model/image-presentation.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '#renderer/viewer/model/measurement.ts';
import { drawnShape, measuredNumbers } from '#renderer/viewer/model/reported-measurement.ts';
import { imageOf } from './image-of.ts';

const drawn = (
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  values: Readonly<Record<string, unknown>> = { '00280030': [0.5, 0.25] },
  more: Partial<Measurement> = {},
): Measurement => ({ id: 'one', kind, facts: imageOf(values), points, text: '', pixels: undefined, ...more });
const numbers = (measurement: Measurement) => measuredNumbers(measurement, [measurement]);

describe('a measurement as data', () => {
  it('counts from the corner of the first pixel, as the standard does', () => {
    expect(drawnShape(drawn('probe', [[0, 0]]))).toEqual({ shape: 'POINT', points: [[0.5, 0.5]] });
  });

  it('names an ellipse by the ends of its axes, the longer first, and closes an outline', () => {
    expect(
      drawnShape(
        drawn('ellipse', [
          [0, 0],
          [4, 10],
        ]),
      ).points,
    ).toEqual([
      [2.5, 0.5],
      [2.5, 10.5],
      [0.5, 5.5],
      [4.5, 5.5],
    ]);
    expect(
      drawnShape(
        drawn('rectangle', [
          [0, 0],
          [4, 10],
        ]),
      ).points,
    ).toEqual([
      [0.5, 0.5],
      [4.5, 0.5],
      [4.5, 10.5],
      [0.5, 10.5],
      [0.5, 0.5],
    ]);
  });

  it('says each number in the unit it may claim', () => {
    // Rows of 0.5 mm, columns of 0.25 mm: 16 across are 4 mm, 6 down 3 mm.
    expect(
      numbers(
        drawn('length', [
          [0, 0],
          [16, 6],
        ]),
      ),
    ).toEqual([{ quantity: 'length', value: 5, unit: 'mm' }]);
    expect(
      numbers(
        drawn(
          'length',
          [
            [0, 0],
            [3, 4],
          ],
          {},
        ),
      ),
    ).toEqual([{ quantity: 'length', value: 5, unit: '{pixels}' }]);
    const [long, short] = numbers(
      drawn('bidirectional', [
        [0, 0],
        [0, 6],
        [-4, 3],
        [16, 3],
      ]),
    );
    expect(long).toEqual({
      quantity: 'long-axis',
      value: 5,
      unit: 'mm',
      points: [
        [-3.5, 3.5],
        [16.5, 3.5],
      ],
    });
    expect(short).toMatchObject({ quantity: 'short-axis', value: 3, unit: 'mm' });
    expect(
      numbers(
        drawn('arrow', [
          [0, 0],
          [3, 4],
        ]),
      ),
    ).toEqual([]);
  });

  it('says of a region its area and what its pixels are', () => {
    const pixels = { count: 4, mean: 40.25, sd: 2, min: 38, max: 43 };
    expect(
      numbers(
        drawn(
          'rectangle',
          [
            [0, 0],
            [8, 4],
          ],
          { '00280030': [0.5, 0.25] },
          { pixels },
        ),
      ),
    ).toEqual([
      { quantity: 'area', value: 4, unit: 'mm2' },
      { quantity: 'mean', value: 40.25, unit: "[hnsf'U]" },
      { quantity: 'standard-deviation', value: 2, unit: "[hnsf'U]" },
      { quantity: 'minimum', value: 38, unit: "[hnsf'U]" },
      { quantity: 'maximum', value: 43, unit: "[hnsf'U]" },
    ]);
  });
});

/** Where the picture's right and bottom go, by 2×2 matrices: mirror H, mirror V, quarter turns clockwise. */
type Matrix = readonly [number, number, number, number];
const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];
const ONE: Matrix = [1, 0, 0, 1];
const MIRROR: Matrix = [-1, 0, 0, 1];
const UPSIDE: Matrix = [1, 0, 0, -1];
const QUARTER: Matrix = [0, -1, 1, 0];
const turned = (count: number): Matrix => Array.from({ length: count }, () => QUARTER).reduce(times, ONE);
const clean = (matrix: Matrix) => matrix.map((value) => value + 0);

describe('how an image was seen', () => {
  it('turns before it mirrors, as the standard wants, whatever the reader did', () => {
    for (const quarterTurns of [0, 1, 2, 3])
      for (const isFlippedHorizontally of [false, true])
        for (const isFlippedVertically of [false, true]) {
          const ours = times(
            turned(quarterTurns),
            times(isFlippedHorizontally ? MIRROR : ONE, isFlippedVertically ? UPSIDE : ONE),
          );
          const said = standardTurn({ quarterTurns, isFlippedHorizontally, isFlippedVertically });
          const theirs = times(said.isFlipped ? MIRROR : ONE, turned(said.rotationDegrees / 90));
          expect(clean(theirs)).toEqual(clean(ours));
          const back = ourTurn(said);
          const again = times(turned(back.quarterTurns), back.isFlippedHorizontally ? MIRROR : ONE);
          expect(clean(again)).toEqual(clean(ours));
        }
  });

  const shown = {
    facts: imageOf({ '00280030': [0.5, 0.5], '00281053': 2, '00281052': -1024 }),
    scale: { kind: 'window', center: 40, width: 400, function: 'LINEAR' },
    isInverted: false,
    quarterTurns: 0,
    isFlippedHorizontally: false,
    isFlippedVertically: false,
    // Two CSS pixels an image pixel, the image's first centre at 11, 21.
    place: { origin: [11, 21], along: [2, 0], down: [0, 2] },
    size: [100, 80],
  } as const;

  it('keeps window, rescale and what is in sight', () => {
    expect(imagePresentation(shown, [], [])).toMatchObject({
      window: { center: 40, width: 400, function: 'LINEAR' },
      rescale: { slope: 2, intercept: -1024, unit: 'HU' },
      // From (0 − 11) / 2 = −5.5 to (100 − 11) / 2 = 44.5 columns off the centre of the first, which is 1: pixels −5 to 44.
      topLeft: [-4, -9],
      bottomRight: [45, 30],
      isMillimetres: true,
    });
  });

  it('tells of black and white in values, not in what the image calls white', () => {
    const film = { ...shown, facts: imageOf({ '00280004': 'MONOCHROME1' }) };
    expect(imagePresentation(film, [], [])?.isInverted).toBe(true);
    expect(imagePresentation({ ...film, isInverted: true }, [], [])?.isInverted).toBe(false);
  });

  it('keeps place and turn of a colour image that is seen in its own colours, and no window', () => {
    const scale = { kind: 'window', center: 128, width: 256, function: 'LINEAR' } as const;
    const colour = { ...shown, facts: imageOf({ '00280004': 'RGB' }), scale };
    const kept = imagePresentation(colour, [], []);
    expect(kept).toMatchObject({ topLeft: [-4, -9], bottomRight: [45, 30], isInverted: false });
    expect(kept).not.toHaveProperty('window');
    expect(kept).not.toHaveProperty('rescale');
    // Other colours than those of the file no state can say.
    expect(imagePresentation({ ...colour, isInverted: true }, [], [])).toBeUndefined();
    expect(imagePresentation({ ...colour, scale: { ...scale, width: 200 } }, [], [])).toBeUndefined();
  });

  it('says nothing of what a presentation state cannot say', () => {
    // A pane that has no size yet.
    const nowhere = { origin: [0, 0], along: [0, 0], down: [0, 0] } as const;
    expect(imagePresentation({ ...shown, place: nowhere }, [], [])).toBeUndefined();
    const table = { firstMapped: 0, bits: 8, data: Uint16Array.of(0, 1) };
    expect(imagePresentation({ ...shown, scale: { kind: 'table', table } }, [], [])).toBeUndefined();
  });
});
