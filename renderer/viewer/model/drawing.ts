import { acrossAxis, carried } from './geometry.ts';
import type { ImageFacts } from './image-facts.ts';
import { KINDS, type ImagePoint, type Measurement, type MeasurementKind } from './measurement.ts';

/** A measurement under the reader's pointer: points that stand, and the one that still moves. */
export interface Drawing {
  readonly kind: MeasurementKind;
  readonly facts: ImageFacts;
  readonly fixed: readonly ImagePoint[];
  readonly moving: ImagePoint;
}

/** Fewer corners enclose nothing. */
const LEAST_OUTLINE = 3;

/** As a press of the button leaves it: a new drawing, or one point more. */
export function press(drawing: Drawing | undefined, kind: MeasurementKind, facts: ImageFacts, at: ImagePoint): Drawing {
  if (drawing === undefined) return { kind, facts, fixed: [at], moving: at };
  const point = lastPoint(drawing, at);
  return { ...drawing, fixed: [...drawing.fixed, point], moving: point };
}

/** The pointer has moved. `isHeld`: with the button down, when a free hand draws. */
export const move = (drawing: Drawing, at: ImagePoint, isHeld: boolean): Drawing =>
  drawing.kind === 'freehand' && isHeld
    ? { ...drawing, fixed: [...drawing.fixed, at], moving: at }
    : { ...drawing, moving: lastPoint(drawing, at) };

/** The button is let go; after a drag that sets a point, after a click it does not. */
export const release = (drawing: Drawing, wasDragged: boolean): Drawing =>
  wasDragged && drawing.kind !== 'freehand' && !isComplete(drawing)
    ? { ...drawing, fixed: [...drawing.fixed, drawing.moving] }
    : drawing;

/** The second axis of a bidirectional measurement stands at right angles to the first. */
function lastPoint({ kind, fixed, facts }: Drawing, at: ImagePoint): ImagePoint {
  const [from, to, start] = fixed;
  return kind === 'bidirectional' && from && to && start ? acrossAxis([from, to], start, at, facts.spacing) : at;
}

export const isComplete = ({ kind, fixed }: Drawing): boolean => fixed.length >= KINDS[kind].points;

/** A free hand's outline is over when the button is let go; too small a one is nothing. */
export const isOutline = ({ kind, fixed }: Drawing): boolean => kind === 'freehand' && fixed.length >= LEAST_OUTLINE;

/** What is on screen of it: the points that stand and the one under the pointer. */
export const drawnPoints = ({ kind, fixed, moving }: Drawing): readonly ImagePoint[] =>
  kind === 'freehand' || fixed.length >= KINDS[kind].points ? fixed : [...fixed, moving];

/** Part of a measurement that the pointer has hold of: one point, or all of it. */
export interface Grip {
  readonly measurement: Measurement;
  readonly point: number | undefined;
}

/** With one point elsewhere, or all of it; a bidirectional measurement keeps its right angle. */
export function dragged({ measurement, point }: Grip, from: ImagePoint, to: ImagePoint): Measurement {
  const { kind, points, facts } = measurement;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const isMoved = (index: number) => point === undefined || index === point;
  const moved = points.map((one, index): ImagePoint => (isMoved(index) ? [one[0] + dx, one[1] + dy] : one));
  if (kind !== 'bidirectional' || point === undefined) return { ...measurement, points: moved };
  const [a, b, c, d] = moved as [ImagePoint, ImagePoint, ImagePoint, ImagePoint];
  const axis = [a, b] as const;
  const across =
    point < 2
      ? [c, d].map((one) => carried([points[0]!, points[1]!], axis, one, facts.spacing))
      : point === 2
        ? [acrossAxis(axis, d, c, facts.spacing), d]
        : [c, acrossAxis(axis, c, d, facts.spacing)];
  return { ...measurement, points: [a, b, ...across] };
}

/** The lines a measurement is drawn with; a single point has none. */
export function strokes(kind: MeasurementKind, points: readonly ImagePoint[]): readonly (readonly ImagePoint[])[] {
  const [a, b] = points;
  switch (kind) {
    case 'bidirectional':
    case 'cobb':
      return [points.slice(0, 2), points.slice(2, 4)].filter((line) => line.length === 2);
    case 'rectangle':
      return a && b ? [[a, [b[0], a[1]], b, [a[0], b[1]], a]] : [];
    case 'ellipse':
      return a && b ? [ellipseOutline(a, b)] : [];
    case 'freehand':
      return a ? [[...points, a]] : [];
    default:
      return points.length > 1 ? [points] : [];
  }
}

const ELLIPSE_STEPS = 72;

function ellipseOutline(a: ImagePoint, b: ImagePoint): readonly ImagePoint[] {
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const [radiusX, radiusY] = [Math.abs(b[0] - a[0]) / 2, Math.abs(b[1] - a[1]) / 2];
  return Array.from({ length: ELLIPSE_STEPS + 1 }, (_, step): ImagePoint => {
    const angle = (step / ELLIPSE_STEPS) * 2 * Math.PI;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}
