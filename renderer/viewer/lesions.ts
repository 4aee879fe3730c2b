import { isSeriesOnScreen } from './image-on-screen.ts';
import { lesionOf, partnerOf } from './model/lesion.ts';
import type { Measurement } from './model/measurement.ts';
import { useViewer } from './viewer-store.ts';

const isOnPrior = ({ facts }: Measurement): boolean =>
  useViewer
    .getState()
    .series.some(
      (series) =>
        series.role === 'prior' &&
        series.kind === 'images' &&
        series.images.some(({ imageId }) => imageId === facts.imageId),
    );

function withoutPair(measurement: Measurement): Measurement {
  const { beforeId: _, ...rest } = measurement;
  return rest;
}

/** The selected measurement, or the last one, and the last like it on the other study are one lesion; a pair is parted again. */
export function pairLesion(put: (measurement: Measurement) => void, say: (message: string) => void): void {
  const { measurements, selectedMeasurementId } = useViewer.getState();
  const all = measurements.present;
  const chosen = all.find(({ id }) => id === selectedMeasurementId) ?? all.at(-1);
  if (chosen === undefined) return say('Nothing is measured yet.');
  const lesion = lesionOf(chosen, all);
  if (lesion !== undefined) {
    put(withoutPair(lesion.now));
    return say(`Lesion ${lesion.number} is no pair any more.`);
  }
  const partner = partnerOf(chosen, all, isOnPrior);
  if (partner === undefined) return say('Measure the lesion the same way on the prior too, then pair the two.');
  const [now, before] = isOnPrior(chosen) ? [partner, chosen] : [chosen, partner];
  put({ ...now, beforeId: before.id });
}

/** Brings its image on screen, of a pair both where both studies are shown; from there they scroll together. */
export function showMeasured(id: string, bringUp: (imageId: string) => void, relink: () => void): void {
  useViewer.setState({ selectedMeasurementId: id });
  const all = useViewer.getState().measurements.present;
  const found = all.find((one) => one.id === id);
  if (found === undefined) return;
  const lesion = lesionOf(found, all);
  const other = lesion?.now.id === id ? lesion.before : lesion?.now;
  const showsBoth =
    other !== undefined && isSeriesOnScreen(other.facts.imageId) && isSeriesOnScreen(found.facts.imageId);
  if (showsBoth) bringUp(other.facts.imageId);
  bringUp(found.facts.imageId);
  if (showsBoth) relink();
}
