import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf } from './sentences.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

const two = (text: string | number): string => String(text).padStart(2, '0');
const fullYear = (text: string): string => (text.length === 2 ? `20${text}` : text);
const monthOf = (word: string): string => two(MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1);

/** Each form of date with the ISO dates, or beginnings of them, that it can mean. */
const FORMS: readonly (readonly [RegExp, (parts: readonly string[]) => string[]])[] = [
  [/\b(\d{4})-(\d{2})-(\d{2})\b/g, ([y = '', m = '', d = '']) => [`${y}-${m}-${d}`]],
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

interface SaidDate {
  readonly quote: string;
  readonly meanings: readonly string[];
}

function datesIn(text: string): SaidDate[] {
  return FORMS.flatMap(([pattern, meaningsOf]) =>
    [...text.matchAll(pattern)].map(([quote, ...parts]) => ({ quote, meanings: meaningsOf(parts) })),
  );
}

const COMPARING = /\b(?:compar\w*|prior|previous\w*|earlier|since|interval|unchanged from)\b/i;
const NONE =
  /^\s*(?:comparison:?\s*)?(?:none|no (?:prior|previous|relevant prior|comparison)[\w ]*|not available|n\/a|nil)(?: available| for comparison)?\s*\.?\s*$/i;

/** Dates of exams the report compares with must be dates of exams that exist. */
export function checkComparison({ study, order }: CheckFacts, body: ReportBody): Complaint[] {
  const known = study.priors.map((prior) => prior.slice(0, 10));
  const sentences = [
    ...sentencesOf(body, ['comparison']),
    ...sentencesOf(body, ['findings', 'impression']).filter(({ text }) => COMPARING.test(text)),
  ];
  const unknown = sentences.flatMap(({ section, text }) =>
    datesIn(text)
      .filter(({ meanings }) => !meanings.some((meaning) => known.some((prior) => prior.startsWith(meaning))))
      .map(({ quote }): Complaint => ({
        code: 'comparison-date',
        severity: 'warn',
        section,
        quote,
        message:
          known.length === 0
            ? `No prior exam is known, but the report compares with ${quote}.`
            : `No prior exam of ${quote} is known; known are ${known.toSorted().join(', ')}.`,
        fix: 'Correct the date.',
      })),
  );
  const none = sentences.find(({ role, text }) => role === 'comparison' && NONE.test(text));
  if (none === undefined || known.length === 0) return unknown;
  return [
    ...unknown,
    {
      code: 'comparison-missed',
      severity: 'warn',
      section: none.section,
      quote: none.text,
      message: `The report says there is nothing to compare; prior exams are of ${known.toSorted().join(', ')}.`,
      fix: `Compare with the prior exams of this patient before reporting ${order.exam === '' ? 'this one' : order.exam}.`,
    },
  ];
}
