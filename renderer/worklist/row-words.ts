import type { WorklistRow } from '../bridge/index.ts';
import { priorityWord, showAgeAndSex, showMoment, showPersonName, showReaderName } from '../ui/index.ts';

/** What stands in the row's cells, in words; also what the row is called. */
export function stateWords(row: WorklistRow, now: number): string {
  if (row.state === 'completed') return 'Signed';
  if (row.state === 'cancelled') return 'Cancelled';
  if (row.claim !== undefined) {
    if (row.mine) return 'Held by you';
    return `Held by ${showReaderName(row.claim.radiologistName)} since ${showMoment(row.claim.since, now)}`;
  }
  return row.state === 'ordered' ? 'Waiting for images' : 'Ready';
}

export function opensWords(row: WorklistRow): string {
  if (row.state === 'ordered' && row.instanceCount === undefined) return 'None yet';
  switch (row.opens.kind) {
    case 'now':
      return 'Opens now';
    case 'seconds':
      return `${Math.max(1, Math.round(row.opens.seconds))} s`;
    case 'unknown':
      return row.instanceCount === undefined ? 'Not known' : `${row.instanceCount} images`;
  }
}

/** Begins with the patient's name as shown. */
export function rowName(row: WorklistRow, now: number): string {
  return [
    showPersonName(row.patient.name),
    showAgeAndSex(row.patient.birthDate, row.patient.sex, now),
    row.exam.text,
    priorityWord(row.priority),
    row.siteName,
    stateWords(row, now),
    ...(row.ineligible.length === 0 ? [] : [`Not for you: ${row.ineligible.join('; ')}`]),
  ].join(', ');
}
