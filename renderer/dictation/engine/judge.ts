import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** How well an utterance fits the grammar. */
export interface Fit {
  /** How much better the grammar explains a hundredth of a second than any row of phones does. */
  readonly advantage: number;
  /** Of the word that is least sure, 0 to 1. */
  readonly leastConfidence: number;
}

export type Verdict = 'understood' | 'foreign';

/**
 * Thresholds found by `npm run bench -- speech`. Few words are easily forced onto foreign sound, so that short
 * utterances must fit better.
 */
const LEAST_ADVANTAGE = 8;
const LEAST_CONFIDENCE = 0.6;
/** Below this a word is shown for the reader to look at. */
export const DOUBTFUL_CONFIDENCE = 0.75;

export function judge(words: readonly HeardWord[], fit: Fit): Verdict {
  if (words.length === 0) return 'foreign';
  return fit.advantage >= LEAST_ADVANTAGE && fit.leastConfidence >= LEAST_CONFIDENCE ? 'understood' : 'foreign';
}
