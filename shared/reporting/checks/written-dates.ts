const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

const two = (text: string | number): string => String(text).padStart(2, '0');
const fullYear = (text: string): string => (text.length === 2 ? `20${text}` : text);
const monthOf = (word: string): string => two(MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1);

/** Each form of date with the ISO dates, or beginnings of them, that it can mean. */
const FORMS: readonly (readonly [RegExp, (parts: readonly string[]) => string[]])[] = [
  [/\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/g, ([y = '', m = '', d = '']) => [`${y}-${two(m)}-${two(d)}`]],
  [/\b(20\d{2})([01]\d)([0-3]\d)\b/g, ([y = '', m = '', d = '']) => [`${y}-${m}-${d}`]],
  [/(?<![\d/.-])(0?[1-9]|1[0-2])\/((?:19|20)\d{2})\b/g, ([m = '', y = '']) => [`${y}-${two(m)}`]],
  [
    new RegExp(`\\b(\\d{1,2})-${MONTH}-(\\d{4}|\\d{2})\\b`, 'gi'),
    ([d = '', m = '', y = '']) => [`${fullYear(y)}-${monthOf(m)}-${two(d)}`],
  ],
  [
    // Which of the first two is the month depends on where it was written: both readings count.
    /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b/g,
    ([a = '', b = '', y = '']) => [`${fullYear(y)}-${two(a)}-${two(b)}`, `${fullYear(y)}-${two(b)}-${two(a)}`],
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?${MONTH},? (\\d{4})\\b`, 'gi'),
    ([d = '', m = '', y = '']) => [`${y}-${monthOf(m)}-${two(d)}`],
  ],
  [
    new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi'),
    ([m = '', d = '', y = '']) => [`${y}-${monthOf(m)}-${two(d)}`],
  ],
  [
    new RegExp(`(?<!\\d(?:st|nd|rd|th)? )\\b${MONTH},? (\\d{4})\\b`, 'gi'),
    ([m = '', y = '']) => [`${y}-${monthOf(m)}`],
  ],
];

export interface SaidDate {
  readonly quote: string;
  readonly meanings: readonly string[];
}

/** Dates in a text, each with all it can mean. */
export function datesIn(text: string): SaidDate[] {
  return FORMS.flatMap(([pattern, meaningsOf]) =>
    [...text.matchAll(pattern)].map(([quote, ...parts]) => ({ quote, meanings: meaningsOf(parts) })),
  );
}
