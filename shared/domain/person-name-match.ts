/** What comparing two statements of one fact came to. `unknown`: one of them says nothing that could be compared. */
export interface Comparison {
  readonly verdict: 'same' | 'different' | 'unknown';
  /** The rule by which it was decided, in words: the evidence. */
  readonly rule: string;
}

const SAME = (rule: string): Comparison => ({ verdict: 'same', rule });
const DIFFERENT = (rule: string): Comparison => ({ verdict: 'different', rule });
const UNKNOWN = (rule: string): Comparison => ({ verdict: 'unknown', rule });

/** What systems write where they know no name. */
const PLACEHOLDER = /^(?:unknown|unk|anonymous|anonymi[sz]ed|anon|no ?name|not ?given|unidentified|none|n\/?a)$/i;
/** How one family name in two generations is told apart. */
const GENERATION = /^(?:jr|sr|junior|senior|ii|iii|iv|v)$/;
const LETTERS_WITHOUT_MARK: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
/** How letters with a mark are spelled where a keyboard has none. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
/** Written forms of one character that registers use for each other in names. */
const VARIANTS: Readonly<Record<string, string>> = {
  髙: '高',
  﨑: '崎',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  齊: '斉',
  濱: '浜',
  澤: '沢',
  廣: '広',
  嶋: '島',
  瀧: '滝',
  櫻: '桜',
  國: '国',
};

const replaceLetters = (text: string, table: Readonly<Record<string, string>>): string =>
  text.replaceAll(/./gu, (letter) => table[letter] ?? letter);

/** Case, accents and apostrophes do not count. Marks of other scripts do: there they are other sounds. */
const plain = (text: string): string =>
  replaceLetters(
    text
      .normalize('NFKD')
      .replaceAll(/(\p{Script=Latin})[\u0300-\u036F]+/gu, '$1')
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/['’‘`´.]/g, ''),
    { ...LETTERS_WITHOUT_MARK, ...VARIANTS },
  );
const spelledOut = (text: string): string => plain(replaceLetters(text.normalize('NFC').toLowerCase(), SPELLED_OUT));

const wordsOf = (text: string): string[] => text.split(/[\s\-‐-―_,]+/u).filter((word) => word !== '');

/** One component, as it may be spelled. */
interface Part {
  readonly spellings: readonly (readonly string[])[];
}
const partOf = (text: string): Part => ({ spellings: [wordsOf(plain(text)), wordsOf(spelledOut(text))] });
const isEmpty = ({ spellings }: Part): boolean => spellings.every((words) => words.length === 0);

const anySpelling = (
  one: Part,
  other: Part,
  test: (words: readonly string[], otherWords: readonly string[]) => boolean,
): boolean => one.spellings.some((words) => other.spellings.some((otherWords) => test(words, otherWords)));

/** "Smith-Jones", "Smith Jones" and "SmithJones" are one name. */
const isEqual = (one: Part, other: Part): boolean =>
  !isEmpty(one) && anySpelling(one, other, (words, otherWords) => words.join('') === otherWords.join(''));

const isWithin = (words: readonly string[], others: readonly string[]): boolean =>
  words.length > 0 && words.every((word) => others.includes(word));
const isPart = (one: Part, other: Part): boolean =>
  anySpelling(one, other, (words, otherWords) => isWithin(words, otherWords) || isWithin(otherWords, words));

/** The first given name counts; an initial stands for any name that begins with it. */
const isSameGiven = (one: Part, other: Part): boolean =>
  isEqual(one, other) ||
  isPart(one, other) ||
  anySpelling(one, other, ([first = ''], [otherFirst = '']) => {
    if (first === '' || otherFirst === '') return false;
    const isInitial = first.length === 1 || otherFirst.length === 1;
    return first === otherFirst || (isInitial && first[0] === otherFirst[0]);
  });

interface NameParts {
  readonly family: Part;
  readonly given: Part;
  readonly all: Part;
  readonly generation: string | undefined;
  /** Family and given name stand in one component: which is which is not said. */
  readonly isLoose: boolean;
}

/** One component group of a PN: family^given^middle^prefix^suffix (PS3.5 6.2.1.1). "Doe, Jane" in one component counts as two. */
function namePartsOf(group: string): NameParts {
  const components = group.split('^').map((component) => component.trim());
  const [whole = ''] = components;
  const isOne = components.slice(1).every((component) => component === '');
  const comma = isOne ? whole.indexOf(',') : -1;
  const [family = '', given = '', middle = '', , suffix = ''] =
    comma === -1 ? components : [whole.slice(0, comma), whole.slice(comma + 1)];
  const isLoose = isOne && comma === -1 && wordsOf(whole).length > 1;
  const spoken = wordsOf(plain(`${family} ${given} ${suffix}`));
  return {
    family: partOf(withoutGeneration(family)),
    given: partOf(withoutGeneration(`${given} ${middle}`)),
    all: partOf(withoutGeneration(`${family} ${given} ${middle}`)),
    generation: spoken.find((word) => GENERATION.test(word)),
    isLoose,
  };
}

const withoutGeneration = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => !GENERATION.test(plain(word)))
    .join(' ');

const GENERATIONS: Readonly<Record<string, string>> = { junior: 'jr', senior: 'sr' };
const generationOf = (word: string | undefined): string | undefined =>
  word === undefined ? undefined : (GENERATIONS[word] ?? word);

function compareGroups(one: string, other: string): Comparison {
  if (plain(one) === plain(other)) return SAME('same name');
  const [first, second] = [namePartsOf(one), namePartsOf(other)];
  const [generation, otherGeneration] = [generationOf(first.generation), generationOf(second.generation)];
  if (generation !== undefined && otherGeneration !== undefined && generation !== otherGeneration)
    return DIFFERENT('other generation');
  if (first.isLoose || second.isLoose) return compareWords(first.all, second.all);
  const isFamilySame = isEqual(first.family, second.family);
  if (isEmpty(first.given) && isEmpty(second.given) && isFamilySame) return SAME('same name');
  if (isEmpty(first.given) || isEmpty(second.given)) {
    const isKnownElsewhere = isFamilySame || isPart(first.family, second.family) || isPart(first.all, second.all);
    return isKnownElsewhere ? UNKNOWN('given name missing') : DIFFERENT('other family name');
  }
  if (isEmpty(first.family) || isEmpty(second.family)) {
    return isSameGiven(first.given, second.given) ? UNKNOWN('family name missing') : DIFFERENT('other given name');
  }
  const isGivenSame = isSameGiven(first.given, second.given);
  if (isFamilySame && isGivenSame) return SAME('same family and given name');
  if (isEqual(first.family, second.given) && isEqual(first.given, second.family))
    return SAME('family and given name transposed');
  if (isGivenSame && isPart(first.family, second.family)) return SAME('part of a double name');
  return DIFFERENT(isFamilySame ? 'other given name' : 'other family name');
}

/** Family and given name cannot be told apart: all words of the shorter must be among the longer's. */
function compareWords(one: Part, other: Part): Comparison {
  const isSame = isEqual(one, other) || anySpelling(one, other, (a, b) => isTwoWithin(a, b) || isTwoWithin(b, a));
  if (isSame) return SAME('same words');
  return isPart(one, other) ? UNKNOWN('given name missing') : DIFFERENT('other words');
}
const isTwoWithin = (words: readonly string[], others: readonly string[]): boolean =>
  words.length > 1 && isWithin(words, others);

const HAN = /\p{Script=Han}/u;

/** Alphabetic, ideographic and phonetic group (PS3.5 6.2.1.2). Han characters are ideographic wherever they were put. */
function groupsOf(name: string): readonly [string, string, string] {
  const [first = '', second = '', third = ''] = name.split('=').map((group) => group.trim());
  return HAN.test(first) && second === '' ? ['', first, third] : [first, second, third];
}

const isSaid = (group: string): boolean => {
  const words = group.replaceAll(/[\^,]+/g, ' ').trim();
  return (
    /[\p{L}\p{N}]/u.test(words) &&
    !words.split(/\s+/).every((word) => PLACEHOLDER.test(word)) &&
    !PLACEHOLDER.test(words)
  );
};

/**
 * Whether two PN can be one person's. Ideographic groups decide where both have one: one romanisation stands for many names, and one
 * name is romanised in many ways; else the alphabetic groups, else the phonetic ones.
 */
function compareOneName(one: string, other: string): Comparison {
  const [first, second] = [groupsOf(one), groupsOf(other)];
  for (const place of [1, 0, 2] as const) {
    if (isSaid(first[place]) && isSaid(second[place])) return compareGroups(first[place], second[place]);
  }
  const isAnySaid = (groups: readonly string[]) => groups.some(isSaid);
  return UNKNOWN(isAnySaid(first) && isAnySaid(second) ? 'other scripts' : 'no name given');
}

/** Names of one person: the one in use first, then others they are known by (maiden, birth, alias). */
export type KnownNames = readonly string[];

/** By the names in use; another known name (of birth, before marriage) counts when it agrees. */
export function compareNames(one: KnownNames, other: KnownNames): Comparison {
  const inUse = compareOneName(one[0] ?? '', other[0] ?? '');
  if (inUse.verdict !== 'different') return inUse;
  const byAnother = one.some((name) => other.some((known) => compareOneName(name, known).verdict === 'same'));
  return byAnother ? SAME('another known name') : inUse;
}

/** Words of family, given and middle names in the group that decides; one letter alone stands for itself only where it is a whole word. */
const wholeWords = (group: string): { readonly family: Part; readonly given: readonly (readonly string[])[] } => {
  const { family, given } = namePartsOf(group);
  return { family, given: given.spellings };
};
const INITIAL = /^\p{Script=Latin}$/u;

/**
 * Whether two names agree in full: no initial stands for a name, no part of a double family name for the whole, and further given names do not differ where
 * both have some. Twins may differ in nothing else.
 */
export function isFullName(one: string, other: string): boolean {
  if (compareOneName(one, other).verdict !== 'same') return false;
  const [first, second] = [groupsOf(one), groupsOf(other)];
  const place = ([1, 0, 2] as const).find((at) => isSaid(first[at]) && isSaid(second[at]));
  if (place === undefined) return false;
  const [a, b] = [wholeWords(first[place]), wholeWords(second[place])];
  const isWhole = (words: readonly string[]) => words.length > 0 && words.every((word) => !INITIAL.test(word));
  const isGiven = (givenOne: typeof a.given, givenOther: typeof a.given) =>
    givenOne.some((words) =>
      givenOther.some(
        (others) => isWhole(words) && isWhole(others) && (isWithin(words, others) || isWithin(others, words)),
      ),
    );
  if (isEqual(a.family, b.family) && isGiven(a.given, b.given)) return true;
  // Family and given name transposed, as some registries print them.
  return isGiven(a.family.spellings, b.given) && isGiven(a.given, b.family.spellings);
}
