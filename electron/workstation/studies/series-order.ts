import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { objectWithoutImages } from '#shared/dicom/objects-without-images.ts';

/** One instance a series is expected to hold. */
export interface ExpectedInstance {
  readonly sopInstanceUid: string;
  /** As the metadata announces; the instance itself has the last word. 0: no pixels. */
  readonly frameCount: number;
  /** Of its pixels uncompressed, as far as the metadata tells. */
  readonly pixelBytes?: number;
  readonly modality?: string;
}

const SERIES_INSTANCE_UID = '0020000E';
const SOP_CLASS_UID = '00080016';
const SOP_INSTANCE_UID = '00080018';
const INSTANCE_NUMBER = '00200013';
const IMAGE_POSITION = '00200032';
const IMAGE_ORIENTATION = '00200037';
const NUMBER_OF_FRAMES = '00280008';
const ROWS = '00280010';
const COLUMNS = '00280011';
const SAMPLES_PER_PIXEL = '00280002';
const BITS_ALLOCATED = '00280100';
const MODALITY = '00080060';
/** What an instance may hold besides its pixels, or where it has none: documents, overlays, private data. */
const BESIDES_PIXELS_BYTES = 128 * 1024 * 1024;

const value = (instance: DicomJson, tag: string): unknown => instance[tag]?.Value?.[0];

const textAt = (instance: DicomJson, tag: string): string => {
  const found = value(instance, tag);
  return typeof found === 'string' ? found : '';
};

export const seriesUidOf = (instance: DicomJson): string => textAt(instance, SERIES_INSTANCE_UID);
export const sopInstanceUidOf = (instance: DicomJson): string => textAt(instance, SOP_INSTANCE_UID);

/**
 * The instances of one series in the order they are scrolled through: along the slice normal (PS3.3 C.7.6.2.1.1) where all
 * are parallel, else by Instance Number; at last by SOP Instance UID, so that any series has one order.
 */
export function instancesInOrder(metadata: readonly DicomJson[], seriesInstanceUid: string): ExpectedInstance[] {
  const ofSeries = metadata.filter(
    (instance) => seriesUidOf(instance) === seriesInstanceUid && sopInstanceUidOf(instance) !== '',
  );
  const positions = positionsAlongNormal(ofSeries);
  return ofSeries
    .map((instance, index) => ({ instance, position: positions?.[index] ?? 0 }))
    .toSorted(
      (one, other) =>
        one.position - other.position ||
        instanceNumber(one.instance) - instanceNumber(other.instance) ||
        (sopInstanceUidOf(one.instance) < sopInstanceUidOf(other.instance) ? -1 : 1),
    )
    .map(({ instance }) => expectedOf(instance));
}

function expectedOf(instance: DicomJson): ExpectedInstance {
  const modality = textAt(instance, MODALITY);
  return {
    sopInstanceUid: sopInstanceUidOf(instance),
    frameCount: announcedFrames(instance),
    pixelBytes: pixelBytesOf(instance),
    ...(modality === '' ? {} : { modality }),
  };
}

/** Uncompressed; 0 where the metadata does not tell. */
export function pixelBytesOf(instance: DicomJson): number {
  const number = (tag: string, missing: number) => Number(value(instance, tag) ?? missing);
  const bytes =
    number(ROWS, 0) *
    number(COLUMNS, 0) *
    number(SAMPLES_PER_PIXEL, 1) *
    Math.ceil(number(BITS_ALLOCATED, 16) / 8) *
    announcedFrames(instance);
  return Number.isFinite(bytes) && bytes > 0 ? bytes : 0;
}

/** How large an instance is believed to be: packing may add to pixels, but not double them. */
export const boundsOf = (expected: ExpectedInstance | undefined): { readonly maxBytes: number } => ({
  maxBytes: 2 * (expected?.pixelBytes ?? 0) + BESIDES_PIXELS_BYTES,
});

/** Something a reader looks at; reports, key object selections, segmentations and the like are not. */
export const isPicture = (instance: DicomJson): boolean =>
  announcedFrames(instance) > 0 && objectWithoutImages(textAt(instance, SOP_CLASS_UID)) === undefined;

function announcedFrames(instance: DicomJson): number {
  if (value(instance, ROWS) === undefined) return 0;
  const count = Number(value(instance, NUMBER_OF_FRAMES) ?? 1);
  return Number.isInteger(count) && count > 0 ? count : 1;
}

function instanceNumber(instance: DicomJson): number {
  const number = Number(value(instance, INSTANCE_NUMBER) ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** Cosine of the largest angle between slices that still count as parallel: a quarter of a degree. */
const PARALLEL = 0.99999;

/** Undefined unless every instance has a position and all are parallel. */
function positionsAlongNormal(instances: readonly DicomJson[]): number[] | undefined {
  const normal = normalOf(instances[0]);
  if (normal === undefined) return undefined;
  const positions: number[] = [];
  for (const instance of instances) {
    const own = normalOf(instance);
    const position = numbers(instance[IMAGE_POSITION]?.Value, 3);
    if (own === undefined || position === undefined || dot(own, normal) < PARALLEL) return undefined;
    positions.push(dot(position, normal));
  }
  return positions;
}

function normalOf(instance: DicomJson | undefined): number[] | undefined {
  const orientation = numbers(instance?.[IMAGE_ORIENTATION]?.Value, 6);
  if (orientation === undefined) return undefined;
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = orientation;
  return [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx];
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, coordinate, index) => sum + coordinate * (other[index] ?? 0), 0);

function numbers(values: readonly unknown[] | undefined, count: number): number[] | undefined {
  if (values?.length !== count) return undefined;
  const parsed = values.map(Number);
  return parsed.every(Number.isFinite) ? parsed : undefined;
}

/** Indexes 0..count-1 from `from` outwards: from, from+1, from-1, from+2, … */
export function outwards(count: number, from: number): number[] {
  const start = Math.min(Math.max(Math.trunc(from), 0), Math.max(count - 1, 0));
  const order: number[] = [];
  for (let step = 0; order.length < count; step += 1) {
    if (start + step < count) order.push(start + step);
    if (step > 0 && start - step >= 0) order.push(start - step);
  }
  return order;
}
