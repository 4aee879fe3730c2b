import { imagePlaceWords } from './image-words.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { reportWords } from './model/measurement-words.ts';
import { activePane, useViewer } from './viewer-store.ts';

/** An image as a report refers to it. */
export interface ShownImage {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  /** From 1; absent for an image of one frame. */
  readonly frame?: number;
  /** `Series 2, image 7`, as the overlay names it. */
  readonly label: string;
}

function referenceTo(facts: ImageFacts): ShownImage {
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

/** Of the active pane. Undefined while nothing is painted there: an image only asked for is not the one that is seen. */
export function shownImage(): ShownImage | undefined {
  const state = useViewer.getState();
  // A plane is no image of the study: nothing can refer to it.
  const facts = state.planes === undefined ? activePane(state)?.painted?.facts : undefined;
  return facts && referenceTo(facts);
}

export interface MeasurementForReport {
  /** `12 × 9 mm (series 4, image 56)` */
  readonly words: string;
  readonly image: ShownImage;
}

/** The measurement that is selected, else the one drawn last; undefined where it has nothing to say in a report. */
export function measurementForReport(): MeasurementForReport | undefined {
  const { measurements, selectedMeasurementId, series } = useViewer.getState();
  const all = measurements.present;
  const chosen = all.find(({ id }) => id === selectedMeasurementId) ?? all.at(-1);
  const words = chosen && reportWords(chosen, all, imagePlaceWords(chosen.facts, series));
  return chosen && words !== undefined ? { words, image: referenceTo(chosen.facts) } : undefined;
}
