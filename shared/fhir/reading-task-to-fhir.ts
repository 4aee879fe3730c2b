import type { Identifier, Task } from 'fhir/r4';

import type { Prior, ReadingState, ReadingTask } from '../domain/reading-task.ts';
import type { Priority } from '../domain/priority.ts';
import type { AiResult, ClockPause, Escalation } from '../domain/urgency.ts';
import { fhirInstant, fhirString, listOf, referenceTo, referenceWith } from './fhir-text.ts';
import { identityDecisionAsText, personAsText } from './identity-text.ts';
import { gradeAsText } from './grade-text.ts';
import { readingActAsText } from './reading-act-text.ts';
import { READING_CODE, siteSystem, SYSTEM } from './systems.ts';
import {
  codingInput,
  countInput,
  flagInput,
  foreignInputs,
  identifierInput,
  instantInput,
  textInput,
} from './task-input.ts';

const STATUS: Readonly<Record<ReadingState, Task['status']>> = {
  ordered: 'requested',
  ready: 'ready',
  claimed: 'in-progress',
  completed: 'completed',
  cancelled: 'cancelled',
};

/** FHIR knows four priorities; an activation is `stat` plus an `activation` input. */
const FHIR_PRIORITY: Readonly<Record<Priority, NonNullable<Task['priority']>>> = {
  stroke: 'stat',
  trauma: 'stat',
  stat: 'stat',
  asap: 'asap',
  urgent: 'urgent',
  routine: 'routine',
};

type Keyed = Pick<ReadingTask, 'siteId' | 'accessionNumber' | 'studyInstanceUids'>;

/** What makes a reading the same reading when it is told again: the site's accession number, else its study. */
export function readingTaskIdentifier(task: Keyed): Identifier | undefined {
  const accession = fhirString(task.accessionNumber);
  if (accession !== undefined) return { system: siteSystem(task.siteId, 'accession'), value: accession };
  const study = task.studyInstanceUids[0];
  return study === undefined ? undefined : { system: SYSTEM.dicomUid, value: study };
}

/** Search string for create with If-None-Exist; undefined when the reading has neither accession number nor study. */
export function readingTaskIfNoneExist(task: Keyed): string | undefined {
  const identifier = readingTaskIdentifier(task);
  if (identifier === undefined) return undefined;
  // `,`, `|`, `$` and `\` inside a token are escaped with `\` (R4 3.1.1.4.1).
  const value = (identifier.value ?? '').replace(/[\\,|$]/g, '\\$&');
  return `identifier=${encodeURIComponent(`${identifier.system ?? ''}|${value}`)}`;
}

/**
 * A reading as FHIR R4 Task (DESIGN 6). An empty `id` or `version` is left out, for creation; a `patient.id`,
 * `serviceRequestId` or `reportId` may be an `urn:uuid:` of the same transaction.
 * `base` is the Task as the server holds it: what other systems wrote there (their inputs, notes, extensions) stays.
 */
export function readingTaskToFhir(task: ReadingTask, base?: Task): Task {
  const identifier = readingTaskIdentifier(task);
  const due = fhirInstant(task.dueAt);
  const authoredOn = fhirInstant(task.authoredOn);
  const { focus: _focus, owner: _owner, restriction, output: _output, businessStatus: _state, ...kept } = base ?? {};
  const { period: _period, ...restrictionKept } = restriction ?? {};
  return {
    ...kept,
    resourceType: 'Task',
    ...(task.id === '' ? {} : { id: task.id }),
    ...(task.version === '' ? {} : { meta: { ...base?.meta, versionId: task.version } }),
    ...(identifier === undefined ? {} : { identifier: withIdentifier(base, identifier) }),
    status: STATUS[task.state],
    businessStatus: { coding: [{ system: SYSTEM.businessStatus, code: task.state }] },
    intent: base?.intent ?? 'order',
    priority: FHIR_PRIORITY[task.priority],
    code: { coding: [READING_CODE] },
    ...(task.serviceRequestId === undefined
      ? {}
      : { focus: { reference: referenceTo('ServiceRequest', task.serviceRequestId) } }),
    ...(task.patient.id === '' && fhirString(task.patient.name) === undefined
      ? {}
      : { for: patientReference(task.patient) }),
    ...(authoredOn === undefined ? {} : { authoredOn }),
    requester: withDisplay({ system: SYSTEM.site, value: task.siteId }, task.siteName),
    ...(task.claim === undefined
      ? {}
      : {
          owner: withDisplay({ system: SYSTEM.reader, value: task.claim.radiologistId }, task.claim.radiologistName),
        }),
    ...(due === undefined
      ? Object.keys(restrictionKept).length === 0
        ? {}
        : { restriction: restrictionKept }
      : { restriction: { ...restrictionKept, period: { end: due } } }),
    ...completedPeriod(task, base),
    input: [...inputsOf(task), ...foreignInputs(base?.input)],
    ...(task.reportId === undefined ? {} : { output: [reportOutput(task.reportId)] }),
  };
}

/** `Task.executionPeriod.end`: when it was signed. What another system says of its beginning stays. */
function completedPeriod({ completedAt }: ReadingTask, base: Task | undefined): Pick<Task, 'executionPeriod'> {
  const end = fhirInstant(completedAt);
  return end === undefined ? {} : { executionPeriod: { ...base?.executionPeriod, end } };
}

function patientReference({ id, name }: ReadingTask['patient']): NonNullable<Task['for']> {
  const display = fhirString(name);
  if (id !== '') return referenceWith(referenceTo('Patient', id), display);
  return { type: 'Patient', ...(display === undefined ? {} : { display }) };
}

function withDisplay(identifier: Identifier, display: string): NonNullable<Task['owner']> {
  const text = fhirString(display);
  return { identifier, ...(text === undefined ? {} : { display: text }) };
}

function withIdentifier(base: Task | undefined, identifier: Identifier): Identifier[] {
  const others = (listOf(base?.identifier) as Identifier[]).filter(
    ({ system, value }) => system !== identifier.system || value !== identifier.value,
  );
  return [identifier, ...others];
}

const reportOutput = (reportId: string): NonNullable<Task['output']>[number] => ({
  type: { coding: [{ system: SYSTEM.taskOutput, code: 'report' }] },
  valueReference: { reference: referenceTo('DiagnosticReport', reportId) },
});

function inputsOf(task: ReadingTask): NonNullable<Task['input']> {
  const { exam, patient, claim, priority } = task;
  return [
    ...(priority === 'stroke' || priority === 'trauma' ? textInput('activation', priority) : []),
    ...textInput('modality', exam.modality),
    ...textInput('exam-text', exam.text),
    ...codingInput('exam-code', exam.codeSystem, exam.code),
    ...textInput('body-part', exam.bodyPart),
    ...textInput('laterality', exam.laterality),
    ...flagInput('contrast', exam.contrast),
    ...textInput('reason', task.reason),
    ...textInput('patient-mrn', patient.mrn),
    ...textInput('patient-sex', patient.sex),
    ...textInput('patient-birth-date', patient.birthDate),
    ...textInput('patient-issuer', patient.issuer),
    ...(patient.otherNumbers ?? []).flatMap(({ mrn, issuer }) =>
      textInput('patient-other-number', JSON.stringify({ mrn, issuer })),
    ),
    ...(patient.otherNames ?? []).flatMap((name) => textInput('patient-other-name', name)),
    ...textInput('patient-class', task.patientClass),
    ...textInput('location', task.location),
    ...textInput('ordered-by', task.orderedBy),
    ...task.studyInstanceUids.flatMap((uid) => identifierInput('study', SYSTEM.dicomUid, uid)),
    ...(task.imagedPersons ?? []).flatMap((person) => textInput('imaged-person', personAsText(person))),
    ...(task.identityDecisions ?? []).flatMap((each) => textInput('identity-decision', identityDecisionAsText(each))),
    ...countInput('instance-count', task.instanceCount),
    ...instantInput('images-complete-at', task.imagesCompleteAt),
    ...instantInput('priors-asked-at', task.priorsAskedAt),
    ...(task.requisitionGrade === undefined ? [] : textInput('requisition-grade', gradeAsText(task.requisitionGrade))),
    ...task.priors.flatMap((prior) => textInput('prior', priorAsText(prior))),
    ...textInput('unclear-priority', task.unclearPriority),
    ...flagInput('patient-waiting', task.patientWaiting),
    ...(task.escalation === undefined ? [] : textInput('escalation', escalationAsText(task.escalation))),
    ...(task.pauses ?? []).flatMap((pause) => textInput('pause', pauseAsText(pause))),
    ...(task.aiResults ?? []).flatMap((result) => textInput('ai-result', aiResultAsText(result))),
    ...textInput('read-type', task.readType),
    ...textInput('subspecialty', task.subspecialty),
    ...(task.earlierReaders ?? []).flatMap((reader) => identifierInput('earlier-reader', SYSTEM.reader, reader)),
    ...instantInput('claimed-since', claim?.since),
    ...instantInput('lease-until', claim?.leaseUntil),
    ...(task.acts ?? []).flatMap((act) => textInput('act', readingActAsText(act))),
  ];
}

/** Keys in a fixed order, so that the same fact is always the same text. */
const priorAsText = ({ studyInstanceUid, description, modality, date, hasReport }: Prior): string =>
  JSON.stringify({ studyInstanceUid, description, modality, date, hasReport });

const escalationAsText = ({ at, by, reason }: Escalation): string => JSON.stringify({ at, by, reason });
const pauseAsText = ({ from, until, reason }: ClockPause): string => JSON.stringify({ from, until, reason });
const aiResultAsText = ({ finding, probability, algorithm, at }: AiResult): string =>
  JSON.stringify({ finding, probability, algorithm, at });
