import { describe, expect, it } from 'vitest';

import { STRAIGHT_PLANES } from '#renderer/viewer/model/plane.ts';
import { nextRendering, openPlanes, turnRendering } from '#renderer/viewer/model/planes-state.ts';
import { castRows, matterOf, RENDERING_PRESETS } from '#renderer/viewer/model/ray-cast.ts';
import { rasterOf } from '#renderer/viewer/model/reslice.ts';
import { middleOf, type Volume, type VolumeBox } from '#renderer/viewer/model/volume.ts';

const SIDE = 9;
const BOX: VolumeBox = {
  origin: [0, 0, 0],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  spacingMm: [1, 1, 1],
  size: [SIDE, SIDE, SIDE],
};
/** Bone in one voxel a list entry, water elsewhere; stored values are HU plus 1024. */
const volumeWith = (...bone: readonly (readonly [column: number, row: number, slice: number])[]): Volume => {
  const slices = Array.from({ length: SIDE }, () => new Int16Array(SIDE * SIDE).fill(1024));
  for (const [column, row, slice] of bone) slices[slice]![row * SIDE + column] = 1024 + 1500;
  return { ...BOX, slices, rescale: { slope: 1, intercept: -1024 }, binning: 1 };
};

function litPixels(volume: Volume, plane = STRAIGHT_PLANES.coronal): (readonly [x: number, y: number])[] {
  const view = { plane, centre: middleOf(BOX), mmPerPixel: 1, width: SIDE, height: SIDE };
  const raster = rasterOf(view, 1);
  const pixels = new Uint32Array(SIDE * SIDE);
  castRows(volume, raster, matterOf(RENDERING_PRESETS[0]!, volume.rescale, 1), 1, pixels, 0, SIDE);
  return [...pixels].flatMap((pixel, at) => ((pixel & 0xff) > 20 ? [[at % SIDE, Math.floor(at / SIDE)] as const] : []));
}

describe('a rendering', () => {
  it('shows bone where it lies as seen from the front: left on the right, head above', () => {
    expect(litPixels(volumeWith([7, 4, 8]))).toEqual([[7, 0]]);
    expect(litPixels(volumeWith([1, 4, 2]))).toEqual([[1, 6]]);
    expect(litPixels(volumeWith())).toEqual([]);
  });

  it('sees what lies behind beside what lies in front once it is turned', () => {
    const both = volumeWith([4, 0, 4], [4, 8, 4]);
    expect(litPixels(both)).toEqual([[4, 4]]);
    expect(litPixels(both, STRAIGHT_PLANES.sagittal)).toEqual([
      [0, 4],
      [8, 4],
    ]);
  });

  it('has matter by Hounsfield units whatever the stored values, the same for steps of any length', () => {
    const [bone] = RENDERING_PRESETS;
    const plain = matterOf(bone!, { slope: 1, intercept: -1024 }, 1);
    expect(plain.from).toBe(150 + 1024);
    expect(matterOf(bone!, { slope: 2, intercept: 0 }, 1).from).toBe(75);
    const opacity = (stepMm: number) => matterOf(bone!, { slope: 1, intercept: 0 }, stepMm).table.at(-4)!;
    // Two steps of half a millimetre let through what one of a millimetre does.
    expect((1 - opacity(0.5)) ** 2).toBeCloseTo(1 - opacity(1), 5);
  });

  it('goes from bone to soft tissue, vessels and away; a drag to the right brings the right side to the front', () => {
    const shown = openPlanes(
      {
        seriesKey: 'one',
        firstIndex: 0,
        box: BOX,
        binning: 1,
        scale: { kind: 'window', center: 40, width: 400, function: 'LINEAR' },
        isInverted: false,
      },
      0,
    );
    let state = shown;
    const names = [0, 1, 2, 3].map(() => {
      state = { ...state, ...nextRendering(state) };
      return state.rendering?.preset.name;
    });
    expect(names).toEqual(['Bone', 'Soft tissue', 'Vessels', undefined]);
    const front = { ...shown, ...nextRendering(shown) };
    const { rendering } = turnRendering(front, 90, 0);
    // What was in front is on the right now.
    const { right } = rendering!.plane;
    expect(right.map((value) => Number(value.toFixed(9)) + 0)).toEqual([0, -1, 0]);
  });
});
