import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { items, number, text, texts } from './attributes.ts';
import type { VoiFunction, VoiWindow } from './image-facts.ts';

/** How activity becomes a standardised uptake value by body weight, or why it may not. */
export type Suv =
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'refused'; readonly reason: string };

export const SUV_UNIT = 'SUVbw';
const GRAMS_PER_KG = 1000;
const DAY_S = 86_400;

const refused = (reason: string): Suv => ({ kind: 'refused', reason });

/** Seconds since midnight of a TM value (PS3.5 6.2): `HHMMSS.FFF`, shorter where less is known. */
function secondsOf(time: string | undefined): number | undefined {
  const parts = /^(\d{2})(\d{2})?(\d{2}(?:\.\d+)?)?/.exec(time ?? '');
  return parts ? Number(parts[1]) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : undefined;
}

/** Seconds of a point in time; days by their number, so that midnight does not matter. */
function momentOf(date: string | undefined, time: string | undefined): number | undefined {
  const day = /^(\d{4})(\d{2})(\d{2})/.exec(date ?? '');
  const seconds = secondsOf(time);
  if (!day || seconds === undefined) return undefined;
  return Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])) / 1000 + seconds;
}

/** The dose's decay from injection to the moment the activity was corrected to, as a factor; a word where it is not known. */
function decayedPart(data: DicomJson, isotope: DicomJson): number | string {
  const correction = text(data, '00541102');
  if (correction === 'ADMIN') return 1;
  if (correction !== 'START') return 'the file does not say to which moment decay was corrected';
  const halfLife = number(isotope, '00181075');
  if (halfLife === undefined || halfLife <= 0) return 'the half-life of the radionuclide is missing';
  const scan = momentOf(text(data, '00080021'), text(data, '00080031'));
  const acquired = momentOf(text(data, '00080022'), text(data, '00080032'));
  if (scan === undefined) return 'date or time of the series is missing';
  // C.8.9.1.1.11.3: START is the series' own beginning; a later series time was written by later processing.
  if (acquired !== undefined && scan > acquired) return 'the series time is later than its images';
  const stated = text(isotope, '00181078');
  const injected = stated
    ? momentOf(stated.slice(0, 8), stated.slice(8))
    : momentOf(text(data, '00080021'), text(isotope, '00181072'));
  if (injected === undefined) return 'the time of injection is missing';
  // A start time without a date: an injection before midnight belongs to the day before.
  const elapsed = scan - injected + (stated === undefined && injected > scan ? DAY_S : 0);
  return elapsed < 0 ? 'the injection lies after the scan' : 2 ** (-elapsed / halfLife);
}

/**
 * SUV by body weight, in g/ml: activity × weight / (injected dose decayed to the scan), as the QIBA FDG-PET profile works it
 * out from Units, Decay Correction and the radiopharmaceutical's module (PS3.3 C.8.9.1, C.8.9.2). Refused with the reason
 * where a fact is missing: a guessed uptake is worse than none.
 */
export function readSuv(data: DicomJson): Suv {
  const unit = text(data, '00541001');
  if (unit === 'GML') {
    const type = text(data, '00541006') ?? 'BW';
    return type === 'BW' ? { kind: 'factor', factor: 1 } : refused(`the values are uptake by ${type}, not by weight`);
  }
  if (unit !== 'BQML') return refused(unit === undefined ? 'the unit is missing' : `the values are in ${unit}`);
  const corrected = texts(data, '00280051');
  if (!corrected.includes('ATTN')) return refused('the images are not corrected for attenuation');
  if (!corrected.includes('DECY')) return refused('the images are not corrected for decay');
  const weightKg = number(data, '00101030');
  if (weightKg === undefined || weightKg <= 0) return refused('the patient’s weight is missing');
  const [isotope] = items(data, '00540016');
  const dose = isotope && number(isotope, '00181074');
  if (!isotope || dose === undefined || dose <= 0) return refused('the injected dose is missing');
  const part = decayedPart(data, isotope);
  if (typeof part === 'string') return refused(part);
  return { kind: 'factor', factor: (weightKg * GRAMS_PER_KG) / (dose * part) };
}

/** A window over activity as the same one over uptake; LINEAR's half units (C.11.2.1.2.1) become part of it. */
export const windowInSuv = (window: VoiWindow, voiFunction: VoiFunction, factor: number): VoiWindow =>
  voiFunction === 'LINEAR'
    ? { ...window, center: (window.center - 0.5) * factor, width: Math.max(window.width - 1, 1e-3) * factor }
    : { ...window, center: window.center * factor, width: window.width * factor };

/** The LINEAR window in the file's own unit that shows the same as this exact one in uptake. */
export const windowInFile = (
  { center, width }: { readonly center: number; readonly width: number },
  suv: Suv | undefined,
): { readonly center: number; readonly width: number } =>
  suv?.kind === 'factor' && suv.factor !== 1
    ? { center: center / suv.factor + 0.5, width: width / suv.factor + 1 }
    : { center, width };
