import type { ImageReference, SeenPlanes } from './report.ts';

/** What a reader can draw on an image. */
export const DRAWING_KINDS = [
  'probe',
  'length',
  'bidirectional',
  'angle',
  'cobb',
  'ellipse',
  'rectangle',
  'freehand',
  'arrow',
  'vertebra',
  'calibration',
] as const;

/** Column, then row, in image pixels; whole numbers are the centres of pixels, the first one is 0, 0. */
type ImagePoint = readonly [column: number, row: number];
type InSpace = readonly [x: number, y: number, z: number];

export interface DrawnOnImage {
  readonly id: string;
  readonly image: ImageReference;
  readonly kind: (typeof DRAWING_KINDS)[number];
  readonly points: readonly ImagePoint[];
  readonly text: string;
  /** What the pixels said, or a colour as `[red, green, blue]`. */
  readonly pixels?:
    | { readonly count: number; readonly mean: number; readonly sd: number; readonly min: number; readonly max: number }
    | readonly [number, number, number];
  /** How long a calibration line is. */
  readonly knownMm?: number;
  /** The drawing of the same lesion on a prior. */
  readonly beforeId?: string;
}

/** A distance between two places in the patient, on planes through a volume. */
export interface DrawnOnPlanes {
  readonly id: string;
  /** The first of the images that the planes go through. */
  readonly image: ImageReference;
  readonly kind: 'plane-length';
  readonly from: InSpace;
  readonly to: InSpace;
  readonly seenOn: SeenPlanes;
}

/** What the reader drew on the images of an open case, in the report or not: kept with the draft, never signed with it. */
export type KeptDrawing = DrawnOnImage | DrawnOnPlanes;

export interface DrawingsChange {
  /** New, or in place of the one with its id. */
  readonly put: readonly KeptDrawing[];
  readonly gone: readonly string[];
}

/** More are not kept with one draft, nor longer ones: a hand draws neither. */
export const MOST_DRAWINGS = 1000;
export const MOST_POINTS = 20_000;

/** As it is after the change, in the order they were drawn; the same array where nothing is another. */
export function changeDrawings(before: readonly KeptDrawing[], { put, gone }: DrawingsChange): readonly KeptDrawing[] {
  const byId = new Map(before.map((one) => [one.id, one]));
  for (const id of gone) byId.delete(id);
  for (const one of put) byId.set(one.id, one);
  const after = [...byId.values()];
  return JSON.stringify(after) === JSON.stringify(before) ? before : after;
}
