import { type Grid } from '../field/grid.ts';
import { mix, paintEllipse, paintTube, smoothStep } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';

export interface VertebraLevel {
  readonly x: number;
  /** Middle of the vertebral body. */
  readonly y: number;
  /** Half width and half depth of the body. */
  readonly halfWidth: number;
  readonly halfDepth: number;
  /** Height of body and disc together, and where in it this slice lies (0 lower end plate .. 1). */
  readonly heightMm: number;
  readonly phase: number;
  readonly transverseMm: number;
  readonly spinousMm: number;
  readonly canalMm: number;
}

export const BONE = { cortical: 780, trabecular: 190, disc: 85, cord: 36, csf: 12, ligament: 70 } as const;

/** One axial cut of the spine: body or disc, pedicles, lamina, processes and the canal with its cord. */
export function paintVertebra(grid: Grid, z: number, level: VertebraLevel, noise: ValueNoise): void {
  const { x, y, halfWidth: w, halfDepth: d, phase } = level;
  const canalY = y + d + level.canalMm * 0.85;
  const inDisc = phase > 0.76;
  const trabecular = (px: number, py: number): number =>
    BONE.trabecular * (1 + 0.4 * noise.at(px / 2.4, py / 2.4, z / 4)) + 20 * noise.at(px / 7, py / 7, z / 7);
  // Posterior elements first: the body lies on the pedicles.
  const arch = phase > 0.3 && phase < 0.8;
  const pedicles = phase > 0.42 && phase < 0.74;
  const bone =
    (r: number): ((px: number, py: number, under: number) => number) =>
    (px, py) =>
      mix(BONE.cortical, trabecular(px, py) + 90, smoothStep(2, 5, r));
  for (const side of [-1, 1]) {
    if (pedicles) {
      paintTube(
        grid,
        0,
        [
          { x: x + side * w * 0.72, y: y + d * 0.6, z: 0, r: 4.6 },
          { x: x + side * (level.canalMm + 5), y: canalY, z: 0, r: 4.2 },
        ],
        bone(4),
      );
      paintTube(
        grid,
        0,
        [
          { x: x + side * (level.canalMm + 5), y: canalY + 2, z: 0, r: 5 },
          { x: x + side * level.transverseMm, y: canalY + 9, z: 0, r: 3.4 },
        ],
        bone(3),
      );
    }
    // Facet joints at every level, laminae over most of it.
    paintEllipse(grid, { x: x + side * (level.canalMm + 6), y: canalY + 5, rx: 5, ry: 7, angle: side * -30 }, bone(3));
    if (arch) {
      paintTube(
        grid,
        0,
        [
          { x: x + side * (level.canalMm + 3), y: canalY + 5, z: 0, r: 3.2 },
          { x, y: canalY + level.canalMm + 5, z: 0, r: 3.2 },
        ],
        bone(2),
      );
    } else {
      paintEllipse(
        grid,
        { x: x + side * (level.canalMm + 6.2), y: canalY + 6, rx: 0.6, ry: 6, angle: side * -30 },
        60,
        0.8,
      );
    }
  }
  if (phase > 0.05 && phase < 0.75) {
    paintTube(
      grid,
      0,
      [
        { x, y: canalY + level.canalMm + 4, z: 0, r: 3.2 },
        { x, y: canalY + level.canalMm + level.spinousMm, z: 0, r: 3.6 },
      ],
      bone(2),
    );
  }
  paintEllipse(grid, { x, y: canalY, rx: level.canalMm, ry: level.canalMm * 0.86 }, BONE.csf, 1.4);
  paintEllipse(grid, { x, y: canalY - 0.5, rx: level.canalMm * 0.52, ry: level.canalMm * 0.42 }, BONE.cord, 1.4);
  if (inDisc) {
    paintEllipse(grid, { x, y, rx: w, ry: d }, BONE.disc + 20, 1.5);
    paintEllipse(grid, { x, y: y + 1, rx: w * 0.65, ry: d * 0.6 }, BONE.disc - 5, 5);
    return;
  }
  // End plates are dense all over; the waist between them is narrower.
  const plate = smoothStep(0.08, 0.02, phase) + smoothStep(0.68, 0.75, phase);
  const waist = 1 - 0.07 * Math.sin(Math.PI * Math.min(1, phase / 0.76));
  paintEllipse(grid, { x, y, rx: w * waist, ry: d * waist }, BONE.cortical * 0.7, 1.4);
  paintEllipse(
    grid,
    { x, y, rx: w * waist - 1.4, ry: d * waist - 1.4 },
    (px, py) => mix(trabecular(px, py), 520, plate),
    1.2,
  );
}
