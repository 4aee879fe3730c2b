import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** How well an utterance fits the grammar, and how whole it came. */
export interface Fit {
  /** How much better the grammar explains a hundredth of a second than any row of phones does. */
  readonly advantage: number;
  /** Of the word that is least sure, 0 to 1. */
  readonly leastConfidence: number;
  /** Something was said beside the words for so long. */
  readonly strayMs: number;
  /** How much better the words fit than with one “no” more or less; absent where that cannot be told. */
  readonly negationMargin: number | undefined;
  /** The room's noise was taken out of it. */
  readonly isReduced: boolean;
  /** It was being said already when it was first listened to. */
  readonly isCutOff: boolean;
  /** Some of its sound never came. */
  readonly isSoundLost: boolean;
}

export type Verdict =
  | 'understood'
  | 'foreign'
  /** Its beginning was not heard: a “no” may be missing. */
  | 'cut-off'
  | 'sound-lost'
  /** With or without “no” fits nearly as well. */
  | 'unsure-negation';

/** Thresholds found by trying the bench's utterances with other voices than it uses for each (decision 39). */
const LEAST_ADVANTAGE = { reduced: 4, asHeard: 1.5 };
const LEAST_CONFIDENCE = 0.6;
const LONGEST_STRAY_MS = 200;
const LEAST_NEGATION_MARGIN = 100;
/** Below this a word is shown for the reader to look at. */
export const DOUBTFUL_CONFIDENCE = 0.75;

export function judge(words: readonly HeardWord[], fit: Fit): Verdict {
  if (fit.isSoundLost) return 'sound-lost';
  if (words.length === 0) return 'foreign';
  const isFitting =
    fit.advantage >= LEAST_ADVANTAGE[fit.isReduced ? 'reduced' : 'asHeard'] &&
    fit.leastConfidence >= LEAST_CONFIDENCE &&
    fit.strayMs <= LONGEST_STRAY_MS;
  if (!isFitting) return 'foreign';
  if ((fit.negationMargin ?? Infinity) < LEAST_NEGATION_MARGIN) return 'unsure-negation';
  return fit.isCutOff ? 'cut-off' : 'understood';
}
