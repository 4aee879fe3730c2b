import type { ImageSeries, Series } from './series.ts';
import { SUV_UNIT } from './suv.ts';
import { planesRefusal } from './volume.ts';

/** What is laid over planes, in colour. */
export interface Fusion {
  readonly seriesKey: string;
  /** `PT` */
  readonly modality: string;
  readonly unit: string | undefined;
  /** Why its values are no uptake by weight. */
  readonly suvRefusal: string | undefined;
  /** From no colour to the last colour, in modality units. */
  readonly range: readonly [from: number, to: number];
  readonly opacity: number;
  readonly loaded: number;
  readonly total: number;
}

const EMISSION: ReadonlySet<string> = new Set(['PT', 'NM']);
/** Uptake at which the last colour is reached. */
const MOST_UPTAKE = 7;

/** The highest b-value first: diffusion shows what a reader lays over anatomy. */
const byWeight = (one: ImageSeries, other: ImageSeries): number => weightOf(other) - weightOf(one);
const weightOf = ({ images }: ImageSeries): number => Math.max(0, ...images.map(({ phase }) => phase.bValue ?? 0));

export type FusionPartner =
  | { readonly ok: true; readonly series: ImageSeries }
  | { readonly ok: false; readonly reason: string };

/** What belongs over the planes of a series: only what its frame of reference (PS3.3 C.7.4.1) puts in the same place. */
export function fusionPartner(base: ImageSeries, all: readonly Series[]): FusionPartner {
  if (EMISSION.has(base.modality)) return { ok: false, reason: 'open the planes on CT or MR' };
  const frame = base.images[0]?.frameOfReferenceUid;
  const there = all.filter(
    (one): one is ImageSeries =>
      one.kind === 'images' &&
      one.key !== base.key &&
      frame !== undefined &&
      one.studyInstanceUid === base.studyInstanceUid &&
      one.images[0]?.frameOfReferenceUid === frame,
  );
  const emission = there.filter(({ modality }) => EMISSION.has(modality));
  const same = emission.length > 0 ? emission : there.filter(({ modality }) => modality === 'MR').toSorted(byWeight);
  const [first] = same;
  if (!first) return { ok: false, reason: 'this study has no PET or other MR in the same frame of reference' };
  const whole = same.filter((one) => planesRefusal(one) === undefined);
  // Corrected for attenuation first: only that has uptake.
  const series = whole.find(({ images }) => images[0]?.unit === SUV_UNIT) ?? whole[0];
  return series ? { ok: true, series } : { ok: false, reason: planesRefusal(first) ?? 'it is no volume' };
}

export function fusionOf({ key, modality, images }: ImageSeries): Omit<Fusion, 'opacity' | 'loaded' | 'total'> {
  const [first] = images;
  const stated = first?.voiWindows[0];
  const most = first?.unit === SUV_UNIT || !stated ? MOST_UPTAKE : stated.center + stated.width / 2;
  return {
    seriesKey: key,
    modality,
    unit: first?.unit,
    suvRefusal: first?.suv?.kind === 'refused' ? first.suv.reason : undefined,
    range: [0, most],
  };
}

const held = (value: number): number => Math.min(1, Math.max(0, value));

/** The Hot Iron palette (PS3.6 B.1.1) at 0 to 1; red, green and blue to 255. */
export const hotIron = (part: number): readonly [number, number, number] => [
  Math.round(255 * held(2 * part)),
  Math.round(255 * held(2 * part - 1)),
  Math.round(255 * held(4 * part - 3)),
];

/** How much colour covers grey: nothing where there is no uptake, all that was chosen from a quarter of the range on. */
export const coverOf = (part: number, opacity: number): number => opacity * held(4 * part);
