import { paint, type Box, type Distance, type Grid, type Paint } from './grid.ts';

/** First-order distance to an ellipse around the origin. */
export function ellipseDistance(x: number, y: number, rx: number, ry: number): number {
  const u = x / (rx * rx);
  const v = y / (ry * ry);
  const q = x * u + y * v;
  if (q < 1e-6) return -Math.min(rx, ry);
  const root = Math.sqrt(q);
  return ((root - 1) * root) / Math.sqrt(u * u + v * v);
}

/** First-order distance to an ellipsoid around the origin. */
export function ellipsoidDistance(x: number, y: number, z: number, rx: number, ry: number, rz: number): number {
  const u = x / (rx * rx);
  const v = y / (ry * ry);
  const w = z / (rz * rz);
  const q = x * u + y * v + z * w;
  if (q < 1e-6) return -Math.min(rx, ry, rz);
  const root = Math.sqrt(q);
  return ((root - 1) * root) / Math.sqrt(u * u + v * v + w * w);
}

/** Rounded union: shapes flow into each other within `blend` millimetres. */
export function smoothMin(a: number, b: number, blend: number): number {
  const h = Math.max(0, blend - Math.abs(a - b)) / blend;
  return Math.min(a, b) - (h * h * blend) / 4;
}

export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;

export function smoothStep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** A bell of height 1, close to a Gaussian, exactly 0 beyond two widths; far cheaper than an exponential. */
export function bump(value: number, center: number, width: number): number {
  const t = (value - center) / (2 * width);
  const inside = 1 - t * t;
  if (inside <= 0) return 0;
  const squared = inside * inside;
  return squared * squared;
}

export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  /** Degrees, from the x axis towards y. */
  readonly angle?: number;
}

function ellipseField({ x, y, rx, ry, angle = 0 }: Ellipse): { box: Box; distance: Distance } {
  const cosine = Math.cos((angle * Math.PI) / 180);
  const sine = Math.sin((angle * Math.PI) / 180);
  const halfX = Math.hypot(rx * cosine, ry * sine);
  const halfY = Math.hypot(rx * sine, ry * cosine);
  return {
    box: { x0: x - halfX, x1: x + halfX, y0: y - halfY, y1: y + halfY },
    distance: (px, py) => {
      const dx = px - x;
      const dy = py - y;
      return ellipseDistance(dx * cosine + dy * sine, dy * cosine - dx * sine, rx, ry);
    },
  };
}

export function paintEllipse(grid: Grid, ellipse: Ellipse, value: Paint, softMm?: number): void {
  if (ellipse.rx <= 0 || ellipse.ry <= 0) return;
  const field = ellipseField(ellipse);
  paint(grid, field.box, field.distance, value, softMm);
}

export interface Ellipsoid extends Ellipse {
  readonly z: number;
  readonly rz: number;
}

/** The cut of an ellipsoid by the plane z; nothing where the plane misses it. */
function cutEllipsoid(body: Ellipsoid, z: number): Ellipse | undefined {
  const t = (z - body.z) / body.rz;
  if (Math.abs(t) >= 1) return undefined;
  const scale = Math.sqrt(1 - t * t);
  return { x: body.x, y: body.y, rx: body.rx * scale, ry: body.ry * scale, angle: body.angle ?? 0 };
}

export function paintEllipsoid(grid: Grid, z: number, body: Ellipsoid, value: Paint, softMm?: number): void {
  const cut = cutEllipsoid(body, z);
  if (cut !== undefined) paintEllipse(grid, cut, value, softMm);
}

export interface TubePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly r: number;
}

/** Distance from a point to a tapered tube between two points. */
export function tubeDistance(x: number, y: number, z: number, a: TubePoint, b: TubePoint): number {
  const bx = b.x - a.x;
  const by = b.y - a.y;
  const bz = b.z - a.z;
  const length = bx * bx + by * by + bz * bz;
  const along = length === 0 ? 0 : clamp(((x - a.x) * bx + (y - a.y) * by + (z - a.z) * bz) / length, 0, 1);
  const dx = x - a.x - bx * along;
  const dy = y - a.y - by * along;
  const dz = z - a.z - bz * along;
  return Math.sqrt(dx * dx + dy * dy + dz * dz) - (a.r + (b.r - a.r) * along);
}

/** A chain of tapered tubes, cut by the plane z. */
export function paintTube(grid: Grid, z: number, points: readonly TubePoint[], value: Paint, softMm?: number): void {
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const reach = Math.max(a.r, b.r) + grid.spacingMm;
    if (z < Math.min(a.z, b.z) - reach || z > Math.max(a.z, b.z) + reach) continue;
    const box = {
      x0: Math.min(a.x, b.x) - reach,
      x1: Math.max(a.x, b.x) + reach,
      y0: Math.min(a.y, b.y) - reach,
      y1: Math.max(a.y, b.y) + reach,
    };
    paint(grid, box, (x, y) => tubeDistance(x, y, z, a, b), value, softMm);
  }
}

export const mirrored = (points: readonly TubePoint[]): TubePoint[] => points.map((p) => ({ ...p, x: -p.x }));
