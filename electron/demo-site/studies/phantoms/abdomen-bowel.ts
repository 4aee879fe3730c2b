import { type Grid } from '../field/grid.ts';
import { between, createRandom } from '../field/random.ts';
import { mix, paintEllipsoid, paintTube, smoothStep, type TubePoint } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';

const COLON: readonly TubePoint[] = [
  { x: -84, y: 2, z: -138, r: 25 },
  { x: -96, y: 10, z: -100, r: 24 },
  { x: -100, y: 16, z: -50, r: 21 },
  { x: -98, y: 6, z: -8, r: 20 },
  { x: -78, y: -44, z: -14, r: 18 },
  { x: -36, y: -70, z: -32, r: 17 },
  { x: 26, y: -74, z: -28, r: 17 },
  { x: 78, y: -48, z: 10, r: 16 },
  { x: 104, y: 6, z: 34, r: 16 },
  { x: 106, y: 26, z: -10, r: 14 },
  { x: 104, y: 28, z: -90, r: 13 },
  { x: 92, y: 10, z: -140, r: 14 },
  { x: 62, y: -16, z: -172, r: 15 },
  { x: 24, y: -28, z: -186, r: 15 },
  { x: 6, y: 14, z: -196, r: 15 },
  { x: 0, y: 50, z: -214, r: 17 },
  { x: 0, y: 54, z: -250, r: 19 },
  { x: 0, y: 46, z: -288, r: 13 },
];

export interface BowelLoops {
  readonly jejunum: readonly TubePoint[];
}

/** A wandering tube that fills the middle of the belly. */
export function smallBowelLoops(seed: number): BowelLoops {
  const random = createRandom(seed);
  const points: TubePoint[] = [];
  for (let index = 0; index < 84; index += 1) {
    const level = -30 - index * 1.75;
    const turn = index * 1.22;
    points.push({
      x: 6 + 62 * Math.sin(turn * 0.71) * between(random, 0.6, 1) + between(random, -10, 10),
      y: -42 + 32 * Math.cos(turn * 1.13) * between(random, 0.6, 1),
      z: level + between(random, -16, 16),
      r: between(random, 9.5, 12.5),
    });
  }
  return { jejunum: points };
}

export function paintBowel(grid: Grid, z: number, noise: ValueNoise, { jejunum }: BowelLoops, wall: number): void {
  paintTube(grid, z, jejunum, wall, 1.6);
  paintTube(
    grid,
    z,
    jejunum.map((p) => ({ ...p, r: p.r - 2.6 })),
    (x, y) => {
      const folds = 26 * smoothStep(0.1, 0.4, noise.at(x / 3.2, y / 3.2, z / 5));
      const gas = smoothStep(0.42, 0.5, noise.at(x / 17, y / 30 + 3, z / 20));
      return mix(22 + folds, -930, gas);
    },
    1.6,
  );
  const duodenum = [
    { x: -40, y: -26, z: 18, r: 11 },
    { x: -48, y: -4, z: -8, r: 11 },
    { x: -36, y: 2, z: -36, r: 11 },
    { x: 4, y: 0, z: -40, r: 10 },
    { x: 34, y: -14, z: -22, r: 10 },
  ];
  paintTube(grid, z, duodenum, wall, 1.6);
  paintTube(
    grid,
    z,
    duodenum.map((p) => ({ ...p, r: p.r - 2.6 })),
    (x, y) => 20 + 20 * noise.at(x / 4, y / 4, z / 4),
    1.6,
  );
  // Haustra: the tube's edge is scalloped by the noise of its content.
  paintTube(grid, z, COLON, wall * 0.9, 1.6);
  paintTube(
    grid,
    z,
    COLON.map((p) => ({ ...p, r: p.r - 1.9 })),
    (x, y) => {
      const stool = 28 + 60 * noise.fractal(x / 6, y / 6, z / 6, 3);
      const bubbles = smoothStep(0.28, 0.45, noise.fractal(x / 4.5, y / 4.5, z / 4.5, 2));
      const gas = smoothStep(-0.02, 0.12, noise.at(x / 34 + 5, 2, z / 34) + (-y - 22) / 90);
      return mix(mix(stool, -650, bubbles), -985, gas);
    },
    1.6,
  );
  paintEllipsoid(grid, z, { x: 0, y: -28, z: -236, rx: 42, ry: 33, rz: 32 }, 35, 1.6);
  paintEllipsoid(grid, z, { x: 0, y: -28, z: -236, rx: 39, ry: 30, rz: 29 }, 6, 1.6);
  paintEllipsoid(grid, z, { x: 0, y: -2, z: -274, rx: 23, ry: 18, rz: 17 }, 48, 1.6);
  for (const side of [-1, 1]) paintEllipsoid(grid, z, { x: side * 17, y: 14, z: -252, rx: 17, ry: 7, rz: 9 }, 38, 2);
}
