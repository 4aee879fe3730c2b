import { describe, expect, it } from 'vitest';

import { angleAt, areaOf, cobbAngle, distance } from '#renderer/viewer/model/geometry.ts';
import type { ImagePoint, Measurement, MeasurementKind } from '#renderer/viewer/model/measurement.ts';
import { lengthWords, measurementLines } from '#renderer/viewer/model/measurement-words.ts';
import { valueAt, valuesInside } from '#renderer/viewer/model/pixel-values.ts';
import { imageOf } from './image-of.ts';

const MM = { rowMm: 1, columnMm: 1 };

const drawn = (
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  values: Readonly<Record<string, unknown>> = {},
  more: Partial<Measurement> = {},
): Measurement => ({ id: 'one', kind, facts: imageOf(values), points, text: '', pixels: undefined, ...more });
const lines = (measurement: Measurement, others: readonly Measurement[] = []) =>
  measurementLines(measurement, [...others, measurement]);

describe('a length', () => {
  it('counts rows and columns by their own spacing', () => {
    // 3 columns of 2 mm, 4 rows of 2 mm: 6-8-10.
    expect(distance([0, 0], [3, 4], { columnMm: 2, rowMm: 2 })).toBe(10);
    // 4 columns of 0.75 mm, 4 rows of 1 mm: 3-4-5.
    expect(distance([1, 1], [5, 5], { columnMm: 0.75, rowMm: 1 })).toBe(5);
  });

  it('claims no more than the file knows', () => {
    const points: ImagePoint[] = [
      [0, 0],
      [30, 40],
    ];
    expect(lines(drawn('length', points, { '00280030': [0.5, 0.5] }))).toEqual(['25.0 mm']);
    expect(lines(drawn('length', points, { '00080060': 'DX', '00181164': [0.1, 0.1] }))).toEqual([
      '5.0 mm at detector',
    ]);
    expect(lines(drawn('length', points))).toEqual(['50.0 px, uncalibrated']);
    // Aspect ratio 2:1: rows are twice as high; 30 across, 80 down.
    expect(lines(drawn('length', points, { '00280034': ['2', '1'] }))).toEqual(['85.4 px, uncalibrated']);
    expect(lengthWords(12.345, { kind: 'patient', ...MM })).toBe('12.3 mm');
  });
});

describe('an angle', () => {
  it('is right to a tenth of a degree, by the shape of the pixels', () => {
    expect(angleAt([0, 0], [10, 0], [0, 7], MM)).toBeCloseTo(90, 6);
    expect(angleAt([5, 5], [15, 5], [15, 15], MM)).toBeCloseTo(45, 6);
    // tan 30° = 0.57735: 100 across, 57.735 down.
    expect(angleAt([0, 0], [100, 0], [100, 57.735], MM)).toBeCloseTo(30, 3);
    // The same on rows twice as high.
    expect(angleAt([0, 0], [100, 0], [100, 57.735 / 2], { columnMm: 1, rowMm: 2 })).toBeCloseTo(30, 3);
    expect(angleAt([0, 0], [10, 0], [-10, 0], MM)).toBeCloseTo(180, 6);
    expect(
      lines(
        drawn('angle', [
          [10, 0],
          [0, 0],
          [10, 10],
        ]),
      ),
    ).toEqual(['45.0°']);
  });

  it('of two end plates is the same however their ends were set, and may be over 90°', () => {
    const [left, right]: ImagePoint[] = [
      [0, 0],
      [100, 36.397], // 20° down to the right
    ];
    const [lowLeft, lowRight]: ImagePoint[] = [
      [0, 100],
      [100, 100 - 57.735], // 30° up to the right
    ];
    for (const points of [
      [left!, right!, lowLeft!, lowRight!],
      [right!, left!, lowLeft!, lowRight!],
      [left!, right!, lowRight!, lowLeft!],
    ])
      expect(cobbAngle(points, MM)).toBeCloseTo(50, 3);
    // 60° against 60°: a wedge of 120°.
    expect(
      cobbAngle(
        [
          [0, 0],
          [50, 86.603],
          [0, 200],
          [50, 113.397],
        ],
        MM,
      ),
    ).toBeCloseTo(120, 2);
    expect(lines(drawn('cobb', [left!, right!, lowLeft!, lowRight!]))).toEqual(['Cobb 50.0°']);
  });
});

/** 6 × 5 pixels, each its row times ten and its column: the fourth of the third row is 23. */
const block = (rows = 5, columns = 6) => ({
  samples: Int16Array.from({ length: rows * columns }, (_, at) => Math.floor(at / columns) * 10 + (at % columns)),
  components: 1,
});
const GRID = { '00280010': 5, '00280011': 6 };

describe('a region', () => {
  it('counts the pixels whose centre lies inside, and no others', () => {
    // Columns 2 to 4, rows 1 to 2: 12 13 14 22 23 24. Mean 18; deviations −6 −5 −4 4 5 6, squares 154, SD √(154/6).
    const inside = valuesInside(
      'rectangle',
      [
        [1.5, 0.5],
        [4.4, 2.9],
      ],
      block(),
      imageOf({ ...GRID, '00080060': 'MR' }),
    );
    expect(inside).toEqual({ count: 6, mean: 18, sd: Math.sqrt(154 / 6), min: 12, max: 24 });
  });

  it('of an ellipse leaves the corners out', () => {
    // Centre 2, 2 and radius 1: a cross of five pixels, 12 21 22 23 32.
    const inside = valuesInside(
      'ellipse',
      [
        [1, 1],
        [3, 3],
      ],
      block(),
      imageOf({ ...GRID, '00080060': 'MR' }),
    );
    expect(inside).toEqual({ count: 5, mean: 22, sd: Math.sqrt(202 / 5), min: 12, max: 32 });
  });

  it('of a free hand is any outline', () => {
    // A triangle over columns 0 to 4 that narrows downwards: row 0 columns 1 2 3, row 1 column 2.
    const outline: ImagePoint[] = [
      [0.5, -0.5],
      [3.5, -0.5],
      [2, 1.5],
    ];
    const inside = valuesInside('freehand', outline, block(), imageOf({ ...GRID, '00080060': 'MR' }));
    expect(inside).toEqual({
      count: 4,
      mean: 4.5,
      sd: Math.sqrt(((1 - 4.5) ** 2 + (2 - 4.5) ** 2 + (3 - 4.5) ** 2 + 7.5 ** 2) / 4),
      min: 1,
      max: 12,
    });
  });

  it('that crosses itself is filled by even and odd, and one over millions of pixels is counted in a moment', () => {
    // A bow tie over columns 0 to 4 of row 1: both wings, not the knot.
    const tie: ImagePoint[] = [
      [-0.5, -0.5],
      [4.5, 3.5],
      [4.5, -0.5],
      [-0.5, 3.5],
    ];
    const mr = imageOf({ ...GRID, '00080060': 'MR' });
    // Row 1 cuts the diagonals at 1.375 and 2.625: columns 0 1 and 3 4; row 0 at 0.125 and 3.875: 0 and 4; alike below.
    expect(valuesInside('freehand', tie, block(), mr)).toMatchObject({ count: 12, min: 0, max: 34 });
    const large = imageOf({ '00280010': 2000, '00280011': 2000, '00080060': 'DX' });
    const outline = Array.from({ length: 2000 }, (_, step): ImagePoint => {
      const angle = (step / 2000) * 2 * Math.PI;
      return [1000 + 900 * Math.cos(angle), 1000 + 900 * Math.sin(angle)];
    });
    const counted = valuesInside('freehand', outline, { samples: new Uint16Array(4e6).fill(7), components: 1 }, large);
    // Within the perimeter's pixels of π r².
    expect(Math.abs((counted?.count ?? 0) - Math.PI * 900 ** 2)).toBeLessThan(2 * Math.PI * 900);
    expect(counted).toMatchObject({ mean: 7, sd: 0 });
  });

  it('is in the unit of the image, without padding, and never reaches outside', () => {
    const ct = imageOf({ ...GRID, '00281053': 2, '00281052': -1000, '00280120': 0 });
    const inside = valuesInside(
      'rectangle',
      [
        [-5, -5],
        [1, 0],
      ],
      block(),
      ct,
    );
    // Only the pixel with 1: the one with 0 is padding. 1 × 2 − 1000.
    expect(inside).toEqual({ count: 1, mean: -998, sd: 0, min: -998, max: -998 });
    expect(
      valuesInside(
        'rectangle',
        [
          [-5, -5],
          [-1, -1],
        ],
        block(),
        ct,
      ),
    ).toBeUndefined();
    expect(
      valuesInside(
        'rectangle',
        [
          [0, 0],
          [1, 0],
        ],
        { samples: new Uint8Array(90), components: 3 },
        ct,
      ),
    ).toBeUndefined();
  });

  it('has the area of what was drawn', () => {
    const size = { columnMm: 0.5, rowMm: 2 };
    expect(
      areaOf(
        'rectangle',
        [
          [0, 0],
          [10, 10],
        ],
        size,
      ),
    ).toBe(100);
    expect(
      areaOf(
        'ellipse',
        [
          [0, 0],
          [10, 10],
        ],
        size,
      ),
    ).toBeCloseTo(78.54, 2);
    expect(
      areaOf(
        'freehand',
        [
          [0, 0],
          [10, 0],
          [10, 10],
        ],
        size,
      ),
    ).toBe(50);
  });

  it('says area, mean and deviation, extremes and count', () => {
    const pixels = { count: 314, mean: 45.25, sd: 12.04, min: -8, max: 91 };
    const ct = { '00280030': [1, 1] };
    expect(
      lines(
        drawn(
          'ellipse',
          [
            [0, 0],
            [20, 20],
          ],
          ct,
          { pixels },
        ),
      ),
    ).toEqual(['3.14 cm²', 'mean 45.3 HU, SD 12.0', 'min −8, max 91, 314 px']);
    expect(
      lines(
        drawn('rectangle', [
          [0, 0],
          [4, 4],
        ]),
      ),
    ).toEqual(['16 px², uncalibrated']);
  });
});

describe('a probe', () => {
  it('tells the pixel it lies in: HU for CT, else the stored value, colours as they are', () => {
    const ct = imageOf({ ...GRID, '00281053': 1, '00281052': -1024 });
    expect(valueAt([3.4, 1.6], block(), ct)).toMatchObject({ mean: 23 - 1024 });
    const mr = imageOf({ ...GRID, '00080060': 'MR', '00281053': 0.5, '00281052': 3 });
    const pixels = valueAt([3.4, 1.6], block(), mr);
    expect(lines(drawn('probe', [[3.4, 1.6]], { '00080060': 'MR' }, { pixels }))).toEqual(['23 stored value']);
    expect(valueAt([6, 0], block(), ct)).toBeUndefined();
    const colours = { samples: Uint8Array.from([1, 2, 3, 4, 5, 6]), components: 3 };
    expect(valueAt([1, 0], colours, imageOf({ '00280010': 1, '00280011': 2 }))).toEqual([4, 5, 6]);
  });
});
