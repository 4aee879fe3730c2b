import type { IndexEntry } from '#electron/hub/ports.ts';

/** What every workstation asks for every few seconds stands in columns of `resource`. */
export const columnsOf = (index: readonly IndexEntry[]) => ({
  status: index.find(({ code }) => code === 'status')?.value ?? null,
  authoredOn: index.find(({ code }) => code === 'authored-on')?.low ?? null,
});

/** The same fact may be found twice, e.g. a given name that is also the text. */
export const distinct = (index: readonly IndexEntry[]): readonly IndexEntry[] => [
  ...new Map(
    index.map((entry) => [JSON.stringify([entry.code, entry.system, entry.value, entry.low, entry.high]), entry]),
  ).values(),
];
