import { createGrid, paintAll, type Grid } from '../field/grid.ts';
import { addTube, chord } from '../field/projection.ts';
import { between, createRandom, seedFrom, type Random } from '../field/random.ts';
import { bump, ellipseDistance, smoothStep } from '../field/shapes.ts';
import { createValueNoise } from '../field/value-noise.ts';

export interface BreastOptions {
  readonly seed: number;
  readonly side: 'L' | 'R';
  readonly view: 'CC' | 'MLO';
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  /** Radius of a spiculated mass; absent: none. */
  readonly massRadiusMm?: number;
}

/** Where the mass lies, from the chest wall inwards and from the middle down, by view. */
export const MASS_PLACE = { CC: { deep: 52, y: -26 }, MLO: { deep: 50, y: -30 } } as const;

/** Attenuation of a compressed breast. Painted with the chest wall on the left, turned round for the right breast. */
export function paintBreast(options: BreastOptions): Grid {
  const { columns, rows, spacingMm, view, side } = options;
  const grid = createGrid({ columns, rows, spacingMm });
  const seed = seedFrom(options.seed, side);
  const noise = createValueNoise(seedFrom(seed, 'tissue'));
  const wall = grid.leftMm;
  const lean = view === 'MLO' ? 14 : 0;
  const length = view === 'MLO' ? 92 : 86;
  const half = view === 'MLO' ? 96 : 92;
  const nipple = { x: wall + length, y: lean };
  const outline = (x: number, y: number): number => {
    const low = y > lean ? half * 0.78 : half;
    const body = ellipseDistance(x - wall, y - lean, length, low) + 1.6 * noise.at(x / 30, y / 30, 2);
    const tip = ellipseDistance(x - nipple.x, y - nipple.y, 5.5, 4.5);
    const axilla = view === 'MLO' ? Math.max((x - wall) * 0.85 + (y + 70) * 0.32 - 40, y + 30) : 99;
    return Math.min(body, tip, axilla);
  };
  paintAll(grid, (x, y) => {
    const d = -outline(x, y);
    if (d <= 0) return 0;
    const deep = x - wall;
    // Compressed to a slab with a rounded rim.
    const thickness = 52 * Math.sqrt(Math.min(1, d / 26) * (2 - Math.min(1, d / 26)));
    const skin = 0.14 * smoothStep(1.9, 1.1, d);
    const cone = smoothStep(
      1.25,
      0.35,
      Math.hypot((deep - length * 0.5) / (length * 0.52), (y - lean + 8) / (half * 0.6)),
    );
    const strands = Math.abs(noise.fractal(deep / 13 + 4, (y + deep * 0.3) / 10, 5, 4));
    const lobes = noise.fractal(deep / 19, y / 17, 9, 3);
    const gland = cone * smoothStep(-0.25, 0.55, lobes) * 0.75 + cone * 0.34 * smoothStep(0.12, 0.01, strands);
    const ligament = 0.2 * smoothStep(0.055, 0.008, Math.abs(noise.fractal(deep / 22 + 30, y / 12, 3, 3)));
    const grain = 0.05 * noise.fractal(deep / 2.4, y / 2.4, 7, 2);
    const dense = Math.min(1, gland + ligament + grain * (0.4 + cone));
    return thickness * (MU_FAT + (MU_GLAND - MU_FAT) * Math.max(0, dense)) + skin;
  });
  if (view === 'MLO') addPectoral(grid, wall, noise.fractal);
  const random = createRandom(seedFrom(seed, view, 'details'));
  addDuctsAndVessels(grid, wall, nipple, random);
  addSpecks(grid, wall, random);
  if (options.massRadiusMm !== undefined) {
    const place = MASS_PLACE[view];
    addSpiculatedMass(grid, wall + place.deep, place.y, options.massRadiusMm, random);
  }
  if (side === 'R') mirror(grid);
  return grid;
}

/** Per millimetre at 28 kV. */
const MU_FAT = 0.046;
const MU_GLAND = 0.08;

function addPectoral(
  grid: Grid,
  wall: number,
  fractal: (x: number, y: number, z: number, octaves: number) => number,
): void {
  paintAll(grid, (x, y, under) => {
    if (under === 0) return 0;
    const edge = 44 - (y - grid.topMm) * 0.36 - (x - wall);
    if (edge <= -1) return under;
    return under + 0.75 * smoothStep(-0.6, 5, edge) * (1 + 0.1 * fractal(x / 16, (y + x) / 5, 2, 2));
  });
}

function addDuctsAndVessels(grid: Grid, wall: number, nipple: { x: number; y: number }, random: Random): void {
  for (let duct = 0; duct < 9; duct += 1) {
    const end = { x: between(random, wall + 26, wall + 52), y: nipple.y + between(random, -44, 34) };
    addTube(grid, wander(nipple, end, random, 0.5, 9), (d, r) => 0.035 * chord(r, d));
  }
  for (let vessel = 0; vessel < 5; vessel += 1) {
    const start = { x: wall, y: between(random, -70, 60) };
    const end = { x: between(random, wall + 45, wall + 70), y: start.y * 0.6 + between(random, -14, 14) };
    addTube(grid, wander(start, end, random, 0.9, 12), (d, r) => 0.03 * chord(r, d));
  }
}

function wander(a: { x: number; y: number }, b: { x: number; y: number }, random: Random, r: number, steps: number) {
  const bow = between(random, -8, 8);
  return Array.from({ length: steps }, (_, index) => {
    const t = index / (steps - 1);
    return {
      x: a.x + (b.x - a.x) * t + between(random, -0.9, 0.9),
      y: a.y + (b.y - a.y) * t + bow * Math.sin(Math.PI * t) + between(random, -0.9, 0.9),
      r: r * (1 - 0.5 * t),
    };
  });
}

/** A few round benign calcifications. */
function addSpecks(grid: Grid, wall: number, random: Random): void {
  for (let speck = 0; speck < 5; speck += 1) {
    const x = between(random, wall + 20, wall + 64);
    const y = between(random, -40, 40);
    const r = between(random, 0.2, 0.5);
    addTube(
      grid,
      [
        { x, y, r },
        { x: x + 0.05, y, r },
      ],
      (d, radius) => 0.5 * chord(radius, d),
    );
  }
}

function addSpiculatedMass(grid: Grid, x: number, y: number, radius: number, random: Random): void {
  const lobes = Array.from({ length: 5 }, () => ({
    x: x + between(random, -0.4, 0.4) * radius,
    y: y + between(random, -0.4, 0.4) * radius,
    r: radius * between(random, 0.6, 0.9),
  }));
  for (const lobe of lobes) addTube(grid, [lobe, { ...lobe, x: lobe.x + 0.1 }], (d, r) => 0.2 * bump(d, 0, r * 0.62));
  for (let spike = 0; spike < 26; spike += 1) {
    const angle = (spike / 26) * 2 * Math.PI + between(random, -0.1, 0.1);
    const reach = radius * between(random, 1.5, 2.9);
    const bend = between(random, -0.12, 0.12);
    const points = [0.5, 0.8, 1].map((t) => ({
      x: x + Math.cos(angle + bend * t) * reach * t,
      y: y + Math.sin(angle + bend * t) * reach * t,
      r: 0.75 * (1.15 - t * 0.75),
    }));
    addTube(grid, points, (d, r) => 0.13 * bump(d, 0, r * 0.5));
  }
  for (let speck = 0; speck < 9; speck += 1) {
    const at = {
      x: x + between(random, -1, 1) * radius * 0.7,
      y: y + between(random, -1, 1) * radius * 0.7,
      r: between(random, 0.12, 0.28),
    };
    addTube(grid, [at, { ...at, x: at.x + 0.2 }], () => 0.22);
  }
}

function mirror(grid: Grid): void {
  for (let row = 0; row < grid.rows; row += 1)
    grid.values.subarray(row * grid.columns, (row + 1) * grid.columns).reverse();
}
