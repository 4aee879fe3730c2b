import { createGrid, paint, warpGrid, type Grid } from '../field/grid.ts';
import { seedFrom } from '../field/random.ts';
import {
  ellipseDistance,
  ellipsoidDistance,
  mix,
  paintEllipse,
  paintEllipsoid,
  paintTube,
  smoothMin,
  smoothStep,
} from '../field/shapes.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';
import { paintBowel, smallBowelLoops } from './abdomen-bowel.ts';
import { paintPelvisAndSpine } from './abdomen-bones.ts';
import { paintFindings, paintVessels } from './abdomen-findings.ts';
import type { AbdomenOptions, AbdomenPalette } from './abdomen-options.ts';
import { FAT, paintRibs, paintTable } from './chest-wall.ts';
import { growTree, paintSegments, type VesselSegment } from './vessel-tree.ts';

export interface AbdomenPhantom {
  /** The cut at height z (LPS millimetres, 0 at the renal hila, liver dome at about 130, ischia at about −285). */
  slice(zMm: number, columns: number, spacingMm: number): Grid;
}

/** Chest coordinates of the same body lie this much lower. */
const CHEST_OFFSET_MM = 216;
const CAVITY = { rx: 130, ry: 84, y: -12 } as const;

export function createAbdomen(options: AbdomenOptions): AbdomenPhantom {
  const noise = createValueNoise(seedFrom(options.seed, 'abdomen'));
  const veins = growTree(
    [
      { x: -22, y: -10, z: 45, r: 6, dx: -1, dy: 0, dz: 0.4 },
      { x: -22, y: -14, z: 50, r: 5, dx: 0.3, dy: -1, dz: 0.5 },
      { x: -20, y: 6, z: 105, r: 6, dx: -1, dy: 0.1, dz: -0.5 },
      { x: -18, y: 0, z: 105, r: 5, dx: -0.4, dy: -1, dz: -0.4 },
    ],
    seedFrom(options.seed, 'liver veins'),
    (x, y, z) => liverDistance(x, y, z) < -5,
    1,
  );
  const loops = smallBowelLoops(seedFrom(options.seed, 'loops'));
  return {
    slice(zMm, columns, spacingMm) {
      const plain = createGrid({ columns, rows: columns, spacingMm, centerYMm: -2, fill: -1000 });
      const outline = outlineAt(zMm);
      paintTable(plain, outline.y + outline.ry, 200);
      const grid = warpGrid(plain, noise, zMm, 60, 3.5);
      paintTrunk(grid, zMm, noise, options.palette);
      paintRibs(grid, zMm - CHEST_OFFSET_MM, noise);
      paintOrgans(grid, zMm, noise, options, veins);
      paintBowel(grid, zMm, noise, loops, options.palette.bowelWall);
      paintVessels(grid, zMm, options.palette);
      paintFindings(grid, zMm, noise, options);
      paintPelvisAndSpine(grid, zMm, noise);
      return grid;
    },
  };
}

function outlineAt(z: number): { rx: number; ry: number; y: number } {
  const hips = smoothStep(-120, -220, z);
  const waist = smoothStep(60, -40, z) * smoothStep(-160, -60, z);
  return { rx: 168 - 8 * waist + 10 * hips, ry: 114 - 6 * waist - 2 * hips, y: -2 };
}

function paintTrunk(grid: Grid, z: number, noise: ValueNoise, palette: AbdomenPalette): void {
  const { rx, ry, y: cy } = outlineAt(z);
  const box = { x0: -rx, x1: rx, y0: cy - ry, y1: cy + ry };
  const skin = (x: number, y: number): number => ellipseDistance(x, y - cy, rx, ry);
  paint(grid, box, skin, 15);
  paint(grid, box, (x, y) => skin(x, y) + 2, FAT);
  const { muscle } = palette;
  const low = smoothStep(-110, -200, z);
  // The wall of three flat muscles, the recti in front, the long muscles of the back.
  const wall = (x: number, y: number): number => ellipseDistance(x, y - CAVITY.y, CAVITY.rx + 12, CAVITY.ry + 10);
  paint(grid, box, wall, (x, y) => {
    const plane = Math.abs(noise.at(x / 30, y / 30, z / 60) * 4 + wall(x, y) + 6);
    return mix(-50, muscle, smoothStep(0.2, 1, plane));
  });
  paint(grid, box, (x, y) => ellipseDistance(x, y - CAVITY.y, CAVITY.rx, CAVITY.ry), FAT);
  const linea = CAVITY.y - CAVITY.ry - 5;
  for (const side of [-1, 1]) {
    paintEllipse(grid, { x: side * 34, y: linea + 3, rx: 31, ry: 5.5, angle: side * 8 }, muscle);
    paintEllipse(grid, { x: side * 38, y: 79, rx: 34 - 8 * low, ry: 21 - 6 * low, angle: side * -10 }, (x, y) =>
      mix(-40, muscle, smoothStep(0.02, 0.11, Math.abs(noise.at(x / 13, y / 13, z / 40)))),
    );
    paintEllipse(grid, { x: side * 68, y: 54, rx: 15 * (1 - low), ry: 9 * (1 - low) }, muscle);
    // Psoas, growing downwards and joining the iliacus.
    paintTube(
      grid,
      z,
      [
        { x: side * 30, y: 32, z: 30, r: 6 },
        { x: side * 38, y: 30, z: -40, r: 15 },
        { x: side * 46, y: 24, z: -110, r: 21 },
        { x: side * 66, y: -6, z: -190, r: 20 },
        { x: side * 88, y: -34, z: -250, r: 17 },
        { x: side * 96, y: -26, z: -300, r: 14 },
      ],
      muscle,
    );
    // Gluteal muscles and the thigh.
    paintEllipsoid(grid, z, { x: side * 92, y: 66, z: -215, rx: 58, ry: 30, rz: 95, angle: side * -28 }, muscle, 3);
    paintEllipsoid(grid, z, { x: side * 132, y: 8, z: -225, rx: 17, ry: 44, rz: 90 }, muscle, 3);
    paintEllipsoid(grid, z, { x: side * 92, y: -6, z: -300, rx: 50, ry: 62, rz: 45 }, muscle, 3);
  }
}

/** Liver: a right lobe under the dome and a left lobe across the middle. */
function liverDistance(x: number, y: number, z: number): number {
  const right = ellipsoidDistance(x + 66, y - 2, z - 48, 62, 78, 82);
  const left = ellipsoidDistance(x + 8, y + 48, z - 72, 68, 27, 42);
  const under = 0.55 * (x + 128) * 0.6 - (z + 38) - 0.25 * (y + 30);
  return Math.max(
    smoothMin(right, left, 26),
    Math.min(under, 40),
    ellipseDistance(x, y - CAVITY.y, CAVITY.rx - 1, CAVITY.ry - 1),
  );
}

function paintOrgans(
  grid: Grid,
  z: number,
  noise: ValueNoise,
  { palette, findings }: AbdomenOptions,
  veins: readonly VesselSegment[],
): void {
  if (z > 55) paintLungBases(grid, z, noise);
  if (z > -80 && z < 135) {
    const texture = (x: number, y: number): number => palette.liver + 5 * noise.at(x / 4, y / 4, z / 4);
    paint(grid, { x0: -130, x1: 70, y0: -98, y1: 82 }, (x, y) => liverDistance(x, y, z), texture, 1.6);
    paintSegments(grid, z, veins, palette.vein * 0.5 + palette.liver * 0.5 + (palette.vein - palette.liver) * 0.4);
    paintEllipsoid(grid, z, { x: -48, y: -52, z: 2, rx: 15, ry: 15, rz: 30 }, palette.bowelWall, 1.4);
    paintEllipsoid(grid, z, { x: -48, y: -52, z: 2, rx: 13.4, ry: 13.4, rz: 28 }, 9, 1.4);
    paintEllipsoid(
      grid,
      z,
      { x: 96, y: 34, z: 68, rx: 26, ry: 44, rz: 48, angle: -14 },
      (x, y) => palette.spleen + 4 * noise.at(x / 5, y / 5, z / 5),
      1.6,
    );
    const stomach = { x: 52, y: -34, z: 78, rx: 46, ry: 30, rz: 42, angle: 24 };
    paintEllipsoid(grid, z, stomach, palette.bowelWall, 1.6);
    paintEllipsoid(
      grid,
      z,
      { ...stomach, rx: 42, ry: 26, rz: 38 },
      (x, y) => (y < -46 ? -960 : 24 + 34 * noise.fractal(x / 6, y / 6, z / 6, 2)),
      1.4,
    );
  }
  paintTube(
    grid,
    z,
    [
      { x: -36, y: -10, z: -4, r: 12 },
      { x: -20, y: -16, z: 12, r: 11 },
      { x: 8, y: -22, z: 24, r: 8.5 },
      { x: 44, y: -4, z: 38, r: 8.5 },
      { x: 78, y: 18, z: 52, r: 7 },
    ],
    (x, y) => mix(palette.pancreas, FAT, 0.5 * smoothStep(0.25, 0.6, noise.at(x / 4, y / 4, z / 4))),
    2,
  );
  // Adrenal glands: thin limbs above the kidneys.
  for (const side of [-1, 1]) {
    paintTube(
      grid,
      z,
      [
        { x: side * 30, y: 16, z: 58, r: 2.4 },
        { x: side * 36, y: 30, z: 42, r: 2.4 },
      ],
      palette.pancreas,
    );
  }
  for (const side of [-1, 1])
    paintKidney(grid, z, side, noise, palette, findings.includes('left-ureteral-stone') && side > 0);
}

function paintLungBases(grid: Grid, z: number, noise: ValueNoise): void {
  const dome = (x: number, y: number): number =>
    Math.min(ellipsoidDistance(x + 62, y, z - 30, 76, 92, 100), ellipsoidDistance(x - 64, y, z - 24, 74, 90, 92));
  const box = { x0: -130, x1: 130, y0: -98, y1: 76 };
  const spine = (x: number, y: number): number => 30 * smoothStep(10, 30, y) + 8 - Math.abs(x);
  paint(
    grid,
    box,
    (x, y) => Math.max(ellipseDistance(x, y - CAVITY.y, CAVITY.rx - 3, CAVITY.ry - 3), -dome(x, y), spine(x, y)),
    (x, y) => -850 + 40 * noise.at(x / 4, y / 4, z / 4) + 45 * smoothStep(-40, 70, y),
    2.4,
  );
}

function paintKidney(
  grid: Grid,
  z: number,
  side: number,
  noise: ValueNoise,
  palette: AbdomenPalette,
  blocked: boolean,
): void {
  const at = { x: side * 62, y: 38, z: side < 0 ? -10 : 0, rx: 27, ry: 24, rz: 54, angle: side * -32 };
  if (Math.abs(z - at.z) > 62) return;
  // Fascia and, when blocked, strands in the fat.
  if (blocked) {
    paintEllipsoid(
      grid,
      z,
      { ...at, rx: 38, ry: 36, rz: 62 },
      (x, y, under) => mix(under, 5, 0.75 * smoothStep(0.07, 0.02, Math.abs(noise.fractal(x / 9, y / 9, z / 9, 2)))),
      5,
    );
  }
  paintEllipsoid(grid, z, at, (x, y) => palette.cortex + 4 * noise.at(x / 3, y / 3, z / 3), 1.4);
  paintEllipsoid(
    grid,
    z,
    { ...at, rx: 19, ry: 16, rz: 44 },
    (x, y) => {
      const pyramid = smoothStep(-0.1, 0.2, noise.at(x / 8 + side * 9, y / 8, z / 9));
      return mix(palette.cortex, palette.medulla, pyramid);
    },
    3,
  );
  const sinus = { x: side * 54, y: 33, z: at.z, rx: 13, ry: 8, rz: 26, angle: side * -30 };
  paintEllipsoid(
    grid,
    z,
    sinus,
    (x, y) => mix(FAT + 15, palette.vein * 0.5, smoothStep(0.2, 0.5, noise.at(x / 5, y / 5, z / 6))),
    3,
  );
  const pelvis = blocked ? 1.35 : 0.5;
  paintEllipsoid(
    grid,
    z,
    { x: side * 49, y: 30, z: at.z - 2, rx: 14 * pelvis, ry: 9 * pelvis, rz: 22 * pelvis, angle: side * -30 },
    8,
    1.6,
  );
  if (blocked) {
    for (const calyx of [-24, 0, 24]) {
      paintTube(
        grid,
        z,
        [
          { x: side * 52, y: 31, z: at.z + calyx * 0.5, r: 5 },
          { x: side * 66, y: 39, z: at.z + calyx, r: 5.5 },
        ],
        8,
      );
    }
  }
}
