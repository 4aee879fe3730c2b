import { clamp, ellipseDistance, ellipsoidDistance, smoothStep } from '../field/shapes.ts';

/** Millimetres, LPS, z = 0 at the carina. The patient's left is +x. */
export interface Girth {
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly y: number;
}

/** Inner surface of the rib cage at this height. */
export function cageAt(z: number): Girth {
  if (z === lastCage.z) return lastCage.girth;
  const girth = computeCage(z);
  lastCage = { z, girth };
  return girth;
}

/** A slice asks for the same height at every pixel. */
let lastCage: { readonly z: number; readonly girth: Girth } = {
  z: Number.NaN,
  girth: { halfWidth: 0, halfDepth: 0, y: 0 },
};

function computeCage(z: number): Girth {
  const rise = clamp((z + 70) / 190, 0, 0.995);
  const dome = Math.sqrt(1 - rise * rise);
  return { halfWidth: 8 + 126 * dome ** 1.15, halfDepth: 20 + 72 * dome, y: -4 + 22 * rise ** 2 };
}

/** Skin. */
export function bodyAt(z: number): Girth {
  const shoulders = smoothStep(20, 110, z);
  const cage = cageAt(Math.min(z, 40));
  return {
    halfWidth: cage.halfWidth + 38 + 26 * shoulders,
    halfDepth: cage.halfDepth + 32 - 12 * shoulders,
    y: cage.y + 8 - 4 * shoulders,
  };
}

const DOMES = {
  right: { x: -64, y: -4, z: -176, rx: 90, ry: 102, rz: 84 },
  left: { x: 64, y: -2, z: -184, rx: 90, ry: 100, rz: 76 },
} as const;

/** Distance above the diaphragm; negative below it. */
export function aboveDiaphragm(x: number, y: number, z: number): number {
  const { right, left } = DOMES;
  return Math.min(
    ellipsoidDistance(x - right.x, y - right.y, z - right.z, right.rx, right.ry, right.rz),
    ellipsoidDistance(x - left.x, y - left.y, z - left.z, left.rx, left.ry, left.rz),
  );
}

export const HEART = { x: 24, y: -36, z: -72, rx: 60, ry: 44, rz: 52 } as const;

/** Signed distance to a lung, negative inside; side −1 is the patient's right. */
export function lungDistance(x: number, y: number, z: number): number {
  const cage = cageAt(z);
  const wall = ellipseDistance(x, y - cage.y, cage.halfWidth, cage.halfDepth);
  const side = Math.abs(x);
  // Half width of what lies between the lungs: vertebra behind, great vessels, anterior junction.
  const upper = smoothStep(10, 60, z);
  const spine = 24 * smoothStep(26, 50, y);
  const vessels = (30 - 4 * upper) * smoothStep(34, 8, Math.abs(y + 14 - 8 * upper)) * smoothStep(100, 60, z + 20);
  const front = 7;
  const between = Math.max(spine, vessels, front, 16 * upper) - side;
  const heart = -ellipsoidDistance(x - HEART.x, y - HEART.y, z - HEART.z, HEART.rx, HEART.ry, HEART.rz);
  const arch = -ellipsoidDistance(x - 20, y - 8, z - 34, 17, 30, 19);
  return Math.max(wall, between, heart, arch, -aboveDiaphragm(x, y, z), z - 116);
}
