import { describe, expect, it } from 'vitest';

import type { Vector3 } from '#renderer/viewer/model/image-facts.ts';
import {
  centreOf,
  cutOf,
  fromPlane,
  onwardOf,
  STRAIGHT_PLANES,
  toPlane,
  turnOthers,
  type PlaneView,
} from '#renderer/viewer/model/plane.ts';
import { openPlanes, scrollPlane, scrollToEnd, thicken } from '#renderer/viewer/model/planes-state.ts';
import { rasterOf, sampleRows, slabCount } from '#renderer/viewer/model/reslice.ts';
import {
  binnedBox,
  binningFor,
  binSlice,
  extentAlong,
  insideBox,
  stepAlong,
  toPatient,
  toVoxel,
  type Volume,
  type VolumeBox,
} from '#renderer/viewer/model/volume.ts';
import type { Slab } from '#shared/domain/hanging-protocol.ts';

/** Four columns 1 mm, three rows 2 mm, five slices 3 mm apart; first voxel at 10, 20, 30. */
const BOX: VolumeBox = {
  origin: [10, 20, 30],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  spacingMm: [1, 2, 3],
  size: [4, 3, 5],
};
/** The value of a voxel tells where it is: 100 × slice + 10 × row + column. */
const VOLUME: Volume = {
  ...BOX,
  slices: [0, 1, 2, 3, 4].map((slice) =>
    Int16Array.from({ length: 12 }, (_, at) => 100 * slice + 10 * Math.floor(at / 4) + (at % 4)),
  ),
  rescale: { slope: 1, intercept: 0 },
  binning: 1,
};
const PLAIN: Slab = { kind: 'mip', thicknessMm: 0 };

const viewOn = (name: 'axial' | 'coronal' | 'sagittal', at: Vector3, width = 4, height = 4): PlaneView => ({
  plane: STRAIGHT_PLANES[name],
  centre: at,
  mmPerPixel: 1,
  width,
  height,
});

function valuesOn(view: PlaneView, slab: Slab = PLAIN, volume = VOLUME): number[] {
  const raster = rasterOf(view, view.mmPerPixel);
  const values = new Float32Array(raster.width * raster.height);
  sampleRows(volume, raster, slab, values, 0, raster.height);
  return [...values];
}

describe('a volume', () => {
  it('counts voxels from the first, and places them in the patient', () => {
    expect(toPatient(BOX, [1, 2, 3])).toEqual([11, 24, 39]);
    expect(toVoxel(BOX, [11, 24, 39])).toEqual([1, 2, 3]);
    expect(insideBox(BOX, [0, 22, 100])).toEqual([10, 22, 42]);
  });

  it('reaches to the outer edges of its voxels, and steps by its own spacing along each axis', () => {
    expect(extentAlong(BOX, [0, 0, 1])).toBe(15);
    expect(extentAlong(BOX, [0, -1, 0])).toBe(6);
    expect(stepAlong(BOX, [0, 0, -1])).toBe(3);
    expect(stepAlong(BOX, [0, Math.SQRT1_2, Math.SQRT1_2])).toBeCloseTo(2.5, 9);
  });

  it('too large for memory is made of the means of so many pixels, without moving in the patient', () => {
    expect([binningFor(100, 100), binningFor(101, 100), binningFor(401, 100)]).toEqual([1, 2, 3]);
    const box = binnedBox({ ...BOX, size: [4, 2, 5] }, 2);
    expect(box.size).toEqual([2, 1, 5]);
    expect(box.spacingMm).toEqual([2, 4, 3]);
    expect(box.origin).toEqual([10.5, 21, 30]);
    expect([...binSlice(Int16Array.from([1, 3, 5, 7, 3, 5, 7, 9]), 4, 2, 2)]).toEqual([3, 7]);
  });
});

describe('a plane', () => {
  it('shows the voxels of one slice, each in its place by radiological convention', () => {
    // Points at x 9.5 to 12.5 and y 20.5 to 23.5: on voxels only in part, so one on the voxels is taken.
    const axial = viewOn('axial', [11.5, 22, 36], 4, 1);
    expect(valuesOn(axial)).toEqual([210, 211, 212, 213]);
    const coronal = viewOn('coronal', [11.5, 24, 36], 4, 1);
    expect(valuesOn(coronal)).toEqual([220, 221, 222, 223]);
    // Down is towards the feet: five points 3 mm apart from the head.
    const down = { ...viewOn('sagittal', [12, 22, 36], 3, 5), mmPerPixel: 3 };
    expect(valuesOn(down)).toEqual(
      [412, 312, 212, 112, 12].flatMap((value) => [Number.NaN, value, Number.NaN]).slice(0, 15),
    );
  });

  it('between voxels weighs them by distance, and is empty outside', () => {
    expect(valuesOn(viewOn('axial', [11.25, 21, 37.5], 1, 1))).toEqual([250 + 5 + 1.25]);
    expect(valuesOn(viewOn('axial', [11, 22, 60], 1, 1))).toEqual([Number.NaN]);
    // Up to the outer edge of the last voxel its own value holds.
    expect(valuesOn(viewOn('axial', [13.4, 24.9, 43.4], 1, 1))).toEqual([423]);
  });

  it('with an image that is not there yet is empty where that would be', () => {
    const partial = { ...VOLUME, slices: VOLUME.slices.map((slice, at) => (at === 2 ? undefined : slice)) };
    expect(valuesOn(viewOn('axial', [11, 22, 36], 1, 1), PLAIN, partial)).toEqual([Number.NaN]);
    expect(valuesOn(viewOn('axial', [11, 22, 39], 1, 1), PLAIN, partial)).toEqual([311]);
  });

  it('made a slab takes highest, lowest or mean of one plane a voxel', () => {
    const view = viewOn('axial', [11, 22, 36], 1, 1);
    expect(slabCount(VOLUME, STRAIGHT_PLANES.axial, { kind: 'mip', thicknessMm: 9 })).toBe(3);
    expect(valuesOn(view, { kind: 'mip', thicknessMm: 9 })).toEqual([311]);
    expect(valuesOn(view, { kind: 'minip', thicknessMm: 9 })).toEqual([111]);
    expect(valuesOn(view, { kind: 'average', thicknessMm: 9 })).toEqual([211]);
    // Highest is brightest: a file that counts downwards turns it round.
    const falling = { ...VOLUME, rescale: { slope: -1, intercept: 0 } };
    expect(valuesOn(view, { kind: 'mip', thicknessMm: 9 }, falling)).toEqual([111]);
  });

  it('finds a place of the patient on screen and back', () => {
    const view = { ...viewOn('coronal', [11, 20, 30], 100, 80), mmPerPixel: 0.5 };
    expect(toPlane(view, [13, 20, 35])).toEqual([54, 30]);
    expect(fromPlane(view, [54, 30])).toEqual([13, 20, 35]);
    expect(centreOf(BOX, STRAIGHT_PLANES.axial, [2, 0], [0, 0, 33])).toEqual([13.5, 22, 33]);
  });

  it('turned about the line of sight of another keeps all three at right angles', () => {
    const planes = turnOthers(turnOthers(STRAIGHT_PLANES, 'axial', 30), 'coronal', 20);
    const normals = (['axial', 'coronal', 'sagittal'] as const).map((name) => onwardOf(planes, name));
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const)
      expect(
        normals[one]![0] * normals[other]![0] +
          normals[one]![1] * normals[other]![1] +
          normals[one]![2] * normals[other]![2],
      ).toBeCloseTo(0, 9);
    // As seen on the axial plane the coronal one is cut from left to right, then 30° clockwise.
    const [x, y] = cutOf(STRAIGHT_PLANES.axial, turnOthers(STRAIGHT_PLANES, 'axial', 30).coronal)!;
    expect(Math.abs(y / x - Math.tan(Math.PI / 6))).toBeLessThan(1e-9);
  });
});

describe('planes on screen', () => {
  const opened = openPlanes(
    {
      seriesKey: 'one',
      firstIndex: 0,
      box: BOX,
      binning: 1,
      scale: { kind: 'window', center: 40, width: 400, function: 'LINEAR' },
      isInverted: false,
    },
    2,
  );

  it('cross on a voxel of the slice that was looked at, and go on to the feet, the back and the left', () => {
    expect(opened.at).toEqual([11, 22, 36]);
    expect(scrollPlane(opened, 'axial', 1).at).toEqual([11, 22, 33]);
    expect(scrollPlane(opened, 'coronal', 1).at).toEqual([11, 24, 36]);
    expect(scrollPlane(opened, 'sagittal', 1).at).toEqual([12, 22, 36]);
    expect(scrollPlane(opened, 'axial', 9).at).toEqual([11, 22, 30]);
    expect(scrollToEnd(opened, 'sagittal', 1).at).toEqual([13, 22, 36]);
    expect(scrollToEnd(opened, 'axial', -1).at).toEqual([11, 22, 42]);
  });

  it('become slabs by steps, not thinner than a plane', () => {
    const thick = { ...opened, ...thicken(opened, 1) };
    expect(thick.slab.thicknessMm).toBe(3);
    expect(thicken(opened, -1).slab?.thicknessMm).toBe(0);
    expect(thicken({ ...thick, slab: { kind: 'mip', thicknessMm: 50 } }, 1).slab?.thicknessMm).toBe(50);
  });
});
