import type { PixelCoding, RawFrame } from '#electron/ports/image-encoders.ts';
import type { DataSet } from './dicom/elements.ts';

/** One image, made when asked for. */
export interface PlannedImage {
  readonly attributes: DataSet;
  readonly frames: readonly RawFrame[];
}

/** A series that can be made: everything but the pixels is known at once. */
export interface SeriesPlan {
  readonly number: number;
  readonly description: string;
  readonly modality: string;
  readonly sopClassUid: string;
  readonly coding: PixelCoding;
  readonly count: number;
  /** What all images of the series share. */
  readonly attributes: DataSet;
  image(index: number): PlannedImage;
}

export type StudyPlan = readonly SeriesPlan[];

/** Makes a value at its first use: plans are cheap, phantoms are not. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
