import type { ImageSeries } from './model/series.ts';
import {
  binnedBox,
  binningFor,
  binSlice,
  commonRescale,
  rescaled,
  sliceOrder,
  type Volume,
  type VoxelSamples,
} from './model/volume.ts';
import type { ImageOutcome } from './pixels/image-bank.ts';

/** The screen follows what has arrived so often. */
const TELL_EVERY_MS = 150;

/** A volume whose slices are still to come; `order`: of which image each is. */
export interface VolumeToFill {
  readonly series: ImageSeries;
  readonly volume: Volume;
  readonly order: readonly number[];
}

const bytesPerSample = ({ bitsStored }: ImageSeries['images'][number], isFloat: boolean): number =>
  isFloat ? 4 : bitsStored > 8 ? 2 : 1;

/** Only of a series that is not refused; coarser than its images where they would not fit into so many bytes. */
export function volumeToFill(series: ImageSeries, limitBytes: number): VolumeToFill | undefined {
  const sorted = sliceOrder(series);
  const [first] = series.images;
  if (!sorted || !first) return undefined;
  const { box, order } = sorted;
  const rescale = commonRescale(series.images);
  const bytes = box.size[0] * box.size[1] * box.size[2] * bytesPerSample(first, rescale === undefined);
  const binning = binningFor(bytes, limitBytes);
  return {
    series,
    order,
    volume: {
      ...(binning === 1 ? box : binnedBox(box, binning)),
      slices: order.map(() => undefined),
      rescale: rescale ?? { slope: 1, intercept: 0 },
      binning,
    },
  };
}

export interface FillPorts {
  readonly image: (series: ImageSeries, index: number) => Promise<ImageOutcome>;
  readonly isWanted: () => boolean;
  readonly onLoaded: (count: number) => void;
}

/** Slices come as they are decoded, those around `from` first; answers why it cannot be whole, if so. */
export async function fillVolume(
  { series, volume, order }: VolumeToFill,
  from: number,
  { image, isWanted, onLoaded }: FillPorts,
): Promise<string | undefined> {
  const isOwn = commonRescale(series.images) === undefined;
  const nearFirst = order.map((_, at) => at).toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from));
  let told = 0;
  for (const [before, at] of nearFirst.entries()) {
    const index = order[at]!;
    const facts = series.images[index]!;
    const outcome = await image(series, index);
    if (!isWanted()) return undefined;
    if (!outcome.ok) return `image ${index + 1} cannot be shown. ${outcome.reason}`;
    const stored = outcome.image.getPixelData() as VoxelSamples;
    const samples = isOwn ? rescaled(stored, facts.rescale) : stored;
    volume.slices[at] = volume.binning === 1 ? samples : binSlice(samples, facts.columns, facts.rows, volume.binning);
    const now = performance.now();
    if (before + 1 < order.length && now - told < TELL_EVERY_MS) continue;
    told = now;
    onLoaded(before + 1);
  }
  return undefined;
}
