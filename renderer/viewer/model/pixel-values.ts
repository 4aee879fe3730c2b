import { runsInside } from './geometry.ts';
import type { ImageFacts } from './image-facts.ts';
import type { ImagePoint, MeasurementKind, PixelValues } from './measurement.ts';

/** The samples of an image as decoded: stored values row by row, or colours with three or four bytes a pixel. */
export interface PixelBlock {
  readonly samples: ArrayLike<number>;
  readonly components: number;
}

type Visit = (each: (stored: number) => void) => void;

/** Every pixel whose centre lies inside; none outside the image. Colour has no values of its own. */
export function valuesInside(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  { samples, components }: PixelBlock,
  { rows, columns, paddingValue, ...facts }: ImageFacts,
): PixelValues | undefined {
  if (components !== 1) return undefined;
  const runs = runsInside(kind, points, 0, rows - 1);
  return inUnit((each) => {
    for (const { row, first, last } of runs) {
      const end = row * columns + Math.min(columns - 1, last);
      for (let at = row * columns + Math.max(0, first); at <= end; at += 1) {
        const value = samples[at]!;
        if (value !== paddingValue) each(value);
      }
    }
  }, facts);
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
  return components === 1 ? inUnit((each) => each(value), facts) : [value, samples[at + 1] ?? 0, samples[at + 2] ?? 0];
}

/** Goes through the values twice: the mean first, then what lies off it, so that nothing is lost to rounding. */
function inUnit(visit: Visit, { unit, rescale }: Pick<ImageFacts, 'unit' | 'rescale'>): PixelValues | undefined {
  const { slope, intercept } = unit === undefined ? { slope: 1, intercept: 0 } : rescale;
  let [count, sum, min, max, squares] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  visit((value) => {
    count += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  });
  if (count === 0) return undefined;
  const mean = sum / count;
  visit((value) => {
    squares += (value - mean) ** 2;
  });
  const ends = [min * slope + intercept, max * slope + intercept];
  return {
    count,
    mean: mean * slope + intercept,
    sd: Math.sqrt(squares / count) * Math.abs(slope),
    min: Math.min(...ends),
    max: Math.max(...ends),
  };
}

/** What the numbers of `PixelValues` count: the unit of the file, else the values as they are stored. */
export const valueUnit = ({ unit, modalityLut }: ImageFacts): string =>
  unit ?? (modalityLut === undefined ? 'stored value' : 'value by the modality table');
