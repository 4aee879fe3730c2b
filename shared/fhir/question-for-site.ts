import type { Task } from 'fhir/r4';

import type { SiteQuestion } from '../domain/site-question.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { readerReference } from './critical-to-fhir.ts';
import { fhirString, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { siteSystem, SYSTEM } from './systems.ts';

/** A question as a Task at the site's own server, in the site's own numbers: to be completed with the answer as a note or an output, or rejected with a reason. */
export function questionForSite(question: SiteQuestion): Task {
  const { accessionNumber, siteId, uuid } = question;
  const patientName = fhirString(question.patientName);
  return {
    resourceType: 'Task',
    identifier: [{ system: SYSTEM.question, value: uuid }],
    ...(accessionNumber === undefined
      ? {}
      : { groupIdentifier: { system: siteSystem(siteId, 'accession'), value: accessionNumber } }),
    status: 'requested',
    intent: 'order',
    priority: 'asap',
    code: { coding: [{ system: SYSTEM.taskKind, code: 'site-question' }], text: 'Answer a question about an exam' },
    description: fhirString(question.text) ?? '(no words)',
    ...(patientName === undefined ? {} : { for: { type: 'Patient', display: patientName } }),
    authoredOn: toIso(question.askedAt),
    requester: readerReference(question.askedBy),
  };
}

/** What the site's Task says by now. Undefined: no answer, or none in words. */
export function siteAnswerToQuestion(resource: unknown, now: EpochMs): SiteQuestion['answer'] {
  const task = recordOf(resource);
  const owner = recordOf(task['owner']);
  const note = recordOf(listOf(task['note']).at(-1));
  const by = textOf(owner['display']) ?? textOf(note['authorString']) ?? textOf(owner['reference']) ?? 'the site';
  const at = instantOf(task['lastModified']) ?? instantOf(note['time']) ?? now;
  const text = wordsOf(task, note);
  return text === undefined ? undefined : { text, by, at };
}

function wordsOf(task: Readonly<Record<string, unknown>>, note: Readonly<Record<string, unknown>>): string | undefined {
  const outputs = listOf(task['output']).flatMap((each) => textOf(recordOf(each)['valueString']) ?? []);
  if (task['status'] === 'completed') return outputs.length > 0 ? outputs.join('\n') : textOf(note['text']);
  if (task['status'] !== 'rejected' && task['status'] !== 'failed') return undefined;
  const reason = textOf(recordOf(task['statusReason'])['text']) ?? textOf(note['text']);
  return reason === undefined ? 'not answered by the site' : `not answered by the site: ${reason}`;
}
