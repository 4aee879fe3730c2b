import { type FlatPoint, addMarker, MU } from '../field/projection.ts';
import { createGrid, paint, type Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import { bump, clamp, smoothMin, smoothStep } from '../field/shapes.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';

/** A bone in the picture plane: tapered tubes grown together, hollow where it is a shaft. */
export interface FlatBone {
  readonly chains: readonly (readonly FlatPoint[])[];
  readonly shellMm: number;
  /** Depth of the bone along the ray against its width. */
  readonly depth?: number;
  /** A dark line through it: signed distance to the break. */
  readonly fracture?: (x: number, y: number) => number;
}

export interface LimbFilm {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  readonly seed: number;
  readonly skin: readonly (readonly FlatPoint[])[];
  readonly bones: readonly FlatBone[];
  readonly marker: 'L' | 'R';
  readonly markerAt: readonly [x: number, y: number];
}

function segmentDistance(x: number, y: number, a: FlatPoint, b: FlatPoint): number {
  const bx = b.x - a.x;
  const by = b.y - a.y;
  const length = bx * bx + by * by || 1e-9;
  const t = clamp(((x - a.x) * bx + (y - a.y) * by) / length, 0, 1);
  return Math.hypot(x - a.x - bx * t, y - a.y - by * t) - (a.r + (b.r - a.r) * t);
}

function unionDistance(x: number, y: number, chains: readonly (readonly FlatPoint[])[], blend: number): number {
  let d = Infinity;
  for (const chain of chains) {
    for (let index = 1; index < chain.length; index += 1) {
      const next = segmentDistance(x, y, chain[index - 1]!, chain[index]!);
      d = d === Infinity ? next : smoothMin(d, next, blend);
    }
  }
  return d;
}

/** Attenuation of soft tissue and bones; edges bright where the ray runs along the cortex. */
export function paintLimb(film: LimbFilm): Grid {
  const grid = createGrid(film);
  const noise = createValueNoise(seedFrom(film.seed, 'limb'));
  const whole = { x0: grid.leftMm, x1: -grid.leftMm, y0: grid.topMm, y1: -grid.topMm };
  paint(
    grid,
    whole,
    (x, y) => unionDistance(x, y, film.skin, 12),
    (x, y, _under, d) => {
      const inside = -d;
      const thick = 52 * Math.sqrt(clamp(inside / 30, 0, 1) * (2 - clamp(inside / 30, 0, 1)));
      const muscle = 0.1 * smoothStep(7, 12, inside) * (0.8 + 0.4 * noise.fractal(x / 30, y / 60, 3, 3));
      return thick * MU.fat + muscle + 0.05 * smoothStep(2.2, 1, inside);
    },
    0.6,
  );
  for (const bone of film.bones) addBone(grid, bone, noise);
  addMarker(grid, film.marker, film.markerAt[0], film.markerAt[1], 9);
  return grid;
}

function addBone(grid: Grid, bone: FlatBone, noise: ValueNoise): void {
  const points = bone.chains.flat();
  const box = {
    x0: Math.min(...points.map((p) => p.x - p.r)),
    x1: Math.max(...points.map((p) => p.x + p.r)),
    y0: Math.min(...points.map((p) => p.y - p.r)),
    y1: Math.max(...points.map((p) => p.y + p.r)),
  };
  const depth = bone.depth ?? 1;
  const distance = (x: number, y: number): number => unionDistance(x, y, bone.chains, 3);
  paint(
    grid,
    box,
    distance,
    (x, y, under, d) => {
      const inside = -d;
      const shell = bone.shellMm;
      // Chord through the shell is longest just inside the edge; farther in, front and back walls only.
      const cortex = 0.9 * bump(inside, shell * 0.9, shell * 1.1) + 0.42 * smoothStep(0, shell, inside);
      const spongy = 0.3 * smoothStep(shell, shell * 4, inside);
      const fibres = noise.fractal(x / 0.9, y / 2.6, 4, 2) * 0.1 + noise.fractal(x / 2.2 + 7, y / 1.1, 8, 2) * 0.06;
      let added = (cortex * 0.55 + spongy + fibres * smoothStep(shell, shell * 2, inside)) * depth;
      if (bone.fracture !== undefined) {
        const gap = Math.abs(bone.fracture(x, y) + 0.9 * noise.fractal(x / 2.4, y / 2.4, 12, 3));
        added *= 1 - 0.78 * bump(gap, 0, 0.55);
        added += 0.14 * bump(gap, 1.7, 0.9);
      }
      return under + Math.max(0, added);
    },
    0.45,
  );
}
