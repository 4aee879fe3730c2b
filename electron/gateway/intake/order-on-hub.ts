import type { BundleEntry, Patient as FhirPatient, ServiceRequest, Task } from 'fhir/r4';

import type { IncomingOrder } from '#shared/domain/order.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { holderOfNumber, issuersOfNumber } from '#shared/domain/number-of-issuer.ts';
import { identifierToken, identifierValue, ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { isOfOneExam, type NoteResource } from '#shared/fhir/notes-to-fhir.ts';
import { orderIdentifiers } from '#shared/fhir/order-to-fhir.ts';
import { personFromFhir } from '#shared/fhir/patient-to-fhir.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { siteSystem, SYSTEM } from '#shared/fhir/systems.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';

/** What the hub already holds of an order, each part as it was last written. */
export interface OrderOnHub {
  readonly patient?: FhirPatient;
  readonly serviceRequest?: ServiceRequest;
  readonly task?: { readonly resource: Task; readonly reading: ReadingTask };
  /** The patient's number is another person's too. */
  readonly isNumberShared: boolean;
  /** Notes of ours about this patient. */
  readonly notes: readonly NoteResource[];
}

type Identified = FhirPatient | ServiceRequest | Task;

/** Search results are checked: servers differ in how they match tokens. */
async function findBy<Resource extends Identified>(
  fhir: FhirClient,
  type: Resource['resourceType'],
  system: string,
  value: string,
): Promise<Resource[]> {
  const found = await fhir.search<Resource>(type, { identifier: identifierToken(system, value) });
  return found.filter((each) => each.identifier?.some((id) => id.system === system && id.value === value) === true);
}

interface Holder {
  readonly patient?: FhirPatient;
  /** The number is another person's too. */
  readonly isNumberShared: boolean;
}

/** The record of this site that a message means. One number of two issuers may be two people's. */
export async function findHolder(fhir: FhirClient, siteId: string, told: IncomingOrder['patient']): Promise<Holder> {
  if (told.mrn === '') return { isNumberShared: false };
  const system = siteSystem(siteId, 'mrn');
  const found = await findBy<FhirPatient>(fhir, 'Patient', system, told.mrn);
  const holder = holderOfNumber(
    told,
    found.map((resource) => ({ ...personFromFhir(resource, system), resource })),
  );
  const isNumberShared = found.length > (holder === undefined ? 0 : 1);
  return { isNumberShared, ...(holder === undefined ? {} : { patient: holder.resource }) };
}

export const findPatient = async (
  fhir: FhirClient,
  siteId: string,
  told: IncomingOrder['patient'],
): Promise<FhirPatient | undefined> => (await findHolder(fhir, siteId, told)).patient;

/** Creates a note that this patient does not have yet; its key names the number, which may be another's too. */
export function noteEntry(note: NoteResource, siteId: string, patient: string, isNumberShared: boolean): BundleEntry {
  const system = siteSystem(siteId, 'note');
  const key = ifNoneExist(system, identifierValue(note, system) ?? '');
  const owner = note.resourceType === 'AllergyIntolerance' ? 'patient' : 'subject';
  // Somebody who is made in the same transaction has no notes yet.
  const condition = patient.startsWith('Patient/')
    ? `${key}&${owner}=${encodeURIComponent(patient)}`
    : isNumberShared
      ? undefined
      : key;
  const request = { method: 'POST', url: note.resourceType } as const;
  return { resource: note, request: condition === undefined ? request : { ...request, ifNoneExist: condition } };
}

/** Search string for the creation of a record, which is not repeated where it is here already; none for somebody without a number. */
export function patientCondition(siteId: string, person: IncomingOrder['patient']): string | undefined {
  if (person.mrn === '') return undefined;
  const bySite = ifNoneExist(siteSystem(siteId, 'mrn'), person.mrn);
  return [bySite, ...issuersOfNumber(person).map((issuer) => ifNoneExist(issuer, person.mrn))].join('&');
}

/** By the order's own key. The weaker numbers count only for an order on the hub that has no stronger one: one placer number may stand for several exams. */
async function findServiceRequest(fhir: FhirClient, order: IncomingOrder): Promise<ServiceRequest | undefined> {
  for (const { system, value } of orderIdentifiers(order)) {
    if (system === undefined || value === undefined) continue;
    const found = await findBy<ServiceRequest>(fhir, 'ServiceRequest', system, value);
    const accession = siteSystem(order.siteId, 'accession');
    const sameOrder = found.find(
      (each) =>
        system === accession ||
        order.accessionNumber === undefined ||
        each.identifier?.some((id) => id.system === accession) !== true,
    );
    if (sameOrder !== undefined) return sameOrder;
  }
  return undefined;
}

/** The reading of an order; or the one made for its study before the order came. */
async function findTask(
  fhir: FhirClient,
  order: IncomingOrder,
  serviceRequest: ServiceRequest | undefined,
): Promise<OrderOnHub['task']> {
  const candidates: Task[] = [];
  if (serviceRequest?.id !== undefined)
    candidates.push(...(await fhir.search<Task>('Task', { focus: `ServiceRequest/${serviceRequest.id}` })));
  if (candidates.length === 0 && order.accessionNumber !== undefined)
    candidates.push(
      ...(await findBy<Task>(fhir, 'Task', siteSystem(order.siteId, 'accession'), order.accessionNumber)),
    );
  if (candidates.length === 0 && order.studyInstanceUid !== undefined)
    candidates.push(...(await findBy<Task>(fhir, 'Task', SYSTEM.dicomUid, order.studyInstanceUid)));
  for (const resource of candidates) {
    const reading = readingTaskFromFhir(resource);
    if (!reading.ok || reading.value.siteId !== order.siteId) continue;
    const { accessionNumber } = reading.value;
    const isAnother =
      accessionNumber !== undefined && order.accessionNumber !== undefined && accessionNumber !== order.accessionNumber;
    if (!isAnother) return { resource, reading: reading.value };
  }
  return undefined;
}

export async function findOrder(fhir: FhirClient, order: IncomingOrder): Promise<OrderOnHub> {
  const serviceRequest = await findServiceRequest(fhir, order);
  const task = await findTask(fhir, order, serviceRequest);
  const holder = await findHolder(fhir, order.siteId, order.patient);
  const patient =
    holder.patient ??
    (order.patient.mrn === '' && task !== undefined && task.reading.patient.id !== ''
      ? await fhir.read<FhirPatient>('Patient', task.reading.patient.id)
      : undefined);
  const notes = patient?.id === undefined ? [] : await findNotes(fhir, order.siteId, `Patient/${patient.id}`);
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(serviceRequest === undefined ? {} : { serviceRequest }),
    ...(task === undefined ? {} : { task }),
    isNumberShared: holder.isNumberShared,
    notes,
  };
}

async function findNotes(fhir: FhirClient, siteId: string, patient: string): Promise<NoteResource[]> {
  const found = await Promise.all([
    fhir.search<NoteResource>('AllergyIntolerance', { patient }),
    fhir.search<NoteResource>('Observation', { subject: patient }),
    fhir.search<NoteResource>('DiagnosticReport', { subject: patient }),
  ]);
  const system = siteSystem(siteId, 'note');
  return found.flat().filter((each) => each.identifier?.some((id) => id.system === system) === true);
}

/**
 * Facts of this exam that a newer version of the order says otherwise: same kind and label, another text. They are withdrawn, not deleted.
 * Kinds that hold for the patient are never withdrawn by an order that happens not to repeat them.
 */
export function superseded(onHub: OrderOnHub, told: readonly NoteResource[], siteId: string): NoteResource[] {
  const order = onHub.serviceRequest?.id;
  if (order === undefined) return [];
  const system = siteSystem(siteId, 'note');
  const keyOf = (note: NoteResource) => note.identifier?.find((id) => id.system === system)?.value;
  const keys = new Set(told.map(keyOf));
  const sameHeading = (a: NoteResource, b: NoteResource) => kindOf(a) === kindOf(b) && a.code?.text === b.code?.text;
  return onHub.notes.filter(
    (note) =>
      note.resourceType === 'Observation' &&
      note.status === 'final' &&
      isOfOneExam(kindOf(note) ?? 'lab') &&
      note.basedOn?.some((each) => each.reference === `ServiceRequest/${order}`) === true &&
      !keys.has(keyOf(note)) &&
      told.some((other) => sameHeading(other, note)),
  );
}

type NoteKindTag = Parameters<typeof isOfOneExam>[0];
const kindOf = (note: NoteResource): NoteKindTag | undefined =>
  note.meta?.tag?.find((tag) => tag.system === SYSTEM.note)?.code as NoteKindTag | undefined;
