import type { Task } from 'fhir/r4';

import type { Confirmation, CriticalResult } from '../domain/critical-result.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { readerReference } from './critical-to-fhir.ts';
import { fhirString, instantOf, recordOf, textOf } from './fhir-text.ts';
import { siteSystem, SYSTEM } from './systems.ts';

const PRIORITY = { red: 'stat', orange: 'asap', yellow: 'urgent' } as const;

/** A critical result as a Task at the site's own server, in the site's own numbers: to be set `accepted` or `completed` by who has heard it. */
export function criticalForSite(result: CriticalResult): Task {
  const { accessionNumber, siteId } = result;
  const patientName = fhirString(result.patientName);
  return {
    resourceType: 'Task',
    identifier: [{ system: SYSTEM.critical, value: result.uuid }],
    ...(accessionNumber === undefined
      ? {}
      : { groupIdentifier: { system: siteSystem(siteId, 'accession'), value: accessionNumber } }),
    status: 'requested',
    intent: 'order',
    priority: PRIORITY[result.level],
    code: { coding: [{ system: SYSTEM.taskKind, code: 'critical-result' }], text: 'Confirm a critical result' },
    description: fhirString(result.finding) ?? '(no words)',
    ...(patientName === undefined ? {} : { for: { type: 'Patient', display: patientName } }),
    authoredOn: toIso(result.foundAt),
    requester: readerReference(result.foundBy),
    restriction: { period: { end: toIso(result.windowEndsAt) } },
  };
}

/** What the site's Task says by now. Undefined: nobody has answered. */
export function siteAnswer(resource: unknown, now: EpochMs): Confirmation | undefined {
  const task = recordOf(resource);
  if (task['status'] !== 'accepted' && task['status'] !== 'completed') return undefined;
  const owner = recordOf(task['owner']);
  const by = textOf(owner['display']) ?? textOf(owner['reference']) ?? 'the site';
  return { at: instantOf(task['lastModified']) ?? now, by, via: 'fhir' };
}
