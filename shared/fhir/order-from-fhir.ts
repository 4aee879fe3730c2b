import type {
  Encounter,
  FhirResource,
  Identifier,
  ImagingStudy,
  Patient as FhirPatient,
  ServiceRequest,
} from 'fhir/r4';

import { examFactsFromText } from '../domain/exam-facts.ts';
import type { AccessionNumber, SiteId, StudyInstanceUid } from '../domain/identifiers.ts';
import type { NoteFact } from '../domain/notes.ts';
import type { Exam, IncomingOrder, PatientClass } from '../domain/order.ts';
import { priorityOf, urgencyFactsOf } from '../domain/order-priority.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { aiResultsFor } from './ai-result-from-fhir.ts';
import { fhirString, instantOf } from './fhir-text.ts';
import { wordsOf } from './care-notes.ts';
import { personFromFhir } from './patient-to-fhir.ts';
import { SYSTEM } from './systems.ts';
import { toldBy } from './told-by.ts';
import { shapedResource } from './well-shaped.ts';

export interface SiteOrder {
  readonly request: ServiceRequest;
  readonly patient: FhirPatient;
  /** What else the site knows of the patient, as it was sent. */
  readonly related: readonly FhirResource[];
}

export interface FhirOrderRefusal {
  readonly code: 'not-to-be-done' | 'unknown-status' | 'no-patient' | 'no-order-number' | 'no-exam';
  readonly reason: string;
}

const SOURCE = 'Site FHIR';

/** R4 request-status and request-intent: what asks for nothing, or for nothing any more, on its own word. */
const RESTING = new Set(['draft', 'on-hold', 'completed', 'unknown']);
const NO_ORDER = new Set(['proposal', 'plan', 'option', 'directive']);
const ORDERS = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']);

function controlOf({ intent, status }: ServiceRequest): IncomingOrder['control'] | 'resting' | undefined {
  if (NO_ORDER.has(intent)) return 'resting';
  if (!ORDERS.has(intent)) return undefined;
  if (status === 'revoked' || status === 'entered-in-error') return 'cancel';
  if (RESTING.has(status)) return 'resting';
  return status === 'active' ? 'new' : undefined;
}

const isTyped = (identifier: Identifier, code: string): boolean =>
  identifier.type?.coding?.some((coding) => coding.code === code) === true;

function accessionOf(request: ServiceRequest): string | undefined {
  const identifiers = request.identifier ?? [];
  const found =
    identifiers.find((each) => isTyped(each, 'ACSN')) ??
    identifiers.find((each) => /accession/i.test(each.system ?? '')) ??
    identifiers.find((each) => isTyped(each, 'FILL'));
  return fhirString(found?.value)?.trim();
}

function placerOf(request: ServiceRequest): string | undefined {
  const identifiers = request.identifier ?? [];
  const found =
    identifiers.find((each) => isTyped(each, 'PLAC')) ??
    identifiers.find((each) => each.system !== SYSTEM.dicomUid && each.value !== accessionOf(request));
  return (
    fhirString(found?.value)?.trim() ??
    fhirString(request.requisition?.value)?.trim() ??
    (request.id === undefined ? undefined : `ServiceRequest/${request.id}`)
  );
}

function studyOf({ request, related }: SiteOrder): string | undefined {
  const own = request.identifier?.find((each) => each.system === SYSTEM.dicomUid)?.value;
  const studies = related.filter((each): each is ImagingStudy => each.resourceType === 'ImagingStudy');
  const based = studies.find((study) =>
    study.basedOn?.some((each) => each.reference?.endsWith(`ServiceRequest/${request.id ?? ''}`) === true),
  );
  const uid = (own ?? based?.identifier?.find((each) => each.system === SYSTEM.dicomUid)?.value)?.replace(
    /^urn:oid:/,
    '',
  );
  return uid !== undefined && /^[0-9]+(\.[0-9]+)+$/.test(uid) ? uid : undefined;
}

const CLASSES: Readonly<Record<string, PatientClass>> = {
  EMER: 'emergency',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  AMB: 'outpatient',
};

const encounterOf = ({ request, related }: SiteOrder): Encounter | undefined =>
  related.find(
    (resource): resource is Encounter =>
      resource.resourceType === 'Encounter' &&
      request.encounter?.reference?.endsWith(`Encounter/${resource.id ?? ''}`) === true,
  );

const ICU = /\b\w*(ICU|CCU)\b|intensive/i;

/** v3 ActEncounterCode; an inpatient on an intensive care unit is told apart by the unit's name, as in HL7 v2. */
function classOf(from: SiteOrder): PatientClass | undefined {
  const encounter = encounterOf(from);
  const patientClass = CLASSES[encounter?.class.code ?? ''];
  const isIntensive = encounter?.location?.some(({ location }) => ICU.test(location.display ?? '')) === true;
  return isIntensive && patientClass !== 'emergency' ? 'icu' : patientClass;
}

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/neuro/i, 'neuro'],
  [/musculoskeletal|\bmsk\b/i, 'musculoskeletal'],
  [/thora|chest/i, 'chest'],
  [/breast|mammo/i, 'breast'],
  [/nuclear/i, 'nuclear'],
  [/p(a)?ediatric/i, 'paediatric'],
  [/abdom|body/i, 'body'],
];

/** `performerType`: the kind of reader that is asked for; a plain radiologist is no field. */
function subspecialtyOf({ performerType }: ServiceRequest): string | undefined {
  const words = wordsOf(performerType) ?? '';
  return FIELDS.find(([pattern]) => pattern.test(words))?.[1];
}

function examOf(request: ServiceRequest): Exam | undefined {
  const text = wordsOf(request.code);
  if (text === undefined) return undefined;
  const coding = request.code?.coding?.[0];
  const site = (request.bodySite ?? [])
    .map(wordsOf)
    .filter((word) => word !== undefined)
    .join(' ');
  return {
    text,
    ...(coding?.code === undefined ? {} : { code: coding.code }),
    ...(coding?.system === undefined ? {} : { codeSystem: coding.system }),
    ...examFactsFromText(`${text} ${site}`.trim()),
  };
}

/** Reasons, comments and instructions on the request itself. */
function notesOfRequest(request: ServiceRequest): NoteFact[] {
  const fact = (kind: NoteFact['kind'], label: string, text: string | undefined): NoteFact[] =>
    text === undefined || text.trim() === '' ? [] : [{ kind, label, text, source: SOURCE }];
  return [
    ...(request.reasonCode ?? []).flatMap((reason) => fact('reason', 'Reason for exam', wordsOf(reason))),
    ...(request.reasonReference ?? []).flatMap((each) => fact('reason', 'Reason for exam', each.display)),
    ...(request.note ?? []).flatMap(({ text, authorString, authorReference }) =>
      /tech/i.test(`${authorString ?? ''} ${authorReference?.display ?? ''}`) || /^tech(nologist)?\s*:/i.test(text)
        ? fact('technologist-note', 'Technologist', text.replace(/^tech(nologist)?\s*:\s*/i, ''))
        : fact('history', 'Order comment', text),
    ),
    ...fact('protocol', 'Instructions', request.patientInstruction),
    ...(request.supportingInfo ?? []).flatMap((each) => fact('history', 'Supporting information', each.display)),
  ];
}

/** A report made for this very request, or one that we returned to the site, tells the reader nothing new. */
const isOwnReport = (resource: FhirResource, request: ServiceRequest): boolean =>
  resource.resourceType === 'DiagnosticReport' &&
  (resource.identifier?.some((each) => each.system === SYSTEM.report) === true ||
    resource.basedOn?.some((each) => each.reference?.endsWith(`ServiceRequest/${request.id ?? ''}`) === true) === true);

const isOwn = (resource: FhirResource, uid: string | undefined, request: ServiceRequest): boolean =>
  isOwnReport(resource, request) || isOwnStudy(resource, uid, request);

const isOwnStudy = (resource: FhirResource, uid: string | undefined, request: ServiceRequest): boolean =>
  resource.resourceType === 'ImagingStudy' &&
  (resource.identifier?.some(({ value }) => uid !== undefined && value === `urn:oid:${uid}`) === true ||
    resource.basedOn?.some((each) => each.reference?.endsWith(`ServiceRequest/${request.id ?? ''}`) === true) === true);

/** A ServiceRequest of a site's FHIR server as an order. What asks for nothing yet (draft, on hold, a proposal) is refused with the reason. */
export function orderFromFhir(
  sent: SiteOrder,
  siteId: SiteId,
  receivedAt: EpochMs,
): Result<IncomingOrder, FhirOrderRefusal> {
  const { request } = sent;
  const related = sent.related.flatMap((each) => shapedResource<FhirResource>(each).resource ?? []);
  const from = { ...sent, related };
  const control = controlOf(request);
  const words = `intent ${request.intent} and status ${request.status}`;
  if (control === undefined)
    return err({ code: 'unknown-status', reason: `a ServiceRequest with ${words} is none that FHIR R4 knows` });
  if (control === 'resting')
    return err({ code: 'not-to-be-done', reason: `a ServiceRequest with ${words} asks for nothing` });
  const patient = personFromFhir(from.patient);
  if (patient.mrn === '' && patient.name === '')
    return err({ code: 'no-patient', reason: 'the patient has neither number nor name' });
  const accessionNumber = accessionOf(request);
  const placerOrderNumber = placerOf(request);
  const studyInstanceUid = studyOf(from);
  if (accessionNumber === undefined && placerOrderNumber === undefined)
    return err({ code: 'no-order-number', reason: 'the ServiceRequest has no identifier' });
  const exam = examOf(request);
  if (exam === undefined && control !== 'cancel')
    return err({ code: 'no-exam', reason: 'ServiceRequest.code is empty' });
  const told = sent.related
    .filter((each) => {
      const { resource } = shapedResource<FhirResource>(each);
      return resource === undefined || !isOwn(resource, studyInstanceUid, request);
    })
    .flatMap((each) => toldBy(each, SOURCE).facts);
  const notes = [...notesOfRequest(request), ...told];
  const reason = notes.find((fact) => fact.kind === 'reason')?.text;
  const patientClass = classOf(from);
  const location =
    request.locationReference?.[0]?.display ??
    wordsOf(request.locationCode?.[0]) ??
    encounterOf(from)?.location?.[0]?.location.display;
  const subspecialty = subspecialtyOf(request);
  const aiResults = aiResultsFor(request, related);
  const provider = request.requester?.display;
  const providerId = request.requester?.identifier?.value;
  const orderedAt = instantOf(request.authoredOn) ?? instantOf(request.meta?.lastUpdated) ?? receivedAt;
  const wording = [exam?.text, ...notesOfRequest(request).map((fact) => fact.text)];
  return ok({
    siteId,
    channel: 'fhir',
    control,
    ...(accessionNumber === undefined ? {} : { accessionNumber: accessionNumber as AccessionNumber }),
    ...(placerOrderNumber === undefined ? {} : { placerOrderNumber }),
    ...(studyInstanceUid === undefined ? {} : { studyInstanceUid: studyInstanceUid as StudyInstanceUid }),
    patient,
    exam: exam ?? { text: '' },
    priority: priorityOf([request.priority], wording, patientClass),
    ...urgencyFactsOf([request.priority], wording),
    ...(subspecialty === undefined ? {} : { subspecialty }),
    ...(aiResults.length === 0 ? {} : { aiResults }),
    ...(patientClass === undefined ? {} : { patientClass }),
    ...(location === undefined ? {} : { location }),
    ...(provider === undefined
      ? {}
      : { orderedBy: { name: provider, ...(providerId === undefined ? {} : { id: providerId }) } }),
    orderedAt: orderedAt > receivedAt ? receivedAt : orderedAt,
    ...(reason === undefined ? {} : { reason }),
    notes,
  });
}
