import type { DocumentReference } from 'fhir/r4';

import type { ReadingTask } from '../domain/reading-task.ts';
import { fromIso, toIso, type EpochMs } from '../kernel/clock.ts';
import type { ReportBody } from '../reporting/report.ts';
import type { Signer } from '../reporting/signed-report.ts';
import { listOf, recordOf, referenceTo, textOf } from './fhir-text.ts';
import { readerReference } from './report-provenance.ts';
import type { AttachmentContent, AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

export const DRAFT_TYPE = 'application/vnd.overread.draft-report+json';
/** JSON of the earlier states, oldest first, with who wrote each; gzip (RFC 1952). */
const HISTORY_TYPE = 'application/vnd.overread.draft-history+json+gzip';

/** A draft on its way to another reader of the same reading; `body` absent: it has arrived where it should, and nothing of it is kept. */
export function handedDraftDocument(
  {
    task,
    body,
    history,
    from,
    at,
  }: {
    readonly task: Pick<ReadingTask, 'id' | 'patient'>;
    readonly body: ReportBody | undefined;
    readonly history?: AttachmentContent;
    readonly from: Signer;
    readonly at: EpochMs;
  },
  attach: AttachText,
): DocumentReference {
  return {
    resourceType: 'DocumentReference',
    identifier: [{ system: SYSTEM.handedDraft, value: task.id }],
    status: body === undefined ? 'superseded' : 'current',
    docStatus: 'preliminary',
    type: { coding: [{ system: SYSTEM.taskKind, code: 'handed-draft', display: 'Draft report handed over' }] },
    ...(task.patient.id === '' ? {} : { subject: { reference: referenceTo('Patient', task.patient.id) } }),
    date: toIso(at),
    author: [readerReference(from)],
    content: [
      {
        attachment: {
          contentType: DRAFT_TYPE,
          title: 'Draft report',
          ...(body === undefined ? {} : attach(JSON.stringify(body))),
        },
      },
      ...(body === undefined || history === undefined
        ? []
        : [{ attachment: { contentType: HISTORY_TYPE, title: 'Earlier states', ...history } }]),
    ],
  };
}

export const handedDraftIdentifier = (taskId: string): string => `${SYSTEM.handedDraft}|${taskId}`;

export interface HandedDraftText {
  /** JSON of the body, still unparsed. */
  readonly json: string;
  readonly byId: string;
  readonly byName: string;
  readonly at: EpochMs;
  /** Its earlier states as they were attached, base64. */
  readonly history?: string;
}

/** Undefined: none is waiting, or what is there is no draft of ours. */
export function handedDraftFrom(resource: unknown, decode: (base64: string) => string): HandedDraftText | undefined {
  const { status, date, author, content } = recordOf(resource);
  const attachments = listOf(content).map((each) => recordOf(recordOf(each)['attachment']));
  const data = textOf(attachments.find(({ contentType }) => contentType === DRAFT_TYPE)?.['data']);
  const history = textOf(attachments.find(({ contentType }) => contentType === HISTORY_TYPE)?.['data']);
  const at = fromIso(textOf(date));
  if (status !== 'current' || data === undefined || at === undefined) return undefined;
  const by = recordOf(listOf(author)[0]);
  return {
    json: decode(data),
    byId: textOf(recordOf(by['identifier'])['value']) ?? '',
    byName: textOf(by['display']) ?? '',
    at,
    ...(history === undefined ? {} : { history }),
  };
}
