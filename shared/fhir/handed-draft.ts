import type { DocumentReference } from 'fhir/r4';

import type { ReadingTask } from '../domain/reading-task.ts';
import { fromIso, toIso, type EpochMs } from '../kernel/clock.ts';
import type { ReportBody } from '../reporting/report.ts';
import type { Signer } from '../reporting/signed-report.ts';
import { listOf, recordOf, referenceTo, textOf } from './fhir-text.ts';
import { readerReference } from './report-provenance.ts';
import type { AttachText } from './report-to-fhir.ts';
import { SYSTEM } from './systems.ts';

const DRAFT_TYPE = 'application/vnd.overread.draft-report+json';

/** A draft on its way to another reader of the same reading; `body` absent: it has arrived where it should, and nothing of it is kept. */
export function handedDraftDocument(
  {
    task,
    body,
    from,
    at,
  }: {
    readonly task: Pick<ReadingTask, 'id' | 'patient'>;
    readonly body: ReportBody | undefined;
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
    ],
  };
}

export const handedDraftIdentifier = (taskId: string): string => `${SYSTEM.handedDraft}|${taskId}`;

export interface HandedDraftText {
  /** JSON of the body, still unparsed. */
  readonly json: string;
  readonly byName: string;
  readonly at: EpochMs;
}

/** Undefined: none is waiting, or what is there is no draft of ours. */
export function handedDraftFrom(resource: unknown, decode: (base64: string) => string): HandedDraftText | undefined {
  const { status, date, author, content } = recordOf(resource);
  const attachment = recordOf(recordOf(listOf(content)[0])['attachment']);
  const data = textOf(attachment['data']);
  const at = fromIso(textOf(date));
  if (status !== 'current' || attachment['contentType'] !== DRAFT_TYPE || data === undefined || at === undefined)
    return undefined;
  return { json: decode(data), byName: textOf(recordOf(listOf(author)[0])['display']) ?? '', at };
}
