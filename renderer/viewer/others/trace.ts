/** One outline: column, row, column, row… of corners of pixels, the corner before the first pixel being 0, 0; closed by itself. */
export type TracedOutline = readonly number[];

/** A mask of noise has outlines without end: past so many corners it is no region to look at. */
const MOST_CORNERS = 200_000;

const [RIGHT, DOWN, LEFT] = [0, 1, 2] as const;
const STEP = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * The outlines of all pixels of at least `least`, along their edges, filled pixels on the right hand: filled by even and odd they cover exactly
 * these pixels. Undefined where there are too many corners.
 */
export function traceRegion(
  samples: ArrayLike<number>,
  columns: number,
  rows: number,
  least: number,
): TracedOutline[] | undefined {
  const isIn = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < columns && row < rows && samples[row * columns + column]! >= least;
  // An outline is begun at each upper edge that none has gone along yet.
  const begun = new Uint8Array(columns * rows);
  const outlines: TracedOutline[] = [];
  let corners = 0;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      if (begun[row * columns + column] === 1 || !isIn(column, row) || isIn(column, row - 1)) continue;
      const outline = follow(column, row);
      corners += outline.length / 2;
      if (corners > MOST_CORNERS) return undefined;
      outlines.push(outline);
    }
  return outlines;

  function follow(startColumn: number, startRow: number): number[] {
    const outline: number[] = [startColumn, startRow];
    let [x, y]: [number, number] = [startColumn, startRow];
    let way: number = RIGHT;
    do {
      if (way === RIGHT) begun[y * columns + x] = 1;
      [x, y] = [x + STEP[way]![0], y + STEP[way]![1]];
      const next = turnAt(x, y, way);
      if (next !== way) outline.push(x, y);
      way = next;
    } while (x !== startColumn || y !== startRow || way !== RIGHT);
    return outline.slice(0, -2);
  }

  /** At a corner, with the region on the right: right again where it ends ahead, left where it goes on beyond. */
  function turnAt(x: number, y: number, way: number): number {
    const [aheadRight, aheadLeft] =
      way === RIGHT
        ? [isIn(x, y), isIn(x, y - 1)]
        : way === DOWN
          ? [isIn(x - 1, y), isIn(x, y)]
          : way === LEFT
            ? [isIn(x - 1, y - 1), isIn(x - 1, y)]
            : [isIn(x, y - 1), isIn(x - 1, y - 1)];
    if (!aheadRight) return (way + 1) % 4;
    return aheadLeft ? (way + 3) % 4 : way;
  }
}
