import { beforeEach, describe, expect, it } from 'vitest';

import { useDictation } from '#renderer/dictation/dictation.ts';
import type { Utterance, Verdict } from '#renderer/dictation/engine/index.ts';
import { takeHeard } from '#renderer/dictation/hear.ts';
import { GOOD_FIT } from '#tests/support/good-fit.ts';

const utterance = (verdict: Verdict, more: Partial<Utterance['fit']> = {}): Utterance => ({
  words: ['nodule', 'measuring', 'fifteen', 'millimeters'].map((word, at) => ({
    word,
    startMs: at * 300,
    endMs: at * 300 + 300,
    confidence: 0.9,
  })),
  verdict,
  fit: { ...GOOD_FIT, ...more },
  startMs: 0,
  endMs: 1200,
});
/** What the reader is told. */
function toldOf(said: Utterance): unknown {
  takeHeard({ utterance: said, sound: 1 });
  return useDictation.getState().outcome;
}

describe('what may be wrong in the report is not written, and asked for again', () => {
  beforeEach(() => {
    useDictation.setState({ outcome: undefined });
  });
  it('where two values fit as well, with both named', () => {
    expect(toldOf(utterance('unsure-value', { unsureValue: ['fifteen', 'fifty'] }))).toEqual({
      isUnderstood: false,
      words: 'Not written: “fifteen” or “fifty”? Say it again',
    });
  });
  it.each([
    ['cut-off', 'Not written: the beginning was cut off. Say it again'],
    ['sound-lost', 'Not written: sound was lost. Say it again'],
    ['unsure-negation', 'Not written: said with or without “no”? Say it again'],
  ] as const)('where it is %s', (verdict, words) => {
    expect(toldOf(utterance(verdict))).toEqual({ isUnderstood: false, words });
  });
});
