import { paint, type Grid } from '../field/grid.ts';
import { clamp, ellipseDistance, mix, paintEllipsoid, paintTube, smoothStep } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';
import type { HeadPalette } from './head-palette.ts';

/** Orbits, sinuses, nose and the bones around them: what the lowest slices of a head show in front. */
export function paintFace(grid: Grid, z: number, palette: HeadPalette, noise: ValueNoise): void {
  const bone = mix(palette.diploe, palette.cortical, 0.7);
  // Frontal sinus with its bony walls.
  if (z > 2 && z < 26) {
    for (const side of [-1, 1]) {
      const sinus = { x: side * 11, y: -80, z: 12, rx: 12, ry: 4.5, rz: 13, angle: side * 12 };
      paintEllipsoid(grid, z, { ...sinus, rx: 13.4, ry: 5.8, rz: 14.5 }, bone, 1.2);
      paintEllipsoid(grid, z, sinus, palette.air, 1.2);
    }
  }
  if (z > 3) return;
  paintNose(grid, z, palette);
  for (const side of [-1, 1]) paintOrbit(grid, z, side, palette, bone);
  paintSinuses(grid, z, palette, bone, noise);
  // Mastoid air cells behind the ears.
  for (const side of [-1, 1]) {
    const box = { x0: side * 54 - 16, x1: side * 54 + 16, y0: 14, y1: 48 };
    paint(
      grid,
      box,
      (x, y) => ellipseDistance(x - side * 54, y - 30, 11, 14) + Math.max(0, Math.abs(z + 14) - 12) * 0.8,
      (x, y) => mix(palette.air, palette.cortical, smoothStep(-0.15, 0.35, noise.at(x / 3.1, y / 3.1, z / 3.1))),
      2,
    );
  }
}

function paintNose(grid: Grid, z: number, palette: HeadPalette): void {
  const forward = clamp((3 - z) / 30, 0, 1);
  const tip = -90 - 16 * forward;
  const width = 9 + 6 * forward;
  const box = { x0: -width, x1: width, y0: tip, y1: -76 };
  paint(grid, box, (x, y) => Math.abs(x) - (width * (y - tip)) / (-76 - tip), palette.skin, 1.5);
  paintTube(
    grid,
    z,
    [
      { x: 5, y: -89, z: 2, r: 1.6 },
      { x: 8, y: -92, z: -12, r: 1.2 },
    ],
    palette.cortical,
  );
  paintTube(
    grid,
    z,
    [
      { x: -5, y: -89, z: 2, r: 1.6 },
      { x: -8, y: -92, z: -12, r: 1.2 },
    ],
    palette.cortical,
  );
}

function paintOrbit(grid: Grid, z: number, side: number, palette: HeadPalette, bone: number): void {
  const level = z + 16;
  // A cone of fat that narrows towards the optic canal, walled by thin bone.
  const cone = [
    { x: side * 33, y: -66, z: -16, r: 18.5 },
    { x: side * 26, y: -44, z: -14, r: 11 },
    { x: side * 15, y: -26, z: -10, r: 3 },
  ];
  paintTube(
    grid,
    z,
    cone.map((p) => ({ ...p, r: p.r + 2 })),
    bone,
    1.2,
  );
  paintTube(grid, z, cone, palette.fat, 1.2);
  if (Math.abs(level) < 21) {
    paintEllipsoid(grid, z, { x: side * 33, y: -84, z: -16, rx: 19, ry: 7, rz: 19 }, palette.muscle, 2);
  }
  // Rectus muscles, optic nerve, globe and lens.
  for (const muscle of [-1, 1]) {
    paintTube(
      grid,
      z,
      [
        { x: side * 33 + muscle * 12, y: -68, z: -16, r: 1.6 },
        { x: side * 26 + muscle * 8, y: -48, z: -14, r: 2.3 },
        { x: side * 16, y: -28, z: -10, r: 1 },
      ],
      palette.muscle,
    );
  }
  paintTube(
    grid,
    z,
    [
      { x: side * 32, y: -60, z: -16, r: 2 },
      { x: side * 26, y: -46, z: -15, r: 1.9 },
      { x: side * 14, y: -24, z: -9, r: 1.8 },
    ],
    palette.grey,
  );
  paintEllipsoid(grid, z, { x: side * 33, y: -72, z: -16, rx: 12.4, ry: 12.4, rz: 12.4 }, palette.muscle, 1.2);
  paintEllipsoid(grid, z, { x: side * 33, y: -72, z: -16, rx: 11.2, ry: 11.2, rz: 11.2 }, palette.globe, 1.2);
  paintEllipsoid(grid, z, { x: side * 33, y: -80, z: -16, rx: 4.4, ry: 2.2, rz: 4.4 }, palette.lens, 1);
  // Lateral wall and zygoma.
  paintTube(
    grid,
    z,
    [
      { x: side * 53, y: -64, z: 2, r: 3.2 },
      { x: side * 54, y: -62, z: -20, r: 4 },
      { x: side * 52, y: -66, z: -34, r: 5.5 },
    ],
    bone,
  );
}

function paintSinuses(grid: Grid, z: number, palette: HeadPalette, bone: number, noise: ValueNoise): void {
  // Ethmoid cells between the orbits.
  if (z < 0 && z > -32) {
    const box = { x0: -12, x1: 12, y0: -84, y1: -36 };
    paint(
      grid,
      box,
      (x, y) => Math.max(Math.abs(x) - 10.5, Math.abs(y + 60) - 23),
      (x, y) => {
        const wall = Math.min(
          Math.abs(x),
          Math.abs(((y + 2 * noise.at(x / 9, y / 9, z / 9) + 100) % 10) - 5),
          11 - Math.abs(x),
        );
        return mix(bone * 0.55 + palette.muscle * 0.3, palette.air, smoothStep(0.4, 1.3, wall));
      },
      1.4,
    );
  }
  // Sphenoid sinus with a septum off the middle.
  paintEllipsoid(grid, z, { x: 0, y: -24, z: -16, rx: 15, ry: 13, rz: 11 }, bone, 1.4);
  paintEllipsoid(grid, z, { x: -6, y: -24, z: -16, rx: 7, ry: 11.4, rz: 9.6 }, palette.air, 1.2);
  paintEllipsoid(grid, z, { x: 7.5, y: -24, z: -16, rx: 6, ry: 11, rz: 9.2 }, palette.air, 1.2);
  for (const side of [-1, 1]) {
    paintEllipsoid(grid, z, { x: side * 30, y: -62, z: -52, rx: 18, ry: 19, rz: 19 }, bone, 1.2);
    paintEllipsoid(grid, z, { x: side * 30, y: -62, z: -52, rx: 16.4, ry: 17.4, rz: 17.6 }, palette.air, 1.2);
  }
  // Clivus in front of the brain stem.
  paintEllipsoid(
    grid,
    z,
    { x: 0, y: -9, z: -28, rx: 13, ry: 5.5, rz: 16 },
    mix(palette.diploe, palette.cortical, 0.35),
    1.4,
  );
}
