import { bump, ellipsoidDistance, mix, smoothStep } from '../field/shapes.ts';
import type { ValueNoise } from '../field/value-noise.ts';

/** Where a point lies between scalp and brain. Millimetres, LPS, z = 0 at the level of the orbital roofs. */
export interface HeadDepth {
  /** Distance to the outer table of the vault, negative inside. */
  outer: number;
  /** Depth below the inner table and above the skull base; positive inside the cranial cavity. */
  inner: number;
  /** Height above the skull base surface, positive above. */
  base: number;
  scalpMm: number;
  tableMm: number;
}

const CENTER_Y = 4;
const CENTER_Z = 26;
/** Half width, half length and half height of the outer table. */
const RADII = { x: 71, y: 90, z: 88 };

/** Height of the inner skull base: anterior fossa highest, posterior fossa lowest, the petrous ridge between. */
function baseHeight(x: number, y: number): number {
  const side = Math.abs(x);
  const anterior = 3 - 5 * bump(side, 0, 14) + 4 * bump(side, 30, 16);
  const middle = -25 + 19 * bump(side, 0, 15);
  const posterior = -52;
  const ridge = 26 - 0.55 * (side - 20);
  const toMiddle = smoothStep(-36, -24, y + 0.25 * side);
  const toPosterior = smoothStep(ridge - 26, ridge - 10, y);
  return mix(mix(anterior, middle, toMiddle), posterior, toPosterior);
}

/** Everything the tissues need to know about a place, written into `depth`: this runs 200 000 times a slice. */
export function measureDepth(depth: HeadDepth, x: number, y: number, z: number, noise: ValueNoise): void {
  const dz = z - CENTER_Z;
  const tall = dz > 0 ? dz : dz * 0.5;
  const behind = y > 0 ? 1 : 1 + 0.1 * smoothStep(0, 80, -y);
  const outer = ellipsoidDistance(x * behind, y - CENTER_Y, tall, RADII.x, RADII.y, RADII.z);
  depth.outer = outer;
  depth.scalpMm = 0;
  if (outer > 20) return;
  const tableMm = 6.2 + 1.4 * noise.at(x / 34, y / 34, z / 34) + 1.6 * bump(y, 88, 18) + 1.2 * bump(y, -82, 14);
  const temporal = outer < -1 ? 0 : 9 * bump(y, -28, 26) * smoothStep(48, 5, z) * smoothStep(30, 58, Math.abs(x));
  const scalpMm =
    outer < -1 ? 5.4 : 5.4 + temporal + 1.2 * bump(y, 96, 20) + 0.8 * noise.at(x / 50, y / 50, z / 50 + 5);
  const base = (z - baseHeight(x, y)) * 0.75;
  depth.base = base;
  depth.scalpMm = scalpMm;
  depth.tableMm = tableMm;
  depth.inner = Math.min(-outer - tableMm, base > 0 ? base * 2.2 : base);
}
