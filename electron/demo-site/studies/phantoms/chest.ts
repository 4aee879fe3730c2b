import { createGrid, paint, warpGrid, type Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import {
  bump,
  ellipsoidDistance,
  mix,
  paintEllipse,
  paintEllipsoid,
  paintTube,
  smoothStep,
  type TubePoint,
} from '../field/shapes.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';
import { aboveDiaphragm, bodyAt, cageAt, HEART, lungDistance } from './chest-shape.ts';
import { FAT, MUSCLE, paintBody, paintRibs, paintSpineAndGirdle, paintTable } from './chest-wall.ts';
import { growTree, lungRoots, paintSegments, type VesselSegment } from './vessel-tree.ts';

export interface ChestOptions {
  readonly seed: number;
  readonly female: boolean;
  /** HU of the blood in the lung arteries, lung veins and left heart, and the superior vena cava. */
  readonly enhancement: { readonly arteries: number; readonly veins: number; readonly cava: number };
  readonly hasEmbolism: boolean;
}

export interface ChestPhantom {
  /** The cut at height z (LPS millimetres, 0 at the carina, apices at about 115, diaphragm at about −95). */
  slice(zMm: number, columns: number, spacingMm: number): Grid;
}

/** Clot is organised blood: far below the enhanced lumen around it. */
const CLOT_HU = 52;

const TRUNK: readonly TubePoint[] = [
  { x: 16, y: -52, z: -46, r: 14 },
  { x: 17, y: -44, z: -26, r: 14.5 },
  { x: 18, y: -32, z: -8, r: 13 },
];
const RIGHT_PA: readonly TubePoint[] = [
  { x: 15, y: -28, z: -8, r: 11.5 },
  { x: -8, y: -13, z: -9, r: 10.5 },
  { x: -38, y: -8, z: -14, r: 10 },
  { x: -50, y: 4, z: -30, r: 8.5 },
];
const LEFT_PA: readonly TubePoint[] = [
  { x: 19, y: -30, z: -5, r: 11.5 },
  { x: 34, y: -6, z: 4, r: 10.5 },
  { x: 46, y: 14, z: -6, r: 9.5 },
  { x: 52, y: 20, z: -26, r: 8 },
];
/** Airways: wall, then lumen. */
const TRACHEA: readonly TubePoint[] = [
  { x: 0, y: 0, z: 130, r: 9.2 },
  { x: 1, y: 2, z: 2, r: 9.2 },
];
const MAIN_BRONCHI: readonly (readonly TubePoint[])[] = [
  [
    { x: -2, y: 3, z: 2, r: 8 },
    { x: -18, y: 5, z: -14, r: 7.4 },
    { x: -44, y: 8, z: -34, r: 6 },
  ],
  [
    { x: 3, y: 3, z: 2, r: 7.4 },
    { x: 22, y: 8, z: -15, r: 6.6 },
    { x: 44, y: 14, z: -30, r: 5.4 },
  ],
];
/** Where the filling defect lies: rides in the right artery down to its interlobar part. */
export const EMBOLUS: readonly TubePoint[] = [
  { x: -14, y: -11, z: -9, r: 4.6 },
  { x: -37, y: -7, z: -14, r: 6 },
  { x: -49, y: 4, z: -29, r: 6 },
];

export function createChest(options: ChestOptions): ChestPhantom {
  const noise = createValueNoise(seedFrom(options.seed, 'chest'));
  const isLung = (x: number, y: number, z: number): boolean => lungDistance(x, y, z) < -2.5;
  const arteries = growTree(lungRoots(-14, 6.2), seedFrom(options.seed, 'arteries'), isLung, 0.62);
  const veins = growTree(lungRoots(-40, 5), seedFrom(options.seed, 'veins'), isLung, 0.7);
  const bronchi = arteries
    .filter((segment) => segment.generation < 6 && segment.from.r > 1.6)
    .map(({ from, to, ...rest }) => ({ ...rest, from: besideArtery(from), to: besideArtery(to) }));
  return {
    slice(zMm, columns, spacingMm) {
      const plain = createGrid({ columns, rows: columns, spacingMm, centerYMm: 8, fill: -1000 });
      const body = bodyAt(zMm);
      paintTable(plain, body.y + body.halfDepth, 210);
      const grid = warpGrid(plain, noise, zMm, 70, 3.5);
      paintBody(grid, zMm, noise, options.female);
      paintInside(grid, zMm, noise, options);
      paintRibs(grid, zMm, noise);
      paintSpineAndGirdle(grid, zMm, noise);
      paintBloodInLungs(grid, zMm, options, arteries, veins, bronchi, noise);
      return grid;
    },
  };
}

const besideArtery = (p: TubePoint): TubePoint => ({
  x: p.x * 0.97,
  y: p.y + p.r * 1.9,
  z: p.z + p.r * 0.5,
  r: p.r * 0.85,
});

function paintInside(grid: Grid, z: number, noise: ValueNoise, options: ChestOptions): void {
  const cage = cageAt(z);
  paintEllipse(grid, { x: 0, y: cage.y, rx: cage.halfWidth, ry: cage.halfDepth }, FAT);
  const box = { x0: -cage.halfWidth, x1: cage.halfWidth, y0: cage.y - cage.halfDepth, y1: cage.y + cage.halfDepth };
  paintUpperAbdomen(grid, z, noise, options);
  paintMediastinum(grid, z, noise, options);
  paint(
    grid,
    box,
    (x, y) => lungDistance(x, y, z),
    (x, y) => {
      const gravity = 55 * smoothStep(-40, 80, y);
      const plane = (y - 12) * 0.74 + (z + 18) * 0.66;
      const fissure = Math.abs(plane) > 7 ? 0 : 150 * bump(plane + 5 * noise.at(x / 40, z / 40, 2), 0, 0.7);
      return -872 + gravity + fissure + 30 * noise.at(x / 7, y / 7, z / 7);
    },
  );
  if (options.hasEmbolism) paintInfarct(grid, z, noise);
}

/** A wedge of bleeding at the pleura of the right lower lobe, and a little fluid behind it. */
function paintInfarct(grid: Grid, z: number, noise: ValueNoise): void {
  const at = { x: -104, y: 42, z: -82 };
  if (Math.abs(z - at.z) > 26) return;
  const box = { x0: at.x - 30, x1: at.x + 30, y0: at.y - 30, y1: at.y + 30 };
  paint(
    grid,
    box,
    (x, y) =>
      Math.max(
        ellipsoidDistance(x - at.x, y - at.y, z - at.z, 20, 15, 19) + 3 * noise.at(x / 7, y / 7, z / 7),
        lungDistance(x, y, z) - 0.5,
      ),
    (x, y) =>
      mix(
        18,
        -480,
        smoothStep(4, 15, Math.hypot(x - at.x - 12, y - at.y) - 6) * 0.6 + 0.2 * noise.at(x / 5, y / 5, z / 5),
      ),
    4,
  );
}

function paintMediastinum(grid: Grid, z: number, noise: ValueNoise, { enhancement }: ChestOptions): void {
  const left = enhancement.veins;
  const right = enhancement.arteries * 0.95;
  const heart = (x: number, y: number): number =>
    ellipsoidDistance(x - HEART.x, y - HEART.y, z - HEART.z, HEART.rx - 4, HEART.ry - 4, HEART.rz - 4);
  const box = { x0: HEART.x - 60, x1: HEART.x + 60, y0: HEART.y - 46, y1: HEART.y + 46 };
  paint(grid, box, heart, (x, y) => 112 + 10 * noise.at(x / 6, y / 6, z / 6));
  paintEllipsoid(grid, z, { x: 50, y: -30, z: -76, rx: 25, ry: 17, rz: 32, angle: 32 }, left);
  paintEllipsoid(grid, z, { x: 18, y: -58, z: -76, rx: 33, ry: 14, rz: 34, angle: 26 }, right);
  paintEllipsoid(grid, z, { x: -18, y: -38, z: -68, rx: 19, ry: 22, rz: 28 }, right);
  paintEllipsoid(grid, z, { x: 8, y: -8, z: -50, rx: 30, ry: 13, rz: 19 }, left);
  // Oesophagus, azygos, descending and ascending aorta with the arch, superior vena cava.
  paintTube(
    grid,
    z,
    [
      { x: 3, y: 16, z: 120, r: 6 },
      { x: 5, y: 20, z: -40, r: 6 },
      { x: 14, y: 14, z: -130, r: 7 },
    ],
    42,
  );
  paintTube(
    grid,
    z,
    [
      { x: 4, y: 17, z: 90, r: 2 },
      { x: 5, y: 20, z: 20, r: 1.4 },
    ],
    -500,
  );
  paintTube(
    grid,
    z,
    [
      { x: 4, y: -30, z: -52, r: 15.5 },
      { x: -13, y: -34, z: -20, r: 16 },
      { x: -12, y: -32, z: 20, r: 15 },
      { x: -3, y: -20, z: 36, r: 14 },
      { x: 12, y: 8, z: 38, r: 13 },
      { x: 21, y: 28, z: 26, r: 12.5 },
      { x: 23, y: 36, z: -10, r: 12 },
      { x: 20, y: 38, z: -90, r: 11 },
      { x: 12, y: 36, z: -160, r: 10 },
    ],
    left,
  );
  for (const branch of [
    [-14, -24, -26, -14],
    [2, -16, 8, -14],
    [14, -4, 24, -2],
  ] as const) {
    paintTube(
      grid,
      z,
      [
        { x: branch[0], y: branch[1], z: 40, r: 5 },
        { x: branch[2], y: branch[3], z: 120, r: 4 },
      ],
      left,
    );
  }
  paintTube(
    grid,
    z,
    [
      { x: -34, y: -24, z: 54, r: 8 },
      { x: -31, y: -22, z: 10, r: 9 },
      { x: -27, y: -26, z: -46, r: 9.5 },
    ],
    enhancement.cava,
  );
  paintTube(
    grid,
    z,
    [
      { x: -34, y: -26, z: 56, r: 7 },
      { x: -48, y: -30, z: 96, r: 6 },
      { x: -95, y: -40, z: 112, r: 6 },
    ],
    enhancement.cava,
  );
  paintTube(
    grid,
    z,
    [
      { x: -32, y: -26, z: 52, r: 6 },
      { x: 12, y: -38, z: 64, r: 6 },
      { x: 40, y: -34, z: 92, r: 6 },
    ],
    130,
  );
  paintEllipse(grid, { x: -9, y: 36, rx: 4, ry: 4 }, 110);
  // Thyroid beside the trachea, enhancing.
  for (const side of [-1, 1]) paintEllipsoid(grid, z, { x: side * 17, y: -2, z: 128, rx: 8, ry: 12, rz: 18 }, 160);
  paintTube(grid, z, TRUNK, enhancement.arteries);
}

function paintUpperAbdomen(grid: Grid, z: number, noise: ValueNoise, { enhancement }: ChestOptions): void {
  if (z > -80) return;
  const box = { x0: -140, x1: 140, y0: -100, y1: 95 };
  const inCage = (x: number, y: number): number => {
    const cage = cageAt(z);
    return Math.max(
      aboveDiaphragm(x, y, z) + 3,
      Math.hypot(x / cage.halfWidth, (y - cage.y) / cage.halfDepth) * 100 - 98,
    );
  };
  const muscle = (x: number, y: number): number => inCage(x, y) - 3;
  paint(grid, box, muscle, MUSCLE);
  paint(grid, box, inCage, FAT);
  const liver = (x: number, y: number): number => Math.max(inCage(x, y), x - 8 - 30 * smoothStep(10, -60, y));
  paint(grid, box, liver, (x, y) => 82 + 7 * noise.at(x / 5, y / 5, z / 5));
  paintEllipsoid(
    grid,
    z,
    { x: 88, y: 40, z: -152, rx: 34, ry: 42, rz: 40 },
    (x, y) => 118 + 24 * noise.at(x / 7, y / 7, z / 7),
  );
  paintEllipsoid(grid, z, { x: 56, y: -18, z: -150, rx: 42, ry: 40, rz: 40 }, 38);
  paintEllipsoid(grid, z, { x: 56, y: -18, z: -150, rx: 38, ry: 36, rz: 36 }, (_x, y) => (y < -22 ? -980 : 22));
  paintTube(
    grid,
    z,
    [
      { x: -24, y: 0, z: -90, r: 12 },
      { x: -22, y: 12, z: -170, r: 12 },
    ],
    enhancement.veins * 0.5 + 40,
  );
}

function paintBloodInLungs(
  grid: Grid,
  z: number,
  options: ChestOptions,
  arteries: readonly VesselSegment[],
  veins: readonly VesselSegment[],
  bronchi: readonly VesselSegment[],
  noise: ValueNoise,
): void {
  const { enhancement, hasEmbolism } = options;
  // The hila lie in the lungs' inner border: drawn after the lungs.
  for (const airway of [TRACHEA, ...MAIN_BRONCHI])
    paintTube(
      grid,
      z,
      airway.map((p) => ({ ...p, r: p.r + 1.4 })),
      25,
    );
  for (const artery of [RIGHT_PA, LEFT_PA]) paintTube(grid, z, artery, enhancement.arteries);
  for (const airway of [TRACHEA, ...MAIN_BRONCHI]) paintTube(grid, z, airway, -990);
  paintSegments(grid, z, bronchi, -120);
  paintSegments(grid, z, bronchi, -985, 0.7);
  paintSegments(grid, z, veins, enhancement.veins);
  paintSegments(grid, z, arteries, enhancement.arteries);
  if (!hasEmbolism) return;
  const clot = (x: number, y: number): number => CLOT_HU + 8 * noise.at(x / 4, y / 4, z / 4);
  paintTube(grid, z, EMBOLUS, clot);
  // Right lower and left lower lobe: clot in the first branches.
  const blocked = arteries.filter(
    (s) => (s.root === 3 || s.root === 8) && s.generation > 0 && s.generation < 4 && s.from.r > 2.2,
  );
  paintSegments(grid, z, blocked, clot, 0.72);
}
