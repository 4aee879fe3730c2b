import { DAY_MS, MINUTE_MS, toIso, type EpochMs } from '../kernel/clock.ts';
import { FACT_WORDS, identityConflicts, undecided } from './identity.ts';
import { hasBelievableDue } from './placement.ts';
import { PRIORITY_LABEL } from './priority.ts';
import type { ReadingTask } from './reading-task.ts';
import { isTooLong } from './words.ts';

const QUOTED_CHARACTERS = 40;
/** Nothing waits so long: the date was mistyped, or there is none. */
const OLDEST_ORDER_MS = 730 * DAY_MS;

/** What cannot be right about an order, in words. It keeps its stated place: a wrong date must not hide an emergency. */
export function doubtsAbout(task: ReadingTask, now: EpochMs): readonly string[] {
  const { dueAt, authoredOn, patient, unclearPriority, priority } = task;
  const doubts: string[] = [];
  if (unclearPriority !== undefined)
    doubts.push(
      `the priority “${unclearPriority.slice(0, QUOTED_CHARACTERS)}” is not known; it stands as ${PRIORITY_LABEL[priority]}`,
    );
  const isOpen = task.state === 'ready' || task.state === 'claimed';
  if (dueAt === undefined && isOpen) doubts.push('no due time was given; the usual one of its class is assumed');
  else if (dueAt !== undefined && dueAt < authoredOn) doubts.push('the due time lies before the order time');
  else if (dueAt !== undefined && !hasBelievableDue(task))
    doubts.push('the due time lies months ahead; the usual one of its class is assumed');
  if (isOpen && authoredOn < now - OLDEST_ORDER_MS) doubts.push('the order time lies years back, or was not given');
  if (authoredOn > now + MINUTE_MS) doubts.push('the order time lies in the future');
  if (task.imagesCompleteAt !== undefined && task.imagesCompleteAt > now + MINUTE_MS)
    doubts.push('the images are said to have come in the future');
  const { birthDate } = patient;
  if (birthDate !== undefined && birthDate > toIso(now).slice(0, birthDate.length))
    doubts.push('the birth date lies in the future');
  if (patient.name.trim() === '') doubts.push('the patient has no name');
  doubts.push(...identityDoubts(task));
  if (task.studyInstanceUids.length === 0 && isOpen) doubts.push('no study is attached');
  if ([task.exam.text, task.reason, task.location, patient.name].some(isTooLong))
    doubts.push('a text is too long to be shown whole');
  return doubts;
}

/** The archive names somebody else than the order. Where not even the number agrees, the images were not attached. */
function identityDoubts({ patient, imagedPersons = [], identityDecisions, state }: ReadingTask): readonly string[] {
  const images = imagedPersons.map((person) => ({ source: 'images', person }) as const);
  const open = undecided(identityConflicts([{ source: 'order', person: patient }, ...images]), identityDecisions);
  if (open.length === 0) return [];
  const facts = [...new Set(open.map(({ fact }) => FACT_WORDS[fact]))].join(', ');
  return state === 'ordered'
    ? [`images under its number are of another patient (${facts}) and were not attached`]
    : [`order and images do not name the same patient (${facts}); images stay covered until somebody decides`];
}
