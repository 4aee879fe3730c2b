import type { ImageFacts } from './model/image-facts.ts';
import type { ImageSeries, Series } from './model/series.ts';

const holds =
  (facts: ImageFacts) =>
  (series: Series): series is ImageSeries =>
    series.kind === 'images' && series.images.some(({ imageId }) => imageId === facts.imageId);

/** `series 2, image 7`, as a report refers to an image; one of a prior study says so. */
export function imagePlaceWords(facts: ImageFacts, all: readonly Series[]): string {
  const series = all.find(holds(facts));
  const index = series?.images.findIndex(({ imageId }) => imageId === facts.imageId) ?? 0;
  const number = facts.instanceNumber ?? index + 1;
  const frame = facts.frameCount > 1 ? `, frame ${facts.frame}` : '';
  const prior = series?.role === 'prior' ? `prior ${series.patient.studyDate}, ` : '';
  return `${prior}series ${series?.seriesNumber ?? '–'}, image ${number}${frame}`;
}
