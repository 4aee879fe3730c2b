import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ALL_SCORES, scoresFor } from '#shared/reporting/scores/all-scores.ts';
import {
  askedQuestions,
  resultOf,
  scoreSentence,
  type Score,
  type ScoreAnswers,
} from '#shared/reporting/scores/score.ts';

import { PUBLISHED } from './published-tables.ts';

const scoreOf = (id: string): Score => {
  const score = ALL_SCORES.find((each) => each.id === id);
  if (score === undefined) throw new Error(`no score ${id}`);
  return score;
};

describe('a score', () => {
  it.each(PUBLISHED)('says what is published: $score $answers is $category', ({ score, answers, category, advice }) => {
    const result = resultOf(scoreOf(score), answers);
    expect(result?.category).toBe(category);
    if (advice !== undefined) expect(result?.advice ?? '').toContain(advice);
  });

  it.each(ALL_SCORES)(
    '$id says nothing before it was asked anything, and is told with its edition and source',
    (score) => {
      expect(resultOf(score, {})).toBeUndefined();
      expect(score.version).not.toBe('');
      expect(score.source).toMatch(/\d{4}/);
    },
  );

  it('counts nothing with a number out of its range', () => {
    const answers = { sex: 'male', diameter: 4 };
    expect(resultOf(scoreOf('aorta'), answers)).toBeUndefined();
    expect(resultOf(scoreOf('aorta'), { ...answers, diameter: Number.NaN })).toBeUndefined();
    expect(resultOf(scoreOf('aorta'), { ...answers, diameter: 999 })).toBeUndefined();
  });

  it('does not count an answer to a question that is no longer asked', () => {
    const answers = { kind: 'ground-glass', count: 'one', fits: 'yes', size: 7, core: 9, risk: 'high' };
    expect(resultOf(scoreOf('fleischner'), answers)?.basis).toBe('pure ground-glass; single; mean diameter 7 mm');
  });

  it('stands in the report with edition, category, basis and advice', () => {
    const score = scoreOf('lung-rads');
    const result = resultOf(score, { kind: 'solid', state: 'new', size: 7 });
    expect(scoreSentence(score, result!)).toBe(
      'ACR Lung-RADS (v2022): 4A, suspicious (solid; new; mean diameter 7 mm). Low-dose CT in 3 months; PET/CT may be considered for a solid part of 8 mm or more.',
    );
  });

  it('never fails, whatever is answered', () => {
    const answer = fc.oneof(fc.string(), fc.double(), fc.array(fc.string(), { maxLength: 3 }), fc.constant(undefined));
    fc.assert(
      fc.property(fc.constantFrom(...ALL_SCORES), fc.array(answer, { maxLength: 12 }), (score, given) => {
        const answers: ScoreAnswers = Object.fromEntries(score.questions.map(({ id }, at) => [id, given[at]]));
        const result = resultOf(score, answers);
        if (result !== undefined) expect(scoreSentence(score, result)).not.toMatch(/undefined|NaN/);
      }),
    );
  });

  it('can be answered to its end by what is asked', () => {
    const values = (score: Score): fc.Arbitrary<ScoreAnswers> =>
      fc.record(
        Object.fromEntries(
          score.questions.map((question) => [
            question.id,
            question.kind === 'number'
              ? fc.integer({ min: Math.ceil(question.min), max: Math.floor(question.max) })
              : question.kind === 'choice'
                ? fc.constantFrom(...question.options.map(({ id }) => id))
                : fc.subarray(
                    question.options.map(({ id }) => id),
                    { minLength: 1 },
                  ),
          ]),
        ),
      );
    for (const score of ALL_SCORES)
      fc.assert(
        fc.property(values(score), (answers) => {
          const onlyAsked = Object.fromEntries(askedQuestions(score, answers).map(({ id }) => [id, answers[id]]));
          const [all, asked] = [resultOf(score, answers), resultOf(score, onlyAsked)];
          expect(asked).toEqual(all);
          if (score.id !== 'adrenal-washout') expect(all).toBeDefined();
        }),
        { numRuns: 60 },
      );
  });
});

describe('the scores for an exam', () => {
  it.each([
    [{ text: 'US thyroid', modality: 'US' }, 'ti-rads'],
    [{ text: 'MR prostate with contrast', modality: 'MR' }, 'pi-rads'],
    [{ text: 'Screening mammography', modality: 'MG' }, 'bi-rads'],
    [{ text: 'CT head stroke', modality: 'CT', bodyPart: 'HEAD' }, 'aspects'],
    [{ text: 'CT angiography carotid', modality: 'CT' }, 'nascet'],
  ])('begin with the one that fits: %j', (exam, first) => {
    expect(scoresFor(exam)[0]?.id).toBe(first);
    expect(scoresFor(exam)).toHaveLength(ALL_SCORES.length);
  });
});
