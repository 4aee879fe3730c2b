import type { Exam, Laterality } from './order.ts';

type ExamFacts = Pick<Exam, 'modality' | 'bodyPart' | 'laterality' | 'contrast'>;

/** First match wins, so the more special stands first: `CTA` before `CT`, `PET` before both. Values: DICOM PS3.3 C.7.3.1.1.1. */
const MODALITIES: readonly (readonly [RegExp, string])[] = [
  [/\bPET\b|\bPT\b|positron/, 'PT'],
  [/\bCTA?\b|\bCAT\b|computed tomography/, 'CT'],
  [/\bMR[AIV]?\b|\bNMR\b|magnetic/, 'MR'],
  [/\bMAMMO|\bMG\b|tomosynthesis/, 'MG'],
  [/\bUS\b|ultrasound|sonogra|doppler|duplex/, 'US'],
  [/\bNM\b|scintigra|bone scan|nuclear/, 'NM'],
  [/\bXA\b|angiogram|angiography/, 'XA'],
  [/\bRF\b|fluoro/, 'RF'],
  [/\bX[ -]?RAY|\bXR\b|\bDX\b|\bCR\b|radiograph|\bAP LAT\b|\bPA\b.*\bLAT/, 'DX'],
];

/** Values: DICOM Body Part Examined, PS3.16 annex L. */
const BODY_PARTS: readonly (readonly [RegExp, string])[] = [
  [/chest.*(abd|pelvis)/, 'CHEST'],
  [/c-?spine|cervical/, 'CSPINE'],
  [/t-?spine|thoracic spine/, 'TSPINE'],
  [/l-?spine|lumbar/, 'LSPINE'],
  [/abd\w*.*pelvis/, 'ABDOMEN'],
  [/head|brain|skull|cranial|stroke/, 'HEAD'],
  [/sinus/, 'SINUS'],
  [/face|facial|maxillofacial/, 'FACE'],
  [/orbit/, 'ORBIT'],
  [/neck|carotid/, 'NECK'],
  [/heart|coronary|cardiac/, 'HEART'],
  [/chest|thorax|lung|pulmonary|ribs?\b/, 'CHEST'],
  [/kidney|renal|ureter|\bkub\b/, 'KIDNEY'],
  [/abd\w*|liver|gallbladder|pancreas|\bruq\b/, 'ABDOMEN'],
  [/breast|mammo/, 'BREAST'],
  [/pelvi/, 'PELVIS'],
  [/shoulder/, 'SHOULDER'],
  [/elbow/, 'ELBOW'],
  [/wrist/, 'WRIST'],
  [/hand|finger/, 'HAND'],
  [/hip\b/, 'HIP'],
  [/knee/, 'KNEE'],
  [/ankle/, 'ANKLE'],
  [/foot|toe/, 'FOOT'],
  [/femur|thigh/, 'FEMUR'],
  [/leg|tibia|lower extremity|vein/, 'LEG'],
  [/arm\b|humerus|forearm/, 'ARM'],
  [/spine/, 'SPINE'],
];

const LATERALITIES: readonly (readonly [RegExp, Laterality])[] = [
  [/\bbilat|\bboth\b|\bB\/L\b/, 'bilateral'],
  [/\bleft\b|\bLT\b/, 'left'],
  [/\bright\b|\bRT\b/, 'right'],
];

const find = <Value>(table: readonly (readonly [RegExp, Value])[], text: string): Value | undefined =>
  table.find(([pattern]) => new RegExp(pattern.source, 'i').test(text))?.[1];

/** Undefined when the words leave it open: a wrong `false` would hide a missing contrast phase. */
function contrastOf(text: string): boolean | undefined {
  if (/w\s*\/?\s*(and|&|\+)?\s*w\s*\/?\s*o\b|with (and|&) without|w\/wo/i.test(text)) return true;
  if (/without|\bw\/?o\b|non-?\s?contrast|plain|unenhanced|\bnc\b/i.test(text)) return false;
  if (
    /with\b.*contrast|\bw\/?\s*(iv|contrast)|\bw contrast|contrast enhanced|\bwith iv|\bCTA\b|\bMRA\b|angio/i.test(text)
  )
    return true;
  return undefined;
}

/** An exam's text may be of any length; its first words say what it is. */
const TEXT_LIMIT = 1000;

/** What an exam's words say of it, for orders and headers that carry no codes. Only what the words do say. */
export function examFactsFromText(words: string): ExamFacts {
  const text = words.slice(0, TEXT_LIMIT);
  const modality = find(MODALITIES, text);
  const region = find(BODY_PARTS, text);
  // CT and film of the brain are exams of the head; MR has protocols of its own for the brain.
  const bodyPart = region === 'HEAD' && modality === 'MR' && /brain/i.test(text) ? 'BRAIN' : region;
  const laterality = find(LATERALITIES, text);
  const contrast = contrastOf(text);
  return {
    ...(modality === undefined ? {} : { modality }),
    ...(bodyPart === undefined ? {} : { bodyPart }),
    ...(laterality === undefined ? {} : { laterality }),
    ...(contrast === undefined ? {} : { contrast }),
  };
}
