import type { Site } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { acknowledge, type AckCode } from '#shared/hl7/acknowledge.ts';
import { decodeHl7, type DecodeText } from '#shared/hl7/charset.ts';
import { STANDARD_DELIMITERS } from '#shared/hl7/delimiters.ts';
import { firstSegment, headerSegment, messageType, parseHl7, type Hl7Message } from '#shared/hl7/message.ts';
import { isMergeMessage, mergesFromHl7 } from '#shared/hl7/merge-from-hl7.ts';
import { isOrderMessage, ordersFromHl7 } from '#shared/hl7/order-from-hl7.ts';
import { personFromPid } from '#shared/hl7/person-from-hl7.ts';
import { isResultMessage, resultFromHl7 } from '#shared/hl7/result-from-hl7.ts';
import { criticalAcknowledgementFrom, isCriticalAcknowledgement } from '#shared/hl7/critical-acknowledgement.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import { takeCriticalAcknowledgement } from '../critical/take-acknowledgement.ts';
import { takeQuestionAnswer } from '../critical/take-question-answer.ts';
import { keepProblem } from './intake-problem.ts';
import { mergePatients } from './merge-patients.ts';
import { ATTEMPTS, refusalOf, STUCK, takeOrder } from './take-order.ts';
import { takeResult } from './take-result.ts';
import { DEMOGRAPHIC_EVENTS, updatePatient } from './update-patient.ts';

interface Answer {
  readonly code: AckCode;
  readonly text: string;
  /** Why it was refused, as a word of a closed set; absent when taken. */
  readonly problem?: string;
}

const TAKEN: Answer = { code: 'AA', text: '' };
/** Demographics and merges of patients who are not here: taken note of, nothing kept, and the sender is told so. */
const NOT_OURS: Answer = { code: 'AA', text: 'no order of this patient is here: nothing to change' };
const refused = (problem: string, text: string): Answer => ({ code: 'AR', text, problem });
/** Refusals that pass by themselves: the sender keeps the message and repeats it. */
const again = (problem: string, text: string): Answer => ({ code: 'AE', text, problem });
const fromRefusal = ({ code, reason }: ReturnType<typeof refusalOf>): Answer =>
  code === 'hub-unreachable' ? again(code, reason) : refused(code, reason);

/** Fatal decoding tells wrong bytes from right ones; `utf-16be` and the like are in Node's full ICU. */
const decodeText: DecodeText = (bytes, label) => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const NO_HEADER: Hl7Message = { delimiters: STANDARD_DELIMITERS, segments: [headerSegment([])] };

export interface Hl7Reception {
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
  /** MSH-10 of the next acknowledgement. */
  readonly nextControlId: () => string;
}

/**
 * The acknowledgement of one message of a site. AA: what it says is durable on the hub. AE: the hub is not there, send it again. AR: it cannot be
 * taken, and it is kept whole, with the reason, where a person sees it. Nothing is acknowledged and lost.
 */
export async function answerHl7(bytes: Uint8Array, site: Site, reception: Hl7Reception): Promise<Uint8Array> {
  const { clock, log } = reception;
  const text = decodeHl7(bytes, decodeText);
  const parsed = parseHl7(text);
  const answer = parsed.ok
    ? await take(parsed.value, site, reception)
    : refused(parsed.error.code, parsed.error.reason);
  const kept = answer.code === 'AR' ? await keep(answer, text, site, reception) : answer;
  const fields = { siteId: site.id, ...(kept.problem === undefined ? {} : { code: kept.problem }) };
  if (kept.code === 'AA') log.info('intake.message-taken', fields);
  else log.warn('intake.message-refused', fields);
  const identity = { controlId: reception.nextControlId(), at: clock.now() };
  return new TextEncoder().encode(acknowledge(parsed.ok ? parsed.value : NO_HEADER, kept.code, kept.text, identity));
}

async function keep(answer: Answer, content: string, site: Site, { fhir, clock }: Hl7Reception): Promise<Answer> {
  try {
    await keepProblem(fhir, site, { code: answer.problem ?? 'refused', reason: answer.text, content, at: clock.now() });
    return answer;
  } catch (thrown) {
    const { code, reason } = refusalOf(thrown);
    // A hub that refuses even the note about it leaves the message with its sender.
    return again(code, reason);
  }
}

/** What others wrote in between is looked at again: every message may be told twice. */
async function take(message: Hl7Message, site: Site, reception: Hl7Reception): Promise<Answer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await tryToTake(message, site, reception);
    if (answer !== 'busy') return answer;
  }
  return fromRefusal(STUCK);
}

async function tryToTake(message: Hl7Message, site: Site, reception: Hl7Reception): Promise<Answer | 'busy'> {
  try {
    if (await takeQuestionAnswer(message, site, reception)) return TAKEN;
    if (isOrderMessage(message)) return await takeOrders(message, site, reception);
    if (isCriticalAcknowledgement(message)) return await takeConfirmation(message, site, reception);
    if (isResultMessage(message)) return await takeResultMessage(message, site, reception);
    if (DEMOGRAPHIC_EVENTS.has(messageType(message))) {
      const person = personFromPid(firstSegment(message, 'PID'));
      if (person.mrn === '') return refused('no-patient', 'PID-3 names no record number');
      return (await updatePatient(person, site, reception.fhir)) === 'not-ours' ? NOT_OURS : TAKEN;
    }
    if (isMergeMessage(message)) return await takeMerges(message, site, reception);
    return refused('not-supported', `${messageType(message) || 'a message without type'} is not taken here`);
  } catch (thrown) {
    if (thrown instanceof FhirError) {
      const refusal = refusalOf(thrown);
      return refusal.code === 'busy' ? 'busy' : fromRefusal(refusal);
    }
    reception.log.error('intake.failed', { siteId: site.id, code: 'internal' });
    return refused('internal', 'the message could not be processed');
  }
}

async function takeOrders(message: Hl7Message, site: Site, { fhir, clock }: Hl7Reception): Promise<Answer> {
  const orders = ordersFromHl7(message, site.id, clock.now());
  if (!orders.ok) return refused(orders.error.code, orders.error.reason);
  let problem: Answer | undefined;
  // Every order of the message is tried: one that cannot be taken does not hold back the others.
  for (const order of orders.value) {
    const taken = await takeOrder(order, { fhir, site });
    if (taken.ok) continue;
    const answer = fromRefusal(taken.error);
    if (answer.code === 'AE') return answer;
    problem ??= answer;
  }
  return problem ?? TAKEN;
}

async function takeMerges(message: Hl7Message, site: Site, { fhir }: Hl7Reception): Promise<Answer> {
  const merges = mergesFromHl7(message);
  if (!merges.ok) return refused(merges.error.code, merges.error.reason);
  let answer = NOT_OURS;
  for (const merge of merges.value) if ((await mergePatients(merge, site, fhir)) !== 'not-ours') answer = TAKEN;
  return answer;
}

async function takeResultMessage(message: Hl7Message, site: Site, { fhir }: Hl7Reception): Promise<Answer> {
  const result = resultFromHl7(message);
  if (!result.ok) return refused(result.error.code, result.error.reason);
  await takeResult(result.value, site, fhir);
  return TAKEN;
}

async function takeConfirmation(message: Hl7Message, site: Site, reception: Hl7Reception): Promise<Answer> {
  const confirmation = criticalAcknowledgementFrom(message);
  if (!confirmation.ok) return refused(confirmation.error.code, confirmation.error.reason);
  const taken = await takeCriticalAcknowledgement(confirmation.value, site, reception);
  return taken === 'taken' ? TAKEN : refused('unknown-order', 'no critical result of this order is known');
}
