import type { ImageSeries } from './model/series.ts';

/** Which images were painted, by series. */
export interface SeenSlices {
  /** True when it had not been seen before. */
  note(series: ImageSeries, index: number): boolean;
  isSeen(series: ImageSeries, index: number): boolean;
  count(seriesKey: string): number;
}

export function createSeenSlices(): SeenSlices {
  /** Series key to image ids: images that come late may move the others. */
  const seen = new Map<string, Set<string>>();
  const count = (seriesKey: string) => seen.get(seriesKey)?.size ?? 0;
  return {
    note(series, index) {
      const imageId = series.images[index]?.imageId;
      if (imageId === undefined) return false;
      const known = seen.get(series.key) ?? new Set<string>();
      seen.set(series.key, known);
      if (known.has(imageId)) return false;
      known.add(imageId);
      return true;
    },
    isSeen: (series, index) => seen.get(series.key)?.has(series.images[index]?.imageId ?? '') ?? false,
    count,
  };
}
