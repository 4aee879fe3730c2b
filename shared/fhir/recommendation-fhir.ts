import type { BundleEntry, ServiceRequest, Task } from 'fhir/r4';

import type { AccessionNumber, PatientId, SiteId, TaskId } from '../domain/identifiers.ts';
import type { Recommendation, RecommendationState } from '../domain/recommendation.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { identifierIn } from './critical-from-fhir.ts';
import { readerReference, subjectOf } from './critical-to-fhir.ts';
import { fhirString, idInReference, instantOf, listOf, recordOf, referenceTo, textOf } from './fhir-text.ts';
import { identifierToken, ifNoneExist } from './identifier-search.ts';
import { UNKNOWN_SITE } from './reading-task-from-fhir.ts';
import { SYSTEM } from './systems.ts';
import { factsOfTask, foreignInputs, instantInput, textInput } from './task-input.ts';

const FOLLOW_UP = { system: SYSTEM.taskKind, code: 'follow-up', display: 'Follow-up recommendation' } as const;
/** Search token of all recommendations. */
export const FOLLOW_UP_CODE = identifierToken(FOLLOW_UP.system, FOLLOW_UP.code);

const STATUS: Readonly<Record<RecommendationState, Task['status']>> = {
  open: 'requested',
  reminded: 'in-progress',
  done: 'completed',
  declined: 'rejected',
};
const STATE: ReadonlyMap<unknown, RecommendationState> = new Map<unknown, RecommendationState>([
  ['requested', 'open'],
  ['received', 'open'],
  ['accepted', 'reminded'],
  ['in-progress', 'reminded'],
  ['completed', 'done'],
  ['rejected', 'declined'],
  ['cancelled', 'declined'],
]);

/**
 * What is advised, as ServiceRequest with intent `proposal`: nobody has ordered it yet. `reasonCode` says why, `occurrence` by when. An order that the
 * site makes of it may name it in `basedOn`.
 */
export const proposalToFhir = (recommendation: Recommendation): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  identifier: [{ system: SYSTEM.recommendation, value: recommendation.uuid }],
  status: 'active',
  intent: 'proposal',
  code: { text: fhirString(recommendation.what) ?? '(no words)' },
  subject: subjectOf(recommendation),
  occurrenceDateTime: toIso(recommendation.dueAt),
  authoredOn: toIso(recommendation.recommendedAt),
  requester: readerReference(recommendation.recommendedBy),
  reasonCode: [{ text: fhirString(recommendation.why) ?? '(no words)' }],
});

/** The duty to remind: a Task on the proposal, due when it is. `base` is the Task as the server holds it. */
export function recommendationToFhir(recommendation: Recommendation, proposal: string, base?: Task): Task {
  const siteName = fhirString(recommendation.siteName);
  return {
    ...base,
    resourceType: 'Task',
    ...(recommendation.id === '' ? {} : { id: recommendation.id }),
    ...(recommendation.version === '' ? {} : { meta: { ...base?.meta, versionId: recommendation.version } }),
    identifier: base?.identifier ?? [{ system: SYSTEM.recommendation, value: recommendation.uuid }],
    basedOn: [{ reference: referenceTo('Task', recommendation.taskId) }],
    status: STATUS[recommendation.state],
    intent: 'proposal',
    code: { coding: [FOLLOW_UP] },
    description: fhirString(recommendation.what) ?? '(no words)',
    focus: base?.focus ?? { reference: proposal },
    for: subjectOf(recommendation),
    authoredOn: toIso(recommendation.recommendedAt),
    requester: {
      identifier: { system: SYSTEM.site, value: recommendation.siteId },
      ...(siteName === undefined ? {} : { display: siteName }),
    },
    reasonCode: { text: fhirString(recommendation.why) ?? '(no words)' },
    restriction: { period: { end: toIso(recommendation.dueAt) } },
    input: [
      ...textInput('recommended-by-id', recommendation.recommendedBy.id),
      ...textInput('recommended-by', recommendation.recommendedBy.name),
      ...textInput('accession', recommendation.accessionNumber),
      ...textInput('exam-text', recommendation.examText),
      ...instantInput('reminded-at', recommendation.remindedAt),
      ...textInput('reminded-by', recommendation.remindedBy),
      ...textInput('closed-by', recommendation.closedBy),
      ...foreignInputs(base?.input),
    ],
  };
}

/** Proposal and duty, for one transaction; written again they are the same two. */
export function recommendationEntries(recommendation: Recommendation): BundleEntry[] {
  const fullUrl = `urn:uuid:${recommendation.uuid}`;
  const condition = ifNoneExist(SYSTEM.recommendation, recommendation.uuid);
  return [
    {
      fullUrl,
      resource: proposalToFhir(recommendation),
      request: { method: 'POST', url: 'ServiceRequest', ifNoneExist: condition },
    },
    {
      resource: recommendationToFhir(recommendation, fullUrl),
      request: { method: 'POST', url: 'Task', ifNoneExist: condition },
    },
  ];
}

/** Undefined: no follow-up of ours. A status nobody gave it leaves it open. */
export function recommendationFromFhir(resource: unknown): Recommendation | undefined {
  const task = recordOf(resource);
  const isFollowUp = listOf(recordOf(task['code'])['coding'])
    .map(recordOf)
    .some(({ system, code }) => system === FOLLOW_UP.system && code === FOLLOW_UP.code);
  if (task['resourceType'] !== 'Task' || !isFollowUp) return undefined;
  const facts = factsOfTask(task['input']);
  const meta = recordOf(task['meta']);
  const requester = recordOf(task['requester']);
  const siteId = (textOf(recordOf(requester['identifier'])['value']) ?? UNKNOWN_SITE) as SiteId;
  const recommendedAt = instantOf(task['authoredOn']) ?? instantOf(meta['lastUpdated']) ?? (0 as EpochMs);
  const patientId = idInReference(task['for'], 'Patient') as PatientId | undefined;
  const accessionNumber = facts.text('accession') as AccessionNumber | undefined;
  const remindedAt = facts.instant('reminded-at');
  const remindedBy = facts.text('reminded-by');
  const closedBy = facts.text('closed-by');
  return {
    id: textOf(task['id']) ?? '',
    version: textOf(meta['versionId']) ?? '',
    uuid: identifierIn(task, SYSTEM.recommendation) ?? '',
    taskId: (idInReference(listOf(task['basedOn'])[0], 'Task') ?? '') as TaskId,
    siteId,
    siteName: textOf(requester['display']) ?? siteId,
    patientName: textOf(recordOf(task['for'])['display']) ?? '',
    examText: facts.text('exam-text') ?? '',
    what: textOf(task['description']) ?? '',
    why: textOf(recordOf(task['reasonCode'])['text']) ?? '',
    dueAt: instantOf(recordOf(recordOf(task['restriction'])['period'])['end']) ?? recommendedAt,
    recommendedAt,
    recommendedBy: { id: facts.text('recommended-by-id') ?? '', name: facts.text('recommended-by') ?? '' },
    state: STATE.get(task['status']) ?? 'open',
    ...(patientId === undefined ? {} : { patientId }),
    ...(accessionNumber === undefined ? {} : { accessionNumber }),
    ...(remindedAt === undefined ? {} : { remindedAt }),
    ...(remindedBy === 'notice' || remindedBy === 'support-desk' ? { remindedBy } : {}),
    ...(closedBy === undefined ? {} : { closedBy }),
  };
}
