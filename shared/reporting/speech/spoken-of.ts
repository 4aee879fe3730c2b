import { ROMAN } from './labels-en.ts';
import { wordsOfDigits, wordsOfInteger, wordsOfNumber, wordsOfOrdinal } from './number-words.ts';
import { americanSpelling } from './spelling-en.ts';
import { TERMS } from './terms-en.ts';
import { UNITS } from './units-en.ts';

const SAID_TERMS: ReadonlyMap<string, readonly string[]> = new Map(
  TERMS.toReversed().map(([said, written]) => [written.toLowerCase(), said.split(' ')]),
);
const UNIT_BY_SYMBOL: ReadonlyMap<string, readonly [many: string, one: string]> = new Map(
  UNITS.map(({ written, said: [many = written, one = many] }) => [written, [many, one]]),
);
const symbols = [...UNIT_BY_SYMBOL.keys()].toSorted((one, other) => other.length - one.length);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
const SYMBOL = symbols.map(escaped).join('|');

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const MEASURE = new RegExp(
  String.raw`^(${NUMBER})((?:\s?×\s?\d+(?:\.\d+)?)+|-\d+(?:\.\d+)?)?\s?(${SYMBOL})?(?![\p{L}\p{N}])`,
  'u',
);
const LEVEL = /^([CTLS])(\d{1,2})(?:([-–/])([CTLS])?(\d{1,2}))?(?![\p{L}\p{N}])/u;
const TIME = /^(\d{1,2}):(\d\d)(?!\d)/;
const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th)\b/;
const GRADED = /^(\d)([A-Za-z])(?![\p{L}\p{N}])/u;
const CODE = /^([A-Z]{1,3})-?(\d{1,2})(?![\p{L}\p{N}])/u;
const ROMAN_NUMERAL = /^(?:X?I{1,3}|IV|V|VI{0,3}|IX|XI{0,2})(?![\p{L}\p{N}])/u;
const WORD = /^[\p{L}][\p{L}'’]*/u;

const spokenSign = (number: string): readonly string[] =>
  number.startsWith('-') ? ['minus', ...wordsOfNumber(number.slice(1))] : wordsOfNumber(number);

function measureWords([, first = '0', rest = '', symbol]: RegExpExecArray): readonly string[] {
  const tail = rest.startsWith('-')
    ? ['to', ...wordsOfNumber(rest.slice(1))]
    : (rest.match(/\d+(?:\.\d+)?/g) ?? []).flatMap((number) => ['by', ...wordsOfNumber(number)]);
  const unit = symbol === undefined ? undefined : UNIT_BY_SYMBOL.get(symbol);
  const isOne = first === '1' && rest === '';
  const unitWords = unit === undefined ? [] : (isOne ? unit[1] : unit[0]).split(' ');
  return [...spokenSign(first), ...tail, ...unitWords];
}

function levelWords([, region = '', number = '', sign, otherRegion, otherNumber]: RegExpExecArray): readonly string[] {
  const start = [region.toLowerCase(), ...wordsOfInteger(Number(number))];
  if (otherNumber === undefined) return start;
  const end = [(otherRegion ?? region).toLowerCase(), ...wordsOfInteger(Number(otherNumber))];
  return [...start, ...(sign === '/' ? ['slash'] : ['to']), ...end];
}

function timeWords([, hour = '', minute = '']: RegExpExecArray): readonly string[] {
  const lead = hour.length === 2 && hour.startsWith('0') ? ['oh'] : [];
  const minutes =
    minute === '00'
      ? ['hundred', 'hours']
      : minute.startsWith('0')
        ? ['oh', ...wordsOfInteger(Number(minute))]
        : wordsOfInteger(Number(minute));
  return [...lead, ...wordsOfInteger(Number(hour)), ...minutes];
}

const lettersOf = (text: string): readonly string[] =>
  Array.from(text.toLowerCase(), (letter) => (letter === 'a' ? 'a.' : letter));

/** After these, or alone, `II` is a numeral; elsewhere `IV` is the way into a vein. */
const NUMBERED = /\b(?:grade|type|stage|category|nerve|bosniak|schatzker|salter-harris|le fort|level|class)\s*$/i;

/** The recogniser knows the letters a to z alone: `Ménière` is said as meniere; a word of other letters cannot be said. */
function plainLetters(word: string): readonly string[] {
  const plain = word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('’', "'").replaceAll('ß', 'ss');
  return /^[a-z']+$/.test(plain) ? [plain] : [];
}

function wordWords(word: string): readonly string[] {
  const term = SAID_TERMS.get(word.toLowerCase());
  if (term !== undefined) return term.map((part) => (part === 'a' ? 'a.' : part));
  const isAbbreviation = /^[A-Z]{2,5}$/.test(word);
  const isLetter = /^[A-Z]$/.test(word) && word !== 'I' && word !== 'A';
  if (isAbbreviation || isLetter) return lettersOf(word);
  return plainLetters(word.toLowerCase()).map(americanSpelling);
}

/** A term with signs in it (`BI-RADS`, `V/Q`, `T2*`) that stands whole at the start of the text. */
function termAt(text: string): { readonly words: readonly string[]; readonly length: number } | undefined {
  const [whole = ''] = /^[\p{L}\p{N}][\p{L}\p{N}'*/-]*/u.exec(text) ?? [];
  const words = SAID_TERMS.get(whole.toLowerCase());
  return words === undefined ? undefined : { words, length: whole.length };
}

interface Step {
  readonly words: readonly string[];
  readonly length: number;
}

function nextStep(text: string, before: string): Step {
  const whole = termAt(text);
  if (whole !== undefined) return whole;
  const roman = ROMAN_NUMERAL.exec(text);
  const isNumeral = NUMBERED.test(before) || (before.trim() === '' && roman?.[0] === text.trim());
  if (roman !== null && isNumeral)
    return {
      words: wordsOfInteger(
        Math.max(
          0,
          ROMAN.findIndex((numeral) => numeral === roman[0]),
        ),
      ),
      length: roman[0].length,
    };
  const time = TIME.exec(text);
  if (time !== null) return { words: timeWords(time), length: time[0].length };
  const level = LEVEL.exec(text);
  if (level !== null) return { words: levelWords(level), length: level[0].length };
  const ordinal = ORDINAL.exec(text);
  if (ordinal !== null) return { words: wordsOfOrdinal(Number(ordinal[1])), length: ordinal[0].length };
  const graded = GRADED.exec(text);
  const isUnit = graded !== null && UNIT_BY_SYMBOL.has(graded[2] ?? '');
  if (graded !== null && !isUnit)
    return { words: [...wordsOfDigits(graded[1] ?? ''), ...lettersOf(graded[2] ?? '')], length: graded[0].length };
  const measure = MEASURE.exec(text);
  if (measure !== null) return { words: measureWords(measure), length: measure[0].length };
  const code = CODE.exec(text);
  if (code !== null)
    return { words: [...lettersOf(code[1] ?? ''), ...wordsOfInteger(Number(code[2]))], length: code[0].length };
  const word = WORD.exec(text);
  if (word !== null) return { words: wordWords(word[0]), length: word[0].length };
  return { words: [], length: 1 };
}

/**
 * How a written text is said, in the words that the grammar listens for: small letters, American spelling, numbers,
 * units and levels in words, abbreviations letter by letter (`a.` is the letter A). Punctuation is not said.
 */
export const spokenOf = (text: string): readonly string[] => spokenSpans(text).flatMap(({ words }) => words);

/** What of a text is said in one go, and where it stands. */
interface SpokenSpan {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

function spokenSpans(text: string): readonly SpokenSpan[] {
  const spans: SpokenSpan[] = [];
  for (let at = 0; at < text.length;) {
    const { words, length } = nextStep(text.slice(at), text.slice(0, at));
    const end = at + Math.max(1, length);
    spans.push({ words, start: at, end });
    at = end;
  }
  return spans;
}

/** Said words as they stand in a text. A number, a size or a level is found as a whole: words of it that were not said stand around. */
export interface FoundWords {
  readonly start: number;
  readonly end: number;
  readonly wordsBefore: readonly string[];
  readonly wordsAfter: readonly string[];
}

/** Where what was said stands in a text: nearest before the caret, else the first behind it. */
export function findSpoken(text: string, said: readonly string[], caret = text.length): FoundWords | undefined {
  const words = spokenSpans(text).flatMap((span) => span.words.map((word, index) => ({ word, index, span })));
  const places = words.flatMap((first, at): readonly FoundWords[] => {
    const last = words[at + said.length - 1];
    if (last === undefined || !said.every((word, step) => words[at + step]?.word === word)) return [];
    return [
      {
        start: first.span.start,
        end: last.span.end,
        wordsBefore: first.span.words.slice(0, first.index),
        wordsAfter: last.span.words.slice(last.index + 1),
      },
    ];
  });
  if (said.length === 0) return undefined;
  return places.findLast(({ end }) => end <= caret) ?? places[0];
}

/** A unit's symbol as it is said, plural: `mm` → `millimeters`; a symbol that no table holds is spelled out. */
export const spokenUnit = (symbol: string): readonly string[] =>
  UNIT_BY_SYMBOL.get(symbol)?.[0].split(' ') ?? spokenOf(symbol);
