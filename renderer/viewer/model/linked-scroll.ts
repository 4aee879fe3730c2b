import type { ImageSeries } from './series.ts';

/** How far apart two images lie along the slice normal; undefined without geometry. */
export function mmBetween(series: ImageSeries, from: number, to: number): number | undefined {
  const a = series.images[from]?.sliceLocationMm;
  const b = series.images[to]?.sliceLocationMm;
  return a === undefined || b === undefined ? undefined : b - a;
}

/** The image that lies nearest to so far from another. */
export function indexAfterMm(series: ImageSeries, from: number, movedMm: number): number {
  const start = series.images[from]?.sliceLocationMm;
  if (start === undefined) return from;
  let nearest = from;
  let least = Number.POSITIVE_INFINITY;
  series.images.forEach(({ sliceLocationMm }, index) => {
    const away = Math.abs((sliceLocationMm ?? Number.POSITIVE_INFINITY) - start - movedMm);
    if (away < least) [nearest, least] = [index, away];
  });
  return nearest;
}
