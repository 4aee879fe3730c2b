import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { Amendment, AmendmentKind } from '#shared/reporting/amendment.ts';

import type { Cases } from './cases.ts';
import type { WorkstationPorts } from './ports.ts';
import { saveAnswer } from './save-answer.ts';

export interface AmendmentDrafts {
  load(request: CallRequest<'amendmentDraft'>): Promise<CallResponse<'amendmentDraft'>>;
  save(request: CallRequest<'saveAmendment'>): Promise<CallResponse<'saveAmendment'>>;
  /** It is a version now: the next of its kind begins empty. */
  signed(taskId: string, kind: AmendmentKind, reportUuid: string): void;
  /** Its signature was taken back: the text comes back with the case. */
  undone(reportUuid: string): void;
}

/** What is typed for a later version of a signed report, kept as safely as a report's own draft. */
export function createAmendmentDrafts({
  drafts,
  cases,
  reader,
  clock,
}: Pick<WorkstationPorts, 'drafts' | 'reader' | 'clock'> & { readonly cases: Cases }): AmendmentDrafts {
  const placeOf = (taskId: string, kind: AmendmentKind) => ({ taskId: taskId as TaskId, readerId: reader.id, kind });
  return {
    async load({ taskId, kind }) {
      const found = await drafts.loadAmendment(placeOf(taskId, kind));
      if (found?.state !== 'draft') return { revision: found?.revision ?? 0 };
      const { revision, savedAt, body } = found;
      type Saved = NonNullable<CallResponse<'amendmentDraft'>['draft']>;
      return { revision, draft: { savedAt, body: body as Saved['body'] } };
    },
    async save({ taskId, contextKey, kind, revision, body }) {
      const task = cases.known(taskId);
      if (task === undefined || contextKeyOf(task) !== contextKey) return { status: 'wrong-context' };
      const saved = await drafts.saveAmendment({
        ...placeOf(taskId, kind),
        contextKey: contextKeyOf(task),
        basedOn: revision,
        body: body as Amendment,
        savedAt: clock.now(),
      });
      return saveAnswer(saved);
    },
    signed: (taskId, kind, reportUuid) => drafts.amendmentSigned(placeOf(taskId, kind), reportUuid),
    undone: (reportUuid) => drafts.amendmentUndone(reportUuid),
  };
}
