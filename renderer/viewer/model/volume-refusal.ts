import type { ImageFacts, Vector3 } from './image-facts.ts';
import { phaseAt } from './phases.ts';
import { alongNormal, cross, dot } from './read-image-facts.ts';
import type { ImageSeries } from './series.ts';

/** Fewer slices make no third dimension. */
const LEAST_SLICES = 3;
/** Directions of cosine written with few digits still count as equal: a tenth of a degree. */
const PARALLEL = Math.cos((0.1 * Math.PI) / 180);
/** Steps that differ by less than this part of the usual one are equal: scanners round positions to a hundredth. */
const EVEN_PART = 0.05;
const LEAST_UNEVEN_MM = 0.02;
/** By so many millimetres a slice may stand aside of the straight line through the first and the last. */
const ASIDE_MM = 0.1;

const mm = (value: number): string => `${Number(value.toFixed(2))} mm`;

type Placed = ImageFacts & {
  readonly position: Vector3;
  readonly orientation: { readonly row: Vector3; readonly column: Vector3 };
};
const isPlaced = (facts: ImageFacts): facts is Placed =>
  facts.position !== undefined && facts.orientation !== undefined;

function unlikeFirst(images: readonly Placed[]): string | undefined {
  const [first] = images;
  if (!first) return undefined;
  const isTurned = (one: Placed) =>
    dot(one.orientation.row, first.orientation.row) < PARALLEL ||
    dot(one.orientation.column, first.orientation.column) < PARALLEL;
  if (images.some(isTurned)) return 'its images lie in different planes';
  if (images.some(({ rows, columns }) => rows !== first.rows || columns !== first.columns))
    return 'its images are of different size';
  const isScaled = ({ spacing }: Placed) =>
    Math.abs(spacing.rowMm - first.spacing.rowMm) > 1e-3 * first.spacing.rowMm ||
    Math.abs(spacing.columnMm - first.spacing.columnMm) > 1e-3 * first.spacing.columnMm;
  if (images.some(isScaled)) return 'its images have different pixel spacing';
  if (images.some(({ frameOfReferenceUid }) => frameOfReferenceUid !== first.frameOfReferenceUid))
    return 'its images belong to different frames of reference';
  return images.some(({ isColour }) => isColour) ? 'its images are in colour' : undefined;
}

const middleOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** Steps between neighbours along the normal, from below. */
function unevenSteps(places: readonly number[]): string | undefined {
  const steps = places.slice(1).map((place, at) => place - places[at]!);
  const usual = middleOf(steps.toSorted((one, other) => one - other));
  if (Math.min(...steps) < LEAST_UNEVEN_MM || usual <= 0) return 'two of its images lie at the same place';
  const limit = Math.max(LEAST_UNEVEN_MM, EVEN_PART * usual);
  const widest = Math.max(...steps);
  const missing = Math.round(widest / usual) - 1;
  // A whole number of slices left out is a gap; anything else is uneven spacing.
  if (missing >= 1 && Math.abs(widest - (missing + 1) * usual) <= limit * (missing + 1))
    return `${missing === 1 ? 'a slice is' : `${missing} slices are`} missing between ${mm(places[steps.indexOf(widest)]!)} and ${mm(places[steps.indexOf(widest) + 1]!)}`;
  const isUneven = steps.some((step) => Math.abs(step - usual) > limit);
  return isUneven ? `its slices are unevenly spaced, from ${mm(Math.min(...steps))} to ${mm(widest)}` : undefined;
}

/** Slices that move sideways as they go: the gantry was tilted (PS3.3 C.8.2.1.1.2), and a box of them would be sheared. */
function tiltOf(images: readonly Placed[]): string | undefined {
  const [first, last] = [images[0], images.at(-1)];
  if (!first || !last) return undefined;
  const { row, column } = first.orientation;
  const way: Vector3 = [
    last.position[0] - first.position[0],
    last.position[1] - first.position[1],
    last.position[2] - first.position[2],
  ];
  const [across, down, along] = [dot(way, row), dot(way, column), dot(way, cross(row, column))];
  const sideways = Math.hypot(across, down);
  if (sideways <= ASIDE_MM) return undefined;
  const degrees = (Math.atan2(sideways, Math.abs(along)) * 180) / Math.PI;
  return `its slices are sheared by ${degrees.toFixed(1)}° (gantry tilt)`;
}

const known = new WeakMap<ImageSeries['images'], { readonly refusal: string | undefined }>();

/** Modalities whose series are meant to be stacks of slices. */
const SLICED: ReadonlySet<string> = new Set(['CT', 'MR', 'PT', 'NM']);

/** What to tell of a series that is meant as a stack and is none; looked at once. */
export function stackFault({ modality, images }: Pick<ImageSeries, 'modality' | 'images'>): string | undefined {
  if (!SLICED.has(modality) || images.length < LEAST_SLICES) return undefined;
  const found = known.get(images) ?? { refusal: volumeRefusal(phaseAt({ images }, 0).part) };
  known.set(images, found);
  return found.refusal;
}

/** Slices left out are told at once: a reader must not take the stack for whole. */
export const isGap = (refusal: string): boolean => / missing between /.test(refusal);

/**
 * Why a series is no volume, in words that end a sentence; undefined when its images make an even, upright box of voxels.
 * Told instead of a reconstruction that would lie about distances and shapes.
 */
export function volumeRefusal({ images }: Pick<ImageSeries, 'images'>): string | undefined {
  if (images.length < LEAST_SLICES)
    return `it has only ${images.length === 1 ? 'one image' : `${images.length} images`}`;
  const placed = images.filter(isPlaced);
  if (placed.length < images.length) return 'the file does not say where its images lie';
  const unlike = unlikeFirst(placed);
  if (unlike !== undefined) return unlike;
  const { row, column } = placed[0]!.orientation;
  const along = new Map(placed.map((one) => [one, alongNormal(one.position, row, column)]));
  const sorted = placed.toSorted((one, other) => along.get(one)! - along.get(other)!);
  return unevenSteps(sorted.map((one) => along.get(one)!)) ?? tiltOf(sorted);
}
