import { describe, expect, it } from 'vitest';

import { writeSpoken } from '#shared/reporting/speech/spoken-to-written.ts';
import { CODE_CASES } from './spoken-cases-codes.ts';
import { NUMBER_CASES } from './spoken-cases-numbers.ts';
import { PROSE_CASES } from './spoken-cases-prose.ts';

const CASES = [...NUMBER_CASES, ...CODE_CASES, ...PROSE_CASES].map(
  ([words, american, british = american]) => [words, american, british] as const,
);
const said = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

describe('spoken words as written', () => {
  it('are looked at in no fewer than 500 cases, each said once', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(500);
    expect(new Set(CASES.map(([words]) => words)).size).toBe(CASES.length);
  });

  it.each(CASES)('"%s" stands as %j in American print', (words, american) => {
    expect(writeSpoken(said(words), { locale: 'en-US', before: '' })).toBe(american);
  });

  it.each(CASES)('"%s" stands as it should in British print', (words, _american, british) => {
    expect(writeSpoken(said(words), { locale: 'en-GB', before: '' })).toBe(british);
  });
});

/** Text left of the caret, what is said, what is added. */
const AT_CARET: readonly (readonly [before: string, said: string, added: string])[] = [
  ['No effusion.', 'no pneumothorax', ' No pneumothorax.'],
  ['No effusion. ', 'no pneumothorax', 'No pneumothorax.'],
  ['No effusion.\n', 'no pneumothorax', 'No pneumothorax.'],
  ['There is a', 'small nodule', ' small nodule.'],
  ['There is a ', 'small nodule', 'small nodule.'],
  ['Small nodule', 'comma stable', ', stable.'],
  ['Small nodule', 'period', '.'],
  ['Small nodule (', 'stable', 'stable.'],
  ['Findings:', 'the lungs are clear', ' the lungs are clear.'],
  ['Findings:\n', 'the lungs are clear', 'The lungs are clear.'],
  ['Normal variant, e.g.', 'azygos lobe', ' azygos lobe.'],
  ['- ', 'no fracture', 'No fracture.'],
  ['Is it acute?', 'probably not', ' Probably not.'],
  ['Stable (2019).', 'no new lesion', ' No new lesion.'],
  ['Nodule of', 'five millimeters', ' 5 mm.'],
  ['Images 4/', 'five five five', '555.'],
  ['No effusion.', 'new line no pneumothorax', '\nNo pneumothorax.'],
  ['No effusion', 'new line no pneumothorax', '\nNo pneumothorax.'],
  ['Grade', 'roman two', ' II.'],
];

describe('spoken words at the caret', () => {
  it.each(AT_CARET)('after %j "%s" adds %j', (before, words, added) => {
    expect(writeSpoken(said(words), { locale: 'en-GB', before })).toBe(added);
  });

  it('set no full stop where the sentence goes on behind the caret', () => {
    const place = { locale: 'en-GB', before: 'There is a', after: ' nodule.' } as const;
    expect(writeSpoken(['small'], place)).toBe(' small');
  });

  it('set a full stop where another sentence begins behind the caret', () => {
    const place = { locale: 'en-GB', before: '', after: ' The heart is normal.' } as const;
    expect(writeSpoken(['no', 'effusion'], place)).toBe('No effusion.');
  });

  it('set neither capital nor full stop in the value of a field', () => {
    const place = { locale: 'en-US', before: '', isSentence: false } as const;
    expect(writeSpoken(['right', 'subclavian', 'picc', 'line'], place)).toBe('right subclavian PICC line');
  });

  it('are the same in figures and hyphens as other engines hand them over', () => {
    const place = { locale: 'en-US', before: '' } as const;
    expect(writeSpoken(['Twenty-five', 'millimeters'], place)).toBe('25 mm.');
    expect(writeSpoken(['3', 'by', '4.5', 'cm'], place)).toBe('3 × 4.5 cm.');
  });
});
