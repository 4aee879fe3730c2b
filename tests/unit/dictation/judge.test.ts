import { describe, expect, it } from 'vitest';

import { judge, type Fit } from '#renderer/dictation/engine/judge.ts';
import { contraries } from '#renderer/dictation/engine/negation.ts';
import { strayMs } from '#renderer/dictation/engine/stray.ts';
import { createLostPieces } from '#renderer/dictation/lost-pieces.ts';

const word = (text: string, startMs: number, endMs: number) => ({ word: text, startMs, endMs, confidence: 0.9 });
const WORDS = [word('pleural', 100, 500), word('effusion', 500, 1000)];
const GOOD: Fit = {
  advantage: 20,
  leastConfidence: 0.9,
  strayMs: 0,
  negationMargin: 700,
  isReduced: false,
  isCutOff: false,
  isSoundLost: false,
};

describe('whether an utterance is understood', () => {
  it('is, where it fits and came whole', () => {
    expect(judge(WORDS, GOOD)).toBe('understood');
    expect(judge(WORDS, { ...GOOD, negationMargin: undefined })).toBe('understood');
  });
  it('is not, where words do not explain what was said', () => {
    expect(judge([], GOOD)).toBe('foreign');
    expect(judge(WORDS, { ...GOOD, advantage: -5 })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD, leastConfidence: 0.2 })).toBe('foreign');
    // What is left of noise can look like words: more is asked for.
    expect(judge(WORDS, { ...GOOD, advantage: 1 })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD, advantage: 2, isReduced: true })).toBe('foreign');
    expect(judge(WORDS, { ...GOOD, strayMs: 900 })).toBe('foreign');
  });
  it('is not, where a “no” may be missing', () => {
    expect(judge(WORDS, { ...GOOD, isCutOff: true })).toBe('cut-off');
    expect(judge(WORDS, { ...GOOD, isSoundLost: true })).toBe('sound-lost');
    expect(judge([], { ...GOOD, isSoundLost: true })).toBe('sound-lost');
    expect(judge(WORDS, { ...GOOD, negationMargin: -20 })).toBe('unsure-negation');
  });
});

describe('the contraries of what was said', () => {
  const ofPhrase = (said: string) =>
    contraries(said.split(' ')).map(({ words, contraries: others }) => [words, ...others].map((row) => row.join(' ')));
  it('have no “no” where there is one, and one where there is none', () => {
    expect(ofPhrase('no acute pulmonary embolism')).toEqual([
      ['no acute pulmonary', 'acute pulmonary', 'a acute pulmonary'],
    ]);
    expect(ofPhrase('acute pulmonary embolism')).toEqual([['acute pulmonary', 'no acute pulmonary']]);
    expect(ofPhrase('there is cardiomegaly')).toContainEqual(['there is cardiomegaly', 'there is no cardiomegaly']);
  });
  it('are not looked for in place of an article', () => {
    expect(ofPhrase('the lungs are clear')).toEqual([['the lungs are clear', 'the lungs are no clear']]);
    expect(ofPhrase('there is a(2) nodule')).toEqual([]);
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
