import { isInside } from './geometry.ts';
import type { ImageFacts } from './image-facts.ts';
import type { ImagePoint, MeasurementKind, PixelValues } from './measurement.ts';

/** The samples of an image as decoded: stored values row by row, or colours with three or four bytes a pixel. */
export interface PixelBlock {
  readonly samples: ArrayLike<number>;
  readonly components: number;
}

/** Every pixel whose centre lies inside; none outside the image. Colour has no values of its own. */
export function valuesInside(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  { samples, components }: PixelBlock,
  facts: ImageFacts,
): PixelValues | undefined {
  if (components !== 1) return undefined;
  const across = points.map(([column]) => column);
  const down = points.map(([, row]) => row);
  const stored: number[] = [];
  const lastRow = Math.min(facts.rows - 1, Math.floor(Math.max(...down)));
  const lastColumn = Math.min(facts.columns - 1, Math.floor(Math.max(...across)));
  for (let row = Math.max(0, Math.ceil(Math.min(...down))); row <= lastRow; row += 1) {
    for (let column = Math.max(0, Math.ceil(Math.min(...across))); column <= lastColumn; column += 1) {
      const value = samples[row * facts.columns + column]!;
      if (value !== facts.paddingValue && isInside(kind, points, [column, row])) stored.push(value);
    }
  }
  return stored.length === 0 ? undefined : inUnit(stored, facts);
}

/** Of the one pixel the point lies in. */
export function valueAt(
  [column, row]: ImagePoint,
  { samples, components }: PixelBlock,
  facts: ImageFacts,
): PixelValues | readonly [number, number, number] | undefined {
  const [x, y] = [Math.round(column), Math.round(row)];
  if (x < 0 || y < 0 || x >= facts.columns || y >= facts.rows) return undefined;
  const at = (y * facts.columns + x) * components;
  const value = samples[at];
  if (value === undefined) return undefined;
  return components === 1 ? inUnit([value], facts) : [value, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
}

function inUnit(stored: readonly number[], facts: ImageFacts): PixelValues {
  const { slope, intercept } = facts.unit === undefined ? { slope: 1, intercept: 0 } : facts.rescale;
  let [sum, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of stored) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / stored.length;
  let squares = 0;
  for (const value of stored) squares += (value - mean) ** 2;
  const ends = [min * slope + intercept, max * slope + intercept];
  return {
    count: stored.length,
    mean: mean * slope + intercept,
    sd: Math.sqrt(squares / stored.length) * Math.abs(slope),
    min: Math.min(...ends),
    max: Math.max(...ends),
  };
}

/** What the numbers of `PixelValues` count: the unit of the file, else the values as they are stored. */
export const valueUnit = ({ unit, modalityLut }: ImageFacts): string =>
  unit ?? (modalityLut === undefined ? 'stored value' : 'value by the modality table');
