import type { HeardWord } from '#shared/reporting/speech/speech.ts';

/** How well an utterance fits the grammar, and how whole it came. */
export interface Fit {
  /** How much better the grammar explains the sound than any row of phones does. */
  readonly advantage: number;
  /** Of the word that is least sure, 0 to 1. */
  readonly leastConfidence: number;
  /** Something was said beside the words for so long. */
  readonly strayMs: number;
  /** With one “no” more or less it fits about as well. */
  readonly isNegationUnsure: boolean;
  /** A value that was heard, and another that fits about as well: fifteen, fifty. */
  readonly unsureValue: readonly [heard: string, other: string] | undefined;
  /** Of “replace … with …”: the words that are new do not fit their sound by themselves. */
  readonly isReplacingForeign: boolean;
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
  | 'unsure-negation'
  /** Another value fits nearly as well. */
  | 'unsure-value';

/**
 * Thresholds found by trying every second utterance of the bench's (decision 41). Each word more is one more chance to
 * explain anything: what is foreign takes many words.
 */
const LEAST_ADVANTAGE = 300;
const LEAST_ADVANTAGE_A_WORD_MORE = 550;
const LEAST_CONFIDENCE = 0.5;
const LONGEST_STRAY_MS = 200;
/** Below this a word is shown for the reader to look at. */
export const DOUBTFUL_CONFIDENCE = 0.75;

export function judge(words: readonly HeardWord[], fit: Fit): Verdict {
  if (fit.isSoundLost) return 'sound-lost';
  if (words.length === 0) return 'foreign';
  const isFitting =
    fit.advantage >= Math.max(LEAST_ADVANTAGE, LEAST_ADVANTAGE_A_WORD_MORE * (words.length - 1)) &&
    fit.leastConfidence >= LEAST_CONFIDENCE &&
    fit.strayMs <= LONGEST_STRAY_MS &&
    !fit.isReplacingForeign;
  if (!isFitting) return 'foreign';
  if (fit.isNegationUnsure) return 'unsure-negation';
  if (fit.unsureValue !== undefined) return 'unsure-value';
  return fit.isCutOff ? 'cut-off' : 'understood';
}
