import type {
  AllergyIntolerance,
  CodeableConcept,
  Condition,
  DiagnosticReport,
  DocumentReference,
  FhirResource,
  MedicationStatement,
  Meta,
  Observation,
  ObservationComponent,
} from 'fhir/r4';

import { contrastAllergy, isNoAllergy, observationKind } from '../domain/note-kinds.ts';
import { NOTE_KINDS, type NoteFact, type NoteKind } from '../domain/notes.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { textFromBase64 } from './base64-text.ts';
import { instantOf } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

/** The words of a concept: text, else the display of a coding, else its code. */
export const wordsOf = (concept: CodeableConcept | undefined): string | undefined =>
  concept?.text ??
  concept?.coding?.find((coding) => coding.display !== undefined)?.display ??
  concept?.coding?.find((coding) => coding.code !== undefined)?.code;

const codeOf = (concept: CodeableConcept | undefined): string | undefined => concept?.coding?.[0]?.code;

/** Ours carry their kind as a tag; what other systems wrote is judged by its content. */
function taggedKind(meta: Meta | undefined): NoteKind | undefined {
  const code = meta?.tag?.find((tag) => tag.system === SYSTEM.note)?.code;
  return NOTE_KINDS.find((kind) => kind === code);
}

interface Parts {
  readonly kind: NoteKind;
  readonly label: string | undefined;
  readonly text: string | undefined;
  readonly code?: string | undefined;
  readonly abnormal?: boolean | undefined;
  readonly at?: EpochMs | undefined;
  readonly source: string;
  readonly studyInstanceUid?: string | undefined;
}

/** Only what we wrote ourselves may lack a text: its label is the whole statement. */
function factOf(
  { kind, label, text = '', code, abnormal, at, source, studyInstanceUid }: Parts,
  mayLackText = false,
): NoteFact | undefined {
  if (label === undefined || (text.trim() === '' && !mayLackText)) return undefined;
  return {
    kind,
    label,
    text,
    ...(code === undefined ? {} : { code }),
    ...(abnormal === true ? { abnormal } : {}),
    ...(at === undefined ? {} : { at }),
    source,
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
  };
}

function fromAllergy(allergy: AllergyIntolerance, source: string): NoteFact | undefined {
  if (
    allergy.verificationStatus?.coding?.some(({ code }) => code === 'entered-in-error' || code === 'refuted') === true
  )
    return undefined;
  const label = wordsOf(allergy.code);
  const isStatement = taggedKind(allergy.meta) !== undefined || isNoAllergy(label ?? '');
  const reactions = (allergy.reaction ?? []).flatMap((reaction) => [
    ...reaction.manifestation.map(wordsOf),
    reaction.description,
    reaction.severity,
  ]);
  const told = [...(allergy.note ?? []).map((note) => note.text), ...reactions].filter((word) => word !== undefined);
  return factOf(
    {
      kind: taggedKind(allergy.meta) ?? (contrastAllergy(label ?? '') ? 'contrast-reaction' : 'allergy'),
      label,
      text: told.length === 0 && !isStatement ? 'reaction not stated' : told.join(', '),
      code: codeOf(allergy.code),
      abnormal: allergy.criticality === 'high',
      at: instantOf(allergy.recordedDate ?? allergy.onsetDateTime),
      source: ours(allergy.meta, allergy.asserter?.display) ?? source,
    },
    isStatement,
  );
}

const ours = (meta: Meta | undefined, display: string | undefined): string | undefined =>
  taggedKind(meta) === undefined ? undefined : display;

function valueText(of: Observation | ObservationComponent): string | undefined {
  const quantity = of.valueQuantity;
  if (quantity?.value !== undefined)
    return [`${quantity.comparator ?? ''}${quantity.value}`, quantity.unit ?? quantity.code].filter(Boolean).join(' ');
  return (
    of.valueString ??
    wordsOf(of.valueCodeableConcept) ??
    of.valueDateTime ??
    of.valueInteger?.toString() ??
    (of.valueBoolean === undefined ? undefined : of.valueBoolean ? 'yes' : 'no')
  );
}

function fromObservation(observation: Observation, source: string): NoteFact | undefined {
  if (['entered-in-error', 'cancelled'].includes(observation.status)) return undefined;
  const label = wordsOf(observation.code);
  const parts = (observation.component ?? []).map((part) => {
    const value = valueText(part);
    return value === undefined ? undefined : `${wordsOf(part.code) ?? ''} ${value}`.trim();
  });
  const texts = [valueText(observation), ...parts].filter((part) => part !== undefined);
  const flags = (observation.interpretation ?? []).flatMap(({ coding }) => (coding ?? []).map(({ code }) => code));
  const isMeasured =
    observation.valueQuantity !== undefined ||
    (observation.category ?? []).some(({ coding }) => coding?.some(({ code }) => code === 'laboratory') === true);
  return factOf(
    {
      kind: taggedKind(observation.meta) ?? observationKind(label ?? '', codeOf(observation.code), isMeasured),
      label,
      text: texts.join(', '),
      code: codeOf(observation.code),
      abnormal: flags.some((flag) => flag !== undefined && !['N', 'NEG', 'ND'].includes(flag)),
      at: instantOf(observation.effectiveDateTime ?? observation.effectiveInstant),
      source: ours(observation.meta, observation.performer?.[0]?.display) ?? source,
    },
    taggedKind(observation.meta) !== undefined,
  );
}

const stripTags = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

function reportText(report: DiagnosticReport): string | undefined {
  const plain = (report.presentedForm ?? []).find((form) => form.contentType?.startsWith('text/plain') === true);
  const attached = plain?.data === undefined ? undefined : textFromBase64(plain.data);
  const written = attached ?? report.conclusion ?? (report.text === undefined ? '' : stripTags(report.text.div));
  if (written.trim() !== '') return written;
  // That there is a report is worth knowing, even where it is a picture or a PDF.
  const [form] = report.presentedForm ?? [];
  return form === undefined ? undefined : `attached: ${form.title ?? form.contentType ?? 'report'}`;
}

function fromReport(report: DiagnosticReport, source: string): NoteFact | undefined {
  if (['entered-in-error', 'cancelled', 'registered'].includes(report.status)) return undefined;
  const study = report.imagingStudy?.find((each) => each.identifier?.system === SYSTEM.dicomUid)?.identifier?.value;
  return factOf({
    kind: taggedKind(report.meta) ?? 'prior-report',
    label: wordsOf(report.code),
    text: reportText(report),
    code: codeOf(report.code),
    abnormal: report.conclusionCode?.some(({ coding }) => coding?.some(({ code }) => code === 'A') === true),
    at: instantOf(report.effectiveDateTime ?? report.effectivePeriod?.start ?? report.issued),
    source: ours(report.meta, report.performer?.[0]?.display) ?? source,
    studyInstanceUid: study?.replace(/^urn:oid:/, ''),
  });
}

function fromCondition(condition: Condition, source: string): NoteFact | undefined {
  if (condition.verificationStatus?.coding?.some(({ code }) => code === 'entered-in-error') === true) return undefined;
  const status = condition.clinicalStatus?.coding?.[0]?.code;
  const words = wordsOf(condition.code);
  return factOf({
    kind: 'history',
    label: 'Diagnosis',
    text: words === undefined || status === undefined || status === 'active' ? words : `${words} (${status})`,
    code: codeOf(condition.code),
    at: instantOf(condition.onsetDateTime ?? condition.recordedDate),
    source,
  });
}

function fromDocument(document: DocumentReference, source: string): NoteFact | undefined {
  if (document.status === 'entered-in-error') return undefined;
  const plain = document.content.find((each) => each.attachment.contentType?.startsWith('text/plain') === true);
  const text = plain?.attachment.data === undefined ? undefined : textFromBase64(plain.attachment.data);
  const title = wordsOf(document.type) ?? document.content[0]?.attachment.title;
  return factOf({
    kind: 'document',
    label: title ?? 'Document',
    text: text ?? document.description ?? document.content[0]?.attachment.title ?? title,
    at: instantOf(document.date),
    source,
  });
}

function fromMedication(medication: MedicationStatement, source: string): NoteFact | undefined {
  if (['entered-in-error', 'not-taken'].includes(medication.status)) return undefined;
  const words = wordsOf(medication.medicationCodeableConcept) ?? medication.medicationReference?.display;
  const dose = medication.dosage?.[0]?.text;
  return factOf({
    kind: 'medication',
    label: words ?? 'Medication',
    text: dose ?? medication.status,
    at: instantOf(medication.effectiveDateTime),
    source,
  });
}

/** One clinical fact of a FHIR resource, ours or anybody's; `source` is said of foreign ones. Undefined when it tells a reader nothing. */
export function noteFromFhir(resource: FhirResource, source: string): NoteFact | undefined {
  switch (resource.resourceType) {
    case 'AllergyIntolerance':
      return fromAllergy(resource, source);
    case 'Observation':
      return fromObservation(resource, source);
    case 'DiagnosticReport':
      return fromReport(resource, source);
    case 'Condition':
      return fromCondition(resource, source);
    case 'DocumentReference':
      return fromDocument(resource, source);
    case 'MedicationStatement':
      return fromMedication(resource, source);
    default:
      return undefined;
  }
}
