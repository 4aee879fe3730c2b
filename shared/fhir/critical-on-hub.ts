import type { BundleEntry, Communication, FhirResource } from 'fhir/r4';

import type { CriticalResult } from '../domain/critical-result.ts';
import type { TaskId } from '../domain/identifiers.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { actToAuditEvent, type RecordedAct } from './act-to-audit-event.ts';
import { criticalFromFhir } from './critical-from-fhir.ts';
import { CRITICAL_CATEGORY, criticalToFhir } from './critical-to-fhir.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import { ifNoneExist } from './identifier-search.ts';
import { SYSTEM } from './systems.ts';

/** Far more than a group ever has open at once. */
const MAX_RESULTS = 2000;
const MAX_CONFLICTS = 5;

const readable = (resources: readonly Communication[]): CriticalResult[] =>
  resources.flatMap((resource) => {
    const read = criticalFromFhir(resource);
    return read.ok ? [read.value] : [];
  });

/** Everything that nobody has confirmed. Throws FhirError. */
export async function readOpenCriticals(fhir: FhirClient): Promise<CriticalResult[]> {
  return readable(
    await fhir.search<Communication>(
      'Communication',
      { category: CRITICAL_CATEGORY, status: 'in-progress' },
      MAX_RESULTS,
    ),
  );
}

/** What was confirmed since then. Throws FhirError. */
export async function readConfirmedCriticals(fhir: FhirClient, since: EpochMs): Promise<CriticalResult[]> {
  const params = { category: CRITICAL_CATEGORY, status: 'completed', _lastUpdated: `ge${toIso(since)}` };
  return readable(await fhir.search<Communication>('Communication', params, MAX_RESULTS));
}

/** Everything that was recorded for a reading, confirmed or not. Throws FhirError. */
export async function readCriticalsOf(fhir: FhirClient, taskId: TaskId): Promise<CriticalResult[]> {
  const params = { category: CRITICAL_CATEGORY, 'based-on': `Task/${taskId}` };
  const found = readable(await fhir.search<Communication>('Communication', params, MAX_RESULTS));
  return found.filter((result) => result.taskId === taskId);
}

/** Record entry of a transaction; the same act is written with what it did, or neither is. */
export const actEntry = (act: RecordedAct): BundleEntry => ({
  resource: actToAuditEvent(act),
  request: { method: 'POST', url: 'AuditEvent' },
});

export const putEntry = (resource: FhirResource, version: string): BundleEntry => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id ?? ''}`, ifMatch: `W/"${version}"` },
});

/** Writes a new one with the record of the act, in one transaction; the same uuid again is the same one. Throws FhirError. */
export async function recordCritical(fhir: FhirClient, result: CriticalResult, act: RecordedAct): Promise<void> {
  const fullUrl = `urn:uuid:${result.uuid}`;
  await fhir.transaction({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl,
        resource: criticalToFhir(result),
        request: { method: 'POST', url: 'Communication', ifNoneExist: ifNoneExist(SYSTEM.critical, result.uuid) },
      },
      actEntry({ ...act, about: [fullUrl, ...act.about] }),
    ],
  });
}

export type Change<Thing> = (now: Thing) => Thing | undefined;

/**
 * Reads, decides, writes with If-Match and the record of the act in one transaction; after a conflict all over again. `undefined` from `change` leaves it
 * as it is. Throws FhirError.
 */
export async function changeCritical(
  fhir: FhirClient,
  id: string,
  change: Change<CriticalResult>,
  act: Omit<RecordedAct, 'about' | 'outcome'>,
): Promise<CriticalResult | 'not-found' | 'unchanged'> {
  for (let attempt = 1; ; attempt += 1) {
    const base = await readOrNothing<Communication>(fhir, 'Communication', id);
    const read = criticalFromFhir(base);
    if (base === undefined || !read.ok) return 'not-found';
    const next = change(read.value);
    if (next === undefined) return 'unchanged';
    try {
      await fhir.transaction({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          putEntry(criticalToFhir(next, base), read.value.version),
          actEntry({ ...act, siteId: next.siteId, about: [`Communication/${id}`], outcome: 'done' }),
        ],
      });
      return next;
    } catch (error) {
      const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
      if (!isConflict || attempt === MAX_CONFLICTS) throw error;
    }
  }
}

export async function readOrNothing<Resource extends FhirResource>(
  fhir: FhirClient,
  type: Resource['resourceType'],
  id: string,
): Promise<Resource | undefined> {
  try {
    return await fhir.read<Resource>(type, id);
  } catch (error) {
    if (error instanceof FhirError && error.refusal.code === 'not-found') return undefined;
    throw error;
  }
}
