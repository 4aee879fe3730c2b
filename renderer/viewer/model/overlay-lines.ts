import type { ImageFacts } from './image-facts.ts';
import type { GreyScale } from './display.ts';
import { phasesOf, phaseWords, standingIn } from './phases.ts';
import type { ImageSeries } from './series.ts';

/** A line of the overlay; the lesser ones go first when the pane is small. */
export interface OverlayLine {
  readonly text: string;
  readonly weight: 'essential' | 'useful' | 'lesser';
}
export interface Corners {
  readonly topLeft: readonly OverlayLine[];
  readonly topRight: readonly OverlayLine[];
  readonly bottomLeft: readonly OverlayLine[];
  readonly bottomRight: readonly OverlayLine[];
}
export interface ShownState {
  readonly series: ImageSeries;
  readonly facts: ImageFacts;
  /** 0-based place of `facts` in the series. */
  readonly index: number;
  readonly scale: GreyScale;
  readonly zoomPercent: number;
  readonly isInverted: boolean;
  readonly decoded: number;
  /** Of a linked stack that no frame of reference relates to the active one. */
  readonly linkOffsetMm?: number | undefined;
  /** An overlay plane of the file that is not on screen. */
  readonly lacksOverlayPlane?: boolean;
}

export const line = (text: string | undefined, weight: OverlayLine['weight']): OverlayLine[] =>
  text === undefined || text.trim() === '' ? [] : [{ text, weight }];

export const tidy = (value: number, digits = 1): string => String(Number(value.toFixed(digits)));

export function windowWords(scale: GreyScale, unit: string | undefined): string {
  if (scale.kind === 'table') return 'Window: table in the file';
  const digits = Math.abs(scale.width) < 10 ? 2 : 0;
  const named = scale.function === 'LINEAR' ? '' : scale.function === 'SIGMOID' ? ' sigmoid' : ' exact';
  return `W ${tidy(scale.width, digits)} L ${tidy(scale.center, digits)}${unit === undefined ? '' : ` ${unit}`}${named}`;
}

function spacingWords({ spacing, regions }: ImageFacts): string | undefined {
  switch (spacing.kind) {
    case 'patient':
      return undefined;
    case 'detector':
      return 'Distances at the detector';
    case 'reader':
      return 'Distances calibrated by reader';
    case 'unknown':
      return regions.some(({ rowMm }) => rowMm !== undefined)
        ? 'Distances differ by region'
        : 'Uncalibrated: distances in pixels';
  }
}

/** Said also when it is nothing: the two scans are of different spaces. */
const offsetWords = (offsetMm: number | undefined): string | undefined =>
  offsetMm === undefined ? undefined : `Linked, offset ${offsetMm < 0 ? '−' : '+'}${tidy(Math.abs(offsetMm))} mm`;

export function overlayCorners(shown: ShownState): Corners {
  const { series, facts, index, scale } = shown;
  const { patient } = series;
  const total = series.images.length;
  const phases = phasesOf(series);
  const at = phases ? standingIn(phases, index).place : index;
  const side = [facts.laterality, facts.viewPosition].filter((part) => part !== undefined).join(' ');
  const number = series.seriesNumber === undefined ? '' : `Se ${series.seriesNumber}  `;
  return {
    topLeft: [
      ...line(patient.name, 'essential'),
      ...line([patient.id, patient.ageAndSex].filter(Boolean).join('  '), 'useful'),
      ...line(side === '' ? undefined : side, 'essential'),
    ],
    topRight: [
      ...line(`${series.role === 'prior' ? 'Prior  ' : ''}${patient.studyDate}`, 'essential'),
      ...line(patient.studyDescription, 'useful'),
      ...line(series.description, 'useful'),
      ...line(patient.institution, 'lesser'),
    ],
    bottomLeft: [
      ...line(shown.decoded < total ? `Loading ${shown.decoded}/${total}` : undefined, 'essential'),
      ...line(offsetWords(shown.linkOffsetMm), 'essential'),
      ...line(facts.sliceLocationMm === undefined ? undefined : `Loc ${tidy(facts.sliceLocationMm)} mm`, 'lesser'),
      ...line(
        facts.sliceThicknessMm === undefined ? undefined : `Thick ${tidy(facts.sliceThicknessMm, 2)} mm`,
        'lesser',
      ),
      ...line(phases && phaseWords(phases, index), 'essential'),
      ...line(`${number}Im ${at + 1}/${phases?.places ?? total}`, 'essential'),
    ],
    bottomRight: [
      ...line(
        facts.lossy && `Lossy${facts.lossy.ratio === undefined ? '' : ` ${tidy(facts.lossy.ratio)}:1`}`,
        'essential',
      ),
      ...line(facts.suv?.kind === 'refused' ? `No SUV: ${facts.suv.reason}` : undefined, 'useful'),
      ...line(spacingWords(facts), 'useful'),
      ...line((facts.orientation ?? facts.patientOrientation) ? undefined : 'Orientation not in the file', 'useful'),
      ...line(total > 1 && !facts.position && facts.orientation ? 'Position not in the file' : undefined, 'useful'),
      ...line(shown.lacksOverlayPlane === true ? 'Overlay in the file not shown' : undefined, 'useful'),
      ...line(`Zoom ${Math.round(shown.zoomPercent)} %${shown.isInverted ? '  inverted' : ''}`, 'lesser'),
      ...line(facts.isColour ? undefined : windowWords(scale, facts.unit), 'essential'),
    ],
  };
}

const STEPS_MM = [1, 2, 5, 10, 20, 50, 100, 200];

/** A round length that fills at most `room` CSS pixels; undefined where no length may be claimed. */
export function scaleBar(
  facts: ImageFacts,
  mmPerPixel: number,
  room: number,
): { lengthPx: number; label: string } | undefined {
  if (facts.spacing.kind === 'unknown' || !(mmPerPixel > 0)) return undefined;
  const fitting = STEPS_MM.filter((mm) => mm / mmPerPixel <= room).at(-1);
  if (fitting === undefined) return undefined;
  const label = fitting >= 10 ? `${fitting / 10} cm` : `${fitting} mm`;
  const claim = { patient: '', detector: ' at detector', reader: ', calibrated by reader' }[facts.spacing.kind];
  return { lengthPx: fitting / mmPerPixel, label: `${label}${claim}` };
}
