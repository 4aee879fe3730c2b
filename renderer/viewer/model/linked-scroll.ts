import type { ImageFacts, Vector3 } from './image-facts.ts';
import { cross, dot } from './read-image-facts.ts';
import type { ImageSeries } from './series.ts';

/**
 * How two stacks scroll together. `same-space`: they share a frame of reference, so equal positions are equal places of the
 * body (PS3.3 C.7.4.1). `other-space`: parallel, but only a constant offset relates them. `crossed`: in other planes.
 */
export type Relation = 'same-space' | 'other-space' | 'crossed' | 'unplaced';

const PARALLEL = 0.966; // within 15 degrees: the tilt of one head scan against another

const middleOf = ({ images }: ImageSeries): ImageFacts | undefined => images[Math.floor(images.length / 2)];
const normalOf = (facts: ImageFacts | undefined): Vector3 | undefined =>
  facts?.orientation && cross(facts.orientation.row, facts.orientation.column);
const isPlaced = ({ images }: ImageSeries): boolean =>
  images.every(({ sliceLocationMm }) => sliceLocationMm !== undefined);

export function relationOf(one: ImageSeries, other: ImageSeries): Relation {
  if (!isPlaced(one) || !isPlaced(other)) return 'unplaced';
  const [a, b] = [middleOf(one), middleOf(other)];
  const [normalA, normalB] = [normalOf(a), normalOf(b)];
  if (!normalA || !normalB) return 'other-space';
  if (Math.abs(dot(normalA, normalB)) < PARALLEL) return 'crossed';
  const isSame = a?.frameOfReferenceUid !== undefined && a.frameOfReferenceUid === b?.frameOfReferenceUid;
  return isSame ? 'same-space' : 'other-space';
}

/** Along the normal of `of`, whichever way the slices of `series` were counted. */
function along(series: ImageSeries, index: number, of: ImageSeries): number {
  const mm = series.images[index]?.sliceLocationMm ?? 0;
  const [normal, other] = [normalOf(middleOf(series)), normalOf(middleOf(of))];
  return normal && other && dot(normal, other) < 0 ? -mm : mm;
}

/** By how much the place shown of `to` lies off the place shown of `from`, in millimetres along the normal of `to`. */
export const offsetBetween = (from: ImageSeries, fromIndex: number, to: ImageSeries, toIndex: number): number =>
  along(to, toIndex, to) - along(from, fromIndex, to);

/** The image of `to` that lies nearest to the one of `from`, `offsetMm` further along the normal of `to`. */
export function linkedIndex(from: ImageSeries, fromIndex: number, to: ImageSeries, offsetMm: number): number {
  const wanted = along(from, fromIndex, to) + offsetMm;
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  to.images.forEach(({ sliceLocationMm }, index) => {
    const away = Math.abs((sliceLocationMm ?? Number.POSITIVE_INFINITY) - wanted);
    if (away < least) [nearest, least] = [index, away];
  });
  return nearest;
}
