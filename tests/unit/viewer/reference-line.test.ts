import { describe, expect, it } from 'vitest';

import type { ImageFacts, Vector3 } from '#renderer/viewer/model/image-facts.ts';
import { referenceLine } from '#renderer/viewer/model/reference-line.ts';

type Slice = Parameters<typeof referenceLine>[0];

/** 100 columns of 1 mm, 50 rows of 2 mm. */
const slice = (row: Vector3, column: Vector3, position: Vector3, more: Partial<ImageFacts> = {}): Slice => ({
  orientation: { row, column },
  position,
  frameOfReferenceUid: '2.25.1',
  spacing: { kind: 'patient', columnMm: 1, rowMm: 2 },
  rows: 50,
  columns: 100,
  ...more,
});
const axial = (z: number, more: Partial<ImageFacts> = {}) => slice([1, 0, 0], [0, 1, 0], [-50, -50, z], more);
const sagittal = (x: number) => slice([0, 1, 0], [0, 0, -1], [x, -50, 50]);

describe('a reference line', () => {
  it('stands where the other slice cuts the image, from edge to edge', () => {
    // 10 mm below the first row of a sagittal image that begins at 50 mm: five rows down.
    expect(referenceLine(sagittal(0), axial(40))).toEqual([
      [-0.5, 5],
      [99.5, 5],
    ]);
    expect(referenceLine(axial(0), sagittal(-20))).toEqual([
      [30, -0.5],
      [30, 49.5],
    ]);
  });

  it('follows an oblique slice', () => {
    const half = Math.SQRT1_2;
    // Right and feet: cuts the sagittal plane level, the axial one from front to back.
    const oblique = slice([half, 0, -half], [0, 1, 0], [-35, -50, 35]);
    const [from, to] = referenceLine(axial(0), oblique)!;
    expect(from[0]).toBeCloseTo(50, 9);
    expect(to[0]).toBeCloseTo(50, 9);
  });

  it('is not drawn where nothing may be said', () => {
    expect(referenceLine(axial(0), axial(10))).toBeUndefined();
    expect(referenceLine(sagittal(0), axial(40, { frameOfReferenceUid: '2.25.2' }))).toBeUndefined();
    expect(referenceLine(sagittal(0), axial(40, { frameOfReferenceUid: undefined }))).toBeUndefined();
    expect(referenceLine(sagittal(0), axial(40, { position: undefined }))).toBeUndefined();
    expect(referenceLine(sagittal(0), axial(60))).toBeUndefined();
    // The planes meet, but outside of the other slice.
    expect(referenceLine(axial(0), { ...sagittal(0), position: [0, -50, -10] })).toBeUndefined();
    expect(
      referenceLine(sagittal(0), axial(40, { spacing: { kind: 'unknown', columnMm: 1, rowMm: 1 } })),
    ).toBeUndefined();
  });
});
