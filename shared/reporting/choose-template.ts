import type { Exam } from '../domain/order.ts';
import type { Template } from './report.ts';

/** DICOM modalities that read alike for a template. */
const MODALITY_GROUP: Readonly<Record<string, string>> = {
  CR: 'XR',
  DX: 'XR',
  DR: 'XR',
  RG: 'XR',
  PX: 'XR',
  RF: 'XR',
  IO: 'XR',
  MRI: 'MR',
};
const groupOf = (modality: string): string => MODALITY_GROUP[modality.toUpperCase()] ?? modality.toUpperCase();

const words = (text: string): Set<string> =>
  new Set(
    text
      .toUpperCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  );

/** Words that stand in for a body part in exam names and in Body Part Examined (PS3.16 annex L). */
const PART_WORDS: Readonly<Record<string, readonly string[]>> = {
  HEAD: ['HEAD', 'BRAIN', 'SKULL', 'CRANIAL', 'CEREBRAL', 'STROKE'],
  BRAIN: ['BRAIN', 'HEAD', 'CEREBRAL'],
  CHEST: ['CHEST', 'THORAX', 'LUNG', 'LUNGS', 'CXR', 'PULMONARY', 'THORACIC'],
  ABDOMEN: [
    'ABDOMEN',
    'ABDOMINAL',
    'ABD',
    'ABDPELV',
    'KUB',
    'RUQ',
    'LIVER',
    'GALLBLADDER',
    'RENAL',
    'KIDNEY',
    'KIDNEYS',
  ],
  ABDOMENPELVIS: ['ABDOMENPELVIS', 'ABDPELV'],
  PELVIS: ['PELVIS', 'PELVIC'],
  CSPINE: ['CSPINE', 'CERVICAL'],
  BREAST: ['BREAST', 'MAMMO', 'MAMMOGRAPHY', 'MAMMOGRAM'],
  EXTREMITY:
    'EXTREMITY HAND WRIST FOREARM ELBOW HUMERUS SHOULDER CLAVICLE FINGER THUMB SCAPULA FOOT ANKLE TIBIA FIBULA KNEE FEMUR HIP TOE CALCANEUS PATELLA LEG ARM'.split(
      ' ',
    ),
  CHILD: ['CHILD', 'CHILDREN', 'PEDIATRIC', 'PAEDIATRIC', 'PEDS', 'PAEDS', 'INFANT', 'NEONATE', 'NEONATAL', 'NEWBORN'],
  WHOLEBODY: ['WHOLEBODY', 'PANSCAN', 'POLYTRAUMA', 'PAN'],
  NECK: ['NECK', 'LARYNX', 'PAROTID', 'TONSIL', 'CAROTID', 'CAROTIDS', 'CERVICAL'],
  SPINE: ['SPINE', 'SPINAL', 'CSPINE', 'TSPINE', 'LSPINE', 'CERVICAL', 'LUMBAR', 'LUMBOSACRAL', 'CORD', 'SACRUM'],
  LSPINE: ['LSPINE', 'LUMBAR', 'LUMBOSACRAL'],
  LIVER: ['LIVER', 'HEPATIC', 'HCC', 'TRIPHASIC'],
  PREGNANCY: ['PREGNANCY', 'PREGNANT', 'OB', 'OBSTETRIC', 'FETAL', 'TRIMESTER', 'GESTATION'],
  SCROTUM: ['SCROTUM', 'SCROTAL', 'TESTES', 'TESTIS', 'TESTICLE', 'TESTICLES', 'TESTICULAR'],
  THYROID: ['THYROID'],
  KIDNEY: ['KIDNEY', 'KIDNEYS', 'RENAL', 'BLADDER', 'RETROPERITONEUM', 'RETROPERITONEAL'],
  CAROTID: ['CAROTID', 'CAROTIDS'],
  PROSTATE: ['PROSTATE'],
  APPENDIX: ['APPENDIX', 'APPENDICITIS'],
  LEG: ['LEG', 'LEGS', 'DVT', 'VEIN', 'VEINS', 'VENOUS', 'DUPLEX', 'EXTREMITY'],
};

function partMatches(part: string, examWords: ReadonlySet<string>): boolean {
  const key = part.toUpperCase().replaceAll(/[^A-Z]/g, '');
  const known = PART_WORDS[key] ?? [part.toUpperCase()];
  return known.some((word) => examWords.has(word));
}

/** Orders from a wire often name the modality in the exam's text only. */
const MODALITY_WORDS: readonly (readonly [string, readonly string[]])[] = [
  ['PT', ['PET', 'PETCT']],
  ['NM', ['NM', 'SCINTIGRAPHY', 'VQ', 'VENTILATION', 'PERFUSION']],
  ['CT', ['CT', 'CTA', 'CTPA']],
  ['MR', ['MR', 'MRI', 'MRA', 'MRCP']],
  ['US', ['US', 'ULTRASOUND', 'SONOGRAPHY', 'DUPLEX', 'DOPPLER']],
  ['MG', ['MG', 'MAMMO', 'MAMMOGRAPHY', 'MAMMOGRAM']],
  ['XR', ['XR', 'CR', 'DX', 'CXR', 'KUB', 'RADIOGRAPH', 'RADIOGRAPHS', 'XRAY']],
];
const modalityOf = (exam: Exam, examWords: ReadonlySet<string>): string | undefined =>
  exam.modality === undefined
    ? MODALITY_WORDS.find(([, names]) => names.some((name) => examWords.has(name)))?.[0]
    : groupOf(exam.modality);

/** How well a template fits; undefined when it must not be used for this exam. */
function fit(template: Template, exam: Exam, examWords: ReadonlySet<string>): number | undefined {
  const modality = modalityOf(exam, examWords);
  let score = 0;
  if (template.modalities.length > 0) {
    if (modality === undefined || !template.modalities.some((known) => groupOf(known) === modality)) return undefined;
    score += 100;
  }
  if (template.bodyParts.length > 0) {
    const matchedParts = template.bodyParts.filter((part) => partMatches(part, examWords));
    const matched = matchedParts.length;
    // A child's exam of another part is no child's chest.
    if (matchedParts.every((part) => part === 'CHILD')) return undefined;
    // All of a template's parts named beats some of them: abdomen and pelvis before abdomen alone.
    score += 200 + 10 * matched - 5 * (template.bodyParts.length - matched);
  }
  if (template.contrast !== undefined && exam.contrast !== undefined) {
    if (template.contrast !== exam.contrast) return undefined;
    score += 2;
  }
  // Words of the title that the exam names too (`stroke`, `embolism`), less those it does not.
  const titleWords = [...words(template.title)];
  const named = titleWords.filter((word) => examWords.has(word)).length;
  return score + 8 * named - (titleWords.length - named);
}

/**
 * The template that fits an exam best: same modality, same body part, same contrast, most words in common; at equal fit the
 * first by id, so that any set of templates has one answer. A template without modalities and body parts fits every exam.
 */
export function chooseTemplate(
  templates: readonly Template[],
  exam: Exam,
  patient: { readonly isChild?: boolean } = {},
): Template {
  const examWords = words(`${exam.text} ${exam.bodyPart ?? ''}`);
  if (patient.isChild === true) examWords.add('CHILD');
  if (examWords.has('WHOLE') && examWords.has('BODY')) examWords.add('WHOLEBODY');
  if (examWords.has('V') && examWords.has('Q')) examWords.add('VQ').add('LUNG');
  if (examWords.has('SPINE')) {
    if (examWords.has('C')) examWords.add('CSPINE');
    if (examWords.has('L')) examWords.add('LSPINE');
    // The thoracic spine is no chest.
    examWords.delete('THORACIC');
  }
  const ranked = templates
    .map((template) => ({ template, score: fit(template, exam, examWords) }))
    .filter((entry): entry is { template: Template; score: number } => entry.score !== undefined)
    .toSorted((left, right) => right.score - left.score || (left.template.id < right.template.id ? -1 : 1));
  return ranked[0]?.template ?? templates.find((template) => template.modalities.length === 0) ?? PLAIN_TEMPLATE;
}

/** Used where no template at all could be loaded: a report must always be possible. */
export const PLAIN_TEMPLATE: Template = {
  id: 'overread-plain',
  title: 'Imaging report',
  language: 'en',
  modalities: [],
  bodyParts: [],
  sections: (['indication', 'technique', 'comparison', 'findings', 'impression'] as const).map((role) => ({
    id: role,
    title: role.charAt(0).toUpperCase() + role.slice(1),
    role,
    fields: [],
    defaultText: '',
  })),
};
