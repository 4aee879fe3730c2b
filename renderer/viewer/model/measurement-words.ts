import { spacingAt } from './calibration.ts';
import { angleAt, areaOf, cobbAngle, distance } from './geometry.ts';
import type { ImageFacts, PixelSpacing } from './image-facts.ts';
import { changeOf, lesionOf, type Lesion } from './lesion.ts';
import { isRegion, KINDS, type Measurement, type PixelValues } from './measurement.ts';
import { valueUnit } from './pixel-values.ts';

/** From here on an area is read in square centimetres. */
const LEAST_CM2_IN_MM2 = 100;
/** Shorter than this, a tenth of a millimetre matters in a report. */
const FINE_MM = 5;

const CLAIMS: Readonly<Record<PixelSpacing['kind'], string>> = {
  patient: '',
  detector: ' at detector',
  reader: ', calibrated by reader',
  unknown: ', uncalibrated',
};
const isMm = ({ kind }: PixelSpacing): boolean => kind !== 'unknown';

const number = (value: number, digits: number): string =>
  value
    .toFixed(digits)
    .replace(/^-(0(?:\.0*)?)$/, '$1')
    .replace('-', '−');

/** A measured length with what may be claimed for it. */
export const lengthWords = (length: number, spacing: PixelSpacing): string =>
  `${number(length, 1)} ${isMm(spacing) ? 'mm' : 'px'}${CLAIMS[spacing.kind]}`;

function areaWords(area: number, spacing: PixelSpacing): string {
  const claim = CLAIMS[spacing.kind];
  if (!isMm(spacing)) return `${number(area, 0)} px²${claim}`;
  return area < LEAST_CM2_IN_MM2 ? `${number(area, 1)} mm²${claim}` : `${number(area / 100, 2)} cm²${claim}`;
}

/** Whole numbers as they are; else as many digits as the size of the value carries. */
const valueWords = (value: number): string =>
  Number.isInteger(value) ? number(value, 0) : number(value, Math.abs(value) < 1 ? 3 : Math.abs(value) < 10 ? 2 : 1);

const isColour = (pixels: Measurement['pixels']): pixels is readonly [number, number, number] => Array.isArray(pixels);

function probeWords({ pixels, facts }: Measurement): string {
  if (pixels === undefined) return 'outside the image';
  if (isColour(pixels)) return `R ${pixels[0]} G ${pixels[1]} B ${pixels[2]}`;
  return `${valueWords(pixels.mean)} ${valueUnit(facts)}`;
}

const meanWords = ({ mean, sd }: PixelValues, unit: string): string =>
  `mean ${number(mean, 1)} ${unit}, SD ${number(sd, 1)}`;

function regionWords(measurement: Measurement, spacing: PixelSpacing): string[] {
  const { kind, points, pixels, facts } = measurement;
  const area = areaWords(areaOf(kind, points, spacing), spacing);
  if (pixels === undefined || isColour(pixels)) return [area];
  return [
    area,
    meanWords(pixels, valueUnit(facts)),
    `min ${valueWords(pixels.min)}, max ${valueWords(pixels.max)}, ${pixels.count} px`,
  ];
}

const [FIRST, SECOND, THIRD, FOURTH] = [0, 1, 2, 3] as const;

/** The two diameters, the longer first. */
function diameters({ points }: Measurement, spacing: PixelSpacing): [number, number] {
  const one = distance(points[FIRST]!, points[SECOND]!, spacing);
  const other = distance(points[THIRD]!, points[FOURTH]!, spacing);
  return one >= other ? [one, other] : [other, one];
}

const degrees = (angle: number): string => `${number(angle, 1)}°`;

/** `+33 %`; nothing where the two measurements are not in one scale. */
function changeWords(lesion: Lesion, all: readonly Measurement[]): string | undefined {
  const change = changeOf(lesion, all);
  if (change === undefined) return undefined;
  const percent = Math.round(change * 100);
  return percent === 0 ? 'no change' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
}

/** Of a pair: which lesion it is; on the study that is read also what it was before. */
function lesionLines(measurement: Measurement, all: readonly Measurement[]): string[] {
  const lesion = lesionOf(measurement, all);
  if (lesion === undefined) return [];
  const name = `Lesion ${lesion.number}`;
  if (lesion.before.id === measurement.id) return [`${name}, before`];
  return [name, [`before ${reportedValue(lesion.before, all)}`, changeWords(lesion, all)].filter(Boolean).join(', ')];
}

/** What stands beside the drawing, a line each. `all`: the case's measurements, among them calibrations. */
export const measurementLines = (measurement: Measurement, all: readonly Measurement[]): string[] => [
  ...ownLines(measurement, all),
  ...lesionLines(measurement, all),
];

function ownLines(measurement: Measurement, all: readonly Measurement[]): string[] {
  const { kind, points, facts, text } = measurement;
  const spacing = spacingAt(facts, points, all);
  const own = text === '' ? [] : [text];
  if (isRegion(kind)) return [...own, ...regionWords(measurement, spacing)];
  switch (kind) {
    case 'probe':
      return [...own, probeWords(measurement)];
    case 'length':
      return [...own, lengthWords(distance(points[FIRST]!, points[SECOND]!, spacing), spacing)];
    case 'bidirectional': {
      const [long, short] = diameters(measurement, spacing);
      return [...own, `${number(long, 1)} × ${lengthWords(short, spacing)}`];
    }
    case 'angle':
      return [...own, degrees(angleAt(points[SECOND]!, points[FIRST]!, points[THIRD]!, spacing))];
    case 'cobb':
      return [...own, `Cobb ${degrees(cobbAngle(points, spacing))}`];
    case 'calibration':
      return [`${valueWords(measurement.knownMm ?? 0)} mm, calibrated by reader`];
    default:
      return own;
  }
}

/** Reports count whole millimetres, tenths where the smallest of the lengths is small. */
function reportedLengths(lengths: readonly number[], spacing: PixelSpacing): string {
  const digits = isMm(spacing) && Math.min(...lengths) < FINE_MM ? 1 : 0;
  return `${lengths.map((length) => number(length, digits)).join(' × ')} ${isMm(spacing) ? 'mm' : 'px'}${CLAIMS[spacing.kind]}`;
}

/** Of a distance in the patient: `12 mm`. */
export const reportedLength = (mm: number): string => reportedLengths([mm], { kind: 'patient', rowMm: 1, columnMm: 1 });

function reportedValue(measurement: Measurement, all: readonly Measurement[]): string {
  const { kind, points, facts } = measurement;
  const spacing = spacingAt(facts, points, all);
  if (kind === 'length') return reportedLengths([distance(points[FIRST]!, points[SECOND]!, spacing)], spacing);
  if (kind === 'bidirectional') return reportedLengths(diameters(measurement, spacing), spacing);
  if (isRegion(kind)) return regionWords(measurement, spacing).slice(0, 2).join(', ');
  return ownLines({ ...measurement, text: '' }, all)[0] ?? '';
}

/**
 * `12 × 9 mm (series 4, image 56)`, and of a lesion measured on a prior too `…, before 9 × 7 mm (prior 2026-03-03, series 3, image 40), +33 %`; undefined
 * for what has nothing to say in a report.
 */
export function reportWords(
  measurement: Measurement,
  all: readonly Measurement[],
  placeOf: (facts: ImageFacts) => string,
): string | undefined {
  const lesion = lesionOf(measurement, all);
  const now = lesion?.now ?? measurement;
  const said = valueAndPlace(now, all, placeOf);
  if (said === undefined || lesion === undefined) return said;
  const before = `${reportedValue(lesion.before, all)} (${placeOf(lesion.before.facts)})`;
  return [said, `before ${before}`, changeWords(lesion, all)].filter(Boolean).join(', ');
}

function valueAndPlace(
  measurement: Measurement,
  all: readonly Measurement[],
  placeOf: (facts: ImageFacts) => string,
): string | undefined {
  if (measurement.kind === 'calibration') return undefined;
  const said = [measurement.text, reportedValue(measurement, all)].filter((part) => part !== '').join(': ');
  return said === '' ? undefined : `${said} (${placeOf(measurement.facts)})`;
}

/** How the list names it. */
export const measurementName = ({ kind }: Measurement): string => KINDS[kind].name;
