import { ordinalEnding, readInteger, readDigits, readNumber, readOrdinal } from './number-words.ts';
import { longestAt, phraseTable, type PieceReader } from './piece.ts';
import { readLabelled, readLevel, readRoman, readSpelled, readTypeLetter } from './read-codes-en.ts';
import { dateReader, timeReader } from './read-dates-en.ts';
import { HEADINGS, markReader } from './read-marks-en.ts';
import { readMeasure } from './read-measures-en.ts';
import { NUMBER_LABELS } from './labels-en.ts';
import type { SpeechLocale } from './speech.ts';
import { americanSpelling, spelledFor } from './spelling-en.ts';
import type { SpokenLanguage } from './spoken-language.ts';
import { ABBREVIATED_WORDS, TERMS } from './terms-en.ts';

const TERM_TABLE = phraseTable(TERMS);
const LABEL_TABLE = phraseTable(
  NUMBER_LABELS.flatMap(({ said, written }) => (written === undefined ? [] : [[said, written] as const])),
);

function termReader(locale: SpeechLocale): PieceReader {
  return (words, at) => {
    const label = longestAt(LABEL_TABLE, words, at);
    if (label !== undefined) {
      const link = ['of', 'is'].includes(words[at + label.taken] ?? '') ? 1 : 0;
      if (readInteger(words, at + label.taken + link) !== undefined)
        return { text: label.value, taken: label.taken, kind: 'word' };
    }
    const term = longestAt(TERM_TABLE, words, at);
    if (term === undefined) return undefined;
    const isPlain = term.value === term.value.toLowerCase();
    const text = isPlain
      ? term.value
          .split(/(?=[ -])/)
          .map((part) => spellPart(locale, part))
          .join('')
      : term.value;
    return { text, taken: term.taken, kind: 'word' };
  };
}

const spellPart = (locale: SpeechLocale, part: string): string =>
  /^[ -]/.test(part) ? `${part.charAt(0)}${spelledFor(locale, part.slice(1))}` : spelledFor(locale, part);

/** From the tenth on in figures: `11th rib`. */
const readOrdinalFigure: PieceReader = (words, at) => {
  const ordinal = readOrdinal(words, at);
  const value = Number(ordinal?.text);
  if (ordinal === undefined || value < 10) return undefined;
  return { text: `${value}${ordinalEnding(value)}`, taken: ordinal.taken, kind: 'word' };
};

/**
 * A number that measures nothing: figures from 10 on, and whatever holds a decimal point or figures said one by one;
 * one to nine stay words (`two nodules`), as they are read without doubt.
 */
const readPlainNumber: PieceReader = (words, at) => {
  const number = readNumber(words, at);
  if (number === undefined) return undefined;
  const isSmall = /^\d$/.test(number.text) && !/^\d$/.test(words[at] ?? '');
  if (isSmall && !isListed(words, at)) return undefined;
  return { text: number.text, taken: number.taken, kind: 'number' };
};

/** Beside a slash or a sign figures are figures: `three slash eleven`. */
const isListed = (words: readonly string[], at: number): boolean =>
  ['slash', 'hyphen'].some(
    (mark) =>
      (words[at - 1] === mark && readInteger(words, at - 2) !== undefined) ||
      (words[at + 1] === mark && readInteger(words, at + 2) !== undefined),
  ) || readDigits(words, at, 3) !== undefined;

export function english(locale: SpeechLocale): SpokenLanguage {
  const time = timeReader(locale);
  return {
    normalise: (words) =>
      words
        .flatMap((word) =>
          word
            .toLowerCase()
            .replaceAll('’', "'")
            .split(/(?<=[a-z])-(?=[a-z])|\s+/),
        )
        .filter((word) => word !== '')
        .map(americanSpelling),
    readers: [
      markReader(locale),
      readRoman,
      dateReader(locale),
      termReader(locale),
      readLabelled,
      readTypeLetter,
      readLevel,
      time,
      readMeasure,
      readSpelled,
      readOrdinalFigure,
      readPlainNumber,
    ],
    spell: (word) => (ABBREVIATED_WORDS.has(word) ? word.toUpperCase() : word === 'i' ? 'I' : spelledFor(locale, word)),
    unfinished: new Set(
      (
        'a an the of in at on to for from by with without and or but as is are was were be than that which between ' +
        'into within over under near no may most versus per'
      ).split(' '),
    ),
    headings: HEADINGS,
    capThat: ['cap', 'that'],
    scratchThat: ['scratch', 'that'],
  };
}
