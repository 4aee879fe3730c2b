import { describe, expect, it } from 'vitest';

import { answersPattern, foldWords } from '#renderer/viewer/model/header-words.ts';

const answers = (words: string, pattern: string) => answersPattern(foldWords(words), pattern);

describe('words of a header', () => {
  it.each([
    ['T2_tse_SAG', 't2 tse sag'],
    ['Schädel nativ', 'schadel nativ'],
    ['AxT2 FLAIR', 'ax t2 flair'],
    ['Fuß  rechts/ap', 'fuss rechts ap'],
    ['Abd C+', 'abd c+'],
    ['T2* GRE', 't2 gre'],
  ])('of “%s” are compared as “%s”', (said, folded) => {
    expect(foldWords(said)).toBe(folded);
  });

  it.each([
    ['CT HEAD', 'head', true],
    ['CT OVERHEAD', 'head', false],
    ['Forehead', '*head', true],
    ['T2W_TSE', 't2', false],
    ['T2W_TSE', 't2*', true],
    ['T2 TSE', 't2', true],
    ['T21', 't2', false],
    ['Abd C+ venous', 'c+', true],
    ['頭部単純CT', '頭部', true],
    ['Tête', 'tete', true],
    ['dark fluid', 'dark fluid', true],
    ['darkfluid', 'dark fluid', false],
    ['KNEE', 'knie', false],
  ])('“%s” and the pattern “%s”: %s', (said, pattern, isAnswered) => {
    expect(answers(said, pattern)).toBe(isAnswered);
  });
});
