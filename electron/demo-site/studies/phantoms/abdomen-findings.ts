import { type Grid } from '../field/grid.ts';
import { mix, paintEllipsoid, paintTube, smoothStep } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';
import {
  APPENDICOLITH,
  RENAL_STONE,
  URETERAL_STONE,
  type AbdomenOptions,
  type AbdomenPalette,
} from './abdomen-options.ts';

/** Aorta, cava and their great branches down to the groins. */
export function paintVessels(grid: Grid, z: number, { artery, vein }: AbdomenPalette): void {
  paintTube(
    grid,
    z,
    [
      { x: 12, y: 14, z: 140, r: 11 },
      { x: 9, y: 10, z: 20, r: 10 },
      { x: 4, y: 12, z: -92, r: 8.5 },
    ],
    artery,
  );
  paintTube(
    grid,
    z,
    [
      { x: -20, y: 8, z: 140, r: 13 },
      { x: -18, y: 10, z: 40, r: 12 },
      { x: -15, y: 14, z: -100, r: 10.5 },
    ],
    vein,
  );
  for (const side of [-1, 1]) {
    paintTube(
      grid,
      z,
      [
        { x: 4 + side * 4, y: 13, z: -92, r: 6 },
        { x: side * 34, y: 24, z: -145, r: 5.4 },
        { x: side * 62, y: 2, z: -195, r: 5 },
        { x: side * 72, y: -46, z: -262, r: 5 },
        { x: side * 78, y: -50, z: -310, r: 5 },
      ],
      artery,
    );
    paintTube(
      grid,
      z,
      [
        { x: -15 + side * 5, y: 16, z: -100, r: 8 },
        { x: side * 28, y: 32, z: -150, r: 7 },
        { x: side * 54, y: 12, z: -200, r: 6.4 },
        { x: side * 60, y: -40, z: -264, r: 6.4 },
        { x: side * 66, y: -44, z: -310, r: 6 },
      ],
      vein,
    );
    paintTube(
      grid,
      z,
      [
        { x: 8, y: 12, z: 8, r: 3.4 },
        { x: side * 46, y: 28, z: side < 0 ? -6 : 2, r: 2.8 },
      ],
      artery,
    );
    paintTube(
      grid,
      z,
      [
        { x: -14, y: 6, z: 2, r: 5 },
        { x: side * 46, y: 24, z: side < 0 ? -10 : -2, r: 4 },
      ],
      vein,
    );
  }
  paintTube(
    grid,
    z,
    [
      { x: 8, y: 2, z: 22, r: 4 },
      { x: 5, y: -16, z: -20, r: 3.6 },
      { x: -8, y: -28, z: -90, r: 2.4 },
    ],
    artery,
  );
  paintTube(
    grid,
    z,
    [
      { x: -18, y: -8, z: 44, r: 7 },
      { x: -8, y: -12, z: 20, r: 6.4 },
      { x: -6, y: -18, z: -30, r: 5 },
      { x: -18, y: -30, z: -90, r: 3 },
    ],
    vein,
  );
  paintTube(
    grid,
    z,
    [
      { x: -6, y: -10, z: 20, r: 5 },
      { x: 40, y: 4, z: 40, r: 4.2 },
      { x: 78, y: 24, z: 60, r: 3.6 },
    ],
    vein,
  );
}

/** What the reader is to find. */
export function paintFindings(grid: Grid, z: number, noise: ValueNoise, { findings, palette }: AbdomenOptions): void {
  if (findings.includes('appendicitis')) {
    const at = { x: -60, y: 16, z: -155 };
    paintEllipsoid(
      grid,
      z,
      { ...at, rx: 34, ry: 28, rz: 26 },
      (x, y, under) =>
        under > -40 || under < -200
          ? under
          : mix(under, -18, 0.35 + 0.5 * smoothStep(0.1, 0.02, Math.abs(noise.fractal(x / 8, y / 8, z / 8, 3)))),
      12,
    );
    const course = [
      { x: -80, y: 6, z: -136, r: 6 },
      { x: -70, y: 15, z: -150, r: 7.2 },
      { x: -54, y: 22, z: -159, r: 7.4 },
      { x: -38, y: 12, z: -167, r: 6.8 },
    ];
    paintTube(grid, z, course, 134, 1.4);
    paintTube(
      grid,
      z,
      course.map((p) => ({ ...p, r: p.r - 2.8 })),
      17,
      1.6,
    );
    paintEllipsoid(grid, z, { ...APPENDICOLITH, rx: 3.6, ry: 3.2, rz: 4.5 }, 420, 1.4);
  }
  if (findings.includes('left-ureteral-stone')) {
    paintTube(
      grid,
      z,
      [
        { x: 44, y: 27, z: -12, r: 5 },
        { x: 46, y: 20, z: -40, r: 4.2 },
        { ...URETERAL_STONE, r: 3.8 },
      ],
      palette.muscle * 0.6,
      1.2,
    );
    paintTube(
      grid,
      z,
      [
        { x: 44, y: 27, z: -12, r: 4 },
        { x: 46, y: 20, z: -40, r: 3.2 },
        { ...URETERAL_STONE, r: 2.6 },
      ],
      8,
      1.2,
    );
    paintEllipsoid(grid, z, { ...URETERAL_STONE, rx: 3, ry: 2.8, rz: 4.4 }, 1050, 1.2);
  }
  if (findings.includes('left-renal-stone'))
    paintEllipsoid(grid, z, { ...RENAL_STONE, rx: 2.1, ry: 2.1, rz: 3.4 }, 900, 1.2);
}
