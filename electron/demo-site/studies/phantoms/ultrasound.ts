import { blur } from '../field/filters.ts';
import { createRandom, normal, seedFrom } from '../field/random.ts';
import { bump, clamp, ellipsoidDistance, smoothStep, tubeDistance, type TubePoint } from '../field/shapes.ts';
import { createValueNoise, type ValueNoise } from '../field/value-noise.ts';

export type UltrasoundScene = 'gallbladder' | 'kidney' | 'portal-doppler';

/** The sector on the screen, in pixels; depth 150 mm over its radius. */
export const SCREEN = { columns: 800, rows: 600, apexX: 400, apexY: -40, near: 78, far: 570, halfAngle: 0.62 } as const;
export const MM_PER_PIXEL = 150 / (SCREEN.far - SCREEN.near);
/** Colour box in depth (mm) and angle. */
const BOX = { near: 48, far: 112, left: -0.3, right: 0.26 };

const PORTAL: readonly TubePoint[] = [
  { x: -52, y: 96, z: 0, r: 6 },
  { x: -18, y: 82, z: 0, r: 7 },
  { x: 12, y: 72, z: 0, r: 6.2 },
  { x: 34, y: 60, z: 0, r: 4.5 },
];
const ARTERY: readonly TubePoint[] = [
  { x: -40, y: 84, z: 0, r: 2.2 },
  { x: 14, y: 63, z: 0, r: 2 },
];

const RADII = 512;
const ANGLES = 320;

/** A machine holding still: B-mode once in polar form, then as many frames as asked for. */
export function createUltrasound(scene: UltrasoundScene, seed: number): { frame(time: number): Uint8Array } {
  const noise = createValueNoise(seedFrom(seed, 'us', scene));
  const brightness = polarPicture(scene, seed, noise);
  const lookup = screenLookup();
  const flow = scene === 'portal-doppler' ? flowMap() : undefined;
  return { frame: (time) => composeFrame(flow, brightness, lookup, noise, time) };
}

/** Log-compressed brightness 0..1 by depth and angle: tissue times Rayleigh speckle, with attenuation, shadows and gain. */
function polarPicture(scene: UltrasoundScene, seed: number, noise: ValueNoise): Float32Array {
  const random = createRandom(seedFrom(seed, 'speckle', scene));
  const real = new Float32Array(RADII * ANGLES);
  const imaginary = new Float32Array(RADII * ANGLES);
  for (let index = 0; index < real.length; index += 1) {
    real[index] = normal(random);
    imaginary[index] = normal(random);
  }
  blur(real, ANGLES, RADII, 1);
  blur(imaginary, ANGLES, RADII, 1);
  const out = new Float32Array(RADII * ANGLES);
  for (let column = 0; column < ANGLES; column += 1) {
    const angle = (column / (ANGLES - 1) - 0.5) * 2 * SCREEN.halfAngle;
    let shadow = 1;
    let boost = 1;
    for (let row = 0; row < RADII; row += 1) {
      const depth = (row / RADII) * 150;
      const radius = depth + SCREEN.near * MM_PER_PIXEL;
      const x = Math.sin(angle) * radius;
      const y = Math.cos(angle) * radius - SCREEN.near * MM_PER_PIXEL;
      const tissue = echo(scene, x, y, noise);
      if (tissue.blocks) shadow = Math.max(0.12, shadow - 0.25);
      if (tissue.clear) boost = Math.min(1.6, boost + 0.006);
      const index = row * ANGLES + column;
      const speckle = Math.hypot(real[index]!, imaginary[index]!) * 2.2;
      const far = 1 - 0.35 * smoothStep(110, 150, depth);
      const amplitude = tissue.strength * speckle * shadow * boost * far + 0.004;
      out[index] = clamp((Math.log10(amplitude) + 2.1) / 2.5, 0, 1);
    }
  }
  return out;
}

interface Echo {
  readonly strength: number;
  readonly blocks?: boolean;
  readonly clear?: boolean;
}

function echo(scene: UltrasoundScene, x: number, y: number, noise: ValueNoise): Echo {
  if (y < 9) return { strength: 0.7 + 0.9 * bump(y % 4, 2, 0.5) };
  if (y < 20) return { strength: 0.32 + 0.5 * smoothStep(0.25, 0.6, noise.at(x / 9, y / 1.8, 2)) };
  const wobble = 2 * noise.at(x / 22, y / 22, 1);
  const diaphragm = 128 - 0.0042 * (x + 12) * (x + 12) + wobble;
  if (Math.abs(y - diaphragm) < 1.7) return { strength: 3.4 };
  if (y > diaphragm) return { strength: 0.13 + 0.25 * bump(y, diaphragm + 8, 5) };
  let strength = 0.36 * (1 + 0.25 * noise.fractal(x / 12, y / 12, 6, 3));
  // Liver veins: dark, without bright walls. Portal branches: bright walls.
  const vein = tubeDistance(x, y, 0, { x: 44, y: 42, z: 0, r: 2 }, { x: 10, y: 118, z: 0, r: 4.5 }) + wobble * 0.4;
  if (vein < 0 && scene !== 'kidney') return { strength: 0.016, clear: true };
  if (scene === 'gallbladder') {
    const gallbladder =
      ellipsoidDistance((x + 14) * 0.9 + (y - 74) * 0.42, (y - 74) * 0.9 - (x + 14) * 0.42, 0, 34, 13, 20) +
      wobble * 0.3;
    const stone = ellipsoidDistance(x + 26, y - 71 - 6, 0, 5, 3.6, 4);
    if (stone < 0 && gallbladder < 1) return { strength: stone > -1.6 && y < 79 ? 4.2 : 0.9, blocks: true };
    if (gallbladder < 0) return { strength: 0.012, clear: true };
    if (gallbladder < 2.2) return { strength: 1.1 };
  }
  if (scene === 'kidney') {
    const kidney =
      ellipsoidDistance((x - 4) * 0.94 - (y - 88) * 0.34, (y - 88) * 0.94 + (x - 4) * 0.34, 0, 50, 24, 24) +
      wobble * 0.5;
    if (kidney < 0) {
      const sinus = ellipsoidDistance(
        (x - 4) * 0.94 - (y - 88) * 0.34,
        (y - 88) * 0.94 + (x - 4) * 0.34,
        0,
        31,
        9.5,
        9,
      );
      if (sinus < 3 * noise.at(x / 6, y / 6, 3)) return { strength: 1.25 };
      const pyramid = smoothStep(0.1, 0.35, noise.at(x / 9, y / 11, 8)) * smoothStep(-2, -7, kidney);
      return { strength: 0.25 - 0.15 * pyramid };
    }
    if (kidney < 2) return { strength: 1.3 };
  }
  if (scene === 'portal-doppler') {
    const portal = chainDistance(x, y, PORTAL);
    const artery = chainDistance(x, y, ARTERY);
    if (Math.min(portal, artery) < 0) return { strength: 0.014, clear: true };
    if (portal < 2.2) return { strength: 1.7 };
  }
  const branches = Math.abs(noise.fractal(x / 24 + 9, y / 24, 11, 2));
  if (branches < 0.012) strength *= 3;
  return { strength };
}

function chainDistance(x: number, y: number, points: readonly TubePoint[]): number {
  let nearest = Infinity;
  for (let index = 1; index < points.length; index += 1)
    nearest = Math.min(nearest, tubeDistance(x, y, 0, points[index - 1]!, points[index]!));
  return nearest;
}

interface Lookup {
  /** Depth and angle of each screen pixel in raster units; −1 outside the sector. */
  readonly row: Float32Array;
  readonly column: Float32Array;
}

function screenLookup(): Lookup {
  const { columns, rows, apexX, apexY, near, far, halfAngle } = SCREEN;
  const row = new Float32Array(columns * rows).fill(-1);
  const column = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const radius = Math.hypot(x - apexX, y - apexY);
      const angle = Math.atan2(x - apexX, y - apexY);
      if (radius < near || radius >= far - 1 || Math.abs(angle) > halfAngle) continue;
      row[y * columns + x] = ((radius - near) / (far - near)) * RADII;
      column[y * columns + x] = (angle / halfAngle / 2 + 0.5) * (ANGLES - 1);
    }
  }
  return { row, column };
}

function composeFrame(
  flow: FlowMap | undefined,
  brightness: Float32Array,
  lookup: Lookup,
  noise: ValueNoise,
  time: number,
): Uint8Array {
  const { columns, rows } = SCREEN;
  const rgb = new Uint8Array(columns * rows * 3);
  const breath = 3.2 * Math.sin(time * 2 * Math.PI * 0.25);
  for (let pixel = 0; pixel < columns * rows; pixel += 1) {
    const r = lookup.row[pixel]!;
    if (r < 0) continue;
    const moved = clamp(r + breath * smoothStep(20, 120, r), 0, RADII - 1.01);
    const grey = sample(brightness, moved, lookup.column[pixel]!) * 235;
    let red = grey;
    let green = grey;
    let blue = grey * 1.02;
    if (flow !== undefined) {
      const index = (moved | 0) * ANGLES + Math.round(lookup.column[pixel]!);
      const speed = speedAt(flow, index, time, noise);
      if (flow.box[index] === 2) red = green = blue = 170;
      else if (Math.abs(speed) > 0.08) {
        const s = Math.min(1, Math.abs(speed));
        red = speed > 0 ? 120 + 135 * s : 10 * s;
        green = speed > 0 ? 200 * s * s : 150 * s * s;
        blue = speed > 0 ? 20 * s : 120 + 135 * s;
      }
    }
    rgb[pixel * 3] = red;
    rgb[pixel * 3 + 1] = green;
    rgb[pixel * 3 + 2] = Math.min(255, blue);
  }
  drawScales(rgb, flow !== undefined);
  return rgb;
}

function sample(polar: Float32Array, row: number, column: number): number {
  const r = row | 0;
  const c = Math.min(ANGLES - 2, column | 0);
  const v = row - r;
  const u = column - c;
  const at = r * ANGLES + c;
  const upper = polar[at]! + (polar[at + 1]! - polar[at]!) * u;
  const lower = polar[at + ANGLES]! + (polar[at + ANGLES + 1]! - polar[at + ANGLES]!) * u;
  return upper + (lower - upper) * v;
}

/** What the colour box covers, on the polar raster: distances into the two vessels, and the box's own edge. */
interface FlowMap {
  readonly portal: Float32Array;
  readonly artery: Float32Array;
  /** 0 outside the box, 1 inside, 2 its edge. */
  readonly box: Uint8Array;
}

function flowMap(): FlowMap {
  const portal = new Float32Array(RADII * ANGLES).fill(99);
  const artery = new Float32Array(RADII * ANGLES).fill(99);
  const box = new Uint8Array(RADII * ANGLES);
  for (let row = 0; row < RADII; row += 1) {
    const depth = (row / RADII) * 150;
    if (depth <= BOX.near || depth >= BOX.far) continue;
    for (let column = 0; column < ANGLES; column += 1) {
      const angle = (column / (ANGLES - 1) - 0.5) * 2 * SCREEN.halfAngle;
      if (angle <= BOX.left || angle >= BOX.right) continue;
      const index = row * ANGLES + column;
      const isEdge =
        depth < BOX.near + 0.5 || depth > BOX.far - 0.5 || angle < BOX.left + 0.004 || angle > BOX.right - 0.004;
      box[index] = isEdge ? 2 : 1;
      const radius = depth + SCREEN.near * MM_PER_PIXEL;
      const x = Math.sin(angle) * radius;
      const y = Math.cos(angle) * radius - SCREEN.near * MM_PER_PIXEL;
      portal[index] = chainDistance(x, y, PORTAL);
      artery[index] = chainDistance(x, y, ARTERY);
    }
  }
  return { portal, artery, box };
}

/** Portal flow is steady with breathing waves; the artery beside it beats 72 times a minute, away from the probe. */
function speedAt(map: FlowMap, index: number, time: number, noise: ValueNoise): number {
  const portal = map.portal[index]!;
  const artery = map.artery[index]!;
  if (portal >= -0.6 && artery >= -0.2) return 0;
  const flicker = 0.12 * noise.at((index % ANGLES) / 3, index / ANGLES / 5, time * 9);
  if (portal < -0.6) {
    const parabola = clamp(-portal / 5, 0, 1);
    return (0.35 + 0.55 * parabola) * (0.8 + 0.2 * Math.sin(time * 2 * Math.PI * 0.25)) + flicker;
  }
  const phase = (time * 1.2) % 1;
  return -clamp(0.3 + 0.9 * bump(phase, 0.18, 0.1) + 0.25 * bump(phase, 0.45, 0.15), 0, 1.1) * 0.85 + flicker;
}

/** Grey and colour bars and a centimetre scale, as machines draw them. */
function drawScales(rgb: Uint8Array, hasColour: boolean): void {
  const put = (x: number, y: number, r: number, g: number, b: number): void => {
    const at = (y * SCREEN.columns + x) * 3;
    rgb[at] = r;
    rgb[at + 1] = g;
    rgb[at + 2] = b;
  };
  for (let y = 60; y < 220; y += 1) {
    const level = Math.round(255 * (1 - (y - 60) / 160));
    for (let x = 20; x < 34; x += 1) put(x, y, level, level, level);
    if (!hasColour) continue;
    const speed = 1 - (y - 60) / 80;
    const s = Math.abs(speed);
    for (let x = 44; x < 58; x += 1) {
      if (speed > 0) put(x, y, 120 + 135 * s, 200 * s * s, 20 * s);
      else put(x, y, 10 * s, 150 * s * s, 120 + 135 * s);
    }
  }
  for (let cm = 0; cm <= 15; cm += 1) {
    const y = Math.round(SCREEN.apexY + SCREEN.near + (cm * 10) / MM_PER_PIXEL);
    for (let x = 770; x < (cm % 5 === 0 ? 790 : 780); x += 1) if (y < SCREEN.rows) put(x, y, 200, 200, 200);
  }
}
