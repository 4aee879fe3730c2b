import type { Audit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { CaseIdentity } from '#shared/contract/identity-calls.ts';
import { FACT_WORDS, type IdentityDecision } from '#shared/domain/identity.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { WAITS_FOR_ANSWER } from '#shared/domain/site-question.ts';
import { withPause } from '#shared/domain/urgency.ts';

import type { Cases } from './cases.ts';
import type { Claims } from './claims.ts';
import type { IdentityCheck } from './identity-check.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Questions } from './questions.ts';

/** What a reader decides where order, images and notes name different people. */
export interface IdentityDesk {
  identity(taskId: string): Promise<CallResponse<'caseIdentity'>>;
  decide(request: CallRequest<'decideIdentity'>): Promise<CallResponse<'decideIdentity'>>;
}

type Ports = Pick<WorkstationPorts, 'reader' | 'clock' | 'log'> & {
  readonly cases: Cases;
  readonly claims: Claims;
  readonly check: IdentityCheck;
  readonly questions: Pick<Questions, 'ask'>;
  readonly audit: Audit;
};

export function createIdentityDesk(ports: Ports): IdentityDesk {
  const { cases, claims, check, questions, audit, reader, clock, log } = ports;

  const sameKeys = (seen: readonly string[], { conflicts }: CaseIdentity): boolean =>
    conflicts.length === seen.length && conflicts.every(({ key }) => seen.includes(key));

  async function write(task: ReadingTask, decision: IdentityDecision) {
    return claims.amend(task.id, (held, now) => {
      const decided = { ...held, identityDecisions: [...(held.identityDecisions ?? []), decision] };
      return decision.verdict === 'sent-back' ? withPause(decided, WAITS_FOR_ANSWER, now) : decided;
    });
  }

  async function decideNow(request: CallRequest<'decideIdentity'>): Promise<CallResponse<'decideIdentity'>> {
    const { taskId, verdict, conflicts, questionUuid } = request;
    const reason = request.reason.trim();
    const task = cases.held(taskId)?.task ?? cases.known(taskId);
    if (task === undefined) return { status: 'not-held' };
    if (reason === '') return { status: 'reason-needed' };
    const seen = await check.whole(task);
    if (!sameKeys(conflicts, seen)) return { status: 'changed', identity: seen };
    const decision: IdentityDecision = {
      verdict,
      conflicts,
      by: reader.id,
      byName: reader.name,
      at: clock.now(),
      reason,
    };
    if (cases.held(taskId) === undefined) {
      if (verdict === 'sent-back') return { status: 'not-held' };
      check.lookAllTheSame(task, decision);
      return { status: 'decided', identity: await check.whole(task) };
    }
    const written = await write(task, decision);
    if (written !== 'written') return { status: written === 'not-changed' ? 'not-held' : 'hub-unreachable' };
    if (verdict === 'sent-back') {
      await questions.ask({ uuid: questionUuid, taskId, text: questionAbout(seen, reason) });
      const { status } = await cases.returnToList(taskId);
      return { status: status === 'returned' ? 'sent-back' : status };
    }
    const now = await claims.read(taskId as TaskId);
    if (now.ok) cases.noteTask(now.value);
    return { status: 'decided', identity: await check.whole(now.ok ? now.value : task) };
  }

  return {
    async identity(taskId) {
      const task = cases.known(taskId);
      return task === undefined
        ? { status: 'not-open' }
        : { status: 'checked', identity: await check.whole(cases.held(taskId)?.task ?? task) };
    },
    async decide(request) {
      const answer = await decideNow(request);
      const isDone = answer.status === 'decided' || answer.status === 'sent-back';
      log.info('identity.decided', { taskId: request.taskId, code: answer.status });
      audit.record({
        act: 'identity.decided',
        outcome: isDone ? 'done' : 'refused',
        taskId: request.taskId,
        code: isDone ? request.verdict : answer.status,
        reason: request.reason.trim(),
        count: request.conflicts.length,
      });
      return answer;
    },
  };
}

/** What differs, without the values: the site knows its own patients. */
function questionAbout({ conflicts }: CaseIdentity, reason: string): string {
  const facts = [...new Set(conflicts.map(({ fact }) => FACT_WORDS[fact]))].join(', ');
  return `Order, images and notes do not name the same patient (${facts}). ${reason} Please confirm whose images these are, or send the right ones.`;
}
