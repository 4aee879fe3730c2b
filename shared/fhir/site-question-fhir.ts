import type { Communication } from 'fhir/r4';

import type { QuestionSending, SiteQuestion } from '../domain/site-question.ts';
import { toIso, type EpochMs } from '../kernel/clock.ts';
import { extensionParts, hasCategory, identifierIn, placeOf } from './critical-from-fhir.ts';
import { placePart, readerReference, subjectOf } from './critical-to-fhir.ts';
import { fhirString, instantOf, listOf, recordOf, referenceTo, textOf } from './fhir-text.ts';
import { identifierToken } from './identifier-search.ts';
import { foreignExtensions, groupPart, instantPart, textPart, type Parts } from './nested-extension.ts';
import { SYSTEM } from './systems.ts';

const QUESTION_CODE = 'site-question';
/** Search token of all questions to sites. */
export const QUESTION_CATEGORY = identifierToken(SYSTEM.taskKind, QUESTION_CODE);
const QUESTION_EXTENSION = 'urn:overread:site-question';

/** A question to a site as FHIR R4 Communication: `in-progress` until answered. The first payload asks, the note answers. */
export function questionToFhir(question: SiteQuestion, base?: Communication): Communication {
  const { answer } = question;
  return {
    ...base,
    resourceType: 'Communication',
    ...(question.id === '' ? {} : { id: question.id }),
    ...(question.version === '' ? {} : { meta: { ...base?.meta, versionId: question.version } }),
    extension: [
      ...foreignExtensions(base, QUESTION_EXTENSION),
      { url: QUESTION_EXTENSION, extension: [...placePart(question), ...sendingPart(question.sending)] },
    ],
    identifier: base?.identifier ?? [{ system: SYSTEM.question, value: question.uuid }],
    basedOn: [{ reference: referenceTo('Task', question.taskId) }],
    status: answer === undefined ? 'in-progress' : 'completed',
    category: [{ coding: [{ system: SYSTEM.taskKind, code: QUESTION_CODE, display: 'Question to the site' }] }],
    subject: subjectOf(question),
    sent: toIso(question.askedAt),
    ...(answer === undefined ? {} : { received: toIso(answer.at) }),
    sender: readerReference(question.askedBy),
    payload: [{ contentString: fhirString(question.text) ?? '(no words)' }],
    ...(answer === undefined
      ? {}
      : { note: [{ authorString: answer.by, time: toIso(answer.at), text: fhirString(answer.text) ?? '(no words)' }] }),
  };
}

const sendingPart = (sending: QuestionSending | undefined) =>
  sending === undefined
    ? []
    : groupPart('sending', [
        ...textPart('attempts', String(sending.attempts)),
        ...instantPart('not-before', sending.notBefore),
        ...instantPart('acknowledged-at', sending.acknowledgedAt),
        ...textPart('problem', sending.problem),
      ]);

function sendingFrom(parts: Parts): QuestionSending | undefined {
  const [sending] = parts.groups('sending');
  if (sending === undefined) return undefined;
  const [notBefore, acknowledgedAt] = [sending.instant('not-before'), sending.instant('acknowledged-at')];
  const problem = sending.text('problem');
  return {
    attempts: Number(sending.text('attempts')) || 0,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Undefined: no question of ours. */
export function questionFromFhir(resource: unknown): SiteQuestion | undefined {
  const json = recordOf(resource);
  if (json['resourceType'] !== 'Communication' || !hasCategory(json, QUESTION_CODE)) return undefined;
  const meta = recordOf(json['meta']);
  const sender = recordOf(json['sender']);
  const askedAt = instantOf(json['sent']) ?? instantOf(meta['lastUpdated']) ?? (0 as EpochMs);
  const note = recordOf(listOf(json['note'])[0]);
  const answer = textOf(note['text']);
  const parts = extensionParts(json, QUESTION_EXTENSION);
  const sending = sendingFrom(parts);
  return {
    id: textOf(json['id']) ?? '',
    version: textOf(meta['versionId']) ?? '',
    uuid: identifierIn(json, SYSTEM.question) ?? '',
    ...placeOf(json, parts),
    text: textOf(recordOf(listOf(json['payload'])[0])['contentString']) ?? '',
    askedAt,
    askedBy: { id: textOf(recordOf(sender['identifier'])['value']) ?? '', name: textOf(sender['display']) ?? '' },
    ...(sending === undefined ? {} : { sending }),
    ...(answer === undefined
      ? {}
      : {
          answer: {
            text: answer,
            by: textOf(note['authorString']) ?? 'the site',
            at: instantOf(note['time']) ?? askedAt,
          },
        }),
  };
}
