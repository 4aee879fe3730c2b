import { datesIn } from './checks/written-dates.ts';

/** Why a text is no date: nothing we know, or one that means different days in different countries. */
export type DateRefusal = 'unknown' | 'ambiguous';

/** A whole date, or a year or a month alone (FHIR `dateTime` without its time): `2024-03-12`, `2024-03`, `2024`. */
const PARTIAL_DATE = /^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

export const isPartialDate = (text: string): boolean => PARTIAL_DATE.test(text) && (text.length < 10 || isDay(text));

const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** `3.2024` and `2024/3`, which only a field for a date makes a date of. */
const monthAlone = (text: string): string =>
  text.replace(/^(\d{1,2})[.-](\d{4})$/, '$1/$2').replace(/^(\d{4})[-/.](\d{1,2})$/, '$2/$1');

/**
 * What was typed or said as a date of the data: `3/2024`, `12 Mar 2024`, `20240312`. A day that could be another one, or a year of two
 * figures, is not guessed.
 */
export function readPartialDate(
  text: string,
): { readonly date: string } | { readonly date: undefined; readonly why: DateRefusal } {
  const words = monthAlone(text.trim());
  if (isPartialDate(words)) return { date: words };
  const whole = /\d{4}/.test(words) ? datesIn(words).filter(({ quote }) => quote === words) : [];
  const meanings = new Set(whole.flatMap((date) => date.meanings).filter(isPartialDate));
  const [date] = meanings;
  if (date === undefined) return { date, why: 'unknown' };
  return meanings.size === 1 ? { date } : { date: undefined, why: 'ambiguous' };
}
