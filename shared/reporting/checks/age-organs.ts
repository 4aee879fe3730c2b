import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { ageAt, type CheckFacts } from './check-facts.ts';
import { stanceOf } from './negation.ts';
import { sentencesOf } from './sentences.ts';

/** What is seen only within a span of years, generously. */
const SEEN_AT: readonly (readonly [what: RegExp, years: readonly [number, number]])[] = [
  [
    /\b(?:open|unfused|widened) (?:physes|physis|growth plates?)\b|\b(?:physes|growth plates?) (?:are|is) (?:open|unfused|normal)\b|\bossification cent(?:er|re)s?\b/i,
    [0, 25],
  ],
  [/\b(?:anterior|posterior) fontanell?e\b|\bneonatal\b|\bgerminal matrix\b/i, [0, 3]],
  [/\bskeletally immature\b/i, [0, 25]],
  [/\bpre-?(?:menarch\w+|pubert\w+|pubescent)\b/i, [0, 18]],
  [
    /\b(?:age[- ]related|senile|involutional) (?:atrophy|volume loss|changes?|involution)\b|\bpost-?menopausal\b|\bosteoporosis\b|\bprostatic (?:hyperplasia|hypertrophy|enlargement)\b|\bprostate is enlarged\b/i,
    [25, 130],
  ],
  [/\bdegenerative (?:disc|joint) disease\b|\batherosclero\w+/i, [12, 130]],
  [/\b(?:intrauterine|ectopic) pregnancy\b|\bgestational sac\b|\bfetal (?:pole|heart|cardiac)\b|\bgravid\b/i, [9, 60]],
];

/** Findings that do not occur at the patient's age: another patient's text, or a template's. */
export function checkAgeOrgans(facts: CheckFacts, body: ReportBody): Complaint[] {
  const age = ageAt(facts);
  if (age === undefined) return [];
  return sentencesOf(body, ['findings', 'impression']).flatMap(({ section, text }) =>
    SEEN_AT.flatMap(([what, [from, to]]): Complaint[] => {
      const found = what.exec(text);
      if (found === null || (age >= from && age <= to)) return [];
      if (stanceOf(text, found.index, found[0].length) !== 'asserted') return [];
      return [
        {
          code: 'age-organ',
          severity: 'warn',
          section,
          quote: text,
          message: `"${found[0]}", but the patient is ${age} years old.`,
          fix: 'Remove it, or make sure that this is the right patient.',
        },
      ];
    }),
  );
}
