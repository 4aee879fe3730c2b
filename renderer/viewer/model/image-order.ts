import { alongNormal, cross, dot } from './read-image-facts.ts';
import { inPhases, phasesOf } from './phases.ts';
import type { ImageFacts } from './image-facts.ts';

const PARALLEL = 0.999;
const SAME_PLACE_MM = 0.01;

function placesAlongNormal(images: readonly ImageFacts[]): Map<ImageFacts, number> | undefined {
  const first = images[0]?.orientation;
  if (!first || images.length < 2) return undefined;
  const normal = cross(first.row, first.column);
  const places = new Map<ImageFacts, number>();
  for (const image of images) {
    if (!image.position || !image.orientation) return undefined;
    if (dot(cross(image.orientation.row, image.orientation.column), normal) < PARALLEL) return undefined;
    places.set(image, alongNormal(image.position, first.row, first.column));
  }
  const sorted = [...places.values()].sort((a, b) => a - b);
  const repeats = sorted.some((place, index) => index > 0 && place - sorted[index - 1]! < SAME_PLACE_MM);
  return repeats ? undefined : places;
}

const byNumber = (a: ImageFacts, b: ImageFacts) =>
  (a.instanceNumber ?? Number.MAX_SAFE_INTEGER) - (b.instanceNumber ?? Number.MAX_SAFE_INTEGER) ||
  a.frame - b.frame ||
  a.sopInstanceUid.localeCompare(b.sopInstanceUid);

/** Several images at each place: phase by phase, each from the end with the lower instance number. */
function phaseOrder(numbered: readonly ImageFacts[]): ImageFacts[] | undefined {
  const upwards = inPhases(numbered, true);
  const places = upwards && phasesOf({ images: upwards })?.places;
  if (!upwards || places === undefined) return undefined;
  return byNumber(upwards[0]!, upwards[places - 1]!) > 0 ? inPhases(numbered, false) : upwards;
}

/**
 * By place along the slice normal where every slice has its own place; the end with the lower instance number first, as
 * the scanner counted. Otherwise (dynamics, scouts, projections) by instance number and frame.
 */
export function orderImages(images: readonly ImageFacts[]): ImageFacts[] {
  const numbered = [...images].sort(byNumber);
  const places = placesAlongNormal(numbered);
  if (!places) return phaseOrder(numbered) ?? numbered;
  const placed = [...numbered].sort((a, b) => places.get(a)! - places.get(b)!);
  const isReversed = byNumber(placed[0]!, placed.at(-1)!) > 0;
  return isReversed ? placed.reverse() : placed;
}

/**
 * The place of each image in the order `/pixels/{study}/{series}?from=i` counts by: along the normal where all images are
 * parallel, then by instance number, then by SOP Instance UID and frame. Display order differs where a scanner counted
 * downwards or took one place twice.
 */
export function streamPlaces(images: readonly ImageFacts[]): number[] {
  const first = images[0]?.orientation;
  const isParallel =
    first !== undefined &&
    images.every(({ orientation, position }) => {
      if (!orientation || !position) return false;
      return dot(cross(orientation.row, orientation.column), cross(first.row, first.column)) > PARALLEL;
    });
  const place = ({ position }: ImageFacts) =>
    isParallel && position && first ? alongNormal(position, first.row, first.column) : 0;
  const ordered = [...images].sort(
    (a, b) =>
      place(a) - place(b) ||
      (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0) ||
      (a.sopInstanceUid === b.sopInstanceUid ? a.frame - b.frame : a.sopInstanceUid < b.sopInstanceUid ? -1 : 1),
  );
  const places = new Map(ordered.map((image, index) => [image, index]));
  return images.map((image) => places.get(image) ?? 0);
}
