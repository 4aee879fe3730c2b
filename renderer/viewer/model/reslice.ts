import type { Slab } from '#shared/domain/hanging-protocol.ts';
import type { Vector3 } from './image-facts.ts';
import type { PlaneView } from './plane.ts';
import { cross, dot } from './read-image-facts.ts';
import { moved } from './vector.ts';
import { stepAlong, toVoxel, type Volume } from './volume.ts';

/** The points at which a plane is sampled: the first, one step to the right, one step down; millimetres in the patient. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly first: Vector3;
  readonly right: Vector3;
  readonly down: Vector3;
  readonly stepMm: number;
}

/** Points so far apart over the whole pane, the middle ones around its middle. */
export function rasterOf({ plane, centre, mmPerPixel, width, height }: PlaneView, stepMm: number): Raster {
  const columns = Math.max(1, Math.ceil((width * mmPerPixel) / stepMm));
  const rows = Math.max(1, Math.ceil((height * mmPerPixel) / stepMm));
  const across = moved(centre, plane.right, (-(columns - 1) / 2) * stepMm);
  const first = moved(across, plane.down, (-(rows - 1) / 2) * stepMm);
  return { width: columns, height: rows, first, right: plane.right, down: plane.down, stepMm };
}

/** How many planes a slab is made of: one a voxel, so that none is left out. */
export function slabCount(volume: Volume, { right, down }: Pick<Raster, 'right' | 'down'>, slab: Slab): number {
  return Math.max(1, Math.round(slab.thicknessMm / stepAlong(volume, cross(right, down))));
}

/**
 * Stored values at the points of rows `from` to `to` (not included), between voxels by their distance along each axis (trilinear);
 * NaN outside the box and where an image is not there yet. Up to the outer edge of a voxel its own value holds.
 */
export function sampleRows(
  volume: Volume,
  raster: Raster,
  slab: Slab,
  values: Float32Array,
  from: number,
  to: number,
): void {
  const { slices, size, axes, spacingMm } = volume;
  const [columns, rows, count] = size;
  const depth = cross(raster.right, raster.down);
  const planes = slabCount(volume, raster, slab);
  const perVoxel = (direction: Vector3, mm: number): Vector3 => [
    (dot(direction, axes[0]) * mm) / spacingMm[0],
    (dot(direction, axes[1]) * mm) / spacingMm[1],
    (dot(direction, axes[2]) * mm) / spacingMm[2],
  ];
  const gap = slab.thicknessMm / planes;
  const start = toVoxel(volume, moved(raster.first, depth, (-gap * (planes - 1)) / 2));
  const [ri, rj, rk] = perVoxel(raster.right, raster.stepMm);
  const [di, dj, dk] = perVoxel(raster.down, raster.stepMm);
  const [ni, nj, nk] = perVoxel(depth, gap);
  const isAverage = slab.kind === 'average';
  // Brightest means highest after the rescale.
  const keepsHigher = (slab.kind === 'mip') === volume.rescale.slope >= 0;
  const [lastI, lastJ, lastK] = [columns - 1, rows - 1, count - 1];
  for (let row = from; row < to; row += 1) {
    for (let column = 0; column < raster.width; column += 1) {
      const i0 = start[0] + ri * column + di * row;
      const j0 = start[1] + rj * column + dj * row;
      const k0 = start[2] + rk * column + dk * row;
      let result = Number.NaN;
      let found = 0;
      for (let plane = 0; plane < planes; plane += 1) {
        let i = i0 + ni * plane;
        let j = j0 + nj * plane;
        let k = k0 + nk * plane;
        if (!(i > -0.5 && j > -0.5 && k > -0.5 && i < lastI + 0.5 && j < lastJ + 0.5 && k < lastK + 0.5)) continue;
        i = i < 0 ? 0 : i > lastI ? lastI : i;
        j = j < 0 ? 0 : j > lastJ ? lastJ : j;
        k = k < 0 ? 0 : k > lastK ? lastK : k;
        const fi = Math.floor(i);
        const fj = Math.floor(j);
        const fk = Math.floor(k);
        const near = slices[fk];
        const far = k > fk ? slices[fk + 1] : near;
        if (near === undefined || far === undefined) continue;
        const x = i - fi;
        const y = j - fj;
        const z = k - fk;
        const at = fj * columns + fi;
        const right = x > 0 ? 1 : 0;
        const below = at + (y > 0 ? columns : 0);
        const upper = (near[at]! * (1 - x) + near[at + right]! * x) * (1 - y);
        const lower = (near[below]! * (1 - x) + near[below + right]! * x) * y;
        let value = upper + lower;
        if (z > 0) {
          const farUpper = (far[at]! * (1 - x) + far[at + right]! * x) * (1 - y);
          const farLower = (far[below]! * (1 - x) + far[below + right]! * x) * y;
          value = value * (1 - z) + (farUpper + farLower) * z;
        }
        found += 1;
        if (found === 1) result = value;
        else if (isAverage) result += value;
        else if (keepsHigher ? value > result : value < result) result = value;
      }
      values[row * raster.width + column] = isAverage && found > 1 ? result / found : result;
    }
  }
}

/** After the rescale, between the voxels around a place; undefined outside and where no image is yet. */
export function valueAt(volume: Volume, place: Vector3): number | undefined {
  const values = new Float32Array(1);
  const raster: Raster = { width: 1, height: 1, first: place, right: [1, 0, 0], down: [0, 1, 0], stepMm: 1 };
  sampleRows(volume, raster, { kind: 'mip', thicknessMm: 0 }, values, 0, 1);
  const [stored = Number.NaN] = values;
  return Number.isNaN(stored) ? undefined : stored * volume.rescale.slope + volume.rescale.intercept;
}
