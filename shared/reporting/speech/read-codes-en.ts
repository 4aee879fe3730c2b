import { NUMBER_LABELS, ROMAN, ROMAN_AFTER, ROMAN_AFTER_LETTERS, ROMAN_BEFORE, type NumberLabel } from './labels-en.ts';
import { readDigits, readInteger, readNumber, type ReadNumber } from './number-words.ts';
import { longestAt, phraseTable, type PieceReader } from './piece.ts';
import { ABBREVIATED_WORDS, ABBREVIATIONS } from './terms-en.ts';
import { TIME_UNITS, UNITS } from './units-en.ts';

/** How many vertebrae of a region bear a number; C8 is a nerve root, T13 and L6 are variants. */
const REGIONS: Readonly<Record<string, number>> = { c: 8, t: 13, l: 6, s: 5 };
const FIRST_UNIT_WORDS: ReadonlySet<string> = new Set([
  ...UNITS.flatMap(({ said }) => said.map((phrase) => phrase.split(' ')[0] ?? '')).filter((word) => word.length > 1),
  ...TIME_UNITS,
  'point',
  'hundred',
]);

const letterOf = (word: string | undefined): string | undefined => {
  const letter = word?.replace(/\.$/, '');
  return letter !== undefined && /^[a-z]$/.test(letter) ? letter : undefined;
};

interface Vertebra {
  readonly region: string;
  readonly number: number;
  readonly taken: number;
}

function readVertebra(words: readonly string[], at: number): Vertebra | undefined {
  const region = letterOf(words[at]);
  const last = region === undefined ? undefined : REGIONS[region];
  const number = readInteger(words, at + 1);
  if (region === undefined || last === undefined || number === undefined) return undefined;
  const value = Number(number.text);
  return value >= 1 && value <= last
    ? { region: region.toUpperCase(), number: value, taken: 1 + number.taken }
    : undefined;
}

/** The other end of a level: with its own letter (`l five s one`) or without (`l four five`); never a measured number. */
function readOtherVertebra(words: readonly string[], at: number, { region, number }: Vertebra): Vertebra | undefined {
  const own = readVertebra(words, at);
  if (own !== undefined) return own;
  const bare = readInteger(words, at);
  const last = REGIONS[region.toLowerCase()] ?? 0;
  if (bare === undefined || FIRST_UNIT_WORDS.has(words[at + bare.taken] ?? '')) return undefined;
  const value = Number(bare.text);
  return value > number && value <= last ? { region, number: value, taken: bare.taken } : undefined;
}

/** `t twelve to l one` → `T12-L1`, `l four five` → `L4-L5`, `c five` → `C5`; a spoken slash stays: `L5/S1`. */
export const readLevel: PieceReader = (words, at) => {
  const first = readVertebra(words, at);
  if (first === undefined) return undefined;
  const start = `${first.region}${first.number}`;
  const joinAt = at + first.taken;
  const isJoined = ['to', 'through', 'dash', 'hyphen', 'slash'].includes(words[joinAt] ?? '');
  const other = readOtherVertebra(words, joinAt + (isJoined ? 1 : 0), first);
  if (other === undefined) return { text: start, taken: first.taken, kind: 'word' };
  const sign = words[joinAt] === 'slash' ? '/' : '-';
  const taken = first.taken + (isJoined ? 1 : 0) + other.taken;
  return { text: `${start}${sign}${other.region}${other.number}`, taken, kind: 'word' };
};

/** What may follow a graded letter (`segment four a lesion`), so that the `a` is no article. */
const AFTER_GRADED_LETTER: ReadonlySet<string> = new Set(
  (
    'lesion nodule cyst fracture dissection mass and or of in is with comma period full semicolon ' +
    'low moderate high suspicious new'
  ).split(' '),
);

const LABELS = phraseTable<NumberLabel>(NUMBER_LABELS.map((label) => [label.said, label]));

const isRomanContext = (words: readonly string[], at: number, after: number): boolean =>
  words.slice(Math.max(0, at - 3), at).some((word) => ROMAN_BEFORE.has(word)) ||
  ROMAN_AFTER.has(words[after] ?? '') ||
  (at >= 4 && ROMAN_AFTER_LETTERS.every((letter, step) => letterOf(words[at - 4 + step]) === letter));

const readLabelNumber = (words: readonly string[], at: number): ReadNumber | undefined =>
  readDigits(words, at, 2) ?? readNumber(words, at);

const inNumerals = (number: string, isRoman: boolean): string => (isRoman ? (ROMAN[Number(number)] ?? number) : number);

const LABEL_JOINS: Readonly<Record<string, string>> = { to: '-', through: '-', and: ' and ', plus: ' + ', or: ' or ' };

/** `grade two` → `grade 2`, `series three` → `series 3`, `bi rads four a` → `BI-RADS 4A`; takes the number alone, after its label. */
export const readLabelled: PieceReader = (words, at) => {
  const found = [5, 4, 3, 2, 1].flatMap((back) => {
    const label = longestAt(LABELS, words, at - back);
    const link = label === undefined ? 0 : back - label.taken;
    const isLinked =
      link === 0 || (link === 1 && ['of', 'is', 'number', 'numeral', 'category'].includes(words[at - 1] ?? ''));
    return label !== undefined && link >= 0 && isLinked ? [label.value] : [];
  })[0];
  const first = found && readLabelNumber(words, at);
  if (found === undefined || first === undefined || FIRST_UNIT_WORDS.has(words[at + first.taken] ?? ''))
    return undefined;
  const suffix = (end: number): string => {
    const letter = letterOf(words[end]);
    const isSuffix = letter !== undefined && found.suffix !== undefined && /^[abcfsx]$/.test(letter);
    const isArticle =
      words[end] === 'a' && words[end + 1] !== undefined && !AFTER_GRADED_LETTER.has(words[end + 1] ?? '');
    if (!isSuffix || isArticle) return '';
    return found.suffix === 'upper' ? letter.toUpperCase() : letter;
  };
  let taken = first.taken;
  const firstSuffix = suffix(at + taken);
  taken += firstSuffix === '' ? 0 : 1;
  const isRoman = (end: number) => found.numerals === 'roman' || isRomanContext(words, at - 1, end);
  let text = `${inNumerals(first.text, isRoman(at + taken))}${firstSuffix}`;
  const join = LABEL_JOINS[words[at + taken] ?? ''];
  const second = join === undefined ? undefined : readLabelNumber(words, at + taken + 1);
  if (join !== undefined && second !== undefined && !FIRST_UNIT_WORDS.has(words[at + taken + 1 + second.taken] ?? '')) {
    taken += 1 + second.taken;
    const secondSuffix = suffix(at + taken);
    taken += secondSuffix === '' ? 0 : 1;
    text += `${join}${inNumerals(second.text, isRoman(at + taken))}${secondSuffix}`;
  }
  return { text, taken, kind: 'word' };
};

/** `type a dissection`: a letter that names a class, also where `a` would be the article. */
export const readTypeLetter: PieceReader = (words, at) => {
  const letter = letterOf(words[at]);
  const isNamed = ['type', 'vitamin', 'hepatitis', 'influenza', 'weber', 'group'].includes(words[at - 1] ?? '');
  const isAlone = letterOf(words[at + 1]) === undefined;
  return letter !== undefined && isNamed && isAlone
    ? { text: letter.toUpperCase(), taken: 1, kind: 'word' }
    : undefined;
};

/** `roman numeral four` → `IV`. */
export const readRoman: PieceReader = (words, at) => {
  if (words[at] !== 'roman') return undefined;
  const skip = words[at + 1] === 'numeral' ? 2 : 1;
  const number = readInteger(words, at + skip);
  const roman = number && ROMAN[Number(number.text)];
  return number === undefined || roman === undefined || roman === ''
    ? undefined
    : { text: roman, taken: skip + number.taken, kind: 'word' };
};

/** `r v` → `RV`; a first `a` or `i` is the article or the pronoun unless the letters are a known abbreviation. */
function readLetters(
  words: readonly string[],
  at: number,
): { readonly text: string; readonly taken: number } | undefined {
  let text = '';
  for (let next = at; ; next += 1) {
    const letter = letterOf(words[next]);
    if (letter === undefined) break;
    text += letter;
  }
  if (text.length < 2 && words[at] !== `${text}.`) return undefined;
  const isArticle = words[at] === 'a' || words[at] === 'i';
  // `m r i a` of a mask: a trailing article belongs to what follows.
  const isTrailed = words[at + text.length - 1] === 'a' && words[at + text.length] !== undefined;
  const isKnown = ABBREVIATIONS.has(text) || ABBREVIATED_WORDS.has(text);
  const taken = isTrailed && !isKnown && ABBREVIATED_WORDS.has(text.slice(0, -1)) ? text.length - 1 : text.length;
  if (
    isArticle &&
    !ABBREVIATIONS.has(text.slice(0, taken)) &&
    (taken === 2 || ABBREVIATED_WORDS.has(text.slice(1, taken)))
  )
    return undefined;
  return { text: text.slice(0, taken).toUpperCase(), taken };
}

/** Spelled letters, with a number after them where they make a code: `t r four` → `TR4`, `m one` → `M1`, `l r five` → `LR-5`. */
export const readSpelled: PieceReader = (words, at) => {
  const single = letterOf(words[at]);
  const letters = readLetters(words, at);
  if (letters === undefined && (single === undefined || words[at] === 'a' || words[at] === 'i')) return undefined;
  const { text, taken } = letters ?? { text: (single ?? '').toUpperCase(), taken: 1 };
  const number = readInteger(words, at + taken);
  const isCode =
    number !== undefined &&
    Number(number.text) < 100 &&
    !ABBREVIATED_WORDS.has(text.toLowerCase()) &&
    !FIRST_UNIT_WORDS.has(words[at + taken + number.taken] ?? '');
  if (!isCode) return { text, taken, kind: 'word' };
  return { text: `${text}${text === 'LR' ? '-' : ''}${number.text}`, taken: taken + number.taken, kind: 'word' };
};
