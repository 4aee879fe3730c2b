import type { ImagePoint } from '../model/measurement.ts';
import { fromPosition } from '../model/reported-measurement.ts';

/** More points than this are no drawing of a person or a program, and would hold up the screen. */
export const MOST_POINTS = 50_000;
const CURVE_STEPS = 72;

/** Pairs of Graphic Data (PS3.3 C.10.5, C.18.6) from the corner of the first pixel as points from its centre; half a pair is no point. */
export function pointsOf(data: readonly number[]): ImagePoint[] {
  const points: ImagePoint[] = [];
  for (let at = 0; at + 1 < data.length && points.length < MOST_POINTS; at += 2)
    points.push(fromPosition([data[at]!, data[at + 1]!]));
  return points;
}

const around = (
  [x, y]: ImagePoint,
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): ImagePoint[] =>
  Array.from({ length: CURVE_STEPS + 1 }, (_, step): ImagePoint => {
    const angle = (step / CURVE_STEPS) * 2 * Math.PI;
    return [x + ax * Math.cos(angle) + bx * Math.sin(angle), y + ay * Math.cos(angle) + by * Math.sin(angle)];
  });

/** The lines of one graphic; undefined for a type of shape the standard does not know, or one with too few points. */
export function linesOf(type: string, points: readonly ImagePoint[]): readonly (readonly ImagePoint[])[] | undefined {
  const [a, b, c, d] = points;
  if (!a) return undefined;
  switch (type) {
    case 'POINT':
    case 'MULTIPOINT':
      return points.map((point) => [point]);
    case 'POLYLINE':
      return [points];
    case 'INTERPOLATED':
      return [throughPoints(points)];
    case 'POLYGON':
      return [[...points, a]];
    case 'CIRCLE': {
      if (!b) return undefined;
      const radius = Math.hypot(b[0] - a[0], b[1] - a[1]);
      return [around(a, [radius, 0], [0, radius])];
    }
    case 'ELLIPSE': {
      if (!b || !c || !d) return undefined;
      const middle: ImagePoint = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const half = (from: ImagePoint, to: ImagePoint) => [(to[0] - from[0]) / 2, (to[1] - from[1]) / 2] as const;
      return [around(middle, half(a, b), half(c, d))];
    }
    default:
      return undefined;
  }
}

const CURVE_PARTS = 8;
/** A curve through all points (Catmull-Rom): C.10.5.1.2 leaves the kind of curve open. */
function throughPoints(points: readonly ImagePoint[]): ImagePoint[] {
  const last = points.length - 1;
  if (last < 2 || last > MOST_POINTS / CURVE_PARTS) return [...points];
  const at = (index: number): ImagePoint => points[Math.min(last, Math.max(0, index))]!;
  const curve: ImagePoint[] = [at(0)];
  for (let index = 0; index < last; index += 1) {
    const [p, q, r, s] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    for (let part = 1; part <= CURVE_PARTS; part += 1) {
      const t = part / CURVE_PARTS;
      const along = (axis: 0 | 1) =>
        0.5 *
        (2 * q[axis] +
          (r[axis] - p[axis]) * t +
          (2 * p[axis] - 5 * q[axis] + 4 * r[axis] - s[axis]) * t * t +
          (3 * q[axis] - p[axis] - 3 * r[axis] + s[axis]) * t * t * t);
      curve.push([along(0), along(1)]);
    }
  }
  return curve;
}
