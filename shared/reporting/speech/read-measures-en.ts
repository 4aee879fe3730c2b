import { readNumber, type ReadNumber } from './number-words.ts';
import { longestAt, phraseTable, type Piece } from './piece.ts';
import { TIME_UNITS, UNITS, type SpokenUnit } from './units-en.ts';

const UNIT_TABLE = phraseTable(UNITS.flatMap((unit) => unit.said.map((said) => [said, unit] as const)));

const unitAt = (words: readonly string[], at: number) => longestAt(UNIT_TABLE, words, at);

const withUnit = (number: string, unit: SpokenUnit): string =>
  unit.isTight === true ? `${number}${unit.written}` : `${number} ${unit.written}`;

/** Also `minus fifty`; `negative` is a sign only before a number. */
function readSigned(words: readonly string[], at: number): ReadNumber | undefined {
  const isSigned = words[at] === 'minus' || words[at] === 'negative';
  const number = readNumber(words, at + (isSigned ? 1 : 0));
  return number && isSigned ? { text: `-${number.text}`, taken: number.taken + 1 } : number;
}

interface Item {
  readonly number: string;
  readonly unit?: SpokenUnit;
}

/** `two point three by one point four centimeters`: every axis, each with its unit where one was said. */
function readItems(
  words: readonly string[],
  at: number,
  joins: readonly string[],
  most: number,
): { readonly items: readonly Item[]; readonly taken: number } {
  const items: Item[] = [];
  let taken = 0;
  while (items.length < most) {
    const isJoined = items.length > 0;
    if (isJoined && !joins.includes(words[at + taken] ?? '')) break;
    const start = at + taken + (isJoined ? 1 : 0);
    const number = readSigned(words, start);
    if (number === undefined) break;
    const unit = unitAt(words, start + number.taken);
    items.push(unit === undefined ? { number: number.text } : { number: number.text, unit: unit.value });
    taken = start - at + number.taken + (unit?.taken ?? 0);
  }
  return { items, taken };
}

const writeJoined = (items: readonly Item[], join: string, spaced: string): string | undefined => {
  const last = items.at(-1)?.unit;
  const units = new Set(items.flatMap(({ unit }) => unit?.written ?? []));
  if (units.size > 1)
    return items.map(({ number, unit }) => (unit === undefined ? number : withUnit(number, unit))).join(spaced);
  const numbers = items.map(({ number }) => number).join(join);
  return last === undefined ? undefined : withUnit(numbers, last);
};

/** Sizes of two or three axes: `2.3 × 1.4 cm`; without a unit: `2.3 × 1.4`. */
function readSize(words: readonly string[], at: number): Piece | undefined {
  const { items, taken } = readItems(words, at, ['by', 'times', 'x'], 4);
  if (items.length < 2) return undefined;
  const text = writeJoined(items, ' × ', ' × ') ?? items.map(({ number }) => number).join(' × ');
  return { text, taken, kind: 'number' };
}

/** `three to five millimeters` → `3-5 mm`; where a hyphen would mislead (a sign, a change from 3 to 5) the word stays. */
function readRange(words: readonly string[], at: number): Piece | undefined {
  const join = words[at - 1] === 'between' ? 'and' : 'to';
  const { items, taken } = readItems(words, at, [join], 2);
  if (items.length < 2 || items.at(-1)?.unit === undefined) return undefined;
  const isWorded = join === 'and' || words[at - 1] === 'from' || items.some(({ number }) => number.startsWith('-'));
  const text = writeJoined(items, isWorded ? ` ${join} ` : '-', ` ${join} `);
  return text === undefined ? undefined : { text, taken, kind: 'number' };
}

function readSingle(words: readonly string[], at: number): Piece | undefined {
  const number = readSigned(words, at);
  const unit = number && unitAt(words, at + number.taken);
  if (number === undefined || unit === undefined) return undefined;
  return { text: withUnit(number.text, unit.value), taken: number.taken + unit.taken, kind: 'number' };
}

/** `sixty five year old` → `65-year-old`, `three month follow up` → `3-month`, `six to twelve months` → `6-12 months`. */
function readTimeSpan(words: readonly string[], at: number): Piece | undefined {
  const first = readNumber(words, at);
  if (first === undefined) return undefined;
  const isRange = words[at + first.taken] === 'to';
  const second = isRange ? readNumber(words, at + first.taken + 1) : undefined;
  const taken = second === undefined ? first.taken : first.taken + 1 + second.taken;
  const unit = words[at + taken] ?? '';
  if (!TIME_UNITS.has(unit)) return undefined;
  const numbers = second === undefined ? first.text : `${first.text}-${second.text}`;
  const isOne = numbers === '1';
  if (!unit.endsWith('s') && !isOne) {
    const isAge = words[at + taken + 1] === 'old';
    return { text: `${numbers}-${unit}${isAge ? '-old' : ''}`, taken: taken + (isAge ? 2 : 1), kind: 'word' };
  }
  return { text: `${numbers} ${unit}`, taken: taken + 1, kind: 'word' };
}

/** `one hundred twenty over eighty` → `120/80`. */
function readOver(words: readonly string[], at: number): Piece | undefined {
  const upper = readNumber(words, at);
  if (upper === undefined || words[at + upper.taken] !== 'over') return undefined;
  const lower = readNumber(words, at + upper.taken + 1);
  if (lower === undefined) return undefined;
  const taken = upper.taken + 1 + lower.taken;
  const unit = unitAt(words, at + taken);
  const text = `${upper.text}/${lower.text}`;
  return unit === undefined
    ? { text, taken, kind: 'number' }
    : { text: withUnit(text, unit.value), taken: taken + unit.taken, kind: 'number' };
}

/** Whatever a number measures, the longest reading first. */
export function readMeasure(words: readonly string[], at: number): Piece | undefined {
  return (
    readSize(words, at) ??
    readRange(words, at) ??
    readOver(words, at) ??
    readSingle(words, at) ??
    readTimeSpan(words, at)
  );
}
