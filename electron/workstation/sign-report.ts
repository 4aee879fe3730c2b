import { createHash } from 'node:crypto';

import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import type { Cases, HeldCase } from './cases.ts';
import type { Claims } from './claims.ts';
import type { Secrets, WorkstationPorts } from './ports.ts';
import type { Session } from './session.ts';

type SignRequest = CallRequest<'signReport'>;
type SignResponse = CallResponse<'signReport'>;

export interface SignReport {
  sign(request: SignRequest): Promise<SignResponse>;
  /** Signed by this workstation since start, whether or not the hub knows yet. */
  isSignedHere(taskId: string): boolean;
}

type Ports = Pick<WorkstationPorts, 'reader' | 'signing' | 'log'> & {
  readonly cases: Cases;
  readonly claims: Claims;
  readonly session: Session;
  readonly secrets: Secrets;
  readonly check: (task: ReadingTask, body: ReportBody) => Promise<readonly Complaint[]>;
};

/** Signs what the reader sees, once: a second press while the first runs, or after it, gets the first one's answer. */
export function createSignReport(ports: Ports): SignReport {
  const { cases, claims, session, secrets, signing, reader, check, log } = ports;
  const running = new Map<string, { readonly key: string; readonly answer: Promise<SignResponse> }>();
  const signed = new Map<string, { readonly key: string; readonly answer: SignResponse }>();

  async function demandPin(pin: string): Promise<SignResponse | undefined> {
    if (!secrets.hasPin()) return { status: 'no-pin' };
    const checked = await session.checkPin(pin);
    return checked.status === 'right' ? undefined : checked;
  }

  /** The reading as the hub holds it, if it is still the one this reader claimed; with the hub away, as last held. */
  async function currentTask(held: HeldCase): Promise<ReadingTask | SignResponse> {
    const read = await claims.read(held.task.id);
    if (!read.ok) return read.error === 'hub-unreachable' ? held.task : { status: 'claim-lost' };
    const task = read.value;
    if (task.state === 'completed') return { status: 'already-signed' };
    const isOurs = task.claim?.radiologistId === reader.id && task.claim.since === held.task.claim?.since;
    if (task.state !== 'claimed' || !isOurs) return { status: 'claim-lost' };
    return contextKeyOf(task) === held.contextKey ? task : { status: 'context-mismatch' };
  }

  async function signOnce(request: SignRequest): Promise<SignResponse> {
    const { taskId, contextKeys, fence, pin } = request;
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
    const noEntry = await demandPin(pin);
    if (noEntry !== undefined) return noEntry;

    const task = await currentTask(held);
    if ('status' in task) return task;
    const body = request.body as ReportBody;
    const stops = (await check(task, body)).filter((complaint) => complaint.severity === 'stop');
    if (stops.length > 0) return { status: 'incomplete', complaints: stops };

    const outcome = await signing.sign({ task, contextKey: held.contextKey, body, reader });
    log.info('report.signed', { taskId, code: outcome.status });
    if (outcome.status === 'signed') return { ...outcome, deliveries: outcome.deliveries.map((each) => ({ ...each })) };
    return outcome;
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
      if (done !== undefined) return done.key === key ? done.answer : { status: 'already-signed' };
      const answer = signOnce(request);
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
  };
}
