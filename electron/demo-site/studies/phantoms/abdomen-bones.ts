import { type Grid, type Paint } from '../field/grid.ts';
import { paintEllipse, paintEllipsoid, paintTube, smoothStep, type TubePoint } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';
import { BONE, paintVertebra } from './spine.ts';

const LUMBAR_PERIOD_MM = 36;

export function paintPelvisAndSpine(grid: Grid, z: number, noise: ValueNoise): void {
  const marrow: Paint = (x, y) => 170 + 90 * noise.at(x / 2.6, y / 2.6, z / 3);
  if (z > -138) {
    const phase = ((((z + 720) % LUMBAR_PERIOD_MM) + LUMBAR_PERIOD_MM) % LUMBAR_PERIOD_MM) / LUMBAR_PERIOD_MM;
    paintVertebra(
      grid,
      z,
      {
        x: 0,
        y: 38,
        halfWidth: 24,
        halfDepth: 17,
        heightMm: LUMBAR_PERIOD_MM,
        phase,
        transverseMm: 46,
        spinousMm: 32,
        canalMm: 10.5,
      },
      noise,
    );
  } else {
    paintSacrum(grid, z, marrow);
  }
  for (const side of [-1, 1]) {
    paintIlium(grid, z, side, marrow);
    paintHip(grid, z, side, marrow);
  }
  if (z < -246 && z > -292) {
    paintEllipsoid(grid, z, { x: 0, y: -56, z: -270, rx: 3, ry: 9, rz: 18 }, 90, 1.4);
  }
}

function paintSacrum(grid: Grid, z: number, marrow: Paint): void {
  const t = (-138 - z) / 110;
  if (t > 1) return;
  const y = 44 + 42 * Math.sin(t * 1.9) - 16 * t * t;
  const w = 50 * (1 - t) ** 0.8 + 7;
  const d = 17 * (1 - t) + 5;
  paintEllipse(grid, { x: 0, y, rx: w, ry: d }, BONE.cortical * 0.72);
  paintEllipse(grid, { x: 0, y, rx: w - 2, ry: d - 2 }, marrow);
  paintEllipse(grid, { x: 0, y: y + d * 0.55, rx: 9 * (1 - t) + 2, ry: 4 * (1 - t) + 1 }, 10, 1.4);
  for (const side of [-1, 1]) {
    paintEllipse(grid, { x: side * w * 0.45, y: y - d * 0.35, rx: 4, ry: 3.4 }, -20, 1.6);
  }
}

function bone(grid: Grid, z: number, points: readonly TubePoint[], shellMm: number, marrow: Paint): void {
  paintTube(grid, z, points, BONE.cortical);
  paintTube(
    grid,
    z,
    points.map((p) => ({ ...p, r: Math.max(0.3, p.r - shellMm) })),
    marrow,
  );
}

function paintIlium(grid: Grid, z: number, side: number, marrow: Paint): void {
  if (z > -84 || z < -232) return;
  const down = smoothStep(-90, -215, z);
  const flare = 1 - 0.45 * down;
  const crest = smoothStep(-84, -110, z);
  const points = [
    { x: side * (46 + 6 * down), y: 62 - 4 * down, z, r: 8 * crest + 2 * down },
    { x: side * (66 + 8 * down), y: 46 - 14 * down, z, r: 6 * crest + 3 * down },
    { x: side * (90 + 4 * down), y: 16 - 12 * down, z, r: 4.2 + 6 * down },
    { x: side * (66 + 56 * flare), y: 4 - 34 * flare * crest, z, r: 5 + 3 * down },
  ];
  bone(grid, z, crest < 0.5 ? points.slice(1, 3) : points, 1.6, marrow);
}

function paintHip(grid: Grid, z: number, side: number, marrow: Paint): void {
  if (z > -205) return;
  const head = { x: side * 89, y: 2, z: -243, rx: 23, ry: 23, rz: 23 };
  paintEllipsoid(grid, z, { ...head, x: side * 86, rx: 33, ry: 33, rz: 34 }, BONE.cortical);
  paintEllipsoid(grid, z, { ...head, x: side * 86, rx: 31, ry: 31, rz: 32 }, marrow);
  // Muscle and joint space round the head on its outer side; the socket stays medially.
  paintEllipsoid(grid, z, { ...head, x: side * 112, rx: 32, ry: 26, rz: 34 }, 58, 1.6);
  paintEllipsoid(grid, z, { ...head, rx: 27, ry: 27, rz: 27 }, BONE.cortical);
  paintEllipsoid(grid, z, { ...head, rx: 25, ry: 25, rz: 25 }, 60);
  bone(
    grid,
    z,
    [
      { x: side * 92, y: 4, z: -246, r: 17 },
      { x: side * 128, y: 16, z: -268, r: 15 },
      { x: side * 130, y: 14, z: -300, r: 16 },
    ],
    2.2,
    marrow,
  );
  paintEllipsoid(grid, z, head, BONE.cortical);
  paintEllipsoid(
    grid,
    z,
    { ...head, rx: 21.4, ry: 21.4, rz: 21.4 },
    (x, y, under, d) => (typeof marrow === 'number' ? marrow : marrow(x, y, under, d)) + 90,
  );
  bone(
    grid,
    z,
    [
      { x: side * 68, y: -22, z: -248, r: 9 },
      { x: side * 38, y: -48, z: -262, r: 8 },
      { x: side * 10, y: -54, z: -270, r: 9 },
    ],
    1.6,
    marrow,
  );
  bone(
    grid,
    z,
    [
      { x: side * 12, y: -50, z: -280, r: 7 },
      { x: side * 40, y: -16, z: -296, r: 7 },
      { x: side * 56, y: 26, z: -300, r: 11 },
    ],
    1.6,
    marrow,
  );
  bone(
    grid,
    z,
    [
      { x: side * 72, y: 30, z: -250, r: 11 },
      { x: side * 60, y: 40, z: -275, r: 11 },
      { x: side * 56, y: 36, z: -304, r: 13 },
    ],
    1.8,
    marrow,
  );
}
