import type { WorklistRow } from '../bridge/index.ts';
import { showPersonName } from '../ui/index.ts';

export interface Filters {
  readonly words: string;
  readonly siteId: string;
  readonly modality: string;
  readonly priority: string;
}

export const NO_FILTERS: Filters = { words: '', siteId: '', modality: '', priority: '' };

export const hasFilters = (filters: Filters): boolean => Object.values(filters).some((value) => value.trim() !== '');

/** Every word must occur somewhere in what the row says about the patient, the exam or the site. */
export function filterRows(rows: readonly WorklistRow[], filters: Filters): readonly WorklistRow[] {
  if (!hasFilters(filters)) return rows;
  const words = filters.words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filters.siteId !== '' && row.siteId !== filters.siteId) return false;
    if (filters.modality !== '' && row.exam.modality !== filters.modality) return false;
    if (filters.priority !== '' && row.priority !== filters.priority) return false;
    if (words.length === 0) return true;
    const text = [
      showPersonName(row.patient.name),
      row.patient.name,
      row.patient.mrn,
      row.accessionNumber,
      row.exam.text,
      row.exam.bodyPart,
      row.siteName,
      row.reason,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
