import type { CaseIdentity } from '#shared/contract/identity-calls.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { personsInHeaders } from '#shared/dicom/person-from-header.ts';
import {
  compareFact,
  conflictKey,
  identityConflicts,
  undecided,
  type IdentityConflict,
  type IdentityDecision,
  type Person,
  type Statement,
} from '#shared/domain/identity.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { readPersonOfNotes } from '#shared/fhir/person-on-hub.ts';

import type { StudyRef, WorkstationPorts } from './ports.ts';
import type { StudyMetadata } from './studies/study-metadata.ts';

export interface IdentityCheck {
  /** By what is at hand, without asking the site. */
  atHand(task: ReadingTask): Promise<CaseIdentity>;
  /** Asks the site for the headers that are not here yet. */
  whole(task: ReadingTask): Promise<CaseIdentity>;
  /** A reader who holds no claim looks all the same: for this workstation, until it is started again. */
  lookAllTheSame(task: ReadingTask, decision: IdentityDecision): void;
}

type Headers = (study: StudyRef) => Promise<readonly DicomJson[] | undefined>;

/** Whether order, images and notes of a case are of one person, by rules alone (PS3.3 C.2.2, PID, Patient). */
export function createIdentityCheck(
  ports: Pick<WorkstationPorts, 'fhir' | 'log' | 'reader'> & { readonly metadata: StudyMetadata },
): IdentityCheck {
  const { fhir, log, reader, metadata } = ports;
  const looks = new Map<string, IdentityDecision>();

  async function statementsOf(task: ReadingTask, headersOf: Headers) {
    const [notes, studies] = await Promise.all([
      personOfNotes(task),
      Promise.all(
        task.studyInstanceUids.map((studyInstanceUid) => headersOf({ siteId: task.siteId, studyInstanceUid })),
      ),
    ]);
    const told = studies.flatMap((headers) => personsInHeaders(headers ?? []));
    const isRead = studies.every((headers) => headers !== undefined);
    // What the archive said when the study came holds while its headers cannot be read.
    const images = isRead ? told : [...told, ...(task.imagedPersons ?? [])];
    const statements: Statement[] = [
      { source: 'order', person: withMergedNumbers(task.patient, notes) },
      ...images.map((person) => ({ source: 'images', person }) as const),
      ...(notes === undefined ? [] : [{ source: 'notes', person: notes } as const]),
    ];
    return { statements, isRead };
  }

  async function personOfNotes(task: ReadingTask) {
    try {
      return await readPersonOfNotes(fhir, task);
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      // Then there are no notes to be wrong about: the panel says so.
      log.warn('identity.notes-not-read', { taskId: task.id });
      return undefined;
    }
  }

  async function check(task: ReadingTask, headersOf: Headers): Promise<CaseIdentity> {
    const { statements, isRead } = await statementsOf(task, headersOf);
    const isOurs = task.state === 'claimed' && task.claim?.radiologistId === reader.id;
    const looked = isOurs ? undefined : looks.get(task.id);
    const decisions = [...(task.identityDecisions ?? []), ...(looked === undefined ? [] : [looked])];
    const open = undecided(identityConflicts(statements), decisions);
    const last = decisions.at(-1);
    return {
      state: open.length > 0 ? 'conflict' : isRead ? 'agreed' : 'unread',
      conflicts: open.map(shown),
      ...(open.length > 0 && last?.verdict === 'sent-back'
        ? { sentBack: { at: last.at, byName: last.byName, reason: last.reason } }
        : {}),
    };
  }

  return {
    atHand: (task) => check(task, metadata.peek),
    whole: (task) => check(task, (study) => metadata.get(study).catch(() => undefined)),
    lookAllTheSame: (task, decision) => void looks.set(task.id, decision),
  };
}

/** The site has merged numbers of this patient: by any of them it is the same one. */
function withMergedNumbers(order: Person, notes: Person | undefined): Person {
  if (notes?.otherNumbers === undefined || compareFact('patient-id', order, notes).verdict !== 'same') return order;
  const { otherNumbers = [], otherNames = [] } = order;
  return {
    ...order,
    otherNumbers: [...otherNumbers, { mrn: notes.mrn }, ...notes.otherNumbers],
    otherNames: [...otherNames, notes.name, ...(notes.otherNames ?? [])],
  };
}

const shown = (conflict: IdentityConflict): CaseIdentity['conflicts'][number] => ({
  key: conflictKey(conflict),
  fact: conflict.fact,
  one: { ...conflict.one },
  other: { ...conflict.other },
  rule: conflict.rule,
});
