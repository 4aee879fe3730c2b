import type { AllergyIntolerance, CodeableConcept, DiagnosticReport, Observation } from 'fhir/r4';

import { instanceOfDocument, type NoteFact, type NoteKind } from '../domain/notes.ts';
import { fhirCode, fhirInstant, fhirString } from './fhir-text.ts';
import { fingerprint } from './fingerprint.ts';
import { siteSystem, SYSTEM } from './systems.ts';

export type NoteResource = AllergyIntolerance | Observation | DiagnosticReport;

export interface NoteContext {
  readonly siteId: string;
  /** `Patient/id`, or an `urn:uuid:` of the same transaction. */
  readonly patient: string;
  /** `ServiceRequest/id` or `urn:uuid:`; absent for what a site sent without an order. */
  readonly order?: string;
  /** What the fact belongs to, in the site's own numbers: the order's for what is said of one exam, else the patient's. */
  readonly owner: { readonly order: string; readonly patient: string };
}

/** Kinds that are said of one exam; everything else holds for the patient and is told once, however many orders repeat it. */
const OF_ONE_EXAM: ReadonlySet<NoteKind> = new Set([
  'reason',
  'history',
  'technologist-note',
  'protocol',
  'dose',
  'other',
]);
export const isOfOneExam = (kind: NoteKind): boolean => OF_ONE_EXAM.has(kind);

/** The same fact told again has the same key: that is what makes a repeated message harmless. */
export function noteKey(fact: NoteFact, owner: NoteContext['owner']): string {
  const of = isOfOneExam(fact.kind) ? `order ${owner.order}` : `patient ${owner.patient}`;
  const { data, of: place } = fact.picture ?? {};
  const inStudy = instanceOfDocument(place);
  const content = [...(data === undefined ? [] : [fingerprint(data)]), ...(inStudy === undefined ? [] : [inStudy])];
  return fingerprint(
    JSON.stringify([of, fact.kind, fact.label, fact.text, fact.code, fact.abnormal, fact.at, ...content]),
  );
}

const ABNORMAL: CodeableConcept = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'A' }],
};

/** A document inside the study stays there: the note says which instance it is. */
function derivedFrom({ picture }: NoteFact): Pick<Observation, 'derivedFrom'> {
  const sopInstanceUid = instanceOfDocument(picture?.of);
  if (picture === undefined || sopInstanceUid === undefined) return {};
  const identifier = { system: SYSTEM.dicomUid, value: `urn:oid:${sopInstanceUid}` };
  return { derivedFrom: [{ type: 'DocumentReference', identifier, display: picture.contentType }] };
}

/** A note as FHIR, so that `noteFromFhir` gives the same note back. Undefined without a label; a text may be missing. */
export function noteToFhir(fact: NoteFact, context: NoteContext): NoteResource | undefined {
  const label = fhirString(fact.label);
  const text = fhirString(fact.text);
  if (label === undefined) return undefined;
  const code = fhirCode(fact.code);
  const concept: CodeableConcept = { ...(code === undefined ? {} : { coding: [{ code }] }), text: label };
  const at = fhirInstant(fact.at);
  const source = { display: fhirString(fact.source) ?? 'unknown' };
  const shared = {
    meta: { tag: [{ system: SYSTEM.note, code: fact.kind }] },
    identifier: [{ system: siteSystem(context.siteId, 'note'), value: noteKey(fact, context.owner) }],
  };
  const order = context.order === undefined ? {} : { basedOn: [{ reference: context.order }] };
  /** As reports and observations say it alike. */
  const told = {
    status: 'final' as const,
    category: [{ coding: [{ system: SYSTEM.note, code: fact.kind }] }],
    code: concept,
    subject: { reference: context.patient },
    ...(at === undefined ? {} : { effectiveDateTime: at }),
    performer: [source],
  };
  if (fact.kind === 'prior-report' || fact.picture?.data !== undefined)
    return {
      resourceType: 'DiagnosticReport',
      ...shared,
      ...told,
      ...(fact.studyInstanceUid === undefined
        ? {}
        : { imagingStudy: [{ identifier: { system: SYSTEM.dicomUid, value: `urn:oid:${fact.studyInstanceUid}` } }] }),
      ...(text === undefined ? {} : { conclusion: text }),
      ...(fact.abnormal === true ? { conclusionCode: [ABNORMAL] } : {}),
      ...(fact.picture?.data === undefined
        ? {}
        : { presentedForm: [{ contentType: fact.picture.contentType, data: fact.picture.data }] }),
    };
  switch (fact.kind) {
    case 'allergy':
    case 'contrast-reaction':
      return {
        resourceType: 'AllergyIntolerance',
        ...shared,
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
        },
        patient: { reference: context.patient },
        code: concept,
        ...(fact.abnormal === true ? { criticality: 'high' } : {}),
        ...(at === undefined ? {} : { recordedDate: at }),
        asserter: source,
        ...(text === undefined ? {} : { note: [{ text }] }),
      };
    default:
      return {
        resourceType: 'Observation',
        ...shared,
        ...order,
        ...told,
        ...derivedFrom(fact),
        ...(text === undefined ? {} : { valueString: text }),
        ...(fact.abnormal === true ? { interpretation: [ABNORMAL] } : {}),
      };
  }
}
