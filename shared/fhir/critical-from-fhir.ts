import {
  CONFIRMATION_WAYS,
  CRITICAL_LEVELS,
  CRITICAL_WINDOW_MINUTES,
  TELLING_WAYS,
  type Confirmation,
  type CriticalResult,
  type Escalation,
  type Telling,
} from '../domain/critical-result.ts';
import type { AccessionNumber, PatientId, ReportId, SiteId, TaskId } from '../domain/identifiers.ts';
import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { CRITICAL_CODE, CRITICAL_EXTENSION } from './critical-to-fhir.ts';
import { idInReference, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { partsOf, type Parts } from './nested-extension.ts';
import { UNKNOWN_SITE } from './reading-task-from-fhir.ts';
import { SYSTEM } from './systems.ts';

export interface NotACriticalResult {
  readonly code: 'not-a-critical-result';
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a Communication as a critical result. What decides nothing gets a safe default: an unknown level is red, a missing time is the resource's own.
 * Only what is none at all is refused, so that none can disappear for being odd.
 */
export function criticalFromFhir(resource: unknown): Result<CriticalResult, NotACriticalResult> {
  const json = recordOf(resource);
  if (json['resourceType'] !== 'Communication' || !hasCategory(json, CRITICAL_CODE)) {
    return err({ code: 'not-a-critical-result' });
  }
  const parts = extensionParts(json, CRITICAL_EXTENSION);
  const meta = recordOf(json['meta']);
  const sender = recordOf(json['sender']);
  const level = CRITICAL_LEVELS.find((word) => word === parts.text('level')) ?? 'red';
  const foundAt = parts.instant('found-at') ?? instantOf(meta['lastUpdated']) ?? (0 as EpochMs);
  const windowEndsAt =
    parts.instant('window-ends-at') ?? ((foundAt + CRITICAL_WINDOW_MINUTES[level] * MINUTE_MS) as EpochMs);
  const reportId = idInReference(listOf(json['about'])[0], 'DiagnosticReport');
  const confirmation = confirmationOf(json, parts);
  return ok({
    id: textOf(json['id']) ?? '',
    version: textOf(meta['versionId']) ?? '',
    uuid: identifierIn(json, SYSTEM.critical) ?? textOf(json['id']) ?? '',
    ...placeOf(json, parts),
    ...(reportId === undefined ? {} : { reportId: reportId as ReportId }),
    level,
    finding: textOf(recordOf(listOf(json['payload'])[0])['contentString']) ?? '',
    foundAt,
    foundBy: {
      id: textOf(recordOf(sender['identifier'])['value']) ?? '',
      name: textOf(sender['display']) ?? '',
    },
    windowEndsAt,
    escalatesAt: parts.instant('escalates-at') ?? windowEndsAt,
    caller: parts.text('caller') === 'reader' ? 'reader' : 'support-desk',
    tellings: parts.groups('telling').map((each) => tellingOf(each, foundAt)),
    escalations: parts.groups('escalation').map((each) => escalationOf(each, windowEndsAt)),
    ...(confirmation === undefined ? {} : { confirmation }),
  });
}

export const hasCategory = (json: Json, code: string): boolean =>
  listOf(json['category'])
    .flatMap((concept) => listOf(recordOf(concept)['coding']))
    .map(recordOf)
    .some((coding) => coding['system'] === SYSTEM.taskKind && coding['code'] === code);

export const identifierIn = (json: Json, system: string): string | undefined =>
  listOf(json['identifier'])
    .map(recordOf)
    .flatMap((each) => (each['system'] === system ? (textOf(each['value']) ?? []) : []))[0];

export const extensionParts = (json: Json, url: string): Parts =>
  partsOf(
    listOf(json['extension'])
      .map(recordOf)
      .find((each) => each['url'] === url),
  );

/** The order and patient that `placePart` and `subjectOf` wrote. */
export function placeOf(json: Json, parts: Parts) {
  const order = parts.groups('order')[0];
  const subject = recordOf(json['subject']);
  const siteId = (order?.text('site') ?? UNKNOWN_SITE) as SiteId;
  const patientId = idInReference(subject, 'Patient') as PatientId | undefined;
  const accessionNumber = order?.text('accession') as AccessionNumber | undefined;
  return {
    taskId: (idInReference(listOf(json['basedOn'])[0], 'Task') ?? '') as TaskId,
    siteId,
    siteName: order?.text('site-name') ?? siteId,
    patientName: textOf(subject['display']) ?? '',
    examText: order?.text('exam') ?? '',
    ...(patientId === undefined ? {} : { patientId }),
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
  };
}

const tellingOf = (parts: Parts, foundAt: EpochMs): Telling => ({
  by: { id: parts.text('by-id') ?? '', name: parts.text('by-name') ?? '' },
  to: { name: parts.text('to-name') ?? '', role: parts.text('to-role') ?? '' },
  how: TELLING_WAYS.find((way) => way === parts.text('how')) ?? 'message',
  at: parts.instant('at') ?? foundAt,
  readBack: parts.flag('read-back') ?? false,
});

function escalationOf(parts: Parts, windowEndsAt: EpochMs): Escalation {
  const name = parts.text('to-name');
  const at = parts.instant('at') ?? windowEndsAt;
  if (name === undefined) return { at };
  return { at, to: { name, role: parts.text('to-role') ?? '', phone: parts.text('to-phone') ?? '' } };
}

/** A system that knows nothing of our extension says `completed` and `received`: that counts. */
function confirmationOf(json: Json, parts: Parts): Confirmation | undefined {
  const own = parts.groups('confirmation')[0];
  const received = instantOf(json['received']);
  const at = own?.instant('at') ?? received;
  if (own !== undefined && at !== undefined) {
    const via = CONFIRMATION_WAYS.find((way) => way === own.text('via')) ?? 'fhir';
    return { at, by: own.text('by') ?? 'the site', via };
  }
  if (json['status'] !== 'completed') return undefined;
  const meta = recordOf(json['meta']);
  return { at: received ?? instantOf(meta['lastUpdated']) ?? (0 as EpochMs), by: 'the site', via: 'fhir' };
}
