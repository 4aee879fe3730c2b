import type { Audit } from '#electron/ports/audit.ts';
import { confirm, type CriticalResult } from '#shared/domain/critical-result.ts';
import type { SiteQuestion } from '#shared/domain/site-question.ts';
import { criticalForSite, siteAnswer } from '#shared/fhir/critical-for-site.ts';
import { changeCritical } from '#shared/fhir/critical-on-hub.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { ifNoneExist } from '#shared/fhir/identifier-search.ts';
import { questionForSite, siteAnswerToQuestion } from '#shared/fhir/question-for-site.ts';
import { answerQuestion } from '#shared/fhir/question-on-hub.ts';
import { SYSTEM } from '#shared/fhir/systems.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { createTaskAtSite } from './task-at-site.ts';

/** Both resolve to true when the site has answered, and throw FhirError only for the hub. */
export interface AskSite {
  critical(result: CriticalResult, siteFhir: FhirClient): Promise<boolean>;
  question(question: SiteQuestion, siteFhir: FhirClient): Promise<boolean>;
}

/**
 * Results and questions at the site's own FHIR server, as Tasks of theirs. They confirm a result by setting it `accepted` or `completed`, and answer a
 * question by completing it with a note or an output.
 */
export function createAskSite(ports: {
  readonly fhir: FhirClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
}): AskSite {
  const { fhir, clock, log, audit } = ports;
  const tasks = createTaskAtSite({ clock, log });

  return {
    async critical(result, siteFhir) {
      const { uuid, siteId } = result;
      const asking = { uuid, siteId, task: criticalForSite(result), ifNoneExist: ifNoneExist(SYSTEM.critical, uuid) };
      const task = await tasks.look(asking, siteFhir);
      const answer = task === undefined ? undefined : siteAnswer(task, clock.now());
      if (answer === undefined) return false;
      const by = { id: `site:${siteId}`, name: answer.by };
      const act = { act: 'critical.acknowledged' as const, at: clock.now(), by };
      await changeCritical(fhir, result.id, (now) => confirm(now, answer), act);
      tasks.forget(uuid);
      log.info('critical.acknowledged', { siteId, taskId: result.taskId, channel: 'fhir' });
      audit.record({ act: 'critical.acknowledged', actor: by.id, siteId, taskId: result.taskId, channel: 'fhir' });
      return true;
    },
    async question(question, siteFhir) {
      const { uuid, siteId, taskId } = question;
      const asking = { uuid, siteId, task: questionForSite(question), ifNoneExist: ifNoneExist(SYSTEM.question, uuid) };
      const task = await tasks.look(asking, siteFhir);
      const answer = task === undefined ? undefined : siteAnswerToQuestion(task, clock.now());
      if (answer === undefined) return false;
      const by = { id: `site:${siteId}`, name: answer.by };
      const code = await answerQuestion(fhir, question.id, answer, by, siteId);
      tasks.forget(uuid);
      log.info('question.answered', { siteId, taskId, code, channel: 'fhir' });
      const outcome = code === 'done' ? 'done' : 'refused';
      audit.record({ act: 'question.answered', actor: by.id, outcome, siteId, taskId, channel: 'fhir', code });
      return true;
    },
  };
}
