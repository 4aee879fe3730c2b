import type { Fit } from '#renderer/dictation/engine/judge.ts';

/** Of an utterance that fits its grammar well and came whole. */
export const GOOD_FIT: Fit = {
  advantage: 2400,
  leastConfidence: 0.9,
  strayMs: 0,
  isNegationUnsure: false,
  unsureValue: undefined,
  isReplacingForeign: false,
  isCutOff: false,
  isSoundLost: false,
};
