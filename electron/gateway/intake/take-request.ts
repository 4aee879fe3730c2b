import type { FhirResource, Patient as FhirPatient, ServiceRequest } from 'fhir/r4';

import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { idInReference } from '#shared/fhir/fhir-text.ts';
import { orderFromFhir, type SiteOrder } from '#shared/fhir/order-from-fhir.ts';
import { shapedResource } from '#shared/fhir/well-shaped.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { withContent } from './attached-content.ts';
import { keepProblem } from './intake-problem.ts';
import { refusalOf, takeOrder } from './take-order.ts';

const RELATED_LIMIT = 200;

/** What else is asked of the site about the patient, each with its patient parameter. */
const RELATED = [
  ['AllergyIntolerance', 'patient'],
  ['Observation', 'patient'],
  ['Condition', 'patient'],
  ['DiagnosticReport', 'patient'],
  ['DocumentReference', 'patient'],
  ['MedicationStatement', 'patient'],
  ['MedicationRequest', 'patient'],
  ['MedicationAdministration', 'patient'],
  ['ImagingStudy', 'patient'],
  ['Encounter', 'patient'],
  ['Procedure', 'patient'],
  ['Flag', 'patient'],
  ['Consent', 'patient'],
] as const;

export interface PollPorts {
  readonly site: Site;
  /** The site's server. */
  readonly siteFhir: FhirClient;
  /** The hub. */
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** `settled`: an order, nothing to do, or kept for a person. The others are looked at again. */
export type TakenRequest =
  | { readonly kind: 'settled' }
  | { readonly kind: 'record-not-given'; readonly code: string }
  | { readonly kind: 'hub-away'; readonly code: string };

const SETTLED: TakenRequest = { kind: 'settled' };

/** One ServiceRequest of a site to the hub, with what the site knows of its patient. `isLastTry`: what the site does not give is waited for no more. */
export async function takeRequest(sent: ServiceRequest, ports: PollPorts, isLastTry: boolean): Promise<TakenRequest> {
  const { site, fhir, clock, log } = ports;
  const problem = async (code: string, reason: string): Promise<TakenRequest> => {
    await keepProblem(fhir, site, { code, reason, content: JSON.stringify(sent), at: clock.now() });
    log.warn('intake.order-refused', { siteId: site.id, code });
    return SETTLED;
  };
  try {
    const record = await recordFor(sent, ports);
    if (record.kind === 'not-given')
      return isLastTry
        ? await problem('record-not-given', 'the site’s server does not give this order’s patient or record')
        : { kind: 'record-not-given', code: record.code };
    if (record.kind === 'unreadable') return await problem(record.code, record.reason);
    return await takeRecord(record.order, ports, problem);
  } catch (thrown) {
    if (thrown instanceof FhirError) return { kind: 'hub-away', code: refusalOf(thrown).code };
    log.error('intake.failed', { siteId: site.id, code: 'internal' });
    return problem('internal', 'the order could not be processed');
  }
}

type Problem = (code: string, reason: string) => Promise<TakenRequest>;

async function takeRecord(found: SiteOrder, { site, fhir, clock, log }: PollPorts, problem: Problem) {
  const order = orderFromFhir(found, site.id, clock.now());
  const rest = (): TakenRequest => {
    log.info('intake.order-resting', { siteId: site.id });
    return SETTLED;
  };
  // A draft is not a problem: it comes back as another version when it is to be done.
  if (!order.ok) return order.error.code === 'not-to-be-done' ? rest() : problem(order.error.code, order.error.reason);
  const taken = await takeOrder(order.value, { fhir, site });
  if (taken.ok) {
    log.info('intake.order-taken', { siteId: site.id, code: taken.value.kind });
    return SETTLED;
  }
  const { code, reason } = taken.error;
  if (code === 'hub-unreachable') return { kind: 'hub-away', code } as const;
  // A cancelled request that never became an order here asks for nothing.
  return code === 'unknown-order' ? rest() : problem(code, reason);
}

type SiteRecord =
  | { readonly kind: 'whole'; readonly order: SiteOrder }
  | { readonly kind: 'unreadable'; readonly code: string; readonly reason: string }
  | { readonly kind: 'not-given'; readonly code: string };

/** What the site's server says of one order. Whatever it fails in is that order's trouble alone. */
async function recordFor(sent: ServiceRequest, { siteFhir }: PollPorts): Promise<SiteRecord> {
  const { resource: request, wrong } = shapedResource<ServiceRequest>(sent);
  const unreadable = (code: string, reason: string): SiteRecord => ({ kind: 'unreadable', code, reason });
  if (request === undefined) return unreadable('unreadable', `the ServiceRequest is no FHIR R4: ${wrong.join(', ')}`);
  const patientId = idInReference(request.subject, 'Patient');
  if (patientId === undefined) return unreadable('no-patient', 'ServiceRequest.subject is no Patient of this server');
  try {
    const patient = shapedResource<FhirPatient>(await readPatient(patientId, siteFhir)).resource;
    if (patient === undefined) return unreadable('no-patient', 'the site has no such Patient, or none that is FHIR R4');
    return { kind: 'whole', order: { request, patient, related: await relatedTo(patientId, siteFhir) } };
  } catch (thrown) {
    if (thrown instanceof FhirError) return { kind: 'not-given', code: thrown.refusal.code };
    throw thrown;
  }
}

/** A patient that the site refuses or does not have holds up this order, and no other. */
async function readPatient(id: string, siteFhir: FhirClient): Promise<FhirPatient | undefined> {
  try {
    return await siteFhir.read<FhirPatient>('Patient', id);
  } catch (thrown) {
    if (isRefused(thrown)) return undefined;
    throw thrown;
  }
}

const isRefused = (thrown: unknown): boolean =>
  thrown instanceof FhirError && ['rejected', 'not-found', 'forbidden'].includes(thrown.refusal.code);

/** A server that does not know a type says so with 400 or 404; that is no reason to lose the order. */
async function relatedTo(patientId: string, siteFhir: FhirClient): Promise<FhirResource[]> {
  const found: FhirResource[] = [];
  for (const [type, parameter] of RELATED) {
    try {
      const sent = await siteFhir.search<FhirResource>(type, { [parameter]: `Patient/${patientId}` }, RELATED_LIMIT);
      for (const each of sent) found.push(await withContent(each, siteFhir));
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
    }
  }
  return found;
}
