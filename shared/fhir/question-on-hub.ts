import type { BundleEntry, Communication } from 'fhir/r4';

import type { QuestionSending, SiteQuestion } from '../domain/site-question.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import type { RecordedAct } from './act-to-audit-event.ts';
import { actEntry, putEntry, readOrNothing } from './critical-on-hub.ts';
import { FhirError, type FhirClient } from './fhir-client.ts';
import { identifierToken, ifNoneExist } from './identifier-search.ts';
import { noteToFhir } from './notes-to-fhir.ts';
import { goOnEntries, pauseEntries } from './question-pause.ts';
import { QUESTION_CATEGORY, questionFromFhir, questionToFhir } from './site-question-fhir.ts';
import { siteSystem, SYSTEM } from './systems.ts';

const MAX_QUESTIONS = 2000;
const MAX_CONFLICTS = 5;

const inOrder = (resources: readonly Communication[]): SiteQuestion[] =>
  resources
    .flatMap((resource) => questionFromFhir(resource) ?? [])
    .toSorted((one, other) => one.askedAt - other.askedAt || (one.id < other.id ? -1 : 1));

/** What no site has answered yet, oldest first. Throws FhirError. */
export async function readOpenQuestions(fhir: FhirClient): Promise<SiteQuestion[]> {
  const params = { category: QUESTION_CATEGORY, status: 'in-progress' };
  return inOrder(await fhir.search<Communication>('Communication', params, MAX_QUESTIONS));
}

/** Open ones first, then those answered since; each part oldest first. Throws FhirError. */
export async function readQuestions(fhir: FhirClient, answeredSince: EpochMs): Promise<SiteQuestion[]> {
  const params = { category: QUESTION_CATEGORY, status: 'completed', _lastUpdated: `ge${toIso(answeredSince)}` };
  const [open, answered] = await Promise.all([
    readOpenQuestions(fhir),
    fhir.search<Communication>('Communication', params, MAX_QUESTIONS),
  ]);
  return [...open, ...inOrder(answered)];
}

/** The question under this UUID, also one answered before. Throws FhirError. */
export async function findQuestion(fhir: FhirClient, uuid: string): Promise<SiteQuestion | undefined> {
  const params = { identifier: identifierToken(SYSTEM.question, uuid) };
  const found = inOrder(await fhir.search<Communication>('Communication', params));
  return found.find((question) => question.uuid === uuid);
}

/** How sending it went; of one that was answered meanwhile nothing is noted. Throws FhirError. */
export async function noteSending(fhir: FhirClient, id: string, sending: QuestionSending): Promise<void> {
  const base = await readOrNothing<Communication>(fhir, 'Communication', id);
  const question = questionFromFhir(base);
  if (base === undefined || question === undefined || question.answer !== undefined) return;
  await fhir.update(questionToFhir({ ...question, sending }, base), question.version);
}

/** The question, the reading's clock standing still and the record of the act in one transaction; the same uuid again is the same question. Throws FhirError. */
export async function askQuestion(fhir: FhirClient, question: SiteQuestion): Promise<void> {
  const fullUrl = `urn:uuid:${question.uuid}`;
  await untilWritten(
    async () => [
      {
        fullUrl,
        resource: questionToFhir(question),
        request: { method: 'POST', url: 'Communication', ifNoneExist: ifNoneExist(SYSTEM.question, question.uuid) },
      },
      actEntry({
        act: 'question.asked',
        at: question.askedAt,
        by: question.askedBy,
        siteId: question.siteId,
        about: [fullUrl, `Task/${question.taskId}`],
        outcome: 'done',
      }),
      ...(await pauseEntries(fhir, question.taskId, question.askedAt)),
    ],
    fhir,
  );
}

/** One transaction; when somebody wrote in between, it is made anew of what stands there now. */
async function untilWritten(entries: () => Promise<BundleEntry[]>, fhir: FhirClient): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fhir.transaction({ resourceType: 'Bundle', type: 'transaction', entry: await entries() });
      return;
    } catch (error) {
      const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
      if (!isConflict || attempt === MAX_CONFLICTS) throw error;
    }
  }
}

/**
 * The answer, the reading's clock going on when nothing else is open, the same as a note beside the images, and the record of the act in one transaction. The first answer stands. Throws FhirError.
 */
export async function answerQuestion(
  fhir: FhirClient,
  id: string,
  answer: NonNullable<SiteQuestion['answer']>,
  by: RecordedAct['by'],
  siteId?: string,
): Promise<'done' | 'not-found' | 'answered-before'> {
  for (let attempt = 1; ; attempt += 1) {
    const base = await readOrNothing<Communication>(fhir, 'Communication', id);
    const question = questionFromFhir(base);
    if (base === undefined || question === undefined) return 'not-found';
    if (siteId !== undefined && question.siteId !== siteId) return 'not-found';
    if (question.answer !== undefined) return 'answered-before';
    const others = await readOpenQuestions(fhir);
    const isLast = others.every((other) => other.taskId !== question.taskId || other.id === question.id);
    try {
      await fhir.transaction({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          putEntry(questionToFhir({ ...question, answer }, base), question.version),
          ...noteEntries(question, answer, base),
          ...(isLast ? await goOnEntries(fhir, question.taskId, answer.at) : []),
          actEntry({
            act: 'question.answered',
            at: answer.at,
            by,
            siteId: question.siteId,
            about: [`Communication/${id}`],
            outcome: 'done',
          }),
        ],
      });
      return 'done';
    } catch (error) {
      const isConflict = error instanceof FhirError && error.refusal.code === 'conflict';
      if (!isConflict || attempt === MAX_CONFLICTS) throw error;
    }
  }
}

function noteEntries(
  question: SiteQuestion,
  answer: NonNullable<SiteQuestion['answer']>,
  base: Communication,
): BundleEntry[] {
  const patient = base.subject?.reference;
  if (patient === undefined) return [];
  const note = noteToFhir(
    { kind: 'history', label: question.text, text: answer.text, at: answer.at, source: `${answer.by}, asked by us` },
    {
      siteId: question.siteId,
      patient,
      owner: { order: question.accessionNumber ?? question.taskId, patient },
    },
  );
  const identifier = note?.identifier?.[0]?.value;
  if (note === undefined || identifier === undefined) return [];
  const token = identifierToken(siteSystem(question.siteId, 'note'), identifier);
  return [
    {
      resource: note,
      request: { method: 'POST', url: note.resourceType, ifNoneExist: `identifier=${encodeURIComponent(token)}` },
    },
  ];
}
