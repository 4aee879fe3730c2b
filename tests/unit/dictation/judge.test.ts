import { describe, expect, it } from 'vitest';

import { judge } from '#renderer/dictation/engine/judge.ts';
import { networkOf } from '#renderer/dictation/engine/jsgf-network.ts';
import { negationRivals, valueRivals } from '#renderer/dictation/engine/rivals.ts';
import { strayMs } from '#renderer/dictation/engine/stray.ts';
import { createLostPieces } from '#renderer/dictation/lost-pieces.ts';
import { GOOD_FIT } from '#tests/support/good-fit.ts';

const word = (text: string, startMs: number, endMs: number) => ({ word: text, startMs, endMs, confidence: 0.9 });
const WORDS = [word('pleural', 100, 500), word('effusion', 500, 1000)];

describe('whether an utterance is understood', () => {
  it('is, where it fits and came whole', () => {
    expect(judge(WORDS, GOOD_FIT)).toBe('understood');
  });
  it('is not, where words do not explain what was said', () => {
    expect(judge([], GOOD_FIT)).toBe('foreign');
    expect(judge(WORDS, { ...GOOD_FIT, advantage: -5 })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD_FIT, leastConfidence: 0.2 })).toBe('foreign');
    // The more words it takes, the more must speak for them.
    expect(judge(WORDS, { ...GOOD_FIT, advantage: 800 })).toBe('understood');
    expect(judge([...WORDS, word('left', 1000, 1300)], { ...GOOD_FIT, advantage: 800 })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD_FIT, strayMs: 900 })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD_FIT, isReplacingForeign: true })).toBe('foreign');
  });
  it('is not, where a “no” may be missing', () => {
    expect(judge(WORDS, { ...GOOD_FIT, isCutOff: true })).toBe('cut-off');
    expect(judge(WORDS, { ...GOOD_FIT, isSoundLost: true })).toBe('sound-lost');
    expect(judge([], { ...GOOD_FIT, isSoundLost: true })).toBe('sound-lost');
    expect(judge(WORDS, { ...GOOD_FIT, isNegationUnsure: true })).toBe('unsure-negation');
  });
});

describe('what may have been said instead', () => {
  const free = networkOf(
    'grammar test; public <a> = [no | a] <b> | there is [no | a] <b> | <b> left | the lungs are (no | clear)+; <b> = [acute] pulmonary embolism;',
  );
  const negations = (said: string) =>
    negationRivals(said.split(' '), free).map(
      ({ at, isBefore, word }) => `${isBefore ? 'before' : 'for'} ${at}: ${word}`,
    );
  it('is the same without its “no”, or with one', () => {
    expect(negations('no acute pulmonary embolism')).toEqual(['for 0: ', 'for 0: a']);
    expect(negations('acute pulmonary embolism')).toEqual(['before 0: no']);
    expect(negations('there is pulmonary embolism')).toEqual(['before 2: no']);
  });
  it('is no “no” in place of an article, or where the grammar has none', () => {
    expect(negations('the lungs are clear')).toEqual(['before 3: no']);
    expect(negations('there is a(2) pulmonary embolism')).toEqual([]);
    expect(negations('pulmonary embolism left')).toEqual([]);
  });

  const network = networkOf(
    'grammar test; public <a> = measuring (fifteen | fifty | two | to) millimeters | (right | left) lung | fifty percent;',
  );
  const values = [['two', 'fifteen', 'fifty', 'sixty'], ['right', 'left', 'both'], ['millimeters']];
  const others = (said: string) =>
    valueRivals(said.split(' '), network, values).map(({ at, word }) => `for ${at}: ${word}`);
  it('is another value of its group that the grammar allows there', () => {
    expect(others('measuring fifteen(2) millimeters')).toEqual(['for 1: two', 'for 1: fifty']);
    expect(others('left lung')).toEqual(['for 0: right']);
    expect(others('fifty percent')).toEqual([]);
  });
  it('is asked for where two values fit about as well', () => {
    expect(judge(WORDS, { ...GOOD_FIT, unsureValue: ['fifteen', 'fifty'] })).toBe('unsure-value');
    expect(judge(WORDS, { ...GOOD_FIT, advantage: 0, unsureValue: ['fifteen', 'fifty'] })).toBe('foreign');
  });
});

describe('what words leave unexplained', () => {
  const sound = (ms: number, amplitude: number) =>
    Array.from({ length: ms / 10 }, () => new Float32Array(160).fill(amplitude));
  it('is what is as loud as they are and outside of them', () => {
    const whole = [...sound(400, 0.1), ...sound(100, 0.001), ...sound(1000, 0.1), ...sound(300, 0.001)];
    expect(strayMs(whole, [word('effusion', 500, 1500)])).toBe(400);
    expect(strayMs(whole, [word('no', 0, 400), word('effusion', 500, 1500)])).toBe(0);
  });
});

describe('pieces of sound that are missing', () => {
  it('are those of numbers left out, and those the sound system left out', () => {
    const lostBefore = createLostPieces();
    const pieces = [
      { sequence: 7, gap: 0 },
      { sequence: 8, gap: 0 },
      { sequence: 11, gap: 0 },
      { sequence: 12, gap: 256 },
      { sequence: 13, gap: 0 },
    ];
    expect(pieces.map(lostBefore)).toEqual([0, 0, 2, 1, 0]);
  });
});
