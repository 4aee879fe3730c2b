import { PHONES_A_TO_H } from './phones-a-to-h.ts';
import { PHONES_ALSO } from './phones-also.ts';
import { PHONES_I_TO_Z } from './phones-i-to-z.ts';

const tableOf = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const),
  );
const TABLE = tableOf(`${PHONES_A_TO_H}${PHONES_I_TO_Z}`);
const ALSO = tableOf(PHONES_ALSO);

/** Spellings and the phones they most often stand for in medical English; of several that fit, the longest. `^` is the start of a word, `$` its end. */
const SPELLINGS: readonly (readonly [spelling: string, phones: string])[] = [
  ['^x', 'Z'],
  ['^pn', 'N'],
  ['^ps', 'S'],
  ['^pt', 'T'],
  ['^gn', 'N'],
  ['^kn', 'N'],
  ['^wr', 'R'],
  ['itis$', 'AY T IH S'],
  ['osis$', 'OW S IH S'],
  ['ectomy$', 'EH K T AH M IY'],
  ['ostomy$', 'AA S T AH M IY'],
  ['otomy$', 'AA T AH M IY'],
  ['opathy$', 'AA P AH TH IY'],
  ['ography$', 'AA G R AH F IY'],
  ['ology$', 'AA L AH JH IY'],
  ['oma$', 'OW M AH'],
  ['emia$', 'IY M IY AH'],
  ['eal$', 'IY AH L'],
  ['ial$', 'IY AH L'],
  ['al$', 'AH L'],
  ['ic$', 'IH K'],
  ['ous$', 'AH S'],
  ['us$', 'AH S'],
  ['um$', 'AH M'],
  ['ae$', 'IY'],
  ['tion', 'SH AH N'],
  ['sion', 'ZH AH N'],
  ['ture', 'CH ER'],
  ['ation', 'EY SH AH N'],
  ['able$', 'AH B AH L'],
  ['ible$', 'AH B AH L'],
  ['le$', 'AH L'],
  ['ed$', 'D'],
  ['ted$', 'T IH D'],
  ['ded$', 'D IH D'],
  ['ing$', 'IH NG'],
  ['es$', 'Z'],
  ['ies$', 'IY Z'],
  ['y$', 'IY'],
  ['e$', ''],
  ['^y', 'Y'],
  ['sch', 'SH'],
  ['tch', 'CH'],
  ['ch', 'K'],
  ['sh', 'SH'],
  ['ph', 'F'],
  ['th', 'TH'],
  ['rh', 'R'],
  ['rrh', 'R'],
  ['ck', 'K'],
  ['qu', 'K W'],
  ['ng', 'NG'],
  ['dg', 'JH'],
  ['ee', 'IY'],
  ['ea', 'IY'],
  ['ei', 'AY'],
  ['eu', 'UW'],
  ['ew', 'UW'],
  ['ai', 'EY'],
  ['ay', 'EY'],
  ['au', 'AO'],
  ['aw', 'AO'],
  ['oa', 'OW'],
  ['oi', 'OY'],
  ['oy', 'OY'],
  ['oo', 'UW'],
  ['ou', 'AW'],
  ['ow', 'OW'],
  ['ar', 'AA R'],
  ['er', 'ER'],
  ['ir', 'ER'],
  ['or', 'AO R'],
  ['ur', 'ER'],
  ['ce', 'S EH'],
  ['ci', 'S IH'],
  ['cy', 'S IH'],
  ['ge', 'JH EH'],
  ['gi', 'JH IH'],
  ['gy', 'JH IH'],
  ['a', 'AE'],
  ['a$', 'AH'],
  ['b', 'B'],
  ['c', 'K'],
  ['d', 'D'],
  ['e', 'EH'],
  ['f', 'F'],
  ['g', 'G'],
  ['h', 'HH'],
  ['i', 'IH'],
  ['i$', 'AY'],
  ['j', 'JH'],
  ['k', 'K'],
  ['l', 'L'],
  ['m', 'M'],
  ['n', 'N'],
  ['o', 'AA'],
  ['o$', 'OW'],
  ['p', 'P'],
  ['r', 'R'],
  ['s', 'S'],
  ['t', 'T'],
  ['u', 'AH'],
  ['v', 'V'],
  ['w', 'W'],
  ['x', 'K S'],
  ['y', 'IH'],
  ['z', 'Z'],
];
const LONGEST_FIRST = SPELLINGS.map(([spelling, phones]) => ({
  letters: spelling.replaceAll(/[$^]/g, ''),
  atStart: spelling.startsWith('^'),
  atEnd: spelling.endsWith('$'),
  phones,
})).toSorted((one, other) => other.letters.length - one.letters.length || Number(other.atEnd) - Number(one.atEnd));

const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: 'EY',
  b: 'B IY',
  c: 'S IY',
  d: 'D IY',
  e: 'IY',
  f: 'EH F',
  g: 'JH IY',
  h: 'EY CH',
  i: 'AY',
  j: 'JH EY',
  k: 'K EY',
  l: 'EH L',
  m: 'EH M',
  n: 'EH N',
  o: 'OW',
  p: 'P IY',
  q: 'K Y UW',
  r: 'AA R',
  s: 'EH S',
  t: 'T IY',
  u: 'Y UW',
  v: 'V IY',
  w: 'D AH B AH L Y UW',
  x: 'EH K S',
  y: 'W AY',
  z: 'Z IY',
};

/** How a word that no table holds is most likely said; letter by letter where it has no vowel. */
export function phonesBySpelling(word: string): string {
  const letters = word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
  if (letters === '') return 'AH';
  if (letters.length === 1 || !/[aeiouy]/.test(letters))
    return Array.from(letters, (letter) => LETTER_NAMES[letter] ?? '').join(' ');
  const phones: string[] = [];
  for (let at = 0; at < letters.length;) {
    // Doubled consonants sound once.
    if (at > 0 && letters[at] === letters[at - 1] && /[^aeiou]/.test(letters[at] ?? '')) {
      at += 1;
      continue;
    }
    const rule = LONGEST_FIRST.find(
      ({ letters: spelling, atStart, atEnd }) =>
        letters.startsWith(spelling, at) &&
        (!atStart || at === 0) &&
        (!atEnd || at + spelling.length === letters.length),
    );
    if (rule !== undefined && rule.phones !== '') phones.push(rule.phones);
    at += rule?.letters.length ?? 1;
  }
  return phones.join(' ');
}

const guessed = new Map<string, string>();

/** Phones of a word in ARPABET: from the table of radiology's words, else by its spelling, worked out once a word. */
export function phonesOf(word: string): string {
  const phones = TABLE.get(word) ?? guessed.get(word) ?? phonesBySpelling(word);
  if (!TABLE.has(word)) guessed.set(word, phones);
  return phones;
}

/** Phones of a word that is said in two ways. */
export const otherPhonesOf = (word: string): string | undefined => ALSO.get(word);

/** Whether the phones of a word were written by a person. */
export const hasWrittenPhones = (word: string): boolean => TABLE.has(word);
