import type { Task } from 'fhir/r4';

import type { Audit } from '#electron/ports/audit.ts';
import type { SendMllp } from '#electron/ports/mllp.ts';
import type { Timer } from '#electron/ports/timer.ts';
import type { AttemptOutcome } from '#shared/domain/delivery.ts';
import type { QuestionSending, SiteQuestion } from '#shared/domain/site-question.ts';
import type { ReturnChannel, Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { noteSending, readOpenQuestions } from '#shared/fhir/question-on-hub.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { encodeCharset } from '#shared/hl7/encode-charset.ts';
import { USUAL_ORU_FORMAT } from '#shared/hl7/oru-format.ts';
import { controlIdOfQuestion, mdmFromQuestion } from '#shared/hl7/question-to-site.ts';
import { SECOND_MS, type Clock, type EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { outcomeOfAck } from '../delivery/hl7-channel.ts';
import { nextStep } from '../delivery/next-step.ts';
import { repeat, type Repetition, type Turn } from '../repeat.ts';

type Hl7Channel = Extract<ReturnChannel, { readonly kind: 'hl7' }>;

const TIMEOUT_MS = 10 * SECOND_MS;
const LOOK_MS = 5 * SECOND_MS;

/** A site with a FHIR server is asked there, as a Task. */
const channelOf = ({ orders, returns }: Site): Hl7Channel | undefined =>
  orders.fhirUrl !== undefined || returns.some(({ kind }) => kind === 'fhir')
    ? undefined
    : returns.find((channel): channel is Hl7Channel => channel.kind === 'hl7' && channel.takesQuestions === true);

export interface QuestionSender {
  start(): void;
  stop(): Promise<void>;
  /** One look now: sends what is due. */
  look(): Promise<Turn>;
}

/**
 * Questions by MDM^T02 over MLLP to sites that take them so. What came of each stands on the hub: it is sent again, the same under the same MSH-10, until the
 * site has taken it, and a refusal is left to a person. Apart from the clocks of critical results: a site that is silent holds up nothing but its own questions.
 */
export function createQuestionSender(ports: {
  /** The hub. */
  readonly fhir: FhirClient;
  readonly sites: () => readonly Site[];
  readonly sendMllp: SendMllp;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly audit: Audit;
}): QuestionSender {
  const { fhir, sites, sendMllp, clock, timer, log, audit } = ports;
  let repetition: Repetition | undefined;

  async function send(question: SiteQuestion, { host, port, tls, format }: Hl7Channel): Promise<AttemptOutcome> {
    const reading = readingTaskFromFhir(await fhir.read<Task>('Task', question.taskId));
    const patient = reading.ok
      ? reading.value.patient
      : { mrn: '', name: question.patientName, sex: 'unknown' as const };
    const { version, charset } = format ?? USUAL_ORU_FORMAT;
    const text = mdmFromQuestion(question, patient, { version, charset });
    const message = encodeCharset(text, charset, (each) => new TextEncoder().encode(each));
    const answer = await sendMllp({
      host,
      port,
      ...(tls === undefined ? {} : { tls }),
      message,
      timeoutMs: TIMEOUT_MS,
    });
    if (!answer.ok) return { kind: answer.sent ? 'unknown' : 'not-taken', code: `hl7-${answer.code}` };
    return outcomeOfAck(answer.ack, controlIdOfQuestion(question));
  }

  async function ask(question: SiteQuestion, site: Site, channel: Hl7Channel): Promise<void> {
    const { sending } = question;
    const isDue = sending === undefined || (sending.notBefore !== undefined && sending.notBefore <= clock.now());
    if (!isDue) return;
    const outcome = await send(question, channel);
    const attempts = (sending?.attempts ?? 0) + 1;
    const code = outcome.kind === 'accepted' ? 'accepted' : outcome.code;
    const fields = { siteId: site.id, taskId: question.taskId };
    audit.record({
      act: 'question.sent',
      ...fields,
      outcome: outcome.kind === 'accepted' ? 'done' : outcome.kind === 'refused' ? 'refused' : 'failed',
      channel: 'hl7',
      code,
    });
    const line = { ...fields, channel: 'hl7', code, attempt: attempts };
    if (outcome.kind === 'accepted') log.info('question.sent', line);
    else log.warn('question.not-taken', line);
    await noteAsSeen(question, sendingAfter(outcome, attempts, clock.now()));
  }

  /** Answered or written by another meanwhile: the next look sees it. */
  async function noteAsSeen({ id }: SiteQuestion, sending: QuestionSending): Promise<void> {
    try {
      await noteSending(fhir, id, sending);
    } catch (error) {
      if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
    }
  }

  async function askAll(site: Site, channel: Hl7Channel, questions: readonly SiteQuestion[]): Promise<void> {
    for (const question of questions) if (question.siteId === site.id) await ask(question, site, channel);
  }

  async function look(): Promise<Turn> {
    const asked = sites().flatMap((site) => {
      const channel = channelOf(site);
      return channel === undefined ? [] : [{ site, channel }];
    });
    if (asked.length === 0) return { ok: true };
    try {
      const open = await readOpenQuestions(fhir);
      await Promise.all(asked.map(({ site, channel }) => askAll(site, channel, open)));
      return { ok: true };
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return { ok: false, code: error.refusal.code };
    }
  }

  return {
    look,
    start() {
      const tell = (turn: Turn) => {
        if (!turn.ok) log.warn('question.not-sent', { code: turn.code });
      };
      repetition ??= repeat(look, { timer, intervalMs: LOOK_MS, tell });
    },
    async stop() {
      await repetition?.stop();
    },
  };
}

function sendingAfter(outcome: AttemptOutcome, attempts: number, now: EpochMs): QuestionSending {
  const next = nextStep(outcome, attempts, now);
  switch (next.step) {
    case 'close':
      return { attempts, acknowledgedAt: now };
    case 'retry':
      return { attempts, notBefore: next.notBefore, problem: next.problem };
    case 'ask-a-person':
      return { attempts, problem: next.problem };
  }
}
