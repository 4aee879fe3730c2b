import { areaOf, distance } from './geometry.ts';
import { spacingAt } from './calibration.ts';
import type { PixelSpacing } from './image-facts.ts';
import { isRegion, type Measurement } from './measurement.ts';

/** One lesion measured twice: on the study that is read, and on a prior. */
export interface Lesion {
  /** Counted from 1 in the order of pairing. */
  readonly number: number;
  readonly now: Measurement;
  readonly before: Measurement;
}

/** The pairs of a case that stand whole: a deleted measurement ends its pair. */
export const lesionsOf = (all: readonly Measurement[]): readonly Lesion[] =>
  all
    .flatMap((now) => {
      const before = all.find(({ id }) => id === now.beforeId);
      return before === undefined ? [] : [{ now, before }];
    })
    .map((pair, at) => ({ ...pair, number: at + 1 }));

export const lesionOf = ({ id }: Measurement, all: readonly Measurement[]): Lesion | undefined =>
  lesionsOf(all).find(({ now, before }) => now.id === id || before.id === id);

/** Kinds whose size is one number: the longest diameter, or the area. */
const isSized = ({ kind }: Measurement): boolean => kind === 'length' || kind === 'bidirectional' || isRegion(kind);

/** The one drawn last on the other study that measures the same way and is not of a pair yet. */
export function partnerOf(
  measurement: Measurement,
  all: readonly Measurement[],
  isPrior: (measurement: Measurement) => boolean,
): Measurement | undefined {
  if (!isSized(measurement)) return undefined;
  return all.findLast(
    (other) =>
      other.kind === measurement.kind && isPrior(other) !== isPrior(measurement) && lesionOf(other, all) === undefined,
  );
}

interface Size {
  readonly value: number;
  readonly spacing: PixelSpacing;
}

function sizeOf(measurement: Measurement, all: readonly Measurement[]): Size {
  const { kind, points, facts } = measurement;
  const spacing = spacingAt(facts, points, all);
  if (isRegion(kind)) return { value: areaOf(kind, points, spacing), spacing };
  const lines = kind === 'bidirectional' ? [points.slice(0, 2), points.slice(2)] : [points];
  return { value: Math.max(...lines.map(([a, b]) => distance(a!, b!, spacing))), spacing };
}

/**
 * How much larger the lesion is than before: the change of its longest diameter (of its area, for a region) as a share of what it was, 0.33 for a third more.
 * Undefined where the two are not in one scale, or there was nothing.
 */
export function changeOf({ now, before }: Lesion, all: readonly Measurement[]): number | undefined {
  const [size, was] = [sizeOf(now, all), sizeOf(before, all)];
  if (size.spacing.kind === 'unknown' || size.spacing.kind !== was.spacing.kind || was.value <= 0) return undefined;
  return size.value / was.value - 1;
}
