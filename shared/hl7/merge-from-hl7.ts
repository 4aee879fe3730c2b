import { err, ok, type Result } from '../kernel/result.ts';
import { messageType, type Hl7Message, type Segment } from './message.ts';
import { personFromMrg, personFromPid, type PersonFacts } from './person-from-hl7.ts';

/** Two numbers of one person (one given up, or both kept), or, taken back, of two. */
export interface PatientMerge {
  readonly kind: 'merge' | 'link' | 'unlink';
  readonly surviving: PersonFacts;
  readonly merged: PersonFacts;
}

/** Merges of the whole patient (2.5.1, 3.3.40, and its forerunners 3.3.18, 3.3.34) */
const MERGE_EVENTS = new Set(['ADT^A40', 'ADT^A18', 'ADT^A34']);
/** Link and unlink patient information (3.3.24, 3.3.37): both name the two patients as two PID. */
const LINK_EVENT = 'ADT^A24';
const UNLINK_EVENT = 'ADT^A37';

export const isMergeMessage = (message: Hl7Message): boolean =>
  MERGE_EVENTS.has(messageType(message)) || [LINK_EVENT, UNLINK_EVENT].includes(messageType(message));

export interface MergeRefusal {
  readonly code: 'no-patient' | 'no-merge';
  readonly reason: string;
}

/** A40 repeats PID with its MRG; A24 and A37 name the two patients as two PID. */
export function mergesFromHl7(message: Hl7Message): Result<readonly PatientMerge[], MergeRefusal> {
  const type = messageType(message);
  const kind = type === UNLINK_EVENT ? 'unlink' : type === LINK_EVENT ? 'link' : 'merge';
  const pairs = kind !== 'merge' ? twoPatients(message.segments) : patientsWithMerges(message.segments);
  if (pairs.length === 0)
    return err({
      code: 'no-merge',
      reason: kind !== 'merge' ? 'a second PID is missing' : 'the MRG segment is missing',
    });
  if (pairs.some(({ surviving, merged }) => surviving.mrn === '' || merged.mrn === ''))
    return err({ code: 'no-patient', reason: 'PID-3 or MRG-1 names no record number' });
  if (pairs.some(({ surviving, merged }) => surviving.mrn === merged.mrn))
    return err({ code: 'no-merge', reason: 'a patient cannot be merged or linked with itself' });
  return ok(pairs.map((pair) => ({ kind, ...pair })));
}

type Pair = Pick<PatientMerge, 'surviving' | 'merged'>;

function patientsWithMerges(segments: readonly Segment[]): Pair[] {
  const pairs: Pair[] = [];
  let surviving: PersonFacts | undefined;
  for (const segment of segments) {
    if (segment.name === 'PID') surviving = personFromPid(segment);
    if (segment.name === 'MRG' && surviving !== undefined) pairs.push({ surviving, merged: personFromMrg(segment) });
  }
  return pairs;
}

function twoPatients(segments: readonly Segment[]): Pair[] {
  const [surviving, merged] = segments.filter(({ name }) => name === 'PID').map(personFromPid);
  return surviving === undefined || merged === undefined ? [] : [{ surviving, merged }];
}
