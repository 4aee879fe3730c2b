import { isFilterEmpty, NO_FILTER, type ListFilter } from '#shared/domain/saved-list.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';

import type { WorklistRow } from '../bridge/index.ts';
import { showPersonName, wholeYears } from '../ui/index.ts';

/** What of a row words are looked for in; made once a row, for every key typed asks all of them. */
const texts = new WeakMap<WorklistRow, string>();

function textOf(row: WorklistRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = [
    showPersonName(row.patient.name),
    row.patient.name,
    row.patient.mrn,
    row.accessionNumber,
    row.exam.text,
    row.exam.bodyPart,
    row.siteName,
    row.location,
    row.reason,
  ]
    .join(' ')
    .toLowerCase();
  texts.set(row, text);
  return text;
}

type Test = (row: WorklistRow) => boolean;

interface FilterView {
  readonly now: number;
  readonly showsIneligible: boolean;
}

const isEligible: Test = (row) => row.ineligible.length === 0 || row.mine;

const allTests = (filter: ListFilter, { now, showsIneligible }: FilterView): readonly Test[] => [
  ...(showsIneligible ? [] : [isEligible]),
  ...testsOf(filter, now),
];

/** How many rows a filter shows. */
export function countRows(rows: readonly WorklistRow[], filter: ListFilter, view: FilterView): number {
  const tests = allTests(filter, view);
  if (tests.length === 0) return rows.length;
  return rows.reduce((count, row) => count + Number(tests.every((test) => test(row))), 0);
}

/** The rows that a filter shows, in their order. */
export function filterRows(rows: readonly WorklistRow[], filter: ListFilter, view: FilterView): readonly WorklistRow[] {
  const tests = allTests(filter, view);
  if (tests.length === 0) return rows;
  const searched = { rows, filter, showsIneligible: view.showsIneligible };
  const among = last !== undefined && isNarrower(searched, last) ? last.found : rows;
  const found = among.filter((row) => tests.every((test) => test(row)));
  last = { ...searched, found };
  return found;
}

interface Searched {
  readonly rows: readonly WorklistRow[];
  readonly filter: ListFilter;
  readonly showsIneligible: boolean;
}

let last: (Searched & { readonly found: readonly WorklistRow[] }) | undefined;

/** One more letter can only leave rows out: those that the shorter search has left out need not be asked again. */
const isNarrower = (next: Searched, before: Searched): boolean =>
  next.rows === before.rows &&
  next.showsIneligible === before.showsIneligible &&
  !dependsOnTime(next.filter) &&
  !dependsOnTime(before.filter) &&
  next.filter.words.startsWith(before.filter.words) &&
  FILTER_PARTS.every((part) => next.filter[part] === before.filter[part]);

const FILTER_PARTS = (Object.keys(NO_FILTER) as (keyof ListFilter)[]).filter((part) => part !== 'words');

function testsOf(filter: ListFilter, now: number): readonly Test[] {
  if (isFilterEmpty(filter)) return [];
  const tests: Test[] = [];
  const among = <Value>(values: readonly Value[], of: (row: WorklistRow) => Value | undefined) => {
    if (values.length > 0) tests.push((row) => values.some((value) => value === of(row)));
  };
  if (filter.state !== 'all') tests.push(STATE_TESTS[filter.state]);
  among(filter.siteIds, (row) => row.siteId);
  among(filter.modalities, (row) => row.exam.modality);
  among(filter.priorities, (row) => row.priority);
  among(filter.patientClasses, (row) => row.patientClass);
  if (filter.hasWarnings) tests.push((row) => row.warnings.length > 0);
  tests.push(...timeTests(filter, now));
  const parts = filter.bodyParts.map((part) => part.toLowerCase());
  if (parts.length > 0) {
    tests.push((row) => {
      const text = `${row.exam.bodyPart ?? ''} ${row.exam.text}`.toLowerCase();
      return parts.some((part) => text.includes(part));
    });
  }
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    tests.push((row) => {
      const text = textOf(row);
      return words.every((word) => text.includes(word));
    });
  }
  return tests;
}

function timeTests(filter: ListFilter, now: number): readonly Test[] {
  const { ageFromYears, ageToYears, olderThanMinutes, dueWithinMinutes } = filter;
  const tests: Test[] = [];
  if (ageFromYears !== undefined || ageToYears !== undefined) {
    tests.push((row) => {
      const years = wholeYears(row.patient.birthDate, now);
      return years !== undefined && years >= (ageFromYears ?? 0) && years <= (ageToYears ?? Number.POSITIVE_INFINITY);
    });
  }
  if (olderThanMinutes !== undefined) tests.push((row) => now - row.authoredOn > olderThanMinutes * MINUTE_MS);
  if (dueWithinMinutes !== undefined) {
    tests.push(
      (row) => row.state !== 'completed' && row.dueAt !== undefined && row.dueAt - now <= dueWithinMinutes * MINUTE_MS,
    );
  }
  return tests;
}

const isOpen: Test = ({ state }) => state !== 'completed' && state !== 'cancelled';

const STATE_TESTS: Readonly<Record<Exclude<ListFilter['state'], 'all'>, Test>> = {
  unreported: isOpen,
  here: (row) => isOpen(row) && row.state !== 'ordered',
  held: (row) => row.claim !== undefined,
  mine: (row) => row.mine,
  signed: ({ state }) => state === 'completed',
};

/** Rows come and go on such a list though nothing has changed but the time. */
export const dependsOnTime = ({ ageFromYears, ageToYears, olderThanMinutes, dueWithinMinutes }: ListFilter): boolean =>
  [ageFromYears, ageToYears, olderThanMinutes, dueWithinMinutes].some((value) => value !== undefined);
