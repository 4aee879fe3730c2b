import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { examFactsFromText } from '#shared/domain/exam-facts.ts';
import type { Exam, Laterality } from '#shared/domain/order.ts';
import type { NoteFact, NoteKind } from '#shared/domain/notes.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import { mainModality } from '../intake/prior-list.ts';

/** Attributes of PS3.6 that say something of patient or exam, read from any instance of the study. */
const NOTES: readonly (readonly [string, NoteKind, string])[] = [
  ['00321030', 'reason', 'Reason for study'],
  ['00401002', 'reason', 'Reason for the requested procedure'],
  ['00081080', 'history', 'Admitting diagnosis'],
  ['001021B0', 'history', 'Additional patient history'],
  ['00102000', 'other', 'Medical alerts'],
  ['00102110', 'allergy', 'Allergies'],
  ['001021C0', 'pregnancy', 'Pregnancy status'],
  ['00104000', 'other', 'Patient comments'],
  ['00324000', 'technologist-note', 'Study comments'],
  ['00180010', 'other', 'Contrast agent'],
];

/** Pregnancy Status (0010,21C0), PS3.3 C.4.4. */
const PREGNANCY: Readonly<Record<string, string>> = {
  '1': 'not pregnant',
  '2': 'possibly pregnant',
  '3': 'definitely pregnant',
  '4': 'unknown',
};

const LATERALITIES: Readonly<Record<string, Laterality>> = { L: 'left', R: 'right', B: 'bilateral' };

function textIn(instance: DicomJson, tag: string): string | undefined {
  const value = instance[tag]?.Value?.[0];
  if (typeof value === 'number') return `${value}`;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

const firstText = (instances: readonly DicomJson[], tag: string): string | undefined => {
  for (const instance of instances) {
    const text = textIn(instance, tag);
    if (text !== undefined) return text;
  }
  return undefined;
};

export interface HeaderFacts {
  readonly exam: Exam;
  readonly notes: readonly NoteFact[];
  /** (0008,0090), PS3.5 PN. */
  readonly referredBy?: string;
}

/** What the images say of an exam that nobody ordered. */
export function factsFromHeaders(study: StudySummary, instances: readonly DicomJson[]): HeaderFacts {
  const modality = mainModality(study.modalities);
  const bodyPart = firstText(instances, '00180015');
  const procedure = study.description !== '' ? study.description : firstText(instances, '00081030');
  const text = procedure ?? [modality, bodyPart].filter((part) => part !== undefined).join(' ');
  const laterality = LATERALITIES[firstText(instances, '00200060') ?? firstText(instances, '00200062') ?? ''];
  const hasContrast = firstText(instances, '00180010') !== undefined;
  const person = instances
    .map((instance) => instance['00080090']?.Value?.[0])
    .find((value) => typeof value === 'object' && value !== null);
  const referredBy = person === undefined ? undefined : (person as { readonly Alphabetic?: string }).Alphabetic;
  return {
    exam: {
      text: text === '' ? 'Imaging study' : text,
      ...examFactsFromText(`${text} ${bodyPart ?? ''}`),
      ...(modality === undefined ? {} : { modality }),
      ...(bodyPart === undefined ? {} : { bodyPart }),
      ...(laterality === undefined ? {} : { laterality }),
      ...(hasContrast ? { contrast: true } : {}),
    },
    notes: NOTES.flatMap(([tag, kind, label]) => {
      const value = firstText(instances, tag);
      if (value === undefined) return [];
      const words = kind === 'pregnancy' ? (PREGNANCY[value] ?? value) : value;
      return [{ kind, label, text: words, source: 'DICOM header' }];
    }),
    ...(referredBy === undefined || referredBy === '' ? {} : { referredBy }),
  };
}
