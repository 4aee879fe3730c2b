import type { ImageReference } from '#shared/reporting/report.ts';
import { imagePlaceWords } from './image-words.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { useViewer } from './viewer-store.ts';

/** An image of the open case as a report points at it. */
export function referenceTo(facts: ImageFacts): ImageReference {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid, frame, frameCount } = facts;
  const place = imagePlaceWords(facts, useViewer.getState().series);
  return {
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid,
    sopClassUid,
    ...(frameCount > 1 ? { frame } : {}),
    label: place.charAt(0).toUpperCase() + place.slice(1),
  };
}

/** And back: where it stands among the images of the case; undefined where it is not here. */
export function findImage({ sopInstanceUid, frame }: ImageReference) {
  for (const series of useViewer.getState().series) {
    if (series.kind !== 'images') continue;
    const index = series.images.findIndex(
      (one) => one.sopInstanceUid === sopInstanceUid && (frame === undefined || one.frame === frame),
    );
    const facts = series.images[index];
    if (facts) return { series, index, facts };
  }
  return undefined;
}
