import type { Task } from 'fhir/r4';

import { fromIso, toIso, type EpochMs } from '../kernel/clock.ts';
import {
  DISCREPANCY_CATEGORIES,
  type DiscrepancyCategory,
  type SignedReport,
  type Signer,
} from '../reporting/signed-report.ts';
import { DRAFT_TYPE } from './handed-draft.ts';
import { fhirString, listOf, recordOf, textOf } from './fhir-text.ts';
import { readerReference } from './report-provenance.ts';
import type { AttachmentContent } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';
import { factsOfTask, textInput } from './task-input.ts';

export const DISCREPANCY_CODE = {
  system: SYSTEM.taskKind,
  code: 'discrepancy',
  display: 'Final report differs from the preliminary one',
} as const;

/** What the first reader is told; open until they have seen it. */
export interface DiscrepancyNotice {
  readonly id: string;
  readonly version: string;
  readonly readingId: string;
  readonly category: DiscrepancyCategory;
  readonly comment: string;
  readonly examText: string;
  readonly siteName: string;
  readonly firstReaderId: string;
  readonly finalReader: string;
  readonly at: EpochMs;
  /** What the first reader wrote and did not sign: JSON of the body, base64. */
  readonly firstDraft?: string;
}

const FIRST_DRAFT = 'first-draft';

/** Seen: what the first reader wrote is no longer needed here. */
export const seenDiscrepancy = (task: Task): Task => {
  const input = task.input?.filter(({ type }) => type.text !== FIRST_DRAFT);
  return { ...task, status: 'completed', ...(input === undefined ? {} : { input }) };
};

/** The notice of a discrepancy as Task owned by the first reader; undefined where there is nobody to tell. */
export function discrepancyTask(
  signed: SignedReport,
  reportUrl: string,
  firstDraft?: AttachmentContent,
): Task | undefined {
  const { discrepancy, task } = signed;
  if (discrepancy === undefined) return undefined;
  const by: Signer = signed.signedBy;
  return {
    resourceType: 'Task',
    identifier: [{ system: SYSTEM.discrepancy, value: signed.reportUuid }],
    status: 'requested',
    intent: 'order',
    code: { coding: [DISCREPANCY_CODE] },
    focus: { reference: reportUrl },
    partOf: [{ reference: `Task/${signed.taskId}` }],
    authoredOn: toIso(signed.signedAt),
    requester: readerReference(by),
    owner: readerReference(discrepancy.firstReader),
    input: [
      ...textInput('category', discrepancy.category),
      ...textInput('comment', discrepancy.comment),
      ...textInput('exam-text', task.exam.text),
      ...textInput('site-name', task.siteName),
      ...(firstDraft === undefined
        ? []
        : [{ type: { text: FIRST_DRAFT }, valueAttachment: { contentType: DRAFT_TYPE, ...firstDraft } }]),
    ],
  };
}

/** Undefined for a Task that is no notice of ours. */
export function discrepancyFromFhir(resource: unknown): DiscrepancyNotice | undefined {
  const task = recordOf(resource);
  const isOurs = listOf(recordOf(task['code'])['coding'])
    .map(recordOf)
    .some(({ system, code }) => system === DISCREPANCY_CODE.system && code === DISCREPANCY_CODE.code);
  const facts = factsOfTask(task['input']);
  const draft = listOf(task['input'])
    .map(recordOf)
    .find(({ type }) => recordOf(type)['text'] === FIRST_DRAFT);
  const firstDraft = textOf(recordOf(draft?.['valueAttachment'])['data']);
  const category = DISCREPANCY_CATEGORIES.find((known) => known === facts.text('category'));
  const firstReaderId = textOf(recordOf(recordOf(task['owner'])['identifier'])['value']);
  if (!isOurs || category === undefined || firstReaderId === undefined) return undefined;
  return {
    id: textOf(task['id']) ?? '',
    version: textOf(recordOf(task['meta'])['versionId']) ?? '',
    readingId: (textOf(recordOf(listOf(task['partOf'])[0])['reference']) ?? '').split('/').at(-1) ?? '',
    category,
    comment: facts.text('comment') ?? '',
    examText: facts.text('exam-text') ?? '',
    siteName: facts.text('site-name') ?? '',
    firstReaderId,
    finalReader: fhirString(textOf(recordOf(task['requester'])['display'])) ?? '',
    at: fromIso(textOf(task['authoredOn'])) ?? (0 as EpochMs),
    ...(firstDraft === undefined ? {} : { firstDraft }),
  };
}
