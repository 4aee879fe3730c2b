import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readNumber, wordsOfNumber } from '#shared/reporting/speech/number-words.ts';
import type { SpeechLocale } from '#shared/reporting/speech/speech.ts';
import { spokenOf } from '#shared/reporting/speech/spoken-of.ts';
import { writeSpoken } from '#shared/reporting/speech/spoken-to-written.ts';
import { UNITS } from '#shared/reporting/speech/units-en.ts';

const locale = fc.constantFrom<SpeechLocale>('en-US', 'en-GB');
/** A number as a report writes it: no leading zero, at most two decimals, none of them a last zero. */
const number = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom('', '.1', '.5', '.05', '.25', '.99', '.07', '.8'))
  .map(([whole, fraction]) => `${whole}${fraction}`);
const unit = fc.constantFrom(...UNITS);
const written = (spoken: readonly string[], place: SpeechLocale) =>
  writeSpoken(spoken, { locale: place, before: '', isSentence: false });

describe('a word with letters that the recogniser does not know', () => {
  it('is said without its accents, and not at all in another script', () => {
    expect(spokenOf('Ménière disease, Sjögren’s')).toEqual(['meniere', 'disease', "sjogren's"]);
    expect(spokenOf('Straße, Łódź μ')).toEqual(['strasse']);
  });
});

describe('a number', () => {
  it('said in words is read back as it was', () => {
    fc.assert(
      fc.property(number, (text) => {
        const words = wordsOfNumber(text);
        expect(readNumber(words, 0)).toEqual({ text, taken: words.length });
      }),
    );
  });

  it('is said in letters only', () => {
    fc.assert(fc.property(number, (text) => wordsOfNumber(text).every((word) => /^[a-z]+$/.test(word))));
  });
});

describe('a measurement', () => {
  it('comes back from words as it was written, with any unit, in both locales', () => {
    fc.assert(
      fc.property(number, unit, locale, (text, { written: symbol, isTight }, place) => {
        const measured = isTight === true ? `${text}${symbol}` : `${text} ${symbol}`;
        expect(written(spokenOf(measured), place)).toBe(measured);
      }),
      { numRuns: 500 },
    );
  });

  it('of two or three axes comes back', () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 2, maxLength: 3 }),
        fc.constantFrom('mm', 'cm'),
        locale,
        (axes, symbol, place) => {
          const size = `${axes.join(' × ')} ${symbol}`;
          expect(written(spokenOf(size), place)).toBe(size);
        },
      ),
    );
  });

  it('that is a range comes back', () => {
    fc.assert(
      fc.property(number, number, fc.constantFrom('mm', 'cm', 'HU'), locale, (from, to, symbol, place) => {
        expect(written(spokenOf(`${from}-${to} ${symbol}`), place)).toBe(`${from}-${to} ${symbol}`);
      }),
    );
  });

  it('below zero comes back', () => {
    fc.assert(
      fc.property(number, (text) => {
        expect(written(spokenOf(`-${text} HU`), 'en-GB')).toBe(`-${text} HU`);
      }),
    );
  });
});

describe('a vertebral level', () => {
  it('comes back, alone and with its neighbour', () => {
    const vertebra = fc.oneof(
      fc.integer({ min: 1, max: 7 }).map((value) => `C${value}`),
      fc.integer({ min: 1, max: 12 }).map((value) => `T${value}`),
      fc.integer({ min: 1, max: 5 }).map((value) => `L${value}`),
      fc.integer({ min: 1, max: 5 }).map((value) => `S${value}`),
    );
    fc.assert(
      fc.property(vertebra, vertebra, locale, (upper, lower, place) => {
        expect(written(spokenOf(upper), place)).toBe(upper);
        expect(written(spokenOf(`${upper}-${lower}`), place)).toBe(`${upper}-${lower}`);
      }),
    );
  });
});

describe('what is written', () => {
  it.each([
    ['12.5 mm', 'twelve point five millimeters'],
    ['2.3 × 1.4 cm', 'two point three by one point four centimeters'],
    ['1 mm', 'one millimeter'],
    ['-10 HU', 'minus ten hounsfield units'],
    ['T12-L1', 't twelve to l one'],
    ['L4-L5', 'l four to l five'],
    ['L5/S1', 'l five slash s one'],
    ['CT of the chest.', 'c t of the chest'],
    ['ACL', 'a. c l'],
    ['BI-RADS 4A', 'bi rads four a.'],
    ['TR4', 't r four'],
    ['LR-5', 'l r five'],
    ['M1', 'm one'],
    ['grade II', 'grade two'],
    ['IV', 'four'],
    ['after IV contrast', 'after i v contrast'],
    ['haemorrhage', 'hemorrhage'],
    ['bucket-handle tear', 'bucket handle tear'],
    ['T2*', 't two star'],
    ['SUVmax', 's u v max'],
    ['50 to 69 %', 'fifty to sixty nine percent'],
    ['14:30', 'fourteen thirty'],
    ['08:15', 'oh eight fifteen'],
    ['V/Q', 'v q'],
    ['4a', 'four a.'],
    ['present (DWI-FLAIR match)', 'present d w i flair match'],
    ['11th rib', 'eleventh rib'],
    ["Murphy's sign", "murphy's sign"],
  ])('%j is said "%s"', (text, words) => {
    expect(spokenOf(text).join(' ')).toBe(words);
  });
});
