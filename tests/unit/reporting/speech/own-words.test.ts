import { describe, expect, it } from 'vitest';

import { startReport, type Template } from '#shared/reporting/report.ts';
import { correctionIn, ownWordTrouble } from '#shared/reporting/speech/own-words.ts';
import { grammarFor } from '#shared/reporting/speech/speech-grammar.ts';
import type { OwnWord, SpeechPlace } from '#shared/reporting/speech/speech.ts';
import { writeSpoken } from '#shared/reporting/speech/spoken-to-written.ts';
import { understand } from '#shared/reporting/speech/understand.ts';

const TEMPLATE: Template = {
  id: 't',
  title: 'T',
  language: 'en',
  modalities: ['MR'],
  bodyParts: ['KNEE'],
  sections: [{ id: 'f', title: 'Findings', role: 'findings', defaultText: '', fields: [] }],
};
const placeWith = (ownWords: readonly OwnWord[]): SpeechPlace => ({
  template: TEMPLATE,
  body: startReport(TEMPLATE),
  sectionId: 'f',
  commands: [],
  macroNames: [],
  before: '',
  ownWords,
});

const OWN: readonly OwnWord[] = [
  { written: 'ferroptosis', said: '' },
  { written: 'DESS-WE', said: 'dess water excitation' },
  { written: 'Ménière', said: '' },
];

describe('a word that the reader taught', () => {
  it('can be said as a finding, a structure and a place, with its phones', () => {
    const place = placeWith(OWN);
    expect(understand('small ferroptosis in the dess water excitation'.split(' '), place)).toEqual({
      kind: 'text',
      text: 'Small ferroptosis in the DESS-WE.',
    });
    expect(understand('ferroptosis is normal'.split(' '), place)).toMatchObject({ text: 'Ferroptosis is normal.' });
    expect(understand(['meniere'], place)).toMatchObject({ text: 'Ménière.' });
    expect(grammarFor(place).words.find(({ word }) => word === 'ferroptosis')?.phones).toMatch(/^F [A-Z ]+ S IH S$/);
    expect(understand('small ferroptosis'.split(' '), placeWith([]))).toBeUndefined();
  });
  it('is written its way where a model heard it among other words', () => {
    const words = 'the nurse saw dess water excitation first'.split(' ');
    expect(writeSpoken(words, { locale: 'en-GB', before: '', ownWords: OWN })).toBe('The nurse saw DESS-WE first.');
  });
  it.each([
    [{ written: 'T2', said: '' }, 'not-letters'],
    [{ written: 'lesion', said: '<b>' }, 'not-letters'],
    [{ written: 'Maplewood sign', said: '' }, 'name'],
    [{ written: 'sign', said: 'maple wood' }, undefined],
    [{ written: 'left', said: 'lift' }, 'value'],
    [{ written: 'nodule', said: 'no dual' }, 'value'],
    [{ written: 'fifty', said: 'fifteen' }, 'value'],
    [{ written: 'nondisplaced', said: 'displaced' }, 'value'],
    [{ written: 'hyperdense', said: 'hypodense' }, 'value'],
    [{ written: 'suprarenal aorta', said: 'infrarenal aorta' }, 'value'],
    [{ written: 'posterior horn', said: 'anterior horn' }, 'value'],
    [{ written: 'non-specific', said: 'nonspecific' }, undefined],
    [{ written: 'thorax', said: 'the' }, 'common'],
    [{ written: 'right middle lobe syndrome', said: '' }, undefined],
  ] as const)('%o is refused as %s', (word, trouble) => {
    expect(ownWordTrouble(word, ['MAPLEWOOD^ANNE'])).toBe(trouble);
  });
});

describe('a correction', () => {
  const dictated = ' Small nodule in the lingula seen.';
  it.each([
    ['Small nodule in the lingular segment seen.', { said: 'lingula', written: 'lingular segment' }],
    ['Heart normal. Small nodule in the lingular seen. No effusion.', { said: 'lingula', written: 'lingular' }],
    ['Small module in the lingula seen.', { said: 'nodule', written: 'module' }],
  ])('of what was heard is found in “%s”', (text, word) => {
    expect(correctionIn(dictated, text, [])).toEqual(word);
  });
  it('of the last words goes to the end of the sentence, of the first from its beginning', () => {
    const lingular = { said: 'lingula', written: 'lingular segment' };
    const now = 'Heart normal. Small nodule in the lingular segment. No effusion.';
    expect(correctionIn('Small nodule in the lingula.', now, [])).toEqual(lingular);
    expect(correctionIn('Small nodule in the lingula', now, [])).toEqual(lingular);
    expect(correctionIn('Nodular in the lung seen.', 'Clear heart. A nodule in the lung seen.', [])).toEqual({
      said: 'nodular',
      written: 'a nodule',
    });
  });
  it('of the first word does not keep the capital of the sentence', () => {
    expect(correctionIn('Feochromocytoma of the adrenal.', 'Pheochromocytoma of the adrenal.', [])).toEqual({
      said: 'feochromocytoma',
      written: 'pheochromocytoma',
    });
  });
  it.each([
    ['as it was dictated', 'Small nodule in the lingula seen. No effusion.'],
    ['gone', 'No effusion.'],
    ['of another meaning', 'Small fracture in the lingula seen.'],
    ['of another value', 'Large nodule in the lingula seen.'],
    ['with a number', 'Small nodule in the lingula2 seen.'],
    ['with a name of the case', 'Small nodule in the Lingham seen.'],
    ['of more than a few words', 'Small nodule in a b c d e f seen.'],
  ])('is none where the text is %s', (_, text) => {
    expect(correctionIn(dictated, text, ['Lingham^Ida'])).toBeUndefined();
  });
});
