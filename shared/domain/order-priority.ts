import type { PatientClass } from './order.ts';
import type { Priority } from './priority.ts';

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

/**
 * The class an order falls into. `stated`: what the sender wrote in its priority fields, most trusted first (HL7 tables 0485 and 0027, FHIR
 * request-priority, words). `wording`: exam, reason and history; an activation named there stands above a mere STAT (DOMAIN 2).
 * An emergency patient for whom nothing was stated counts as ASAP, the ED's ordinary turnaround.
 */
export function priorityOf(
  stated: readonly (string | undefined)[],
  wording: readonly (string | undefined)[],
  patientClass?: PatientClass,
): Priority {
  const all = [...stated, ...wording].filter((text) => text !== undefined).join(' \n ');
  if (STROKE.test(all)) return 'stroke';
  if (TRAUMA.test(all)) return 'trauma';
  for (const text of stated) {
    const known = text === undefined ? undefined : BY_WORD[text.trim().toUpperCase()];
    if (known !== undefined) return known;
  }
  return patientClass === 'emergency' ? 'asap' : 'routine';
}
