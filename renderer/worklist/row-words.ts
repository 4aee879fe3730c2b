import { countOf } from '#shared/kernel/count-of.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { priorityWord, showAgeAndSex, showMoment, showPersonName, showReaderName } from '../ui/index.ts';

/** What stands in the row's cells, in words; also what the row is called. */
export function stateWords(row: WorklistRow, now: number): string {
  if (row.state === 'completed') return 'Signed';
  if (row.state === 'cancelled') return 'Cancelled';
  if (row.claim !== undefined) {
    if (row.handedOverBy !== undefined) return `Handed to you by ${showReaderName(row.handedOverBy)}`;
    if (row.mine) return 'Held by you';
    return `Held by ${showReaderName(row.claim.radiologistName)} since ${showMoment(row.claim.since, now)}`;
  }
  if (row.state === 'ordered') return 'Waiting for images';
  if (row.declined !== undefined) return 'Declined by you';
  if (row.waiting !== undefined) return waitingWords(row.waiting.since, now);
  return row.isHeldBack ? 'Not next for you' : 'Ready';
}

/** "Waiting for site 12 min": its clock stands still. */
function waitingWords(since: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  const time = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `Waiting for site ${time}`;
}

export const CLASS_WORDS = { emergency: 'ED', icu: 'ICU', inpatient: 'Inpatient', outpatient: 'Outpatient' } as const;

/** The site, and where in it the patient is: `Mercy General · ED · Bay 4`. */
export const placeWords = ({ siteName, patientClass, location }: WorklistRow): string =>
  [
    siteName,
    ...(patientClass === undefined ? [] : [CLASS_WORDS[patientClass]]),
    ...(location === undefined ? [] : [location]),
  ].join(' · ');

/** What sets a row apart, each with a word; the whole of it in the row's name. */
export function flagsOf(
  row: WorklistRow,
): readonly { readonly kind: Flag; readonly word: string; readonly whole: string }[] {
  const raised = row.standsAs === undefined ? '' : `, stands as ${priorityWord(row.standsAs)}`;
  return [
    ...(row.isPatientWaiting
      ? [{ kind: 'waiting' as const, word: 'On table', whole: `patient waiting on the table${raised}` }]
      : []),
    ...(row.isEscalated ? [{ kind: 'escalated' as const, word: 'Escalated', whole: `escalated${raised}` }] : []),
    ...(row.standsAs !== undefined && !row.isPatientWaiting && !row.isEscalated
      ? [{ kind: 'raised' as const, word: 'Raised', whole: `stands as ${priorityWord(row.standsAs)}` }]
      : []),
    ...(row.warnings.length > 0
      ? [{ kind: 'warning' as const, word: 'Check order', whole: `warning: ${row.warnings.join('; ')}` }]
      : []),
  ];
}
export type Flag = 'waiting' | 'escalated' | 'raised' | 'warning';

export function opensWords(row: WorklistRow): string {
  if (row.state === 'ordered' && row.instanceCount === undefined) return 'None yet';
  switch (row.opens.kind) {
    case 'now':
      return 'Opens now';
    case 'seconds':
      return `${Math.max(1, Math.round(row.opens.seconds))} s`;
    case 'unknown':
      return row.instanceCount === undefined ? 'Not known' : countOf(row.instanceCount, 'image');
  }
}

/** Begins with the patient's name as shown. */
export function rowName(row: WorklistRow, now: number): string {
  return [
    showPersonName(row.patient.name),
    showAgeAndSex(row.patient.birthDate, row.patient.sex, now),
    row.exam.text,
    priorityWord(row.priority),
    placeWords(row),
    stateWords(row, now),
    ...flagsOf(row).map(({ whole }) => whole),
    ...(row.ineligible.length === 0 ? [] : [`Not for you: ${row.ineligible.join('; ')}`]),
  ].join(', ');
}
