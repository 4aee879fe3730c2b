import type { Site } from '#shared/domain/site.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { answerQuestion, findQuestion } from '#shared/fhir/question-on-hub.ts';
import type { Hl7Message } from '#shared/hl7/message.ts';
import { answerInWords, questionsNamedIn } from '#shared/hl7/question-answer.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/**
 * Whether the message answers a question that this site was asked. Told again it changes nothing; what names no question of ours, or answers nothing in
 * words, is an order, result or document like any other. Throws FhirError.
 */
export async function takeQuestionAnswer(
  message: Hl7Message,
  site: Pick<Site, 'id'>,
  { fhir, clock, log }: { readonly fhir: FhirClient; readonly clock: Clock; readonly log: Log },
): Promise<boolean> {
  for (const uuid of questionsNamedIn(message)) {
    const question = await findQuestion(fhir, uuid);
    if (question === undefined || question.siteId !== site.id) continue;
    const { text, by } = answerInWords(message);
    if (text === '') return false;
    const answer = { text, by, at: clock.now() };
    const code = await answerQuestion(fhir, question.id, answer, { id: `site:${site.id}`, name: by }, site.id);
    log.info('question.answered', { siteId: site.id, taskId: question.taskId, code, channel: 'hl7' });
    return code !== 'not-found';
  }
  return false;
}
