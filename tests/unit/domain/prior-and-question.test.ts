import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareWithQuestion } from '#shared/domain/prior-and-question.ts';

describe('an earlier report beside the question of today', () => {
  const report = 'CT abdomen.\nNormal appendix. A 1.5 cm renal mass on the left. No metastases.';

  it('marks the sentences that speak of what is asked, and names what the report says nothing of', () => {
    const compared = compareWithQuestion(report, 'Known renal masses, metastatic? Rule out appendicitis. Fever.');
    expect(compared.sentences.filter(({ isAbout }) => isAbout).map(({ text }) => text.trim())).toEqual([
      'Normal appendix.',
      'A 1.5 cm renal mass on the left.',
      'No metastases.',
    ]);
    expect(compared.spokenOf).toEqual(['renal', 'masses', 'metastatic', 'appendicitis']);
    expect(compared.unspokenOf).toEqual(['fever']);
  });

  it('marks nothing where nothing of the question is in it', () => {
    const { sentences, spokenOf } = compareWithQuestion(report, 'Please compare with prior: stroke?');
    expect(sentences.some(({ isAbout }) => isAbout)).toBe(false);
    expect(spokenOf).toEqual([]);
  });

  it('keeps every character of the report in its place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 40 }), (text, question) => {
        expect(
          compareWithQuestion(text, question)
            .sentences.map((each) => each.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
