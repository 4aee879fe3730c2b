import type { ServiceRequest } from 'fhir/r4';

import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { instantOf, recordOf, textOf } from '#shared/fhir/fhir-text.ts';
import { DAY_MS, toIso, type EpochMs } from '#shared/kernel/clock.ts';
import { takeRequest, type PollPorts } from './take-request.ts';

/** How far each look reaches back behind the newest resource seen: servers stamp `lastUpdated` before a commit becomes visible. */
const OVERLAP_MS = 60_000;
/** How far the first look reaches back. */
const FIRST_LOOK_MS = 2 * DAY_MS;
/** Looks in which the site answered, but not with this order's patient or record: then a person sees it. */
const MOST_LOOKS = 3;
const IN_A_ROW = 3;
export type PollOutcome = { readonly ok: true } | { readonly ok: false; readonly code: string };

export interface OrderPoll {
  /** One look at the site. What could not be taken because the hub was away is looked at again next time. */
  look(): Promise<PollOutcome>;
}

/** Watches a site's FHIR server for ServiceRequests: by time with overlap, each version taken once. */
export function createOrderPoll(ports: PollPorts): OrderPoll {
  const { siteFhir, clock } = ports;
  let since = (clock.now() - FIRST_LOOK_MS) as EpochMs;
  const seen = new Map<string, string>();
  /** Orders whose patient or record the site did not give: looked at again, and with a person after some looks. */
  const held = new Map<string, { readonly request: ServiceRequest; readonly looks: number }>();
  return {
    async look() {
      let requests: ServiceRequest[];
      try {
        requests = await siteFhir.search<ServiceRequest>('ServiceRequest', { _lastUpdated: `ge${toIso(since)}` });
      } catch (thrown) {
        return { ok: false, code: codeOf(thrown) };
      }
      let newest = since;
      let inARow = 0;
      const tried = new Set<string>();
      for (const request of [...requests, ...[...held.values()].map((each) => each.request)]) {
        // As sent: what is not FHIR R4 is told of when it is taken.
        const { resourceType, id, meta } = recordOf(request);
        if (resourceType !== 'ServiceRequest' || typeof id !== 'string') continue;
        const { versionId, lastUpdated } = recordOf(meta);
        const version = textOf(versionId) ?? textOf(lastUpdated) ?? '';
        if (seen.get(id) !== version && !tried.has(id)) {
          const looks = (held.get(id)?.looks ?? 0) + 1;
          const outcome = await takeRequest(request, ports, looks >= MOST_LOOKS);
          if (outcome.kind === 'hub-away') return { ok: false, code: outcome.code };
          if (outcome.kind === 'record-not-given') {
            tried.add(id);
            held.set(id, { request, looks });
            inARow += 1;
            // One record or the whole site: it is asked something that it has answered before.
            if (inARow % IN_A_ROW === 0 && !(await answers(siteFhir, since))) return { ok: false, code: outcome.code };
            continue;
          }
          inARow = 0;
          held.delete(id);
          seen.set(id, version);
        }
        const updated = instantOf(lastUpdated);
        // A stamp from the future must not hide what comes before it.
        if (updated !== undefined && updated > newest && updated <= clock.now()) newest = updated;
      }
      since = Math.max(since, newest - OVERLAP_MS) as EpochMs;
      return { ok: true };
    },
  };
}

async function answers(siteFhir: FhirClient, since: EpochMs): Promise<boolean> {
  try {
    await siteFhir.search<ServiceRequest>('ServiceRequest', { _lastUpdated: `ge${toIso(since)}` }, 1);
    return true;
  } catch (thrown) {
    if (thrown instanceof FhirError) return false;
    throw thrown;
  }
}

const codeOf = (thrown: unknown): string => {
  if (thrown instanceof FhirError) return thrown.refusal.code;
  throw thrown;
};
