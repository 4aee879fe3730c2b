import { cross, dot } from '../model/read-image-facts.ts';
import type { ImageFacts, Vector3 } from '../model/image-facts.ts';
import type { ImagePoint } from '../model/measurement.ts';
import type { Series } from '../model/series.ts';

type Placed = ImageFacts &
  Required<Pick<ImageFacts, 'position' | 'orientation'>> & {
    readonly position: Vector3;
    readonly orientation: { readonly row: Vector3; readonly column: Vector3 };
  };

/** Where an image's plane is thought to reach when nothing is known of its thickness. */
const LEAST_HALF_MM = 0.5;
/** Planes turned against each other by less than about two degrees are one. */
const PARALLEL = 0.9994;

export interface ImageIndex {
  /** The frames of an instance; with numbers (from 1) only these. */
  readonly framesOf: (sopInstanceUid: string, frames?: readonly number[]) => readonly ImageFacts[];
  /** Images of a frame of reference whose plane holds the point; with a normal, only parallel ones. */
  readonly planesAt: (
    frameOfReferenceUid: string | undefined,
    point: Vector3,
    normal?: Vector3,
  ) => readonly ImageFacts[];
}

const isPlaced = (facts: ImageFacts): facts is Placed =>
  facts.position !== undefined && facts.orientation !== undefined;
const normalOf = ({ orientation }: Placed): Vector3 => cross(orientation.row, orientation.column);
const less = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** Millimetres off the image's plane. */
export const offPlane = (facts: ImageFacts, point: Vector3): number =>
  isPlaced(facts) ? Math.abs(dot(less(point, facts.position), normalOf(facts))) : Number.POSITIVE_INFINITY;

export const reachMm = ({ sliceThicknessMm }: ImageFacts): number =>
  Math.max(LEAST_HALF_MM, (sliceThicknessMm ?? 0) / 2);

/** A place in the patient on an image, in its pixels; undefined where the image has no geometry. */
export function toPixel(facts: ImageFacts, point: Vector3): ImagePoint | undefined {
  if (!isPlaced(facts)) return undefined;
  const from = less(point, facts.position);
  return [
    dot(from, facts.orientation.row) / facts.spacing.columnMm,
    dot(from, facts.orientation.column) / facts.spacing.rowMm,
  ];
}

/** The images of a case, by what objects name them with. */
export function indexImages(series: readonly Series[]): ImageIndex {
  const bySop = new Map<string, ImageFacts[]>();
  const bySpace = new Map<string, Placed[]>();
  for (const one of series) {
    if (one.kind !== 'images') continue;
    for (const facts of one.images) {
      const known = bySop.get(facts.sopInstanceUid);
      if (known) known.push(facts);
      else bySop.set(facts.sopInstanceUid, [facts]);
      if (facts.frameOfReferenceUid === undefined || !isPlaced(facts)) continue;
      const space = bySpace.get(facts.frameOfReferenceUid);
      if (space) space.push(facts);
      else bySpace.set(facts.frameOfReferenceUid, [facts]);
    }
  }
  return {
    framesOf(sopInstanceUid, frames) {
      const all = bySop.get(sopInstanceUid) ?? [];
      return frames === undefined || frames.length === 0 ? all : all.filter(({ frame }) => frames.includes(frame));
    },
    planesAt(frameOfReferenceUid, point, normal) {
      const space = frameOfReferenceUid === undefined ? undefined : bySpace.get(frameOfReferenceUid);
      return (space ?? []).filter(
        (facts) =>
          offPlane(facts, point) <= reachMm(facts) &&
          (normal === undefined || Math.abs(dot(normalOf(facts), normal)) >= PARALLEL),
      );
    },
  };
}
