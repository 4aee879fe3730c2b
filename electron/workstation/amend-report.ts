import type { Audit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { saysTheSame } from '#shared/reporting/compare-reports.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import { noticeBody } from '#shared/reporting/notice-body.ts';
import { printedTime } from '#shared/reporting/report-sections.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { SignedReport } from '#shared/reporting/signed-report.ts';

import type { Claims } from './claims.ts';
import type { VersionFacts, WorkstationPorts } from './ports.ts';
import { weighComplaints } from './signing/overrides.ts';
import type { ReAuthentication } from './signing/re-authenticate.ts';
import { predecessorOf, type ReportVersions } from './signing/report-versions.ts';

type AmendRequest = CallRequest<'amendReport'>;
type AmendResponse = CallResponse<'amendReport'>;

type Ports = Pick<WorkstationPorts, 'reader' | 'signing' | 'clock'> & {
  readonly claims: Claims;
  readonly versions: ReportVersions;
  readonly audit: Audit;
  readonly reAuthenticate: (pin: string) => Promise<ReAuthentication>;
  readonly regionOf: (siteId: ReadingTask['siteId']) => string | undefined;
  /** `addenda`: texts that stand beside the body. */
  readonly check: (task: ReadingTask, body: ReportBody, addenda?: readonly string[]) => Promise<readonly Complaint[]>;
};

/** A later version of a signed report: an addendum, a correction, or its withdrawal. What was signed stays as it is. */
export function createAmendReport(ports: Ports): (request: AmendRequest) => Promise<AmendResponse> {
  const { claims, versions, signing, reader, audit, clock } = ports;

  async function amend(request: AmendRequest): Promise<AmendResponse> {
    const read = await claims.read(request.taskId as TaskId);
    if (!read.ok) return { status: read.error === 'hub-unreachable' ? 'hub-unreachable' : 'claim-lost' };
    const task = read.value;
    if (contextKeyOf(task) !== request.contextKey) return { status: 'context-mismatch' };
    const entry = await ports.reAuthenticate(request.pin);
    if (entry.status !== 'right') return entry;
    const { privilege } = eligibilityOf(reader, task, { region: ports.regionOf(task.siteId), now: clock.now() });
    if (privilege !== 'final') {
      return { status: 'not-privileged', reason: `${task.siteName} does not let you change final reports` };
    }
    const standing = await standingOf(task);
    if (standing === 'hub-unreachable') return { status: 'hub-unreachable' };
    if (standing?.reportUuid !== request.basedOn) return { status: 'superseded' };
    if (standing.state === 'entered-in-error') return { status: 'superseded' };
    const change = await changeOf(request, task, standing);
    if ('status' in change) return change;
    const { body, facts } = change;
    const outcome = await signing.sign({ task, contextKey: contextKeyOf(task), body, reader, facts });
    return outcome as AmendResponse;
  }

  async function standingOf(task: ReadingTask): Promise<SignedReport | 'hub-unreachable' | undefined> {
    try {
      return await versions.latest(task);
    } catch (error) {
      if (error instanceof FhirError) return 'hub-unreachable';
      throw error;
    }
  }

  async function changeOf(
    { change, overrides: given }: AmendRequest,
    task: ReadingTask,
    standing: SignedReport,
  ): Promise<{ readonly body: ReportBody; readonly facts: VersionFacts } | AmendResponse> {
    const predecessor = predecessorOf(standing);
    const addenda = standing.addenda ?? [];
    switch (change.kind) {
      case 'addendum': {
        if (change.text.trim() === '') return { status: 'nothing-changed' };
        const addendum = { text: change.text, signedBy: { id: reader.id, name: reader.name }, signedAt: clock.now() };
        // An addendum to a preliminary report confirms nothing.
        const state = standing.state === 'preliminary' ? 'preliminary' : 'appended';
        // What was attested of the text still is: an addendum changes none of it.
        const attested = standing.attestation === undefined ? {} : { attestation: standing.attestation };
        return { body: standing.body, facts: { state, predecessor, addenda: [...addenda, addendum], ...attested } };
      }
      case 'correction': {
        const body = change.body as ReportBody;
        if (saysTheSame(standing.body, body)) return { status: 'nothing-changed' };
        const texts = addenda.map(({ text }) => text);
        const { stops, overrides } = weighComplaints(await ports.check(task, body, texts), given ?? []);
        if (stops.length > 0) return { status: 'incomplete', complaints: [...stops] };
        return { body, facts: { state: 'corrected', predecessor, addenda, overrides, reason: change.reason } };
      }
      case 'withdrawal': {
        const words =
          `This report was entered in error and is withdrawn. Disregard version ${standing.version}, ` +
          `signed ${printedTime(standing.signedAt)}. Reason: ${change.reason.trim()}` +
          (change.readAgain ? ' The examination is being read again.' : '');
        return {
          body: noticeBody(standing.body, words),
          facts: {
            state: 'entered-in-error',
            predecessor,
            reason: change.reason,
            thenReadAgain: change.readAgain,
          },
        };
      }
      default:
        return change satisfies never;
    }
  }

  return async (request) => {
    const response = await amend(request);
    const isSigned = response.status === 'signed' || response.status === 'signed-here';
    audit.record({
      act: isSigned ? 'report.signed' : 'report.refused',
      outcome: isSigned ? 'done' : 'refused',
      taskId: request.taskId,
      code: `${request.change.kind}:${response.status}`,
      ...(isSigned && response.reportUuid !== undefined ? { reportUuid: response.reportUuid } : {}),
      ...('reason' in request.change ? { reason: request.change.reason } : {}),
    });
    return response;
  };
}
