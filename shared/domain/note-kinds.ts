import type { NoteKind } from './notes.ts';

const CONTRAST = /contrast|iodin|gadolin|iohexol|iopamidol|omnipaque|isovue|gadavist|gadobutrol|dotarem/i;

/** A substance that is given as contrast medium. */
export const contrastAllergy = (substance: string): boolean => CONTRAST.test(substance);

/** "None known" is a statement about the patient, not an allergen whose reaction is missing. */
export const isNoAllergy = (substance: string): boolean => /^no (known )?.*allerg|\bNKD?A\b/i.test(substance);

/** LOINC codes of pregnancy status, last menstrual period and delivery date estimates. */
const PREGNANCY_CODES = new Set(['82810-3', '11449-6', '8665-2', '11778-8', '2106-3']);
const VITALS =
  /\b(weight|height|bmi|heart ?rate|pulse|blood pressure|temperature|spo2|oxygen saturation|respiratory rate)\b/i;

/** Where an observation belongs in the notes panel, from its label and code; measured values that are no vital sign are labs. */
export function observationKind(label: string, code: string | undefined, isMeasured: boolean): NoteKind {
  if (PREGNANCY_CODES.has(code ?? '') || /pregnan|menstrual|\bhcg\b|\blmp\b/i.test(label)) return 'pregnancy';
  if (/implant|pacemaker|icd\b|device|aneurysm clip|cochlear|mri safety|prosthe/i.test(label)) return 'implant';
  if (/contrast reaction|reaction to contrast/i.test(label)) return 'contrast-reaction';
  if (/allerg/i.test(label)) return 'allergy';
  if (/medication|metformin|anticoag|drug\b/i.test(label)) return 'medication';
  if (/technologist|tech note/i.test(label)) return 'technologist-note';
  if (/protocol/i.test(label)) return 'protocol';
  if (/reason for (exam|study)|indication/i.test(label)) return 'reason';
  if (/history|symptom|diagnos|clinical info/i.test(label)) return 'history';
  if (VITALS.test(label)) return 'other';
  return isMeasured ? 'lab' : 'other';
}
