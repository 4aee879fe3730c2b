import type { ImageSeries, Series } from './model/series.ts';

/** How much of one series of the open case was on screen at least once. */
export interface SeenSeries {
  readonly seriesKey: string;
  readonly description: string;
  readonly role: ImageSeries['role'];
  readonly total: number;
  readonly seen: number;
}

/** Which images were painted, by series. */
export interface SeenSlices {
  /** True when it had not been seen before. */
  note(series: ImageSeries, index: number): boolean;
  isSeen(seriesKey: string, index: number): boolean;
  count(seriesKey: string): number;
  of(series: readonly Series[]): readonly SeenSeries[];
}

export function createSeenSlices(): SeenSlices {
  const seen = new Map<string, Set<number>>();
  const count = (seriesKey: string) => seen.get(seriesKey)?.size ?? 0;
  return {
    note(series, index) {
      const known = seen.get(series.key) ?? new Set<number>();
      seen.set(series.key, known);
      if (known.has(index)) return false;
      known.add(index);
      return true;
    },
    isSeen: (seriesKey, index) => seen.get(seriesKey)?.has(index) ?? false,
    count,
    of: (series) =>
      series.flatMap((one) =>
        one.kind === 'images'
          ? [
              {
                seriesKey: one.key,
                description: one.description,
                role: one.role,
                total: one.images.length,
                seen: count(one.key),
              },
            ]
          : [],
      ),
  };
}
