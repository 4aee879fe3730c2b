import { createHash } from 'node:crypto';

import type { Audit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import { eligibilityOf } from '#shared/domain/eligibility.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { attestationOf, type FirstHand } from '#shared/reporting/attestation.ts';
import { saysTheSame } from '#shared/reporting/compare-reports.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import { noticeBody } from '#shared/reporting/notice-body.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import type { Discrepancy, SignedReport } from '#shared/reporting/signed-report.ts';

import type { Cases, HeldCase } from './cases.ts';
import type { Claims } from './claims.ts';
import type { IdentityCheck } from './identity-check.ts';
import type { VersionFacts, WorkstationPorts } from './ports.ts';
import type { FirstHands } from './signing/first-hands.ts';
import { weighComplaints } from './signing/overrides.ts';
import type { ReAuthentication } from './signing/re-authenticate.ts';
import { predecessorOf, type ReportVersions } from './signing/report-versions.ts';
import type { TemplateChoice } from './template-choice.ts';

type SignRequest = CallRequest<'signReport'>;
type SignResponse = CallResponse<'signReport'>;

export interface SignReport {
  sign(request: SignRequest): Promise<SignResponse>;
  undo(taskId: string): Promise<CallResponse<'undoSignature'>>;
  /** Signed by this workstation since start, whether or not the hub knows yet. */
  isSignedHere(taskId: string): boolean;
}

type Ports = Pick<WorkstationPorts, 'reader' | 'signing' | 'clock' | 'log'> & {
  readonly cases: Cases;
  readonly claims: Claims;
  readonly versions: ReportVersions;
  readonly firstHands: Pick<FirstHands, 'of' | 'textFor'>;
  readonly identity: Pick<IdentityCheck, 'atHand'>;
  readonly templateChoice: Pick<TemplateChoice, 'noteSigned'>;
  readonly audit: Audit;
  readonly reAuthenticate: (pin: string) => Promise<ReAuthentication>;
  readonly regionOf: (siteId: ReadingTask['siteId']) => string | undefined;
  readonly check: (task: ReadingTask, body: ReportBody) => Promise<readonly Complaint[]>;
};

/** Signs what the reader sees, once: a second press while the first runs, or after it, gets the first one's answer. */
export function createSignReport(ports: Ports): SignReport {
  const { cases, claims, versions, signing, reader, audit, check, clock, log } = ports;
  const running = new Map<string, { readonly key: string; readonly answer: Promise<SignResponse> }>();
  const signed = new Map<string, { readonly key: string; readonly answer: SignResponse }>();

  const isDisputed = async (task: ReadingTask) => (await ports.identity.atHand(task)).state === 'conflict';

  /** The reading as the hub holds it, if it is still the one this reader claimed; with the hub away, as last held. */
  async function currentTask(held: HeldCase): Promise<ReadingTask | SignResponse> {
    const read = await claims.read(held.task.id);
    if (!read.ok && read.error !== 'hub-unreachable') return { status: 'claim-lost' };
    const task = read.ok ? read.value : held.task;
    if (task.state === 'completed') return { status: 'already-signed' };
    const isOurs = task.claim?.radiologistId === reader.id && task.claim.since === held.task.claim?.since;
    if (task.state !== 'claimed' || !isOurs) return { status: 'claim-lost' };
    if (contextKeyOf(task) !== held.contextKey) return { status: 'context-mismatch' };
    if (await isDisputed(task)) return { status: 'identity-undecided' };
    if (!read.ok) return task;
    const [before, now] = [held.imagesAtOpening, task.instanceCount];
    if (before === undefined || now === undefined || before === now) return task;
    cases.noteImages(task.id, now);
    return { status: 'images-changed', before, now };
  }

  /** The report that stands already: a preliminary one to be confirmed, or one that was withdrawn. */
  async function standingReport(task: ReadingTask): Promise<SignedReport | undefined> {
    try {
      return await versions.latest(task);
    } catch (error) {
      if (error instanceof FhirError) return undefined;
      throw error;
    }
  }

  function discrepancyOf(
    { discrepancy, kind = 'final' }: SignRequest,
    body: ReportBody,
    first: FirstHand | undefined,
  ): Discrepancy | 'needed' | undefined {
    if (first === undefined || kind !== 'final') return undefined;
    if (discrepancy !== undefined) return { ...discrepancy, firstReader: first.reader };
    return saysTheSame(first.body, body) ? undefined : 'needed';
  }

  async function signOnce(request: SignRequest): Promise<SignResponse> {
    const { taskId, contextKeys, fence, pin, kind = 'final', reason = '' } = request;
    const held = cases.held(taskId);
    if (held === undefined) {
      const read = await claims.read(taskId as TaskId);
      return { status: read.ok && read.value.state === 'completed' ? 'already-signed' : 'claim-lost' };
    }
    const panels = [contextKeys.viewer, contextKeys.notes, contextKeys.report];
    if (panels.some((key) => key !== held.contextKey)) {
      log.warn('sign.context-mismatch', { taskId });
      return { status: 'context-mismatch' };
    }
    if (!held.fences.has(fence)) return { status: 'claim-lost' };
    const entry = await ports.reAuthenticate(pin);
    if (entry.status !== 'right') return entry;

    const task = await currentTask(held);
    if ('status' in task) return task;
    const { privilege } = eligibilityOf(reader, task, { region: ports.regionOf(task.siteId), now: clock.now() });
    if (privilege !== 'final' && kind !== 'preliminary') {
      return { status: 'not-privileged', reason: `${task.siteName} lets you sign preliminary reports only` };
    }
    const isCancelled = kind === 'cancelled';
    const written = request.body as ReportBody;
    const body = isCancelled ? noticeBody(written, `This examination was not read. ${reason.trim()}`) : written;
    const weighed = isCancelled
      ? { stops: reason.trim() === '' ? [NO_REASON] : [], overrides: [] }
      : weighComplaints(await check(task, body), request.overrides ?? []);
    if (weighed.stops.length > 0) return { status: 'incomplete', complaints: [...weighed.stops] };

    const standing = await standingReport(task);
    const first = await ports.firstHands.of(task, standing);
    const discrepancy = discrepancyOf(request, body, first);
    if (discrepancy === 'needed') return { status: 'discrepancy-needed', firstReader: first?.reader.name ?? '' };
    const attested = first === undefined || kind !== 'final' ? undefined : ports.firstHands.textFor(first, body);
    if (attested !== undefined && attested !== request.attestation) {
      return { status: 'attestation-needed', text: attested };
    }
    const facts: VersionFacts = {
      state: kind,
      overrides: weighed.overrides,
      ...(isCancelled ? { reason } : {}),
      ...(standing === undefined ? {} : { predecessor: predecessorOf(standing) }),
      ...(discrepancy === undefined ? {} : { discrepancy }),
      ...(discrepancy !== undefined && first?.state === 'draft' ? { firstDraft: first.body } : {}),
      ...(attested === undefined || first === undefined
        ? {}
        : { attestation: attestationOf(attested, first, { id: reader.id, name: reader.name }, clock.now()) }),
    };
    const outcome = await signing.sign({ task, contextKey: held.contextKey, body, reader, facts });
    log.info('report.signed', { taskId, code: outcome.status });
    if (outcome.status === 'signed' || outcome.status === 'signed-here') {
      for (const { code, reason: why } of weighed.overrides) {
        audit.record({ act: 'complaint.overridden', taskId, code, reason: why });
      }
      // A convenience: the signature waits for it no more than it fails with it.
      if (!isCancelled) void ports.templateChoice.noteSigned(task, body.templateId).catch(() => undefined);
    }
    return outcome as SignResponse;
  }

  async function signAudited(request: SignRequest): Promise<SignResponse> {
    const response = await signOnce(request);
    const isSigned = response.status === 'signed' || response.status === 'signed-here';
    audit.record({
      act: isSigned ? 'report.signed' : 'report.refused',
      outcome: isSigned ? 'done' : 'refused',
      taskId: request.taskId,
      code: response.status,
      ...(isSigned && response.reportUuid !== undefined ? { reportUuid: response.reportUuid } : {}),
    });
    return response;
  }

  return {
    isSignedHere: (taskId) => signed.has(taskId),
    async sign(request) {
      const { taskId } = request;
      // A digest: neither the PIN nor the text stays in memory for the comparison.
      const key = createHash('sha256').update(JSON.stringify(request)).digest('hex');
      for (let before = running.get(taskId); before !== undefined; before = running.get(taskId)) {
        const answer = await before.answer;
        if (before.key === key) return answer;
      }
      const done = signed.get(taskId);
      if (done !== undefined) {
        if (done.key === key) return done.answer;
        // Signed as preliminary, or withdrawn since: then this reader may hold it again, and it is another signature.
        if (cases.held(taskId) === undefined) return { status: 'already-signed' };
        signed.delete(taskId);
      }
      const answer = signAudited(request);
      running.set(taskId, { key, answer });
      try {
        const response = await answer;
        if (response.status === 'signed' || response.status === 'signed-here') {
          signed.set(taskId, { key, answer: response });
          cases.close(taskId);
        }
        return response;
      } finally {
        running.delete(taskId);
      }
    },
    async undo(taskId) {
      const status = await signing.undo(taskId as TaskId);
      if (status === 'undone') signed.delete(taskId);
      audit.record({ act: 'report.undone', outcome: status === 'undone' ? 'done' : 'refused', taskId, code: status });
      return { status };
    },
  };
}

const NO_REASON: Complaint = {
  code: 'reason-missing',
  severity: 'stop',
  message: 'Say why there is no reading.',
};
