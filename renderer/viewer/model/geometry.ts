import type { ImagePoint, MeasurementKind } from './measurement.ts';

/** How far one pixel reaches across and down, in any unit. */
export interface PixelSize {
  readonly columnMm: number;
  readonly rowMm: number;
}

type Vector = readonly [x: number, y: number];

const between = (from: ImagePoint, to: ImagePoint, { columnMm, rowMm }: PixelSize): Vector => [
  (to[0] - from[0]) * columnMm,
  (to[1] - from[1]) * rowMm,
];

export const distance = (from: ImagePoint, to: ImagePoint, size: PixelSize): number =>
  Math.hypot(...between(from, to, size));

const degreesBetween = ([ax, ay]: Vector, [bx, by]: Vector): number =>
  (Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * 180) / Math.PI;

/** At the vertex, between its two legs; 0 to 180. */
export const angleAt = (vertex: ImagePoint, one: ImagePoint, other: ImagePoint, size: PixelSize): number =>
  degreesBetween(between(vertex, one, size), between(vertex, other, size));

/** Between two end plates, each followed towards the ends that lie nearest to each other; over 90 where they converge so. */
export function cobbAngle(points: readonly ImagePoint[], size: PixelSize): number {
  const [a, b, c, d] = points as readonly [ImagePoint, ImagePoint, ImagePoint, ImagePoint];
  const pairs: readonly [far: ImagePoint, near: ImagePoint, nearOther: ImagePoint, farOther: ImagePoint][] = [
    [a, b, c, d],
    [a, b, d, c],
    [b, a, c, d],
    [b, a, d, c],
  ];
  const [far, near, nearOther, farOther] = pairs.reduce((best, pair) =>
    distance(pair[1], pair[2], size) < distance(best[1], best[2], size) ? pair : best,
  );
  return degreesBetween(between(far, near, size), between(farOther, nearOther, size));
}

/** Where a line from `start`, at right angles to the axis, comes nearest to the pointer. */
export function acrossAxis(
  [from, to]: readonly [ImagePoint, ImagePoint],
  start: ImagePoint,
  pointer: ImagePoint,
  size: PixelSize,
): ImagePoint {
  const [x, y] = between(from, to, size);
  const long = Math.hypot(x, y);
  if (long === 0) return pointer;
  const across: Vector = [-y / long, x / long];
  const towards = between(start, pointer, size);
  const reach = towards[0] * across[0] + towards[1] * across[1];
  return [start[0] + (across[0] * reach) / size.columnMm, start[1] + (across[1] * reach) / size.rowMm];
}

/** A point that goes along when its axis is moved: as far along it in proportion, as far beside it in millimetres. */
export function carried(
  [from, to]: readonly [ImagePoint, ImagePoint],
  [newFrom, newTo]: readonly [ImagePoint, ImagePoint],
  point: ImagePoint,
  size: PixelSize,
): ImagePoint {
  const [x, y] = between(from, to, size);
  const [newX, newY] = between(newFrom, newTo, size);
  const [long, newLong] = [Math.hypot(x, y), Math.hypot(newX, newY)];
  if (long === 0 || newLong === 0) return point;
  const [px, py] = between(from, point, size);
  const along = (px * x + py * y) / long ** 2;
  const beside = (py * x - px * y) / long / newLong;
  return [
    newFrom[0] + (along * newX - beside * newY) / size.columnMm,
    newFrom[1] + (along * newY + beside * newX) / size.rowMm,
  ];
}

/** What lies inside the drawn outline, in the square of the unit of `size`; an outline that crosses itself is no matter. */
export function areaOf(kind: MeasurementKind, points: readonly ImagePoint[], size: PixelSize): number {
  const [a, b] = points;
  if (!a || !b) return 0;
  const [width, height] = between(a, b, size);
  if (kind === 'rectangle') return Math.abs(width * height);
  if (kind === 'ellipse') return (Math.PI / 4) * Math.abs(width * height);
  const twice = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return (Math.abs(twice) / 2) * size.columnMm * size.rowMm;
}

/** Pixels side by side in one row, both ends included. */
export interface Run {
  readonly row: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The pixels whose centre lies inside the drawn outline, for rectangle and ellipse also on it, in rows `firstRow` to
 * `lastRow`. An outline that crosses itself counts as it is filled by even and odd.
 */
export function runsInside(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  firstRow: number,
  lastRow: number,
): Run[] {
  const [a, b] = points;
  if (!a || !b) return [];
  if (kind === 'freehand') return runsOfOutline(points, firstRow, lastRow);
  const [middle, radius] = [(a[1] + b[1]) / 2, Math.abs(b[1] - a[1]) / 2];
  const [centre, halfWidth] = [(a[0] + b[0]) / 2, Math.abs(b[0] - a[0]) / 2];
  const runs: Run[] = [];
  for (let row = Math.max(firstRow, Math.ceil(middle - radius)); row <= Math.min(lastRow, middle + radius); row += 1) {
    const part = kind === 'rectangle' ? 1 : radius === 0 ? 0 : Math.sqrt(1 - ((row - middle) / radius) ** 2);
    runs.push({ row, first: Math.ceil(centre - halfWidth * part), last: Math.floor(centre + halfWidth * part) });
  }
  return runs;
}

function runsOfOutline(points: readonly ImagePoint[], firstRow: number, lastRow: number): Run[] {
  /** Where the outline crosses each row. */
  const crossed = new Map<number, number[]>();
  points.forEach(([fromX, fromY], index) => {
    const [toX, toY] = points[(index + 1) % points.length]!;
    const end = Math.min(lastRow, Math.ceil(Math.max(fromY, toY)) - 1);
    for (let row = Math.max(firstRow, Math.ceil(Math.min(fromY, toY))); row <= end; row += 1) {
      const x = fromX + ((row - fromY) / (toY - fromY)) * (toX - fromX);
      const others = crossed.get(row);
      if (others) others.push(x);
      else crossed.set(row, [x]);
    }
  });
  return [...crossed].flatMap(([row, places]) => {
    const sorted = places.sort((one, other) => one - other);
    return sorted.flatMap((left, index) =>
      index % 2 === 0 ? [{ row, first: Math.ceil(left), last: Math.ceil(sorted[index + 1] ?? left) - 1 }] : [],
    );
  });
}
