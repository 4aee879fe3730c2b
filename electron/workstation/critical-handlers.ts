import type { Critical } from './critical.ts';
import type { CallHandlers } from './door/api.ts';
import type { EventBus } from './event-bus.ts';
import type { InboxLinks } from './inbox-links.ts';
import type { Questions } from './questions.ts';
import type { Support } from './support.ts';
import type { criticalCalls } from '#shared/contract/critical-calls.ts';

/** Calls of critical results, recommendations, questions and the support desk, to the use cases that answer them. */
export function createCriticalHandlers({
  critical,
  questions,
  support,
  inboxLinks,
  events,
}: {
  readonly critical: Critical;
  readonly questions: Questions;
  readonly support: Support;
  readonly inboxLinks: InboxLinks;
  readonly events: EventBus;
}): Pick<CallHandlers, keyof typeof criticalCalls> {
  /** Every window of this workstation asks again; the others hear of it from the hub. */
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const done = await answer;
    events.emit({ type: 'critical-changed' });
    return done;
  };
  return {
    criticalResults: () => critical.list(),
    criticalForm: ({ taskId }) => critical.form(taskId),
    recordCritical: (request) => told(critical.record(request)),
    tellCritical: (request) => told(critical.tell(request)),
    handOverCritical: ({ id }) => told(critical.handOver(id)),
    recommend: (request) => told(critical.recommend(request)),
    closeRecommendation: (request) => told(critical.closeRecommendation(request)),
    askSite: (request) => told(questions.ask(request)),
    caseQuestions: async ({ taskId }) => ({ questions: await questions.ofCase(taskId) }),
    answerQuestion: (request) => told(questions.answer(request)),
    support: () => support.desk(),
    inviteSite: ({ siteId }) => told(inboxLinks.invite(siteId)),
    newInboxCode: ({ linkId }) => told(inboxLinks.newCode(linkId)),
    revokeInboxLink: ({ linkId }) => told(inboxLinks.revoke(linkId)),
  };
}
