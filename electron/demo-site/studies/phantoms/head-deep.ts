import type { Grid } from '../field/grid.ts';
import { mirrored, mix, paintEllipsoid, paintTube, type TubePoint } from '../field/shapes.ts';
import { midlineShift, type HeadOptions } from './head-options.ts';

/** Frontal horn, body, atrium and occipital horn of the left lateral ventricle; the right one is its mirror. */
const LATERAL: readonly TubePoint[] = [
  { x: 8, y: -36, z: 27, r: 2.2 },
  { x: 9, y: -27, z: 32, r: 4.6 },
  { x: 9.5, y: -10, z: 40, r: 4.9 },
  { x: 12, y: 10, z: 43, r: 5 },
  { x: 21, y: 27, z: 34, r: 6 },
  { x: 24, y: 36, z: 27, r: 4.6 },
  { x: 20, y: 54, z: 25, r: 1.8 },
];
const TEMPORAL_HORN: readonly TubePoint[] = [
  { x: 23, y: 30, z: 28, r: 5 },
  { x: 31, y: 18, z: 12, r: 2.4 },
  { x: 33, y: -4, z: 1, r: 1.5 },
];

/** Points moved by the mass effect; the side of the lesion is pressed narrow. */
function displaced(points: readonly TubePoint[], { atrophy, lesions }: HeadOptions, swell: number): TubePoint[] {
  return points.map((p) => {
    const shift = midlineShift(p.y, p.z, lesions);
    const pressed = shift === 0 ? 1 : Math.sign(shift) === Math.sign(p.x) ? 1.06 : 1 / (1 + Math.abs(shift) * 0.1);
    return { ...p, x: p.x * (0.92 + 0.08 * atrophy) + shift, r: Math.max(0.5, p.r * pressed * swell) };
  });
}

export function paintVentricles(grid: Grid, z: number, options: HeadOptions): void {
  const { palette, atrophy } = options;
  const swell = 0.62 + 0.42 * atrophy;
  const soft = 1.6;
  for (const points of [LATERAL, mirrored(LATERAL), TEMPORAL_HORN, mirrored(TEMPORAL_HORN)]) {
    paintTube(grid, z, displaced(points, options, swell), palette.csf, soft);
  }
  const shift = midlineShift(0, 18, options.lesions);
  // Septum pellucidum between the frontal horns and the bodies.
  paintEllipsoid(
    grid,
    z,
    { x: shift, y: -18, z: 35, rx: 0.8, ry: 16, rz: 9 },
    mix(palette.csf, palette.white, 0.6),
    1.2,
  );
  paintEllipsoid(grid, z, { x: shift, y: 2, z: 17, rx: 1.4 + 1.4 * atrophy, ry: 13, rz: 10 }, palette.csf, soft);
  paintEllipsoid(grid, z, { x: 0, y: 27, z: -14, rx: 6.5, ry: 4.6, rz: 11 }, palette.csf, soft);
  // Choroid plexus and pineal gland, calcified as in most adults.
  for (const side of [-1, 1]) {
    const x = side * 22 + midlineShift(28, 33, options.lesions);
    paintEllipsoid(grid, z, { x, y: 29, z: 32, rx: 2.2, ry: 3.4, rz: 4 }, palette.calcification, 2);
  }
  paintEllipsoid(grid, z, { x: shift, y: 22, z: 19, rx: 2.2, ry: 2.4, rz: 3 }, palette.calcification, 2);
}

export function paintDeepStructures(grid: Grid, z: number, options: HeadOptions): void {
  const { palette, lesions } = options;
  const nucleus = palette.deepGrey;
  for (const side of [-1, 1]) {
    const shift = midlineShift(0, 24, lesions);
    const at = (x: number): number => side * x + shift;
    // White matter of the internal capsule first, the nuclei on it.
    paintEllipsoid(
      grid,
      z,
      { x: at(16), y: 0, z: 24, rx: 17, ry: 27, rz: 15 },
      (_x, _y, under) => mix(under, palette.white, 0.85),
      5,
    );
    paintEllipsoid(grid, z, { x: at(10), y: 8, z: 23, rx: 7, ry: 13, rz: 9, angle: side * 18 + 0 }, nucleus, 2.4);
    paintEllipsoid(grid, z, { x: at(23), y: -6, z: 22, rx: 5.4, ry: 16, rz: 10, angle: side * -12 }, nucleus, 2.4);
    paintEllipsoid(grid, z, { x: at(13.5), y: -25, z: 29, rx: 3.6, ry: 8.5, rz: 9, angle: side * -14 }, nucleus, 2);
    paintEllipsoid(
      grid,
      z,
      { x: at(33.5), y: -4, z: 20, rx: 1.5, ry: 20, rz: 12, angle: side * -4 },
      palette.grey,
      2.4,
    );
    paintEllipsoid(grid, z, { x: at(37.5), y: -5, z: 17, rx: 1.1, ry: 20, rz: 12 }, palette.csf, 2);
  }
  // Third ventricle once more: the thalami meet it.
  const shift = midlineShift(2, 17, lesions);
  paintEllipsoid(grid, z, { x: shift, y: 2, z: 17, rx: 1.2 + 1.2 * options.atrophy, ry: 12, rz: 9 }, palette.csf, 1.4);
  // Brain stem.
  paintEllipsoid(grid, z, { x: 0, y: 9, z: 2, rx: 14, ry: 9.5, rz: 15 }, mix(palette.white, palette.deepGrey, 0.5), 2);
  paintEllipsoid(
    grid,
    z,
    { x: 0, y: 9, z: -18, rx: 13, ry: 10.5, rz: 16 },
    mix(palette.white, palette.deepGrey, 0.35),
    2,
  );
}

export function paintCisterns(grid: Grid, z: number, { palette, atrophy, lesions }: HeadOptions): void {
  const room = (0.75 + 0.25 * atrophy) * (lesions.length > 0 ? 0.85 : 1);
  // Suprasellar, perimesencephalic and quadrigeminal cisterns, the prepontine space and the Sylvian fissures.
  paintEllipsoid(grid, z, { x: 0, y: -10, z: 2, rx: 12 * room, ry: 8.5 * room, rz: 8 }, palette.csf, 2.5);
  paintEllipsoid(grid, z, { x: 0, y: 10, z: 3, rx: 18 * room, ry: 13 * room, rz: 11 }, palette.csf, 2.5);
  paintEllipsoid(grid, z, { x: 0, y: 27, z: 9, rx: 10 * room, ry: 5.5 * room, rz: 8 }, palette.csf, 2.5);
  paintEllipsoid(grid, z, { x: 0, y: -2, z: -14, rx: 17 * room, ry: 5 * room, rz: 14 }, palette.csf, 2.5);
  paintEllipsoid(grid, z, { x: 0, y: 60, z: -34, rx: 12, ry: 7 * room, rz: 12 }, palette.csf, 2.5);
  for (const side of [-1, 1]) {
    const points = [
      { x: side * 12, y: -13, z: 4, r: 2.1 * room },
      { x: side * 32, y: -20, z: 8, r: 2.4 * room },
      { x: side * 39, y: -16, z: 14, r: 2.6 * room },
      { x: side * 58, y: -10, z: 20, r: 2.4 * room },
    ];
    paintTube(grid, z, points, palette.csf, 2.2);
    paintTube(
      grid,
      z,
      points.map((p) => ({ ...p, y: p.y + 24, z: p.z + 13, r: p.r * 0.9 })).slice(2),
      palette.csf,
      2.2,
    );
  }
}
