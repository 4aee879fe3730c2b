import type { AmendmentDrafts } from '#electron/workstation/amendment-drafts.ts';
import type { CallHandlers } from '#electron/workstation/door/api.ts';
import type { EventBus } from '#electron/workstation/event-bus.ts';
import type { Signing } from '#electron/workstation/ports.ts';
import type { Readings } from '#electron/workstation/readings.ts';
import type { SignReport } from '#electron/workstation/sign-report.ts';
import type { Watch } from '#electron/workstation/watch.ts';
import type { Claims } from '#electron/workstation/claims.ts';
import { hubUnreachable } from '#electron/workstation/call-failure.ts';
import type { Audit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { reportBodySchema } from '#shared/contract/schemas.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { SHORTEST_REASON } from '#shared/reporting/complaint.ts';
import { renderText } from '#shared/reporting/render-text.ts';

import type { Discrepancies } from './discrepancies.ts';
import type { ReportVersions } from './report-versions.ts';
import { signedVersion } from './signed-facts.ts';

type SigningCalls = Pick<
  CallHandlers,
  | 'signReport'
  | 'undoSignature'
  | 'amendReport'
  | 'amendmentDraft'
  | 'saveAmendment'
  | 'reportVersions'
  | 'waitingSignatures'
  | 'settleSignature'
  | 'discrepancies'
  | 'discrepancySeen'
  | 'signingKey'
  | 'exportAudit'
>;

export interface SigningHandlerPorts {
  readonly sign: SignReport;
  readonly amend: (request: CallRequest<'amendReport'>) => Promise<CallResponse<'amendReport'>>;
  readonly amendments: AmendmentDrafts;
  readonly versions: ReportVersions;
  readonly discrepancies: Discrepancies;
  readonly signing: Signing;
  readonly claims: Claims;
  readonly readings: Readings;
  readonly watch: Watch;
  readonly events: EventBus;
  readonly audit: Audit;
  /** Seals the chain: called after each signature, while the key is at hand. */
  readonly sealAudit: () => Promise<void>;
  readonly exportAudit: () => Promise<string | undefined>;
  readonly fileStamp: () => string;
}

export function createSigningHandlers(ports: SigningHandlerPorts): SigningCalls {
  const { sign, amendments, versions, signing, readings, watch, events, audit } = ports;

  /** Something about a reading's report is another now: the list, the deliveries and the open case are looked at again. */
  async function reportChanged(): Promise<void> {
    events.emit({ type: 'case-changed' });
    await readings.refresh();
    watch.worklistChanged();
    events.emit({ type: 'deliveries-changed' });
    void ports.sealAudit();
  }

  const isSigned = ({ status }: { readonly status: string }) => status === 'signed' || status === 'signed-here';

  return {
    signReport: async (request) => {
      const answer = await sign.sign(request);
      if (isSigned(answer)) await reportChanged();
      return answer;
    },
    undoSignature: async ({ taskId }) => {
      const last = signing.undoable().find((window) => window.taskId === taskId);
      const answer = await sign.undo(taskId);
      if (answer.status !== 'undone') return answer;
      if (last !== undefined) amendments.undone(last.reportUuid);
      await reportChanged();
      return answer;
    },
    amendReport: async (request) => {
      const answer = await ports.amend(request);
      if (!isSigned(answer)) return answer;
      if ('reportUuid' in answer && answer.reportUuid !== undefined)
        amendments.signed(request.taskId, request.change.kind, answer.reportUuid);
      await reportChanged();
      return answer;
    },
    amendmentDraft: (request) => amendments.load(request),
    saveAmendment: (request) => amendments.save(request),
    reportVersions: async ({ taskId }) => {
      const read = await ports.claims.read(taskId as TaskId);
      if (!read.ok) {
        if (read.error === 'hub-unreachable') throw hubUnreachable();
        return { versions: [] };
      }
      try {
        return { versions: (await versions.all(read.value)).map(signedVersion) };
      } catch (error) {
        throw error instanceof FhirError ? hubUnreachable() : error;
      }
    },
    waitingSignatures: async () => ({
      reports: (await signing.waitingList()).map(({ signed, ...entry }) => ({
        ...entry,
        ...(signed === undefined
          ? {}
          : {
              patientName: signed.task.patient.name,
              examText: signed.task.exam.text,
              siteName: signed.task.siteName,
              signedAt: signed.signedAt,
              text: renderText(signed),
            }),
      })),
    }),
    settleSignature: async ({ reportUuid, act, reason }) => {
      const known = (await signing.waitingList()).find((entry) => entry.reportUuid === reportUuid);
      if (known === undefined) return { status: 'not-found' };
      if (act === 'discard' && reason.trim().length < SHORTEST_REASON) return { status: 'reason-needed' };
      if (act === 'send-again') signing.sendAgain(reportUuid);
      else signing.discard(reportUuid);
      audit.record({ act: 'report.settled', taskId: known.taskId, reportUuid, code: act, reason });
      events.emit({ type: 'deliveries-changed' });
      return { status: 'done' };
    },
    discrepancies: async () => ({
      notices: (await ports.discrepancies.list()).map((notice) => ({
        id: notice.id,
        taskId: notice.readingId,
        category: notice.category,
        comment: notice.comment,
        examText: notice.examText,
        siteName: notice.siteName,
        finalReader: notice.finalReader,
        at: notice.at,
        ...firstDraftOf(notice),
      })),
    }),
    discrepancySeen: async ({ id }) => ({ status: await ports.discrepancies.markSeen(id) }),
    signingKey: async () => signing.publicKey(),
    exportAudit: async () => {
      const text = await ports.exportAudit();
      if (text === undefined) return { status: 'not-written' };
      return { status: 'exported', fileName: `overread-audit-${ports.fileStamp()}.ndjson`, text };
    },
  };
}

type Notices = CallResponse<'discrepancies'>['notices'];

function firstDraftOf({ firstDraft }: { readonly firstDraft?: string }): Pick<Notices[number], 'firstDraft'> {
  if (firstDraft === undefined) return {};
  try {
    const parsed = reportBodySchema.safeParse(JSON.parse(Buffer.from(firstDraft, 'base64').toString('utf8')));
    return parsed.success ? { firstDraft: parsed.data } : {};
  } catch {
    return {};
  }
}
