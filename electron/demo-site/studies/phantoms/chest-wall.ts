import { paint, type Grid } from '../field/grid.ts';
import {
  ellipseDistance,
  mix,
  mirrored,
  paintEllipse,
  paintEllipsoid,
  paintTube,
  smoothStep,
  type TubePoint,
} from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';
import { bodyAt, cageAt } from './chest-shape.ts';
import { BONE, paintVertebra } from './spine.ts';

export const FAT = -104;
export const MUSCLE = 56;

/** Skin, fat, muscles, breasts: everything outside the ribs. */
export function paintBody(grid: Grid, z: number, noise: ValueNoise, female: boolean): void {
  const body = bodyAt(z);
  const cage = cageAt(z);
  const box = { x0: -body.halfWidth, x1: body.halfWidth, y0: body.y - body.halfDepth, y1: body.y + body.halfDepth };
  if (female) {
    for (const side of [-1, 1]) {
      const breast = { x: side * 82, y: body.y - body.halfDepth + 14, z: -42, rx: 66, ry: 44, rz: 62 };
      paintEllipsoid(grid, z, breast, 15);
      paintEllipsoid(grid, z, { ...breast, rx: breast.rx - 2, ry: breast.ry - 2 }, FAT);
      paintEllipsoid(
        grid,
        z,
        { ...breast, rx: 40, ry: 26, rz: 40 },
        (x, y, under) => mix(under, 35, smoothStep(0.05, 0.45, noise.fractal(x / 14, y / 14, z / 14, 3) + 0.15)),
        4,
      );
    }
  }
  const skin = (x: number, y: number): number => ellipseDistance(x, y - body.y, body.halfWidth, body.halfDepth);
  paint(grid, box, skin, 15);
  paint(grid, box, (x, y) => skin(x, y) + 2, FAT);
  const muscle = (x: number, y: number): number => {
    const layer = 12 + 15 * smoothStep(20, 90, y) + 10 * smoothStep(40, 110, Math.abs(x)) * smoothStep(-60, 60, z);
    return ellipseDistance(x, y - cage.y, cage.halfWidth, cage.halfDepth) - layer;
  };
  paint(
    grid,
    box,
    (x, y) => Math.max(muscle(x, y), skin(x, y) + 5),
    (x, y) => {
      const plane = Math.abs(noise.at(x / 17, y / 17, z / 40));
      return mix(FAT * 0.6, MUSCLE, smoothStep(0.02, 0.11, plane));
    },
  );
}

/** Ribs fall from the spine towards the sternum; a slice cuts each where it passes. */
export function paintRibs(grid: Grid, z: number, noise: ValueNoise): void {
  for (let rib = 0; rib < 12; rib += 1) {
    const start = 118 - rib * 24.5;
    if (z > start + 12 || z < start - 115) continue;
    const points = ribPoints(rib, start);
    for (const side of [points, mirrored(points)]) {
      paintTube(grid, z, side, BONE.cortical + 120, 1.2);
      paintTube(
        grid,
        z,
        side.map((p) => ({ ...p, r: Math.max(0.5, p.r - 1.5) })),
        (x, y) => 240 + 70 * noise.at(x / 3, y / 3, z / 3),
        1.4,
      );
    }
    // Costal cartilage on to the sternum.
    const end = points.at(-1);
    if (end === undefined || rib > 7) continue;
    const cage = cageAt(end.z);
    const cartilage = [
      end,
      { x: 18, y: cage.y - cage.halfDepth - 4, z: Math.max(-62, end.z + (rib > 3 ? 14 * (rib - 3) : 0)), r: 5 },
    ];
    for (const side of [cartilage, mirrored(cartilage)]) paintTube(grid, z, side, 115, 1.6);
  }
}

/** The course of one rib of the patient's left side, from the spine forward. */
export function ribPoints(rib: number, start: number): TubePoint[] {
  const reach = rib > 9 ? 0.55 : 0.86;
  const fall = 30 + 7 * Math.min(rib, 7);
  return Array.from({ length: 19 }, (_, index) => {
    const t = (index / 18) * reach;
    const angle = Math.PI * (0.5 - 0.06 - t);
    const z = start - fall * (t < 0.12 ? t * 0.5 : t) ** 1.15;
    const cage = cageAt(Math.min(z, 100));
    const bow = 5.4;
    return {
      x: Math.cos(angle) * (cage.halfWidth + bow),
      y: cage.y + Math.sin(angle) * (cage.halfDepth + bow),
      z,
      r: 4.6 + 1.3 * Math.sin(Math.PI * t),
    };
  });
}

export function paintSpineAndGirdle(grid: Grid, z: number, noise: ValueNoise): void {
  const period = 24.5;
  const phase = (((z + 500) % period) / period + 1) % 1;
  const cage = cageAt(Math.min(z, 60));
  paintVertebra(
    grid,
    z,
    {
      x: 0,
      y: cage.y + cage.halfDepth - 28,
      halfWidth: 16.5 - z * 0.02,
      halfDepth: 14 - z * 0.012,
      heightMm: period,
      phase,
      transverseMm: 32,
      spinousMm: 26,
      canalMm: 9,
    },
    noise,
  );
  const front = cage.y - cage.halfDepth;
  if (z < 62 && z > -78) {
    const width = z > 34 ? 26 : 16;
    paintEllipse(grid, { x: 0, y: front - 6, rx: width, ry: 7 }, 420);
    paintEllipse(
      grid,
      { x: 0, y: front - 6, rx: width - 1.6, ry: 5.4 },
      (x, y) => 130 + 60 * noise.at(x / 3, y / 3, z / 3),
    );
  }
  for (const side of [-1, 1]) {
    const clavicle = [
      { x: side * 16, y: -70, z: 72, r: 8 },
      { x: side * 62, y: -66, z: 88, r: 6 },
      { x: side * 118, y: -30, z: 104, r: 6 },
      { x: side * 160, y: 6, z: 112, r: 7 },
    ];
    paintTube(grid, z, clavicle, BONE.cortical);
    paintTube(
      grid,
      z,
      clavicle.map((p) => ({ ...p, r: p.r - 1.8 })),
      230,
    );
    // Scapular blade, thin, with its spine.
    if (z > -30 && z < 108) {
      const away = 104 + 10 * smoothStep(-30, 100, z);
      const deep = cage.y + 58 - 12 * smoothStep(0, 110, z);
      const half = 30 * Math.min(1, (z + 34) / 40);
      paintEllipse(grid, { x: side * away, y: deep, rx: 4, ry: half, angle: side * 42 }, 620);
      paintEllipse(grid, { x: side * away, y: deep, rx: 2.2, ry: half - 1.5, angle: side * 42 }, 260);
      if (z > 58)
        paintTube(
          grid,
          z,
          [
            { x: side * 96, y: 84, z: 60, r: 4 },
            { x: side * 158, y: 40, z: 100, r: 6 },
          ],
          560,
        );
    }
  }
}

export function paintTable(grid: Grid, bottomMm: number, halfWidthMm: number): void {
  const y = (x: number): number => bottomMm + 6 - (x * x) / 3400;
  const box = { x0: -halfWidthMm, x1: halfWidthMm, y0: y(halfWidthMm) - 12, y1: bottomMm + 34 };
  paint(grid, box, (x, py) => Math.abs(py - y(x)) - 1, -420, 1.2);
  paint(grid, box, (x, py) => Math.abs(py - y(x) - 15) - 0.8, -380, 1.2);
}
