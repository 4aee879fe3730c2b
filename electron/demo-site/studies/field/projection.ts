import type { Box, Grid } from './grid.ts';
import type { TubePoint } from './shapes.ts';

/** Attenuation per millimetre at about 60 keV. */
export const MU = {
  water: 0.0198,
  fat: 0.0178,
  lung: 0.0046,
  cortical: 0.052,
  trabecular: 0.026,
  metal: 0.42,
  calcium: 0.06,
} as const;

export interface FlatPoint {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

type TubeProfile = (d: number, r: number) => number;

/** Chord of a ray through a cylinder of this radius at distance d from its axis. */
export const chord = (radius: number, d: number): number => (d >= radius ? 0 : 2 * Math.sqrt(radius * radius - d * d));

/**
 * Adds the shadow of a bent tube lying in the picture plane: the distance to the whole line decides, so bends are not counted twice.
 * `profile` gives the added attenuation at distance d from the axis where the tube has radius r.
 */
export function addTube(grid: Grid, points: readonly FlatPoint[], profile: TubeProfile): void {
  addShadow(grid, points, profile, 1);
}

/** Takes a tube's shadow away: air in what was water. */
export function subtractTube(grid: Grid, points: readonly FlatPoint[], profile: TubeProfile): void {
  addShadow(grid, points, profile, -1);
}

function addShadow(grid: Grid, points: readonly FlatPoint[], profile: TubeProfile, sign: number): void {
  const { columns, rows, spacingMm, leftMm, topMm, values } = grid;
  const box = boundsOf(points);
  const first = Math.max(0, Math.floor((box.x0 - leftMm) / spacingMm));
  const last = Math.min(columns - 1, Math.ceil((box.x1 - leftMm) / spacingMm));
  const top = Math.max(0, Math.floor((box.y0 - topMm) / spacingMm));
  const bottom = Math.min(rows - 1, Math.ceil((box.y1 - topMm) / spacingMm));
  if (last < first || bottom < top) return;
  const width = last - first + 1;
  const shadow = new Float32Array(width * (bottom - top + 1));
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const reach = Math.max(a.r, b.r);
    const bx = b.x - a.x;
    const by = b.y - a.y;
    const length = bx * bx + by * by || 1e-9;
    const row0 = Math.max(top, Math.floor((Math.min(a.y, b.y) - reach - topMm) / spacingMm));
    const row1 = Math.min(bottom, Math.ceil((Math.max(a.y, b.y) + reach - topMm) / spacingMm));
    const column0 = Math.max(first, Math.floor((Math.min(a.x, b.x) - reach - leftMm) / spacingMm));
    const column1 = Math.min(last, Math.ceil((Math.max(a.x, b.x) + reach - leftMm) / spacingMm));
    for (let row = row0; row <= row1; row += 1) {
      const y = topMm + row * spacingMm - a.y;
      for (let column = column0; column <= column1; column += 1) {
        const x = leftMm + column * spacingMm - a.x;
        const t = Math.min(1, Math.max(0, (x * bx + y * by) / length));
        const dx = x - bx * t;
        const dy = y - by * t;
        const r = a.r + (b.r - a.r) * t;
        const squared = dx * dx + dy * dy;
        if (squared >= r * r) continue;
        const added = profile(Math.sqrt(squared), r);
        const at = (row - top) * width + column - first;
        if (added > shadow[at]!) shadow[at] = added;
      }
    }
  }
  for (let row = top; row <= bottom; row += 1) {
    for (let column = first; column <= last; column += 1) {
      const index = row * columns + column;
      values[index] = values[index]! + sign * shadow[(row - top) * width + column - first]!;
    }
  }
}

/** A full tube of one material. */
export const solid =
  (mu: number) =>
  (d: number, r: number): number =>
    mu * chord(r, d);

/** A long bone or rib: a cortical shell round trabecular bone. */
export const hollow =
  (shellMm: number, cortical: number = MU.cortical, core: number = MU.trabecular) =>
  (d: number, r: number): number => {
    const inner = chord(Math.max(0, r - shellMm), d);
    return (cortical - MU.water) * (chord(r, d) - inner) + (core - MU.water) * inner;
  };

function boundsOf(points: readonly FlatPoint[]): Box {
  let x0 = Infinity;
  let x1 = -Infinity;
  let y0 = Infinity;
  let y1 = -Infinity;
  for (const { x, y, r } of points) {
    x0 = Math.min(x0, x - r);
    x1 = Math.max(x1, x + r);
    y0 = Math.min(y0, y - r);
    y1 = Math.max(y1, y + r);
  }
  return { x0, x1, y0, y1 };
}

/** Adds a coarse map (one value per `stepMm`, first at left/top) with smooth interpolation. */
export function addCoarse(
  grid: Grid,
  coarse: Float32Array,
  coarseColumns: number,
  stepMm: number,
  leftMm: number,
  topMm: number,
): void {
  const coarseRows = coarse.length / coarseColumns;
  for (let row = 0; row < grid.rows; row += 1) {
    const fy = Math.min(coarseRows - 1.001, Math.max(0, (grid.topMm + row * grid.spacingMm - topMm) / stepMm));
    const y = fy | 0;
    const v = fy - y;
    for (let column = 0; column < grid.columns; column += 1) {
      const fx = Math.min(
        coarseColumns - 1.001,
        Math.max(0, (grid.leftMm + column * grid.spacingMm - leftMm) / stepMm),
      );
      const x = fx | 0;
      const u = fx - x;
      const at = y * coarseColumns + x;
      const upper = coarse[at]! + (coarse[at + 1]! - coarse[at]!) * u;
      const lower = coarse[at + coarseColumns]! + (coarse[at + coarseColumns + 1]! - coarse[at + coarseColumns]!) * u;
      const index = row * grid.columns + column;
      grid.values[index] = grid.values[index]! + upper + (lower - upper) * v;
    }
  }
}

/** Seen from the front: x stays, up is up. */
export const frontal = (p: TubePoint): FlatPoint => ({ x: p.x, y: -p.z, r: p.r });
/** Left lateral, as hung: the patient looks to the left of the picture. */
export const lateral = (p: TubePoint): FlatPoint => ({ x: p.y, y: -p.z, r: p.r });

const GLYPHS: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>> = {
  L: [
    [
      [0, 0],
      [0, 10],
      [6, 10],
    ],
  ],
  R: [
    [
      [0, 10],
      [0, 0],
      [4.5, 0.3],
      [6, 2.5],
      [4.5, 5],
      [0, 5.2],
    ],
    [
      [3, 5.2],
      [6.4, 10],
    ],
  ],
};

/** The lead letter a technologist lays on the cassette. */
export function addMarker(grid: Grid, letter: 'L' | 'R', xMm: number, yMm: number, heightMm: number): void {
  const scale = heightMm / 10;
  for (const stroke of GLYPHS[letter] ?? []) {
    addTube(
      grid,
      stroke.map(([x, y]) => ({ x: xMm + x * scale, y: yMm + y * scale, r: 1.1 * scale })),
      () => 3.2,
    );
  }
}
