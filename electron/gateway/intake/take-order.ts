import type { BundleEntry, FhirResource, Patient as FhirPatient, ServiceRequest } from 'fhir/r4';

import type { PatientId, TaskId } from '#shared/domain/identifiers.ts';
import type { Exam, IncomingOrder } from '#shared/domain/order.ts';
import type { ReadingState, ReadingTask } from '#shared/domain/reading-task.ts';
import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { noteToFhir, type NoteResource } from '#shared/fhir/notes-to-fhir.ts';
import { orderIdentifiers, orderToFhir } from '#shared/fhir/order-to-fhir.ts';
import { patientToFhir } from '#shared/fhir/patient-to-fhir.ts';
import { readingTaskIfNoneExist, readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { siteSystem } from '#shared/fhir/systems.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dueAtFor } from '../due-time.ts';
import { findOrder, noteEntry, patientCondition, superseded, type OrderOnHub } from './order-on-hub.ts';
import { sameResource } from './same-resource.ts';

export interface TakenOrder {
  readonly kind: 'created' | 'changed' | 'cancelled' | 'unchanged';
}

export interface IntakeRefusal {
  /** `hub-unreachable` passes: the sender may repeat. `busy` is looked at again here. The others need a person. */
  readonly code: 'hub-unreachable' | 'busy' | 'unknown-order' | 'already-signed' | 'order-cancelled' | 'rejected';
  readonly reason: string;
}

const PATIENT = 'urn:uuid:00000000-0000-4000-8000-000000000001';
const ORDER = 'urn:uuid:00000000-0000-4000-8000-000000000002';
export const ATTEMPTS = 6;

/**
 * Brings an order to the hub, in one transaction: patient, order, facts and reading, or none of them. Told again it changes nothing; told
 * differently it changes what differs. Every creation is conditional and every change is fenced, so two gateways may take the same order.
 */
export async function takeOrder(
  order: IncomingOrder,
  {
    fhir,
    site,
    withServiceRequest = true,
  }: { readonly fhir: FhirClient; readonly site: Site; readonly withServiceRequest?: boolean },
): Promise<Result<TakenOrder, IntakeRefusal>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await tryToTake(order, fhir, site, withServiceRequest);
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      // A conflict means that the hub's state moved under us: look again, decide again.
      if (refusal.code !== 'busy') return err(refusal);
    }
  }
  return err(STUCK);
}

/** Not a matter of waiting: repeated, it would conflict for ever, before the eyes of nobody and ahead of the orders behind it. */
export const STUCK: IntakeRefusal = {
  code: 'rejected',
  reason:
    'the hub refused it at each look: it holds several things under one of its numbers, or others write all the time',
};

export function refusalOf(thrown: unknown): IntakeRefusal {
  if (!(thrown instanceof FhirError)) throw thrown;
  switch (thrown.refusal.code) {
    case 'conflict':
    case 'not-found':
      return { code: 'busy', reason: 'the hub was written by others at the same time' };
    case 'rejected':
      return { code: 'rejected', reason: `the hub refused it: ${thrown.refusal.diagnostics}` };
    case 'forbidden':
      return { code: 'hub-unreachable', reason: 'the hub does not let the gateway in' };
    case 'unreachable':
      return { code: 'hub-unreachable', reason: 'the hub is not reachable' };
  }
}

async function tryToTake(
  order: IncomingOrder,
  fhir: FhirClient,
  site: Site,
  withServiceRequest: boolean,
): Promise<Result<TakenOrder, IntakeRefusal>> {
  const onHub = await findOrder(fhir, order);
  const state = onHub.task?.reading.state;
  const isKnown = onHub.task !== undefined || onHub.serviceRequest !== undefined;
  if (order.control === 'cancel' && !isKnown)
    return err({ code: 'unknown-order', reason: 'asked to cancel an order that is not here' });
  if (order.control === 'cancel' && state === 'completed')
    return err({ code: 'already-signed', reason: 'asked to cancel an order whose report is signed' });
  if (order.control !== 'cancel' && state === 'cancelled')
    return err({ code: 'order-cancelled', reason: 'the order was cancelled before; send a new order number' });
  const entries = entriesFor(completed(order, onHub), onHub, site, withServiceRequest);
  if (entries.length === 0) return ok({ kind: 'unchanged' });
  await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry: entries });
  return ok({ kind: order.control === 'cancel' ? 'cancelled' : isKnown ? 'changed' : 'created' });
}

/** A cancellation often names no more than the order; what it does not say stays as it was. */
function completed(order: IncomingOrder, { task }: OrderOnHub): IncomingOrder {
  if (task === undefined) return order;
  const { reading } = task;
  const exam: Exam = order.exam.text === '' ? reading.exam : order.exam;
  const reason = order.reason ?? reading.reason;
  return {
    ...order,
    exam,
    priority: order.control === 'cancel' ? reading.priority : order.priority,
    ...(reason === undefined ? {} : { reason }),
  };
}

function entriesFor(order: IncomingOrder, onHub: OrderOnHub, site: Site, withServiceRequest: boolean): BundleEntry[] {
  const entries: BundleEntry[] = [];
  const patientRef = onHub.patient?.id === undefined ? PATIENT : `Patient/${onHub.patient.id}`;
  const { traits } = order.patient;
  const person = { ...mergedPerson(order, onHub), ...(traits === undefined ? {} : { traits }) };
  const patient = patientToFhir(person, site.id, site.name, onHub.patient);
  push(entries, onHub.patient, patient, patientRef, patientCondition(site.id, order.patient));

  const hasOrder = withServiceRequest || onHub.serviceRequest !== undefined;
  const orderRef = onHub.serviceRequest?.id === undefined ? ORDER : `ServiceRequest/${onHub.serviceRequest.id}`;
  if (hasOrder) {
    const request = orderToFhir(order, patientRef, onHub.serviceRequest);
    const key = orderIdentifiers(order)[0];
    const condition = key === undefined ? undefined : ifNoneExist(key.system ?? '', key.value ?? '');
    push<ServiceRequest>(entries, onHub.serviceRequest, request, orderRef, condition);
  }

  const told = notesFor(order, patientRef, hasOrder ? orderRef : undefined);
  const system = siteSystem(site.id, 'note');
  const keyOf = (note: NoteResource) => note.identifier?.find((id) => id.system === system)?.value ?? '';
  const known = new Set(onHub.notes.map(keyOf));
  for (const note of told)
    if (!known.has(keyOf(note))) entries.push(noteEntry(note, site.id, patientRef, onHub.isNumberShared));
  for (const note of superseded(onHub, told, site.id))
    entries.push(put({ ...note, status: 'entered-in-error' } as NoteResource));

  const reading = readingFor(order, onHub, site, patientRef, hasOrder ? orderRef : undefined);
  if (onHub.task === undefined) {
    const condition = readingTaskIfNoneExist(reading);
    entries.push({
      resource: readingTaskToFhir(reading),
      request: { method: 'POST', url: 'Task', ...(condition === undefined ? {} : { ifNoneExist: condition }) },
    });
  } else if (onHub.task.reading.state !== 'completed') {
    const task = readingTaskToFhir(reading, onHub.task.resource);
    if (!sameResource(task, onHub.task.resource)) entries.push(put(task));
  }
  return entries;
}

/** Unknown is no news: a message that leaves sex or birth date open does not erase them. */
function mergedPerson(order: IncomingOrder, { task }: OrderOnHub): Omit<ReadingTask['patient'], 'id'> {
  const known = task?.reading.patient;
  const told = order.patient;
  if (known === undefined || (told.mrn !== '' && told.mrn !== known.mrn)) {
    const { traits: _onPatientOnly, ...person } = told;
    return person;
  }
  const birthDate = told.birthDate ?? known.birthDate;
  const [issuer, otherNames] = [told.issuer ?? known.issuer, told.otherNames ?? known.otherNames];
  return {
    mrn: told.mrn === '' ? known.mrn : told.mrn,
    name: told.name === '' ? known.name : told.name,
    sex: told.sex === 'unknown' ? known.sex : told.sex,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(otherNames === undefined ? {} : { otherNames }),
    ...(known.otherNumbers === undefined ? {} : { otherNumbers: known.otherNumbers }),
  };
}

function push<Resource extends FhirPatient | ServiceRequest>(
  entries: BundleEntry[],
  before: Resource | undefined,
  after: Resource,
  reference: string,
  condition: string | undefined,
): void {
  if (before !== undefined) {
    if (!sameResource(before, after)) entries.push(put(after));
    return;
  }
  entries.push({
    fullUrl: reference,
    resource: after,
    request: {
      method: 'POST',
      url: after.resourceType,
      ...(condition === undefined ? {} : { ifNoneExist: condition }),
    },
  });
}

const put = (resource: FhirResource): BundleEntry => ({
  resource,
  request: {
    method: 'PUT',
    url: `${resource.resourceType}/${resource.id ?? ''}`,
    ...(resource.meta?.versionId === undefined ? {} : { ifMatch: `W/"${resource.meta.versionId}"` }),
  },
});

function notesFor(order: IncomingOrder, patient: string, request: string | undefined): NoteResource[] {
  const key = orderIdentifiers(order)[0];
  const owner = {
    order: `${key?.system ?? ''}|${key?.value ?? ''}`,
    patient: order.patient.mrn === '' ? `${key?.system ?? ''}|${key?.value ?? ''}` : order.patient.mrn,
  };
  const context = { siteId: order.siteId, patient, owner, ...(request === undefined ? {} : { order: request }) };
  return order.notes.map((fact) => noteToFhir(fact, context)).filter((note) => note !== undefined);
}

function nextState(order: IncomingOrder, before: ReadingState | undefined): ReadingState {
  if (order.control === 'cancel') return 'cancelled';
  return before ?? 'ordered';
}

/** Facts of urgency that this message tells; one that does not repeat them takes none back. */
function urgencyOf(order: IncomingOrder): Partial<ReadingTask> {
  const { unclearPriority, patientWaiting, readType, subspecialty, aiResults } = order;
  return {
    ...(unclearPriority === undefined ? {} : { unclearPriority }),
    ...(patientWaiting === undefined ? {} : { patientWaiting }),
    ...(readType === undefined ? {} : { readType }),
    ...(subspecialty === undefined ? {} : { subspecialty }),
    ...(aiResults === undefined ? {} : { aiResults }),
  };
}

const idIn = (reference: string): string =>
  reference.startsWith('urn:') ? reference : (reference.split('/')[1] ?? '');

function readingFor(
  order: IncomingOrder,
  onHub: OrderOnHub,
  site: Site,
  patientRef: string,
  orderRef: string | undefined,
): ReadingTask {
  const before = onHub.task?.reading;
  const patient = mergedPerson(order, onHub);
  const accessionNumber = order.accessionNumber ?? before?.accessionNumber;
  const patientClass = order.patientClass ?? before?.patientClass;
  const location = order.location ?? before?.location;
  const orderedBy = order.orderedBy?.name ?? before?.orderedBy;
  const studies = before?.studyInstanceUids ?? [];
  // What the order says anew of its priority is the whole truth: an old doubt does not outlive it.
  const { dueAt: _dueAt, unclearPriority: _unclear, ...kept } = before ?? {};
  return {
    ...kept,
    id: before?.id ?? ('' as TaskId),
    version: before?.version ?? '',
    state: nextState(order, before?.state),
    siteId: site.id,
    siteName: site.name,
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    ...(orderRef === undefined ? {} : { serviceRequestId: idIn(orderRef) }),
    patient: { ...patient, id: idIn(patientRef) as PatientId },
    exam: { ...before?.exam, ...order.exam },
    priority: order.priority,
    ...urgencyOf(order),
    ...(patientClass === undefined ? {} : { patientClass }),
    ...(location === undefined ? {} : { location }),
    ...(orderedBy === undefined ? {} : { orderedBy }),
    ...(order.reason === undefined ? {} : { reason: order.reason }),
    studyInstanceUids: studies.length > 0 || order.studyInstanceUid === undefined ? studies : [order.studyInstanceUid],
    priors: before?.priors ?? [],
    authoredOn: before?.authoredOn ?? order.orderedAt,
    ...(before?.imagesCompleteAt === undefined
      ? {}
      : { dueAt: dueAtFor(site, order.priority, before.imagesCompleteAt) }),
  };
}
