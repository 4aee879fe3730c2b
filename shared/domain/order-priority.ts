import type { IncomingOrder, PatientClass } from './order.ts';
import type { Priority } from './priority.ts';
import type { ReadType } from './urgency.ts';

const STROKE = /\b(code stroke|stroke (code|alert|activation|protocol)|brain attack)\b/i;
const TRAUMA =
  /\b(trauma (team )?(activation|alert|code)|code trauma|trauma level (1|i|one)|level (1|i|one) trauma)\b/i;

const BY_WORD: Readonly<Record<string, Priority>> = {
  STROKE: 'stroke',
  TRAUMA: 'trauma',
  S: 'stat',
  STAT: 'stat',
  E: 'stat',
  EMERGENCY: 'stat',
  EMERGENT: 'stat',
  CRITICAL: 'stat',
  A: 'asap',
  ASAP: 'asap',
  T: 'urgent',
  U: 'urgent',
  UR: 'urgent',
  URGENT: 'urgent',
  P: 'urgent',
  PREOP: 'urgent',
  R: 'routine',
  ROUTINE: 'routine',
  NORMAL: 'routine',
};

/** Texts of an order may be of any length; what makes it urgent is said in the first sentences. */
const TEXT_LIMIT = 4000;
const clipped = (texts: readonly (string | undefined)[]): readonly string[] =>
  texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text.slice(0, TEXT_LIMIT)]));

const known = (text: string): Priority | undefined => BY_WORD[text.trim().toUpperCase()];

/** A word of the sender that says how urgent it is, but not to us: what was stated, when none of it is known. */
function unclearPriorityOf(stated: readonly (string | undefined)[]): string | undefined {
  const words = clipped(stated);
  const isClear = words.some((word) => known(word) !== undefined || STROKE.test(word) || TRAUMA.test(word));
  return isClear ? undefined : words[0]?.trim().slice(0, QUOTED_CHARACTERS);
}
const QUOTED_CHARACTERS = 100;

/**
 * The class an order falls into. `stated`: what the sender wrote in its priority fields, most trusted first (HL7 tables 0485 and 0027, FHIR
 * request-priority, words). `wording`: exam, reason and history; an activation named there stands above a mere STAT (DOMAIN 2).
 * An emergency patient for whom nothing was stated counts as ASAP, the ED's ordinary turnaround; a priority stated in words unknown to us as
 * urgent at least: no doubt makes a reading wait.
 */
export function priorityOf(
  stated: readonly (string | undefined)[],
  wording: readonly (string | undefined)[],
  patientClass?: PatientClass,
): Priority {
  const words = clipped(stated);
  const all = [...words, ...clipped(wording)].join(' \n ');
  if (STROKE.test(all)) return 'stroke';
  if (TRAUMA.test(all)) return 'trauma';
  for (const word of words) {
    const found = known(word);
    if (found !== undefined) return found;
  }
  if (patientClass === 'emergency') return 'asap';
  return words.length === 0 ? 'routine' : 'urgent';
}

const ON_THE_TABLE =
  /\b(patient (is )?(waiting|held|on (the )?table)|on (the )?(scanner )?table|hold (the )?patient|wet read|wait(ing)? for (the )?read)\b/i;
const WAITING_WORDS = new Set(['W', 'WET', 'WAITING', 'WET READ', 'HOLD']);

const READ_TYPE_WORDS: readonly (readonly [RegExp, ReadType])[] = [
  [/\b(second opinion|outside (film|study) (review|consult)|over-?read)\b/i, 'second-opinion'],
  [/\b(double|dual|second) read(ing)?\b/i, 'double-reading'],
  [/\bprelim(inary)? (read|report|interpretation)/i, 'preliminary'],
];

/** What else the words of an order say of how soon and by whom it wants to be read. */
export function urgencyFactsOf(
  stated: readonly (string | undefined)[],
  wording: readonly (string | undefined)[],
): Pick<IncomingOrder, 'unclearPriority' | 'patientWaiting' | 'readType'> {
  const text = clipped(wording).join(' \n ');
  const isWaiting =
    ON_THE_TABLE.test(text) || clipped(stated).some((word) => WAITING_WORDS.has(word.trim().toUpperCase()));
  const unclearPriority = isWaiting ? undefined : unclearPriorityOf(stated);
  const readType = READ_TYPE_WORDS.find(([pattern]) => pattern.test(text))?.[1];
  return {
    ...(unclearPriority === undefined ? {} : { unclearPriority }),
    ...(isWaiting ? { patientWaiting: true } : {}),
    ...(readType === undefined ? {} : { readType }),
  };
}
