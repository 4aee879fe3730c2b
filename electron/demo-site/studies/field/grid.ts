import type { ValueNoise } from './value-noise.ts';

/** One picture plane in millimetres: x to the right of the picture, y down. Values are whatever is painted: HU, signal, attenuation. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  /** Centre of the first pixel. */
  readonly leftMm: number;
  readonly topMm: number;
  readonly values: Float32Array;
  /** Displacement of each pixel's position in millimetres: makes every ideal shape a little irregular. */
  readonly warp?: { readonly x: Float32Array; readonly y: Float32Array; readonly maximumMm: number };
}

export interface GridPlan {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  readonly centerXMm?: number;
  readonly centerYMm?: number;
  readonly fill?: number;
}

export function createGrid(plan: GridPlan): Grid {
  const values = new Float32Array(plan.columns * plan.rows);
  if (plan.fill !== undefined && plan.fill !== 0) values.fill(plan.fill);
  return {
    columns: plan.columns,
    rows: plan.rows,
    spacingMm: plan.spacingMm,
    leftMm: (plan.centerXMm ?? 0) - ((plan.columns - 1) / 2) * plan.spacingMm,
    topMm: (plan.centerYMm ?? 0) - ((plan.rows - 1) / 2) * plan.spacingMm,
    values,
  };
}

/** The same picture with positions displaced by smooth noise of this wavelength; continuous along z. */
export function warpGrid(grid: Grid, noise: ValueNoise, zMm: number, wavelengthMm: number, amplitudeMm: number): Grid {
  const dx = smoothNoise(grid, noise, zMm, wavelengthMm, 0);
  const dy = smoothNoise(grid, noise, zMm, wavelengthMm, 11.5);
  for (let index = 0; index < dx.length; index += 1) {
    dx[index] = dx[index]! * amplitudeMm;
    dy[index] = dy[index]! * amplitudeMm;
  }
  return { ...grid, warp: { x: dx, y: dy, maximumMm: amplitudeMm } };
}

/** Noise of a long wavelength: computed on a coarse lattice and interpolated, a tenth of the work of asking at each pixel. */
export function smoothNoise(
  grid: Grid,
  noise: ValueNoise,
  zMm: number,
  wavelengthMm: number,
  offset: number,
): Float32Array {
  const step = Math.max(2, Math.floor(wavelengthMm / 5 / grid.spacingMm));
  const coarseColumns = Math.ceil(grid.columns / step) + 2;
  const coarseRows = Math.ceil(grid.rows / step) + 2;
  const coarse = new Float32Array(coarseColumns * coarseRows);
  const z = zMm / wavelengthMm + offset;
  for (let row = 0; row < coarseRows; row += 1) {
    const y = (grid.topMm + row * step * grid.spacingMm) / wavelengthMm + offset * 1.7;
    for (let column = 0; column < coarseColumns; column += 1) {
      const x = (grid.leftMm + column * step * grid.spacingMm) / wavelengthMm + offset;
      coarse[row * coarseColumns + column] = noise.at(x, y, z);
    }
  }
  const out = new Float32Array(grid.columns * grid.rows);
  for (let row = 0; row < grid.rows; row += 1) {
    const coarseRow = Math.floor(row / step);
    const v = row / step - coarseRow;
    const upper = coarseRow * coarseColumns;
    const lower = upper + coarseColumns;
    for (let column = 0; column < grid.columns; column += 1) {
      const coarseColumn = (column / step) | 0;
      const u = column / step - coarseColumn;
      const top = coarse[upper + coarseColumn]! * (1 - u) + coarse[upper + coarseColumn + 1]! * u;
      const bottom = coarse[lower + coarseColumn]! * (1 - u) + coarse[lower + coarseColumn + 1]! * u;
      out[row * grid.columns + column] = top + (bottom - top) * v;
    }
  }
  return out;
}

export interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Signed distance to a surface in millimetres, negative inside; need only be right near the surface. */
export type Distance = (x: number, y: number) => number;
/** What lies inside: one value, or one made from place, what was there and the distance to the surface. */
export type Paint = number | ((x: number, y: number, under: number, distance: number) => number);

/** Blends a shape over what is there, with an edge `softMm` wide for the partial volume. */
export function paint(grid: Grid, box: Box, distance: Distance, value: Paint, softMm = grid.spacingMm * 1.4): void {
  const { columns, rows, spacingMm, leftMm, topMm, values, warp } = grid;
  const margin = softMm + (warp?.maximumMm ?? 0);
  const firstColumn = Math.max(0, Math.floor((box.x0 - margin - leftMm) / spacingMm));
  const lastColumn = Math.min(columns - 1, Math.ceil((box.x1 + margin - leftMm) / spacingMm));
  const firstRow = Math.max(0, Math.floor((box.y0 - margin - topMm) / spacingMm));
  const lastRow = Math.min(rows - 1, Math.ceil((box.y1 + margin - topMm) / spacingMm));
  const half = softMm / 2;
  const needsDistance = typeof value === 'function' && value.length > 3;
  // Large shapes by tiles: one look in the middle tells of most tiles that they lie far outside or deep inside.
  const tile = Math.min(lastColumn - firstColumn, lastRow - firstRow) >= 6 * TILE ? TILE : Infinity;
  const safeMm = half + TILE * spacingMm * STEEPEST;
  for (let tileRow = firstRow; tileRow <= lastRow; tileRow += tile) {
    for (let tileColumn = firstColumn; tileColumn <= lastColumn; tileColumn += tile) {
      const endRow = Math.min(lastRow, tileRow + tile - 1);
      const endColumn = Math.min(lastColumn, tileColumn + tile - 1);
      let isInside = false;
      if (tile === TILE) {
        const middle = Math.min(endRow, tileRow + TILE / 2) * columns + Math.min(endColumn, tileColumn + TILE / 2);
        const x = leftMm + (middle % columns) * spacingMm + (warp === undefined ? 0 : warp.x[middle]!);
        const y = topMm + Math.floor(middle / columns) * spacingMm + (warp === undefined ? 0 : warp.y[middle]!);
        const d = distance(x, y);
        if (d > safeMm) continue;
        isInside = d < -safeMm && !needsDistance;
        if (isInside && typeof value === 'number') {
          for (let row = tileRow; row <= endRow; row += 1)
            values.fill(value, row * columns + tileColumn, row * columns + endColumn + 1);
          continue;
        }
      }
      for (let row = tileRow; row <= endRow; row += 1) {
        for (let column = tileColumn; column <= endColumn; column += 1) {
          const index = row * columns + column;
          let x = leftMm + column * spacingMm;
          let y = topMm + row * spacingMm;
          if (warp !== undefined) {
            x += warp.x[index]!;
            y += warp.y[index]!;
          }
          const d = isInside ? -safeMm : distance(x, y);
          if (d >= half) continue;
          const under = values[index]!;
          const over = typeof value === 'number' ? value : value(x, y, under, d);
          values[index] = d <= -half ? over : under + ((over - under) * (half - d)) / softMm;
        }
      }
    }
  }
}

/** Pixels a side of a tile. */
const TILE = 8;
/** No distance used here changes by more than this much a millimetre, half a tile's diagonal included. */
const STEEPEST = 2.6;

/** Every pixel, in order. */
export function paintAll(grid: Grid, value: (x: number, y: number, under: number) => number): void {
  const { columns, rows, spacingMm, leftMm, topMm, values, warp } = grid;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const index = row * columns + column;
      const x = leftMm + column * spacingMm + (warp?.x[index] ?? 0);
      const y = topMm + row * spacingMm + (warp?.y[index] ?? 0);
      values[index] = value(x, y, values[index]!);
    }
  }
}

/** Mean of the values in a disc: how tests and windows look at a place. */
export function meanAt(grid: Grid, xMm: number, yMm: number, radiusMm: number): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < grid.rows; row += 1) {
    const y = grid.topMm + row * grid.spacingMm - yMm;
    if (Math.abs(y) > radiusMm) continue;
    for (let column = 0; column < grid.columns; column += 1) {
      const x = grid.leftMm + column * grid.spacingMm - xMm;
      if (x * x + y * y > radiusMm * radiusMm) continue;
      sum += grid.values[row * grid.columns + column]!;
      count += 1;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}
