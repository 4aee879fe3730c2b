import type { Complaint } from '../complaint.ts';
import { isPartialDate } from '../partial-date.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf } from './sentences.ts';
import { datesIn } from './written-dates.ts';

const COMPARING = /\b(?:compar\w*|prior|previous\w*|earlier|since|interval|unchanged from)\b/i;
/** The date of something that was done, not of an exam. */
const DONE =
  /\b(?:surg\w+|operat\w+|resect\w+|\w+ectomy|diagnos\w+|treat\w+|therapy|chemo\w*|radiation|placement|placed|implant\w*|transplant\w*|biops\w+|fusion|injur\w+|accident|fall|trauma|repair\w*|bypass|CABG|stent\w*)\b/i;
const NONE =
  /^\s*(?:comparison:?\s*)?(?:none|no (?:prior|previous|relevant prior|comparison)[\w ]*|not available|n\/a|nil)(?: available| for comparison)?\s*\.?\s*$/i;

/** Dates of exams the report compares with must be dates of exams that exist. */
export function checkComparison({ study, order }: CheckFacts, body: ReportBody): Complaint[] {
  const known = study.priors.map((prior) => prior.slice(0, 10));
  const sentences = [
    ...sentencesOf(body, ['comparison']),
    ...sentencesOf(body, ['findings', 'impression']).filter(({ text }) => COMPARING.test(text) && !DONE.test(text)),
  ];
  // A year or a month alone is no date in a sentence, but is one in a field for it.
  const fields = body.sections
    .filter(({ role }) => role === 'comparison')
    .flatMap(({ title, fields: all }) =>
      all
        .filter(({ kind, value }) => kind === 'date' && isPartialDate(value) && value.length < 10)
        .map(({ value }) => ({ section: title, dates: [{ quote: value, meanings: [value] }] })),
    );
  const said = sentences.map(({ section, text }) => ({ section, dates: datesIn(text) }));
  const unknown = [...said, ...fields].flatMap(({ section, dates }) =>
    dates
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
