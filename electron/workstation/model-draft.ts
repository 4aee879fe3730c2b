import type { CallRequest, CallResponse } from '#shared/contract/calls.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Complaint } from '#shared/reporting/complaint.ts';
import { confirmProposed, proposeText } from '#shared/reporting/impression-draft.ts';
import { impressionFromModel, modelQuestion } from '#shared/reporting/model-impression.ts';
import type { ReportBody } from '#shared/reporting/report.ts';

import type { Cases } from './cases.ts';
import type { LanguageModel, WorkstationPorts } from './ports.ts';

type Failed = Extract<Awaited<ReturnType<LanguageModel['ask']>>, { status: 'failed' }>['code'];

const WORDS: Readonly<Record<Failed, string>> = {
  'not-local': 'Its address is neither on this machine nor in its network; nothing was sent.',
  refused: 'It refused the question.',
  'not-understood': 'Its answer was no impression.',
  'too-slow': 'It did not answer in time.',
  unreachable: 'It cannot be reached.',
};

/** An impression drafted by the language model that the configuration names; off without one. */
export function createModelDraft({
  languageModel,
  cases,
  check,
  reader,
  log,
}: Pick<WorkstationPorts, 'languageModel' | 'reader' | 'log'> & {
  readonly cases: Pick<Cases, 'held'>;
  readonly check: (task: ReadingTask, body: ReportBody) => Promise<readonly Complaint[]>;
}) {
  return async (request: CallRequest<'draftByModel'>): Promise<CallResponse<'draftByModel'>> => {
    if (languageModel === undefined) return { status: 'off' };
    const task = cases.held(request.taskId)?.task;
    if (task === undefined || contextKeyOf(task) !== request.contextKey) return { status: 'wrong-context' };
    const body = request.body as ReportBody;
    const { patient, orderedBy, accessionNumber, siteName } = task;
    const question = modelQuestion(body, task.exam.text, {
      names: [patient.name, orderedBy ?? '', reader.name, siteName],
      numbers: [patient.mrn ?? '', patient.id, patient.birthDate ?? '', accessionNumber ?? '', task.id],
    });
    if (question === undefined) return { status: 'no-findings' };
    const answer = await languageModel.ask(question);
    const text = answer.status === 'answered' ? impressionFromModel(answer.text) : undefined;
    if (text === undefined) {
      const code = answer.status === 'failed' ? answer.code : 'not-understood';
      log.warn('language-model.failed', { taskId: task.id, code });
      return { status: 'failed', reason: WORDS[code] };
    }
    // Checked as the reader's own text would be: that it is unconfirmed is known.
    const complaints = await check(task, confirmProposed(proposeText(body, text)));
    return { status: 'drafted', text, complaints: [...complaints] };
  };
}
