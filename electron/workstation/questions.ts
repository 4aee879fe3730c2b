import { noAudit } from '#electron/ports/audit.ts';
import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import { answerQuestion, askQuestion, readQuestions } from '#shared/fhir/question-on-hub.ts';
import { HOUR_MS, type EpochMs } from '#shared/kernel/clock.ts';

import type { Claims } from './claims.ts';
import { onHub } from './on-hub.ts';
import { findReading, placeOfTask } from './order-facts.ts';
import type { WorkstationPorts } from './ports.ts';
import type { Readings } from './readings.ts';

const ANSWERED_FOR_MS = 12 * HOUR_MS;

/** What readers ask of sites. */
export interface Questions {
  /** Open ones first, each part oldest first. */
  list(): Promise<SiteQuestion[]>;
  /** Of one reading, oldest first. */
  ofCase(taskId: string): Promise<SiteQuestion[]>;
  ask(request: CallRequest<'askSite'>): Promise<CallResponse<'askSite'>>;
  /** The site said it by phone. */
  answer(request: CallRequest<'answerQuestion'>): Promise<CallResponse<'answerQuestion'>>;
}

type Ports = Pick<WorkstationPorts, 'fhir' | 'reader' | 'clock' | 'log' | 'audit'> & {
  readonly readings: Readings;
  readonly claims: Claims;
};

export function createQuestions(ports: Ports): Questions {
  const { fhir, reader, clock, log, audit = noAudit } = ports;
  const by = { id: reader.id as string, name: reader.name };

  const list = () => onHub(() => readQuestions(fhir, (clock.now() - ANSWERED_FOR_MS) as EpochMs));
  return {
    list,
    async ofCase(taskId) {
      const all = await list();
      return all.filter((question) => question.taskId === taskId).toSorted((one, other) => one.askedAt - other.askedAt);
    },
    async ask({ uuid, taskId, text }) {
      const task = await findReading(taskId, ports);
      if (task === undefined) return { status: 'not-found' };
      const question = { id: '', version: '', uuid, ...placeOfTask(task), text, askedAt: clock.now(), askedBy: by };
      await onHub(() => askQuestion(fhir, question));
      log.info('question.asked', { siteId: task.siteId, taskId: task.id });
      audit.record({ act: 'question.asked', siteId: task.siteId, taskId: task.id });
      return { status: 'done' };
    },
    async answer({ id, text, by: person }) {
      const answer = { text, by: person, at: clock.now() };
      const status = await onHub(() => answerQuestion(fhir, id, answer, by));
      log.info('question.answered', { code: status, channel: 'phone' });
      const outcome = status === 'done' ? 'done' : 'refused';
      audit.record({ act: 'question.answered', outcome, channel: 'phone', code: status });
      return { status };
    },
  };
}
