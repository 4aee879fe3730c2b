import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { studyNotes } from '#shared/dicom/study-notes.ts';
import { examFactsFromText } from '#shared/domain/exam-facts.ts';
import type { Exam, Laterality } from '#shared/domain/order.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import type { StudySummary } from '#shared/domain/study.ts';
import { parseTimestamp } from '#shared/hl7/timestamp.ts';
import { mainModality } from '#shared/fhir/prior-list.ts';

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
    notes: notesFromHeaders(instances),
    ...(referredBy === undefined || referredBy === '' ? {} : { referredBy }),
  };
}

/** What the objects of a study say of patient and exam, at the time of the study. */
export function notesFromHeaders(instances: readonly DicomJson[]): readonly NoteFact[] {
  const [date, time = '', zone = ''] = ['00080020', '00080030', '00080201'].map((tag) => firstText(instances, tag));
  const at = parseTimestamp(`${date ?? ''}${time.replace(/\..*$/, '')}${/^[+-]\d{4}$/.test(zone) ? zone : ''}`);
  const told = at === undefined ? {} : { at };
  return studyNotes(instances).map((note) => ({ ...note, ...told, source: 'DICOM header' }));
}
