import { LEASE_TTL_MS, type Claim } from '../domain/claim.ts';
import type {
  AccessionNumber,
  PatientId,
  RadiologistId,
  ReportId,
  SiteId,
  StudyInstanceUid,
  TaskId,
} from '../domain/identifiers.ts';
import type { Exam, Laterality, PatientClass } from '../domain/order.ts';
import type { Sex } from '../domain/patient.ts';
import type { Priority } from '../domain/priority.ts';
import type { ReadingAct } from '../domain/reading-act.ts';
import type { Prior, ReadingState, ReadingTask } from '../domain/reading-task.ts';
import type { EpochMs } from '../kernel/clock.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { READ_TYPES, type ReadType } from '../domain/urgency.ts';
import { idInReference, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { readingActFromText } from './reading-act-text.ts';
import { READING_CODE, siteSystem, SYSTEM } from './systems.ts';
import { factsOfTask, type TaskFacts } from './task-input.ts';
import { otherNumberFromText, identityDecisionFromText, personFromText } from './identity-text.ts';
import { gradeFromText } from './grade-text.ts';
import { aiResultFromText, escalationFromText, pauseFromText } from './urgency-from-text.ts';

/** Why a resource is no reading. */
export type NotAReading =
  | { readonly code: 'not-a-task'; readonly reason: string }
  | { readonly code: 'another-kind-of-task'; readonly reason: string }
  | { readonly code: 'unknown-status'; readonly reason: string };

/** A site that did not say who it is. No configured site can be called so (`SiteId` has no underscore). */
export const UNKNOWN_SITE = 'unknown_site' as SiteId;

/** All Task statuses of R4 (valueset-task-status), ours among them, in the words of a reading. */
const STATE: ReadonlyMap<unknown, ReadingState> = new Map<string, ReadingState>(
  Object.entries({
    draft: 'ordered',
    requested: 'ordered',
    received: 'ordered',
    accepted: 'ready',
    ready: 'ready',
    'in-progress': 'claimed',
    'on-hold': 'claimed',
    completed: 'completed',
    cancelled: 'cancelled',
    rejected: 'cancelled',
    failed: 'cancelled',
    'entered-in-error': 'cancelled',
  }),
);

/**
 * Reads a Task of any origin. Missing or absurd facts become safe defaults (empty text, `routine`, no studies);
 * only what is no reading at all is refused.
 */
export function readingTaskFromFhir(resource: unknown): Result<ReadingTask, NotAReading> {
  const task = recordOf(resource);
  if (task['resourceType'] !== 'Task') return err({ code: 'not-a-task', reason: 'resourceType is not Task' });
  if (!isReading(task)) {
    return err({ code: 'another-kind-of-task', reason: 'Task.code is not DCM 110005 Interpretation' });
  }
  const state = STATE.get(task['status']);
  if (state === undefined) return err({ code: 'unknown-status', reason: 'Task.status is not a status of R4' });

  const facts = factsOfTask(task['input']);
  const requester = recordOf(task['requester']);
  const siteId = (valueOf(requester['identifier'], SYSTEM.site) ?? UNKNOWN_SITE) as SiteId;
  const meta = recordOf(task['meta']);
  const written = instantOf(meta['lastUpdated']) ?? instantOf(task['lastModified']);
  const authoredOn = instantOf(task['authoredOn']) ?? written ?? (0 as EpochMs);
  return ok({
    id: (textOf(task['id']) ?? '') as TaskId,
    version: textOf(meta['versionId']) ?? '',
    state,
    siteId,
    siteName: textOf(requester['display']) ?? siteId,
    patient: patientOf(task, facts),
    exam: examOf(task, facts),
    ...priorityOf(task, facts),
    studyInstanceUids: [...new Set(facts.identifiers('study').map(withoutOid))] as StudyInstanceUid[],
    priors: priorsOf(facts),
    authoredOn,
    ...defined('accessionNumber', accessionOf(task, siteId)),
    ...defined('serviceRequestId', idInReference(task['focus'], 'ServiceRequest')),
    ...defined('patientClass', oneOf<PatientClass>(facts.text('patient-class'), PATIENT_CLASSES)),
    ...defined('location', facts.text('location')),
    ...defined('orderedBy', facts.text('ordered-by')),
    ...defined('reason', facts.text('reason')),
    ...defined('imagedPersons', some(facts.texts('imaged-person').flatMap((text) => personFromText(text) ?? []))),
    ...defined(
      'identityDecisions',
      some(facts.texts('identity-decision').flatMap((text) => identityDecisionFromText(text) ?? [])),
    ),
    ...defined('instanceCount', facts.count('instance-count')),
    ...defined('imagesCompleteAt', facts.instant('images-complete-at')),
    ...defined('priorsAskedAt', facts.instant('priors-asked-at')),
    ...defined('requisitionGrade', facts.texts('requisition-grade').flatMap((text) => gradeFromText(text) ?? [])[0]),
    ...defined('dueAt', instantOf(recordOf(recordOf(task['restriction'])['period'])['end'])),
    ...defined('patientWaiting', facts.flag('patient-waiting')),
    ...defined('escalation', facts.texts('escalation').flatMap((text) => escalationFromText(text) ?? [])[0]),
    ...defined('pauses', some(facts.texts('pause').flatMap((text) => pauseFromText(text) ?? []))),
    ...defined('aiResults', some(facts.texts('ai-result').flatMap((text) => aiResultFromText(text) ?? []))),
    ...defined('readType', oneOf<ReadType>(facts.text('read-type'), READ_TYPES)),
    ...defined('subspecialty', facts.text('subspecialty')),
    ...defined('earlierReaders', some(facts.identifiers('earlier-reader') as readonly RadiologistId[])),
    ...defined('claim', claimOf(task, facts, written ?? authoredOn)),
    ...defined('acts', actsOf(facts)),
    ...defined('reportId', reportOf(task)),
    ...defined('completedAt', instantOf(recordOf(task['executionPeriod'])['end'])),
  });
}

type Json = Readonly<Record<string, unknown>>;

const PATIENT_CLASSES = ['emergency', 'icu', 'inpatient', 'outpatient'] as const;
const FHIR_PRIORITIES = ['stat', 'asap', 'urgent', 'routine'] as const satisfies readonly Priority[];
const ACTIVATIONS = ['stroke', 'trauma'] as const satisfies readonly Priority[];
const LATERALITIES = ['left', 'right', 'bilateral'] as const;
const SEXES = ['M', 'F', 'O', 'unknown'] as const;
const BIRTH_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

function isReading(task: Json): boolean {
  return listOf(recordOf(task['code'])['coding']).some((coding) => {
    const { system, code } = recordOf(coding);
    return system === READING_CODE.system && code === READING_CODE.code;
  });
}

/** An optional key, left out when there is nothing: `exactOptionalPropertyTypes` knows no `undefined`. */
function defined<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}

/** A list that says something; an empty one is no fact. */
const some = <Value>(values: readonly Value[]): readonly Value[] | undefined =>
  values.length === 0 ? undefined : values;

const oneOf = <Word extends string>(text: string | undefined, words: readonly Word[]): Word | undefined =>
  words.find((word) => word === text);

function valueOf(identifier: unknown, system: string): string | undefined {
  const record = recordOf(identifier);
  return record['system'] === system ? textOf(record['value']) : undefined;
}

/** Others write DICOM UIDs in FHIR as `urn:oid:…`. */
const withoutOid = (uid: string): string => uid.replace(/^urn:oid:/, '');

function accessionOf(task: Json, siteId: SiteId): AccessionNumber | undefined {
  const system = siteSystem(siteId, 'accession');
  for (const identifier of listOf(task['identifier'])) {
    const value = valueOf(identifier, system);
    if (value !== undefined) return value as AccessionNumber;
  }
  return undefined;
}

function patientOf(task: Json, facts: TaskFacts): ReadingTask['patient'] {
  const birthDate = facts.text('patient-birth-date');
  const otherNumbers = some(facts.texts('patient-other-number').flatMap(otherNumberFromText));
  const otherNames = some(facts.texts('patient-other-name'));
  return {
    id: (idInReference(task['for'], 'Patient') ?? '') as PatientId,
    mrn: facts.text('patient-mrn') ?? '',
    name: textOf(recordOf(task['for'])['display']) ?? '',
    sex: oneOf<Sex>(facts.text('patient-sex'), SEXES) ?? 'unknown',
    ...(birthDate !== undefined && BIRTH_DATE.test(birthDate) ? { birthDate } : {}),
    ...defined('issuer', facts.text('patient-issuer')),
    ...defined('otherNames', otherNames),
    ...defined('otherNumbers', otherNumbers),
  };
}

function examOf(task: Json, facts: TaskFacts): Exam {
  const code = facts.coding('exam-code');
  return {
    text: facts.text('exam-text') ?? textOf(task['description']) ?? '',
    ...defined('code', code?.code),
    ...defined('codeSystem', code?.system),
    ...defined('modality', facts.text('modality')),
    ...defined('bodyPart', facts.text('body-part')),
    ...defined('laterality', oneOf<Laterality>(facts.text('laterality'), LATERALITIES)),
    ...defined('contrast', facts.flag('contrast')),
  };
}

/**
 * An activation counts only while the Task is `stat`: someone who lowered the priority meant it. A word that is none of FHIR's stands as urgent,
 * and for an emergency patient nothing stated is ASAP, so that no doubt makes a reading wait; the doubt is kept.
 */
function priorityOf(task: Json, facts: TaskFacts): Pick<ReadingTask, 'priority' | 'unclearPriority'> {
  const stated = oneOf(textOf(task['priority']), FHIR_PRIORITIES);
  const kept = defined('unclearPriority', facts.text('unclear-priority'));
  if (stated === 'stat') return { priority: oneOf(facts.text('activation'), ACTIVATIONS) ?? 'stat', ...kept };
  if (stated !== undefined) return { priority: stated, ...kept };
  if (task['priority'] === undefined) {
    const isEmergency = facts.text('patient-class') === 'emergency';
    return { priority: isEmergency ? 'asap' : 'routine', ...kept };
  }
  return { priority: 'urgent', unclearPriority: textOf(task['priority'])?.slice(0, 100) ?? 'not a word' };
}

/**
 * Who holds it. A system that knows no leases says `owner` and nothing else: then the claim runs from its last write,
 * so that a reading is neither taken from under someone nor held for ever.
 */
function claimOf(task: Json, facts: TaskFacts, written: EpochMs): Claim | undefined {
  const owner = recordOf(task['owner']);
  const holder = textOf(recordOf(owner['identifier'])['value']) ?? textOf(owner['reference']);
  if (holder === undefined) return undefined;
  const since = facts.instant('claimed-since') ?? written;
  return {
    radiologistId: holder as RadiologistId,
    radiologistName: textOf(owner['display']) ?? holder,
    since,
    leaseUntil: facts.instant('lease-until') ?? ((written + LEASE_TTL_MS) as EpochMs),
  };
}

function reportOf(task: Json): ReportId | undefined {
  for (const output of listOf(task['output'])) {
    const id = idInReference(recordOf(output)['valueReference'], 'DiagnosticReport');
    if (id !== undefined) return id as ReportId;
  }
  return undefined;
}

function actsOf(facts: TaskFacts): readonly ReadingAct[] | undefined {
  const acts = facts.texts('act').flatMap((text) => readingActFromText(text) ?? []);
  return acts.length === 0 ? undefined : acts;
}

function priorsOf(facts: TaskFacts): readonly Prior[] {
  const written = facts.texts('prior').map(priorFromText);
  const referenced = facts.references('prior').map((reference): Prior => ({
    description: textOf(reference['display']) ?? '',
    hasReport: (textOf(reference['reference']) ?? '').includes('DiagnosticReport/'),
  }));
  return [...written, ...referenced];
}

/** A text that is not one of ours is still shown, as a description. */
function priorFromText(text: string): Prior {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { description: text, hasReport: false };
  }
  if (typeof parsed !== 'object') return { description: text, hasReport: false };
  const prior = recordOf(parsed);
  return {
    description: textOf(prior['description']) ?? '',
    hasReport: prior['hasReport'] === true,
    ...defined('studyInstanceUid', textOf(prior['studyInstanceUid']) as StudyInstanceUid | undefined),
    ...defined('modality', textOf(prior['modality'])),
    ...defined('date', textOf(prior['date'])),
  };
}
