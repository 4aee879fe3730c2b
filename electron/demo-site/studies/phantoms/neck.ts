import { createGrid, paint, warpGrid, type Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import { bump, ellipseDistance, mix, paintEllipse, paintEllipsoid, paintTube, smoothStep } from '../field/shapes.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';
import { FAT, MUSCLE, paintTable } from './chest-wall.ts';
import { BONE, paintVertebra } from './spine.ts';

/** Height of one cervical vertebra with its disc. */
const LEVEL_MM = 17.5;

export interface NeckPhantom {
  /** The cut at height z (LPS millimetres, 0 at the tip of the dens, C7 at about −100). */
  slice(zMm: number, columns: number, spacingMm: number): Grid;
}

export function createNeck(options: { readonly seed: number }): NeckPhantom {
  const noise = createValueNoise(seedFrom(options.seed, 'neck'));
  return {
    slice(zMm, columns, spacingMm) {
      const plain = createGrid({ columns, rows: columns, spacingMm, centerYMm: 6, fill: -1000 });
      paintTable(plain, 92, 120);
      const grid = warpGrid(plain, noise, zMm, 50, 2.5);
      paintSoftTissue(grid, zMm, noise);
      paintAirway(grid, zMm);
      paintSpine(grid, zMm, noise);
      paintJaw(grid, zMm, noise);
      return grid;
    },
  };
}

/** Middle of the vertebral bodies: lordosis, flattened by a collar. */
const spineY = (z: number): number => 8 - 6 * bump(z, -55, 45) + 0.12 * Math.max(0, -z - 90);

function paintSoftTissue(grid: Grid, z: number, noise: ValueNoise): void {
  const shoulders = smoothStep(-92, -150, z);
  const chin = smoothStep(-46, -18, z);
  const rx = 62 + 4 * chin + 118 * shoulders;
  const ry = 62 + 16 * chin + 22 * shoulders;
  const cy = 6 - 8 * chin + 10 * shoulders;
  const box = { x0: -rx, x1: rx, y0: cy - ry, y1: cy + ry };
  const skin = (x: number, y: number): number => ellipseDistance(x, y - cy, rx, ry);
  paint(grid, box, skin, 20);
  paint(grid, box, (x, y) => skin(x, y) + 2, FAT);
  const rim = 7 + 6 * shoulders;
  paint(
    grid,
    box,
    (x, y) => skin(x, y) + rim,
    (x, y) => {
      const plane = Math.abs(noise.at(x / 12, y / 12, z / 45));
      return mix(FAT * 0.8, MUSCLE, smoothStep(0.02, 0.12, plane));
    },
  );
  // Fat round the vessels, then carotids and jugular veins, unenhanced.
  for (const side of [-1, 1]) {
    paintEllipse(grid, { x: side * 32, y: -10, rx: 15, ry: 15 }, (x, y) => FAT + 10 * noise.at(x / 6, y / 6, z / 6), 4);
    paintTube(
      grid,
      z,
      [
        { x: side * 22, y: -6, z: 30, r: 3.2 },
        { x: side * 28, y: -10, z: -40, r: 4.2 },
        { x: side * 20, y: -10, z: -150, r: 4 },
      ],
      44,
    );
    paintTube(
      grid,
      z,
      [
        { x: side * 30, y: 2, z: 30, r: 5 },
        { x: side * 38, y: -8, z: -50, r: 6 },
        { x: side * 30, y: -14, z: -150, r: 7 },
      ],
      40,
    );
    paintTube(
      grid,
      z,
      [
        { x: side * 42, y: 34, z: 30, r: 12 },
        { x: side * 44, y: -2, z: -50, r: 10 },
        { x: side * 20, y: -34, z: -130, r: 8 },
      ],
      MUSCLE,
    );
    paintEllipsoid(grid, z, { x: side * 20, y: -24, z: -92, rx: 9, ry: 14, rz: 24 }, 112, 2);
  }
  if (z < -128) {
    for (const side of [-1, 1]) {
      paintEllipsoid(
        grid,
        z,
        { x: side * 52, y: 14, z: -176, rx: 40, ry: 44, rz: 50 },
        (x, y) => -850 + 30 * noise.at(x / 4, y / 4, z / 4),
        2,
      );
      paintTube(
        grid,
        z,
        [
          { x: side * 18, y: -44, z: -152, r: 8 },
          { x: side * 80, y: -40, z: -132, r: 6 },
          { x: side * 150, y: 0, z: -118, r: 6 },
        ],
        BONE.cortical * 0.8,
      );
      paintTube(
        grid,
        z,
        [
          { x: side * 26, y: 50, z: -128, r: 4.5 },
          { x: side * 66, y: 40, z: -138, r: 5 },
          { x: side * 84, y: 0, z: -152, r: 5 },
        ],
        BONE.cortical * 0.85,
      );
    }
  }
}

function paintAirway(grid: Grid, z: number): void {
  paintTube(
    grid,
    z,
    [
      { x: 0, y: -22, z: 30, r: 13 },
      { x: 0, y: -20, z: -20, r: 11 },
      { x: 0, y: -22, z: -60, r: 11 },
    ],
    45,
  );
  paintTube(
    grid,
    z,
    [
      { x: 0, y: -24, z: 30, r: 11 },
      { x: 0, y: -22, z: -20, r: 8 },
      { x: 0, y: -24, z: -60, r: 7 },
    ],
    -990,
  );
  // Larynx and trachea with their cartilage.
  paintTube(
    grid,
    z,
    [
      { x: 0, y: -30, z: -58, r: 13 },
      { x: 0, y: -28, z: -92, r: 11.5 },
      { x: 0, y: -16, z: -160, r: 10.5 },
    ],
    115,
  );
  paintTube(
    grid,
    z,
    [
      { x: 0, y: -30, z: -58, r: 8.5 },
      { x: 0, y: -28, z: -92, r: 8.8 },
      { x: 0, y: -16, z: -160, r: 8.8 },
    ],
    -990,
  );
  if (z < -75) paintEllipse(grid, { x: 4, y: spineY(z) - 21, rx: 7.5, ry: 4 }, 42);
  for (const side of [-1, 1]) {
    paintTube(
      grid,
      z,
      [
        { x: 0, y: -50, z: -50, r: 3.6 },
        { x: side * 20, y: -38, z: -50, r: 3 },
        { x: side * 26, y: -24, z: -47, r: 2 },
      ],
      520,
    );
    paintTube(
      grid,
      z,
      [
        { x: side * 2, y: -48, z: -68, r: 2.4 },
        { x: side * 20, y: -24, z: -70, r: 2.4 },
      ],
      330,
    );
  }
}

function paintSpine(grid: Grid, z: number, noise: ValueNoise): void {
  const y = spineY(z);
  if (z > -20) return paintAtlasAndDens(grid, z, noise);
  const below = -20 - z;
  const level = Math.floor(below / LEVEL_MM);
  const phase = 1 - (below % LEVEL_MM) / LEVEL_MM;
  const growth = Math.min(1, level / 5);
  paintVertebra(
    grid,
    z,
    {
      x: 0,
      y,
      halfWidth: 10.5 + 3 * growth,
      halfDepth: 8 + 1.5 * growth,
      heightMm: LEVEL_MM,
      phase,
      transverseMm: 24 + 6 * growth,
      spinousMm: 13 + 16 * growth,
      canalMm: 8.4,
    },
    noise,
  );
  for (const side of [-1, 1]) {
    // Lateral masses with the hole for the vertebral artery.
    if (level < 6) {
      paintEllipse(
        grid,
        { x: side * 17, y: y + 5, rx: 7, ry: 6 },
        (x, py) => 420 + 120 * noise.at(x / 3, py / 3, z / 3),
      );
      paintEllipse(grid, { x: side * 17, y: y + 2, rx: 3, ry: 3 }, 44, 1);
    }
    // Uncovertebral spurs of an old neck.
    if (level > 2 && phase > 0.66) paintEllipse(grid, { x: side * 13, y: y - 2, rx: 3, ry: 3 }, 700);
  }
  if (level > 2 && level < 5 && phase > 0.68) paintEllipse(grid, { x: 2, y: y - 11, rx: 6, ry: 2.4 }, 620);
}

function paintAtlasAndDens(grid: Grid, z: number, noise: ValueNoise): void {
  const marrow = (x: number, y: number): number => 280 + 90 * noise.at(x / 2.5, y / 2.5, z / 3);
  paintEllipse(grid, { x: 0, y: 24, rx: 11, ry: 10 }, BONE.csf, 1.4);
  paintEllipse(grid, { x: 0, y: 23, rx: 5.6, ry: 4.6 }, BONE.cord, 1.4);
  const shell = (x: number, y: number, rx: number, ry: number, angle = 0): void => {
    paintEllipse(grid, { x, y, rx, ry, angle }, BONE.cortical + 150);
    paintEllipse(grid, { x, y, rx: rx - 1.5, ry: ry - 1.5, angle }, marrow);
  };
  if (z < 1) shell(0, 6, 5.5 + (z < -12 ? (-z - 12) * 0.7 : 0), 6);
  if (z > -14 && z < 6) {
    paintTube(
      grid,
      z,
      [
        { x: -14, y: 0, z, r: 3 },
        { x: 0, y: -5, z, r: 3.4 },
        { x: 14, y: 0, z, r: 3 },
      ],
      BONE.cortical,
    );
    paintTube(
      grid,
      z,
      [
        { x: -20, y: 18, z, r: 2.6 },
        { x: -12, y: 34, z, r: 2.6 },
        { x: 12, y: 34, z, r: 2.6 },
        { x: 20, y: 18, z, r: 2.6 },
      ],
      BONE.cortical,
    );
  }
  for (const side of [-1, 1]) shell(side * 20, 8, 8.5, 7, side * 20);
  if (z > 8)
    paintTube(
      grid,
      z,
      [
        { x: -20, y: 36, z: 22, r: 5 },
        { x: 0, y: 46, z: 20, r: 5 },
        { x: 20, y: 36, z: 22, r: 5 },
      ],
      BONE.cortical,
    );
}

function paintJaw(grid: Grid, z: number, noise: ValueNoise): void {
  for (const side of [-1, 1]) {
    const course = [
      { x: 0, y: -66, z: -34, r: 6.5 },
      { x: side * 24, y: -56, z: -32, r: 6.5 },
      { x: side * 42, y: -24, z: -24, r: 6 },
      { x: side * 46, y: -12, z: 20, r: 5.5 },
    ];
    paintTube(grid, z, course, BONE.cortical + 500);
    paintTube(
      grid,
      z,
      course.map((p) => ({ ...p, r: p.r - 2.6 })),
      (x, y) => 260 + 120 * noise.at(x / 2.6, y / 2.6, z / 3),
    );
    paintEllipsoid(grid, z, { x: side * 34, y: -30, z: -44, rx: 11, ry: 16, rz: 14 }, 35, 2);
    paintEllipsoid(grid, z, { x: side * 46, y: 8, z: 4, rx: 10, ry: 14, rz: 24 }, -8, 2);
    for (let tooth = 0; tooth < 7; tooth += 1) {
      const along = tooth / 6;
      paintEllipsoid(
        grid,
        z,
        { x: side * (4 + 30 * along ** 0.8), y: -64 + 30 * along ** 1.6, z: -18, rx: 3, ry: 4, rz: 11 },
        1900,
        1.2,
      );
    }
  }
}
