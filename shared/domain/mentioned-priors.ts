import { datesIn } from '../reporting/checks/written-dates.ts';
import type { ToldFact } from './notes.ts';
import type { Prior } from './reading-task.ts';

/** An earlier exam that a text speaks of and nobody has given us. */
export interface MentionedPrior {
  /** As written. */
  readonly quote: string;
  /** What the date can mean: ISO dates, or their beginnings. */
  readonly meanings: readonly string[];
  readonly source: string;
}

const COMPARES = /\b(?:compar\w*|prior\w*|previous\w*|last|old|earlier|follow[- ]?up|f\/u|since|vs\.?|versus)\b/i;
const EXAM =
  /\b(?:CTA?|MR[AI]?|PET|US|ultrasound|x-?rays?|CXR|XR|films?|mammogra\w*|exam\w*|stud(?:y|ies)|imaging|scans?|radiographs?)\b/i;

const sentences = (text: string): string[] => text.split(/(?<=[.;!?])\s+|\n/);

/** Dates of exams to compare with that are among neither the known priors nor the reports. Prior reports speak of their own priors. */
export function mentionedPriors(
  reason: string | undefined,
  facts: readonly ToldFact[],
  priors: readonly Pick<Prior, 'date'>[],
): readonly MentionedPrior[] {
  const known = [
    ...priors.map(({ date = '' }) => date),
    ...facts
      .filter(({ kind }) => kind === 'prior-report')
      .flatMap(({ at, label }) => [
        at === undefined ? '' : new Date(at).toISOString().slice(0, 10),
        ...datesIn(label).flatMap(({ meanings }) => meanings),
      ]),
  ].filter((date) => date !== '');
  const isKnown = (meaning: string) => known.some((date) => date.startsWith(meaning) || meaning.startsWith(date));
  const texts = [
    ...(reason === undefined ? [] : [{ text: reason, source: 'Order' }]),
    ...facts.filter(({ kind }) => kind !== 'prior-report' && kind !== 'document' && kind !== 'lab'),
  ];
  const found = texts.flatMap(({ text, source }) =>
    sentences(text)
      .filter((sentence) => COMPARES.test(sentence) && (EXAM.test(sentence) || /\bcompar/i.test(sentence)))
      .flatMap((sentence) => datesIn(sentence))
      .filter(({ meanings }) => !meanings.some(isKnown))
      .map(({ quote, meanings }): MentionedPrior => ({ quote, meanings, source })),
  );
  return [...new Map(found.map((mention) => [mention.meanings.join(), mention])).values()];
}
