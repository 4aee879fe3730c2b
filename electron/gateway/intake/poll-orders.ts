import type { FhirResource, Patient as FhirPatient, ServiceRequest } from 'fhir/r4';

import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { idInReference, instantOf, recordOf, textOf } from '#shared/fhir/fhir-text.ts';
import { orderFromFhir } from '#shared/fhir/order-from-fhir.ts';
import { shapedResource } from '#shared/fhir/well-shaped.ts';
import { DAY_MS, toIso, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { keepProblem } from './intake-problem.ts';
import { takeOrder } from './take-order.ts';
import { withContent } from './attached-content.ts';

/** How far each look reaches back behind the newest resource seen: servers stamp `lastUpdated` before a commit becomes visible. */
const OVERLAP_MS = 60_000;
/** How far the first look reaches back. */
const FIRST_LOOK_MS = 2 * DAY_MS;
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

export type PollOutcome = { readonly ok: true } | { readonly ok: false; readonly code: string };

export interface OrderPoll {
  /** One look at the site. What could not be taken because the hub was away is looked at again next time. */
  look(): Promise<PollOutcome>;
}

/** Watches a site's FHIR server for ServiceRequests: by time with overlap, each version taken once. */
export function createOrderPoll({
  site,
  siteFhir,
  fhir,
  clock,
  log,
}: {
  readonly site: Site;
  /** The site's server. */
  readonly siteFhir: FhirClient;
  /** The hub. */
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
}): OrderPoll {
  let since = (clock.now() - FIRST_LOOK_MS) as EpochMs;
  const seen = new Map<string, string>();
  return {
    async look() {
      let requests: ServiceRequest[];
      try {
        requests = await siteFhir.search<ServiceRequest>('ServiceRequest', { _lastUpdated: `ge${toIso(since)}` });
      } catch (thrown) {
        return { ok: false, code: codeOf(thrown) };
      }
      let newest = since;
      for (const request of requests) {
        // As sent: what is not FHIR R4 is told of when it is taken.
        const { resourceType, id, meta } = recordOf(request);
        if (resourceType !== 'ServiceRequest' || typeof id !== 'string') continue;
        const { versionId, lastUpdated } = recordOf(meta);
        const version = textOf(versionId) ?? textOf(lastUpdated) ?? '';
        if (seen.get(id) !== version) {
          const outcome = await takeRequest(request, { site, siteFhir, fhir, clock, log });
          if (!outcome.ok) return outcome;
          seen.set(id, version);
        }
        const updated = instantOf(lastUpdated);
        if (updated !== undefined && updated > newest) newest = updated;
      }
      since = Math.max(since, newest - OVERLAP_MS) as EpochMs;
      return { ok: true };
    },
  };
}

const codeOf = (thrown: unknown): string => {
  if (thrown instanceof FhirError) return thrown.refusal.code;
  throw thrown;
};

interface PollPorts {
  readonly site: Site;
  readonly siteFhir: FhirClient;
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
}

async function takeRequest(sent: ServiceRequest, ports: PollPorts): Promise<PollOutcome> {
  const { site, siteFhir, fhir, clock, log } = ports;
  const problem = async (code: string, reason: string): Promise<PollOutcome> => {
    log.warn('intake.order-refused', { siteId: site.id, code });
    await keepProblem(fhir, site, { code, reason, content: JSON.stringify(sent), at: clock.now() });
    return { ok: true };
  };
  try {
    const { resource: request, wrong } = shapedResource<ServiceRequest>(sent);
    if (request === undefined)
      return await problem('unreadable', `the ServiceRequest is no FHIR R4: ${wrong.join(', ')}`);
    const patientId = idInReference(request.subject, 'Patient');
    if (patientId === undefined)
      return await problem('no-patient', 'ServiceRequest.subject is no Patient of this server');
    const patient = shapedResource<FhirPatient>(await readPatient(patientId, siteFhir)).resource;
    if (patient === undefined)
      return await problem('no-patient', 'the site has no such Patient, or none that is FHIR R4');
    const related = await relatedTo(patientId, siteFhir);
    const order = orderFromFhir({ request, patient, related }, site.id, clock.now());
    // A draft is not a problem: it comes back as another version when it is to be done.
    if (!order.ok && order.error.code === 'not-to-be-done') return { ok: true };
    if (!order.ok) return await problem(order.error.code, order.error.reason);
    const taken = await takeOrder(order.value, { fhir, site });
    if (taken.ok) {
      log.info('intake.order-taken', { siteId: site.id, code: taken.value.kind });
      return { ok: true };
    }
    if (taken.error.code === 'hub-unreachable' || taken.error.code === 'busy')
      return { ok: false, code: taken.error.code };
    // A cancelled request that never became an order here asks for nothing.
    if (taken.error.code === 'unknown-order') return { ok: true };
    return await problem(taken.error.code, taken.error.reason);
  } catch (thrown) {
    return { ok: false, code: codeOf(thrown) };
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
