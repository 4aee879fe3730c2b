import { createRandom, normal } from './random.ts';

/** Separable binomial blur [1 2 1]/4, `passes` times; the buffer is changed in place. */
export function blur(values: Float32Array, columns: number, rows: number, passes: number): void {
  const line = new Float32Array(Math.max(columns, rows));
  for (let pass = 0; pass < passes; pass += 1) {
    for (let row = 0; row < rows; row += 1) {
      const start = row * columns;
      let before = values[start]!;
      let here = before;
      for (let column = 0; column < columns; column += 1) {
        const after = column + 1 < columns ? values[start + column + 1]! : here;
        values[start + column] = (before + 2 * here + after) * 0.25;
        before = here;
        here = after;
      }
    }
    const above = line.subarray(0, columns);
    above.set(values.subarray(0, columns));
    for (let row = 0; row < rows; row += 1) {
      const start = row * columns;
      const next = row + 1 < rows ? start + columns : start;
      for (let column = 0; column < columns; column += 1) {
        const here = values[start + column]!;
        values[start + column] = (above[column]! + 2 * here + values[next + column]!) * 0.25;
        above[column] = here;
      }
    }
  }
}

/** Gaussian blur by three box filters per axis: the cost does not grow with sigma. */
export function gaussianBlur(values: Float32Array, columns: number, rows: number, sigma: number): void {
  const radius = Math.max(1, Math.round(Math.sqrt((12 * sigma * sigma) / 3 + 1) / 2 - 0.5));
  const line = new Float32Array(Math.max(columns, rows));
  const run = (start: number, stride: number, count: number): void => {
    let sum = values[start]! * radius;
    for (let k = 0; k < radius; k += 1) sum += values[start + Math.min(count - 1, k) * stride]!;
    for (let k = 0; k < count; k += 1) {
      sum += values[start + Math.min(count - 1, k + radius) * stride]!;
      line[k] = sum / (2 * radius + 1);
      sum -= values[start + Math.max(0, k - radius) * stride]!;
    }
    for (let k = 0; k < count; k += 1) values[start + k * stride] = line[k]!;
  };
  // The starting sum holds -radius..radius-1 with the edge repeated; each step adds its far end first.
  for (let pass = 0; pass < 3; pass += 1) {
    for (let row = 0; row < rows; row += 1) run(row * columns, 1, columns);
    for (let column = 0; column < columns; column += 1) run(column, columns, rows);
  }
}

export interface GrainTile {
  /** Adds grain of this standard deviation; each `turn` gives another pattern. */
  add(values: Float32Array, columns: number, rows: number, deviation: number, turn: number): void;
}

const SIDE = 512;

/** Correlated Gaussian grain, standard deviation 1, made once and laid over pictures at shifting places: as good as fresh and cheap. */
export function createGrain(seed: number, blurPasses: number): GrainTile {
  const random = createRandom(seed);
  const tile = new Float32Array(SIDE * SIDE);
  for (let index = 0; index < tile.length; index += 1) tile[index] = normal(random);
  blur(tile, SIDE, SIDE, blurPasses);
  let squares = 0;
  for (const value of tile) squares += value * value;
  const scale = 1 / Math.sqrt(squares / tile.length);
  for (let index = 0; index < tile.length; index += 1) tile[index] = tile[index]! * scale;
  return {
    add(values, columns, rows, deviation, turn) {
      const place = createRandom(seed ^ Math.imul(turn + 1, 0x9e3779b1));
      const ax = (place() * SIDE) | 0;
      const ay = (place() * SIDE) | 0;
      const bx = (place() * SIDE) | 0;
      const by = (place() * SIDE) | 0;
      const weight = deviation * Math.SQRT1_2;
      for (let row = 0; row < rows; row += 1) {
        const first = ((row + ay) & (SIDE - 1)) * SIDE;
        const second = ((by - row) & (SIDE - 1)) * SIDE;
        for (let column = 0; column < columns; column += 1) {
          const grain = tile[first + ((column + ax) & (SIDE - 1))]! + tile[second + ((bx - column) & (SIDE - 1))]!;
          values[row * columns + column] = values[row * columns + column]! + grain * weight;
        }
      }
    },
  };
}
