import type { ImagePresentation } from '#shared/reporting/measured-on-image.ts';
import type { KeyImage, ReportMeasurement } from '#shared/reporting/report.ts';
import { referenceTo } from './image-reference.ts';
import { imagePlaceWords } from './image-words.ts';
import type { ImageFacts } from './model/image-facts.ts';
import { imagePresentation, presentationRefusal } from './model/image-presentation.ts';
import { lesionOf } from './model/lesion.ts';
import { measurementName, reportWords } from './model/measurement-words.ts';
import { drawnShape, measuredNumbers } from './model/reported-measurement.ts';
import { reportedPlaneLength } from './plane-lengths.ts';
import { theStage } from './stage.ts';
import { activePane, useViewer, type Pane } from './viewer-store.ts';

/** As it stands in a pane now; undefined where it stands in none, or no presentation state can say how. */
function presentationOf(facts: ImageFacts, pane: Pane | undefined): ImagePresentation | undefined {
  const element = pane && theStage().view(pane.id)?.element;
  if (!element || !pane.place || pane.painted?.facts.imageId !== facts.imageId) return undefined;
  const all = useViewer.getState().measurements.present;
  return imagePresentation(
    { ...pane, facts, place: pane.place, size: [element.clientWidth, element.clientHeight] },
    all.filter((one) => one.facts.imageId === facts.imageId),
    all,
  );
}

function keyImage(facts: ImageFacts, pane: Pane | undefined): KeyImage {
  const presentation = presentationOf(facts, pane);
  return { ...referenceTo(facts), ...(presentation === undefined ? {} : { presentation }) };
}

/** Of the active pane. Undefined while nothing is painted there: an image only asked for is not the one that is seen. */
export function shownImage(): KeyImage | undefined {
  const state = useViewer.getState();
  // A plane is no image of the study: nothing can refer to it.
  const pane = state.planes === undefined ? activePane(state) : undefined;
  return pane?.painted && keyImage(pane.painted.facts, pane);
}

/** Why how the active image is seen does not go with it as a key image; undefined where it does. */
export function whyViewIsNotKept(): string | undefined {
  const pane = activePane(useViewer.getState());
  return pane?.painted && presentationRefusal({ ...pane, facts: pane.painted.facts });
}

export interface MeasurementForReport {
  /** `12 × 9 mm (series 4, image 56)` */
  readonly words: string;
  readonly image: KeyImage;
  readonly measurement: ReportMeasurement;
}

/** A distance on a plane: selected, or the last one while planes are open. Its way back is the image nearest to it. */
function planeLengthForReport(): MeasurementForReport | undefined {
  const { planeLengths, selectedMeasurementId, planes, measurements } = useViewer.getState();
  const selected = planeLengths.find(({ id }) => id === selectedMeasurementId);
  const isOther = measurements.present.some(({ id }) => id === selectedMeasurementId);
  const chosen = selected ?? (planes && !isOther ? planeLengths.at(-1) : undefined);
  const reported = chosen && reportedPlaneLength(chosen);
  if (!reported) return undefined;
  const image = referenceTo(reported.nearest);
  return { words: reported.words, image, measurement: { ...reported.measurement, image } };
}

/** The measurement that is selected, else the one drawn last; undefined where it has nothing to say in a report. */
export function measurementForReport(): MeasurementForReport | undefined {
  const onPlane = planeLengthForReport();
  if (onPlane) return onPlane;
  const { measurements, selectedMeasurementId, series, panes } = useViewer.getState();
  const all = measurements.present;
  const selected = all.find(({ id }) => id === selectedMeasurementId) ?? all.at(-1);
  // Of a lesion measured twice it is the study that is read that is reported.
  const chosen = selected && (lesionOf(selected, all)?.now ?? selected);
  const words = chosen && reportWords(chosen, all, (facts) => imagePlaceWords(facts, series));
  if (chosen === undefined || words === undefined) return undefined;
  const holder = panes.find(({ painted }) => painted?.facts.imageId === chosen.facts.imageId);
  return {
    words,
    image: keyImage(chosen.facts, holder),
    measurement: {
      ...drawnShape(chosen),
      trackingUuid: chosen.id,
      image: referenceTo(chosen.facts),
      words: `${measurementName(chosen)} ${words}`,
      numbers: measuredNumbers(chosen, all),
    },
  };
}
