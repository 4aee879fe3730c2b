import type { ImageFacts, Vector3 } from './image-facts.ts';
import type { ImagePoint } from './measurement.ts';
import { cross, dot } from './read-image-facts.ts';
import { between, lengthOf } from './vector.ts';

/** Closer to parallel than ten degrees the line would run away with the least turn of the patient. */
const LEAST_SINE = Math.sin((10 * Math.PI) / 180);

type Slice = Pick<ImageFacts, 'position' | 'orientation' | 'frameOfReferenceUid' | 'spacing' | 'rows' | 'columns'>;

/** The part of the line `a·x + b·y = c` within the image, to the outer edges of its pixels; undefined where it misses it. */
function within(a: number, b: number, c: number, columns: number, rows: number): [ImagePoint, ImagePoint] | undefined {
  const [left, top, right, bottom] = [-0.5, -0.5, columns - 0.5, rows - 0.5];
  const points: ImagePoint[] = [];
  for (const x of [left, right]) {
    const y = (c - a * x) / b;
    if (b !== 0 && y >= top && y <= bottom) points.push([x, y]);
  }
  for (const y of [top, bottom]) {
    const x = (c - b * y) / a;
    if (a !== 0 && x >= left && x <= right) points.push([x, y]);
  }
  const [first] = points;
  const far = first && points.find(([x, y]) => Math.hypot(x - first[0], y - first[1]) > 1e-6);
  return first && far ? [first, far] : undefined;
}

/** How far the ends of the line reach into the other slice, along its rows and columns; true where they touch it. */
function touches(slice: Slice, corner: Vector3, ends: readonly Vector3[]): boolean {
  const { row, column } = slice.orientation!;
  const reach = (way: Vector3, size: number) => {
    const places = ends.map((end) => dot(between(corner, end), way));
    return Math.max(...places) >= 0 && Math.min(...places) <= size;
  };
  return reach(row, slice.columns * slice.spacing.columnMm) && reach(column, slice.rows * slice.spacing.rowMm);
}

/**
 * Where another slice cuts this image, in image pixels. Undefined where nothing may be said: another frame of reference (PS3.3
 * C.7.4.1), no geometry, planes nearly parallel, or no place in common.
 */
export function referenceLine(on: Slice, of: Slice): readonly [ImagePoint, ImagePoint] | undefined {
  if (on.frameOfReferenceUid === undefined || on.frameOfReferenceUid !== of.frameOfReferenceUid) return undefined;
  if (!on.position || !on.orientation || !of.position || !of.orientation) return undefined;
  if (on.spacing.kind !== 'patient' || of.spacing.kind !== 'patient') return undefined;
  const { row, column } = on.orientation;
  const normal = cross(of.orientation.row, of.orientation.column);
  if (lengthOf(cross(normal, cross(row, column))) < LEAST_SINE) return undefined;
  const { columnMm, rowMm } = on.spacing;
  const [a, b] = [dot(row, normal) * columnMm, dot(column, normal) * rowMm];
  const line = within(a, b, dot(between(on.position, of.position), normal), on.columns, on.rows);
  if (!line) return undefined;
  const { position } = on;
  const places = line.map(([x, y]): Vector3 => {
    const at = (axis: 0 | 1 | 2) => position[axis] + row[axis] * x * columnMm + column[axis] * y * rowMm;
    return [at(0), at(1), at(2)];
  });
  return touches(of, of.position, places) ? line : undefined;
}
