/** What a run of spoken words says as a number: `text` in digits, and how many words it took. */
export interface ReadNumber {
  readonly text: string;
  readonly taken: number;
}

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const ORDINALS = [
  'zeroth',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
];

const VALUES: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.flatMap((word, ten) => (word === '' ? [] : [[word, ten * 10] as const])),
]);
const ORDINAL_VALUES: ReadonlyMap<string, number> = new Map([
  ...ORDINALS.map((word, value) => [word, value] as const),
  ['thirtieth', 30],
]);

const isTens = (word: string | undefined): boolean => word !== undefined && (VALUES.get(word) ?? 0) >= 20;
const digitOf = (word: string | undefined): number | undefined => {
  if (word === 'oh') return 0;
  const value = word === undefined ? undefined : VALUES.get(word);
  return value !== undefined && value < 10 ? value : undefined;
};

/** 0 to 99. */
function readBelowHundred(words: readonly string[], at: number): { value: number; taken: number } | undefined {
  const word = words[at];
  const value = word === undefined ? undefined : VALUES.get(word);
  if (value === undefined) return undefined;
  const next = digitOf(words[at + 1]);
  const isCompound = isTens(word) && next !== undefined && next > 0;
  return isCompound ? { value: value + next, taken: 2 } : { value, taken: 1 };
}

/** 0 to 999: `two hundred`, `one hundred [and] twenty five`. */
function readBelowThousand(words: readonly string[], at: number): { value: number; taken: number } | undefined {
  const first = readBelowHundred(words, at);
  if (first === undefined || words[at + first.taken] !== 'hundred' || first.value === 0) return first;
  const taken = first.taken + 1;
  const skip = words[at + taken] === 'and' ? 1 : 0;
  const rest = readBelowHundred(words, at + taken + skip);
  const isRest = rest !== undefined && rest.value > 0;
  return isRest
    ? { value: first.value * 100 + rest.value, taken: taken + skip + rest.taken }
    : { value: first.value * 100, taken };
}

/** `nineteen ninety eight`, `twenty twenty six`, `twenty oh nine`. */
export function readYear(words: readonly string[], at: number): ReadNumber | undefined {
  const century = words[at] === 'nineteen' ? 19 : words[at] === 'twenty' ? 20 : undefined;
  if (century === undefined) return undefined;
  if (words[at + 1] === 'oh') {
    const digit = digitOf(words[at + 2]);
    return digit === undefined || digit === 0 ? undefined : { text: `${century}0${digit}`, taken: 3 };
  }
  const rest = readBelowHundred(words, at + 1);
  return rest === undefined || rest.value < 10 ? undefined : { text: `${century}${rest.value}`, taken: rest.taken + 1 };
}

/** `three zero four`: figures said one by one, at least `least` of them. */
export function readDigits(words: readonly string[], at: number, least: number): ReadNumber | undefined {
  let text = '';
  for (let next = at; ; next += 1) {
    const digit = digitOf(words[next]);
    if (digit === undefined) break;
    text += String(digit);
  }
  const isBroken = ['hundred', 'thousand'].includes(words[at + text.length] ?? '');
  return text.length < least || isBroken || words[at] === 'oh' ? undefined : { text, taken: text.length };
}

/** A whole number from zero up to 999 999, by words or already in figures. */
export function readInteger(words: readonly string[], at: number): ReadNumber | undefined {
  const word = words[at] ?? '';
  if (/^\d+$/.test(word)) return { text: word, taken: 1 };
  const first = readBelowThousand(words, at);
  if (first === undefined) return undefined;
  if (words[at + first.taken] !== 'thousand') return { text: String(first.value), taken: first.taken };
  const taken = first.taken + 1;
  const skip = words[at + taken] === 'and' ? 1 : 0;
  const rest = readBelowThousand(words, at + taken + skip);
  return rest === undefined || rest.value === 0
    ? { text: String(first.value * 1000), taken }
    : { text: String(first.value * 1000 + rest.value), taken: taken + skip + rest.taken };
}

function readFraction(words: readonly string[], at: number): ReadNumber | undefined {
  const digits = readDigits(words, at, 1);
  if (digits !== undefined) return digits;
  const zeroFirst = words[at] === 'oh' ? readFraction(words, at + 1) : undefined;
  if (words[at] === 'oh') return zeroFirst && { text: `0${zeroFirst.text}`, taken: zeroFirst.taken + 1 };
  return readInteger(words, at);
}

/** Any number that a measurement may hold: `twelve point five`, `point five`, `one and a half`, `12.5`. */
export function readNumber(words: readonly string[], at: number): ReadNumber | undefined {
  if (/^\d+[.]\d+$/.test(words[at] ?? '')) return { text: words[at] ?? '', taken: 1 };
  const whole = words[at] === 'point' ? { text: '0', taken: 0 } : (readDigits(words, at, 3) ?? readInteger(words, at));
  if (whole === undefined) return undefined;
  if (words[at + whole.taken] === 'point') {
    const fraction = readFraction(words, at + whole.taken + 1);
    if (fraction !== undefined)
      return { text: `${whole.text}.${fraction.text}`, taken: whole.taken + 1 + fraction.taken };
    if (whole.taken === 0) return undefined;
  }
  const hasHalf = ['and', 'a', 'half'].every((word, step) => words[at + whole.taken + step] === word);
  return hasHalf ? { text: `${whole.text}.5`, taken: whole.taken + 3 } : whole;
}

/** `eleventh`, `twenty first`. */
export function readOrdinal(words: readonly string[], at: number): ReadNumber | undefined {
  const single = ORDINAL_VALUES.get(words[at] ?? '');
  if (single !== undefined && single > 0) return { text: String(single), taken: 1 };
  if (!isTens(words[at])) return undefined;
  const rest = ORDINAL_VALUES.get(words[at + 1] ?? '');
  if (rest === undefined || rest === 0 || rest > 9) return undefined;
  return { text: String((VALUES.get(words[at] ?? '') ?? 0) + rest), taken: 2 };
}

export const ordinalEnding = (value: number): string => {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
};

/** A whole number below a million in words. */
export function wordsOfInteger(value: number): readonly string[] {
  if (value < 20) return [SMALL[value] ?? 'zero'];
  if (value < 100) {
    const ten = TENS[Math.floor(value / 10)] ?? '';
    return value % 10 === 0 ? [ten] : [ten, SMALL[value % 10] ?? ''];
  }
  const base = value < 1000 ? 100 : 1000;
  const rest = value % base;
  const head = [...wordsOfInteger(Math.floor(value / base)), base === 100 ? 'hundred' : 'thousand'];
  return rest === 0 ? head : [...head, ...wordsOfInteger(rest)];
}

export const wordsOfDigits = (digits: string): readonly string[] =>
  Array.from(digits, (digit) => SMALL[Number(digit)] ?? 'zero');

/** `12.5` as it is said: `twelve point five`. */
export function wordsOfNumber(text: string): readonly string[] {
  const [whole = '', fraction] = text.split('.');
  const isPlain = whole.length <= 6 && (whole === '0' || !whole.startsWith('0'));
  const head = isPlain ? wordsOfInteger(Number(whole)) : wordsOfDigits(whole);
  return fraction === undefined ? head : [...head, 'point', ...wordsOfDigits(fraction)];
}

export const wordsOfOrdinal = (value: number): readonly string[] =>
  value <= 20
    ? [ORDINALS[value] ?? '']
    : value === 30
      ? ['thirtieth']
      : [TENS[Math.floor(value / 10)] ?? '', ORDINALS[value % 10] ?? ''];

/** Every word that may stand in a number. */
export const NUMBER_WORDS = { small: SMALL, tens: TENS.slice(2) } as const;
