import type { SlicePlane } from '#shared/domain/hanging-protocol.ts';
import type { ReportMeasurement } from '#shared/reporting/report.ts';
import { imagePlaceWords } from './image-words.ts';
import type { ImageFacts, Vector3 } from './model/image-facts.ts';
import { reportedLength } from './model/measurement-words.ts';
import { phaseAt } from './model/phases.ts';
import { PLANE_NAMES } from './model/plane-words.ts';
import { isStraight } from './model/plane.ts';
import { lengthMm, type PlaneLength, type PlaneLine, type PlanesState } from './model/planes-state.ts';
import { dot, cross } from './model/read-image-facts.ts';
import { toPosition } from './model/reported-measurement.ts';
import type { ImageSeries } from './model/series.ts';
import { between } from './model/vector.ts';
import { seriesByKey, useViewer } from './viewer-store.ts';

function imagesOf(seriesKey: string): ImageSeries | undefined {
  const found = seriesByKey(seriesKey)(useViewer.getState());
  return found?.kind === 'images' ? found : undefined;
}

const change = (next: (lengths: readonly PlaneLength[]) => readonly PlaneLength[]): void =>
  useViewer.setState(({ planeLengths }) => ({ planeLengths: next(planeLengths) }));

/** A distance that was drawn on a plane joins the measurements of the case. */
export function addPlaneLength(
  { seriesKey, firstIndex, planes, at }: PlanesState,
  name: SlicePlane,
  { from, to }: PlaneLine,
): void {
  const id = crypto.randomUUID();
  change((before) => [...before, { id, seriesKey, firstIndex, name, planes, at, from, to }]);
  useViewer.setState({ selectedMeasurementId: id });
}

/** One that went into the report stands again; undefined where the report does not say how its planes were seen. */
export function standAgain(
  { trackingUuid: id, inSpace }: ReportMeasurement,
  { series, index }: { readonly series: ImageSeries; readonly index: number },
) {
  const { seenOn, points: [from, to] = [] } = inSpace ?? {};
  if (!seenOn || !from || !to) return undefined;
  const firstIndex = phaseAt(series, index).from;
  const again: PlaneLength = { id, seriesKey: series.key, firstIndex, ...seenOn, from, to };
  change((before) => [...before.filter((one) => one.id !== id), again]);
  return again;
}

export const removePlaneLength = (gone: string | undefined): void =>
  change((before) => before.filter(({ id }) => id !== gone));
/** The one that is selected, else the last of the planes that are open. */
export function removeSelectedPlaneLength(): void {
  const { planeLengths, selectedMeasurementId, planes } = useViewer.getState();
  const selected = planeLengths.find(({ id }) => id === selectedMeasurementId);
  removePlaneLength((selected ?? planeLengths.findLast(({ seriesKey }) => seriesKey === planes?.seriesKey))?.id);
}
export const removePlaneLengthsOf = (of: string | undefined): void =>
  change((before) => before.filter(({ seriesKey }) => seriesKey !== of));

/** The images it was measured in: of a volume in time those of its phase. */
function seriesOf({ seriesKey, firstIndex }: PlaneLength): ImageSeries | undefined {
  const series = imagesOf(seriesKey);
  return series && phaseAt(series, firstIndex).part;
}

/** `coronal plane` */
const planeOfLength = ({ name, planes }: PlaneLength): string =>
  `${isStraight(planes) ? '' : 'oblique '}${PLANE_NAMES[name].toLowerCase()} plane`;

export function planeLengthPlace(length: PlaneLength): string {
  const series = seriesOf(length);
  const prior = series?.role === 'prior' ? `prior ${series.patient.studyDate}, ` : '';
  return `${prior}series ${series?.seriesNumber ?? '–'}, ${planeOfLength(length)}`;
}

/** On an image's own grid: where a place in the patient falls when it is looked at along the normal. */
function onImage({ position, orientation, spacing }: ImageFacts, place: Vector3) {
  if (!position || !orientation) return undefined;
  const way = between(position, place);
  return toPosition([dot(way, orientation.row) / spacing.columnMm, dot(way, orientation.column) / spacing.rowMm]);
}

/** The image of the series that lies nearest to the middle of the line. */
function nearestImage({ from, to }: PlaneLength, { images }: ImageSeries): ImageFacts | undefined {
  const middle: Vector3 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2];
  const away = ({ position, orientation }: ImageFacts) =>
    position && orientation
      ? Math.abs(dot(between(position, middle), cross(orientation.row, orientation.column)))
      : Number.POSITIVE_INFINITY;
  return images.toSorted((one, other) => away(one) - away(other))[0];
}

const DIGITS = 1e4;

export interface ReportedPlaneLength {
  /** `12 mm (series 4, coronal plane)` */
  readonly words: string;
  readonly nearest: ImageFacts;
  readonly measurement: Omit<ReportMeasurement, 'image'>;
}

/** As it goes into the report, with its place in the patient; undefined where its series is gone or has no frame of reference. */
export function reportedPlaneLength(length: PlaneLength): ReportedPlaneLength | undefined {
  const series = seriesOf(length);
  const nearest = series && nearestImage(length, series);
  const { frameOfReferenceUid } = nearest ?? {};
  if (!nearest || frameOfReferenceUid === undefined) return undefined;
  const mm = lengthMm(length);
  const words = `${reportedLength(mm)} (${planeLengthPlace(length)})`;
  const { from, to, name, at, planes } = length;
  return {
    words,
    nearest,
    measurement: {
      trackingUuid: length.id,
      shape: 'POLYLINE',
      points: [from, to].flatMap((place) => {
        const position = onImage(nearest, place);
        return position ? [position] : [];
      }),
      inSpace: { frameOfReferenceUid, points: [from, to], seenOn: { name, at, planes } },
      words: `Length ${words}; nearest image: ${imagePlaceWords(nearest, useViewer.getState().series)}`,
      numbers: [{ quantity: 'length', value: Math.round(mm * DIGITS) / DIGITS, unit: 'mm' }],
    },
  };
}
