import type { PatientClass } from './order.ts';
import type { Priority } from './priority.ts';

export const LIST_STATES = ['all', 'unreported', 'here', 'held', 'mine', 'signed'] as const;

/** Which readings a list shows, as data. An empty list or an absent number asks for nothing. */
export interface ListFilter {
  /** Each must occur in what the row says of patient, exam, site or reason. */
  readonly words: string;
  readonly siteIds: readonly string[];
  readonly modalities: readonly string[];
  /** One of these words in the body part or the exam's text. */
  readonly bodyParts: readonly string[];
  readonly priorities: readonly Priority[];
  readonly patientClasses: readonly PatientClass[];
  /** `unreported`: not signed. `here`: unreported, its images have come. `held`: someone reads it now. */
  readonly state: (typeof LIST_STATES)[number];
  /** Whole years, both included. A patient without a birth date fits no age. */
  readonly ageFromYears?: number;
  readonly ageToYears?: number;
  /** Ordered longer ago than this. */
  readonly olderThanMinutes?: number;
  /** Due within this time or overdue; 0: overdue. */
  readonly dueWithinMinutes?: number;
  readonly hasWarnings: boolean;
}

export const NO_FILTER: ListFilter = {
  words: '',
  siteIds: [],
  modalities: [],
  bodyParts: [],
  priorities: [],
  patientClasses: [],
  state: 'all',
  hasWarnings: false,
};

export interface SavedList {
  readonly id: string;
  readonly name: string;
  readonly filter: ListFilter;
}

export const MOST_SAVED_LISTS = 20;

export function isFilterEmpty(filter: ListFilter): boolean {
  if (filter === NO_FILTER) return true;
  return (Object.keys(filter) as (keyof ListFilter)[]).every((key) => {
    const value = filter[key];
    if (Array.isArray(value)) return value.length === 0;
    if (typeof value === 'string') return value.trim() === '' || value === 'all';
    return value === undefined || value === false;
  });
}
