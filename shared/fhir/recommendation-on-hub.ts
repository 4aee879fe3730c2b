import type { Task } from 'fhir/r4';

import type { Recommendation } from '../domain/recommendation.ts';
import type { RecordedAct } from './act-to-audit-event.ts';
import { actEntry, putEntry, readOrNothing, type Change } from './critical-on-hub.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import {
  FOLLOW_UP_CODE,
  recommendationEntries,
  recommendationFromFhir,
  recommendationToFhir,
} from './recommendation-fhir.ts';

const MAX_OPEN = 5000;
const MAX_CONFLICTS = 5;

/** Every recommendation that is neither done nor declined. Throws FhirError. */
export async function readOpenRecommendations(fhir: FhirClient): Promise<Recommendation[]> {
  const params = { code: FOLLOW_UP_CODE, status: 'requested,received,accepted,in-progress' };
  const found = await fhir.search<Task>('Task', params, MAX_OPEN);
  return found.flatMap((task) => recommendationFromFhir(task) ?? []);
}

/** Proposal, duty and the record of the act in one transaction; the same uuid again is the same one. Throws FhirError. */
export async function recordRecommendation(
  fhir: FhirClient,
  recommendation: Recommendation,
  act: RecordedAct,
): Promise<void> {
  await fhir.transaction({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      ...recommendationEntries(recommendation),
      actEntry({ ...act, about: [`urn:uuid:${recommendation.uuid}`, ...act.about] }),
    ],
  });
}

/** As `changeCritical`, for a recommendation. Throws FhirError. */
export async function changeRecommendation(
  fhir: FhirClient,
  id: string,
  change: Change<Recommendation>,
  act: Omit<RecordedAct, 'about' | 'outcome'>,
): Promise<Recommendation | 'not-found' | 'unchanged'> {
  for (let attempt = 1; ; attempt += 1) {
    const base = await readOrNothing<Task>(fhir, 'Task', id);
    const read = recommendationFromFhir(base);
    if (base === undefined || read === undefined) return 'not-found';
    const next = change(read);
    if (next === undefined) return 'unchanged';
    try {
      await fhir.transaction({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          putEntry(recommendationToFhir(next, base.focus?.reference ?? '', base), read.version),
          actEntry({ ...act, siteId: next.siteId, about: [`Task/${id}`], outcome: 'done' }),
        ],
      });
      return next;
    } catch (error) {
      const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
      if (!isConflict || attempt === MAX_CONFLICTS) throw error;
    }
  }
}
