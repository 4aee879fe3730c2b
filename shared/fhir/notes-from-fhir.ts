import type {
  AllergyIntolerance,
  Condition,
  DiagnosticReport,
  DocumentReference,
  FhirResource,
  Meta,
  Observation,
  ObservationComponent,
} from 'fhir/r4';

import { textOfHtml } from '../documents/html-text.ts';
import { contrastAllergy, isNoAllergy, observationKind } from '../domain/note-kinds.ts';
import { OPENED_TYPES } from '../documents/read-document.ts';
import { documentInStudy, NOTE_KINDS, type NoteFact, type NoteKind, type NotePicture } from '../domain/notes.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { attachedPicture, attachedText, firstAttached } from './attachments.ts';
import {
  codeOf,
  fromAdministration,
  fromConsent,
  fromEncounter,
  fromFlag,
  fromImmunization,
  fromMedication,
  fromPrescription,
  fromProcedure,
  wordsOf,
} from './care-notes.ts';
import { instantOf } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

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
  readonly picture?: NotePicture | undefined;
}

/** Only what we wrote ourselves may lack a text: its label is the whole statement. */
function factOf(
  { kind, label, text = '', code, abnormal, at, source, studyInstanceUid, picture }: Parts,
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
    ...(picture === undefined ? {} : { picture }),
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
      picture: pictureInStudy(observation),
    },
    taggedKind(observation.meta) !== undefined,
  );
}

/** A document that is an instance of the study, as `noteToFhir` names it. */
function pictureInStudy({ meta, derivedFrom = [] }: Observation): NotePicture | undefined {
  if (taggedKind(meta) === undefined) return undefined;
  const found = derivedFrom.find(({ identifier }) => identifier?.system === SYSTEM.dicomUid);
  const contentType = OPENED_TYPES.find((type) => type === found?.display);
  const uid = found?.identifier?.value?.replace(/^urn:oid:/, '');
  return contentType === undefined || uid === undefined ? undefined : { contentType, of: documentInStudy(uid) };
}

function reportText(report: DiagnosticReport): string | undefined {
  const forms = report.presentedForm ?? [];
  const written =
    attachedText(forms) ?? report.conclusion ?? (report.text === undefined ? '' : textOfHtml(report.text.div));
  // That there is a report is worth knowing, even where it is a picture or a PDF.
  return written.trim() === '' ? firstAttached(forms, 'report') : written;
}

/** On the hub it stays where it lies until somebody looks at it. */
function pictureOf({ id, meta, presentedForm = [] }: DiagnosticReport): NotePicture | undefined {
  const found = attachedPicture(presentedForm);
  if (found === undefined || taggedKind(meta) === undefined) return found;
  return id === undefined ? undefined : { contentType: found.contentType, of: `DiagnosticReport/${id}` };
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
    picture: pictureOf(report),
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
  const attachments = document.content.map(({ attachment }) => attachment);
  const title = wordsOf(document.type) ?? attachments[0]?.title;
  return factOf({
    kind: 'document',
    label: title ?? 'Document',
    text: attachedText(attachments) ?? document.description ?? firstAttached(attachments, 'document'),
    at: instantOf(document.date),
    picture: attachedPicture(attachments),
    source: ours(document.meta, document.author?.[0]?.display) ?? source,
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
    case 'MedicationRequest':
      return fromPrescription(resource, source);
    case 'MedicationAdministration':
      return fromAdministration(resource, source);
    case 'Encounter':
      return fromEncounter(resource, source);
    case 'Procedure':
      return fromProcedure(resource, source);
    case 'Flag':
      return fromFlag(resource, source);
    case 'Consent':
      return fromConsent(resource, source);
    case 'Immunization':
      return fromImmunization(resource, source);
    default:
      return undefined;
  }
}
