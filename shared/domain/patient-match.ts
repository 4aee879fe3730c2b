import { compareBirthDates, compareSexes, type Person, type PersonNumber, type PersonTraits } from './identity.ts';
import { compareNames, isFullName, type Comparison } from './person-name-match.ts';

/** What may agree or disagree between two records of two name spaces. */
const ITEMS = [
  'personal-number',
  'insurance-number',
  'record-number',
  'full-name',
  'name',
  'birth-date',
  'sex',
  'phone',
  'postcode',
  'mothers-name',
] as const;
type Item = (typeof ITEMS)[number];

/**
 * `certain` is used and says why; `probable` and `suggested` are used only after a reader has looked; `never`: an item that cannot differ in one person
 * differs; `none`: nothing speaks for it.
 */
export const MATCH_STRENGTHS = ['certain', 'probable', 'suggested', 'never', 'none'] as const;
type MatchStrength = (typeof MATCH_STRENGTHS)[number];

export interface PatientMatch {
  readonly strength: MatchStrength;
  /** In words for a reader: what agrees by the rule that decided, or what differs. */
  readonly evidence: readonly string[];
}

/** One rule: all of `all` agree, and one of `oneOf`, where it names some. The first that holds decides. */
interface MatchRule {
  readonly strength: 'certain' | 'probable' | 'suggested';
  readonly all: readonly Item[];
  readonly oneOf?: readonly Item[];
}

/** Items that are told of few people beside the one meant; those of one household are among them, so that none is enough with a name alone. */
const SECOND_ITEMS: readonly Item[] = ['insurance-number', 'record-number', 'phone', 'postcode', 'mothers-name'];

const MATCH_RULES: readonly MatchRule[] = [
  { strength: 'certain', all: ['personal-number', 'name'] },
  { strength: 'certain', all: ['insurance-number', 'full-name', 'birth-date'] },
  { strength: 'probable', all: ['personal-number', 'birth-date'] },
  { strength: 'probable', all: ['full-name', 'birth-date', 'sex'], oneOf: SECOND_ITEMS },
  { strength: 'suggested', all: ['name', 'birth-date'] },
];

/** No two records of one person differ in these. A number of an insurance, a phone and an address do change. */
const STRONG_ITEMS: readonly Item[] = ['personal-number', 'name', 'birth-date', 'sex'];

const same = (rule: string): Comparison => ({ verdict: 'same', rule });
const different = (rule: string): Comparison => ({ verdict: 'different', rule });
const unknown = (rule: string): Comparison => ({ verdict: 'unknown', rule });

type Known = Pick<Person, 'name' | 'otherNames' | 'birthDate' | 'sex' | 'traits'>;

const NUMBER_WORDS: Readonly<Record<PersonNumber['kind'], string>> = {
  personal: 'personal number',
  insurance: 'insurance number',
  record: 'record number',
};
const plainNumber = (value: string): string => value.toUpperCase().replaceAll(/[\s.\-/]/g, '');
/** What is typed where a number must be typed and none is known. */
const isMadeUp = (value: string): boolean =>
  /^(.)\1{3,}$/.test(plainNumber(value)) || plainNumber(value) === '123456789';

/** Only numbers of one issuer are compared. Of two of them one that agrees is enough. */
function compareNumbers(kind: PersonNumber['kind'], one: Known, other: Known): Comparison {
  const of = ({ traits }: Known) =>
    (traits?.numbers ?? []).filter((number) => number.kind === kind && !isMadeUp(number.value));
  const pairs = of(one).flatMap((number) =>
    of(other)
      .filter(({ issuer }) => issuer.toUpperCase() === number.issuer.toUpperCase())
      .map((against) => ({ issuer: number.issuer, isSame: plainNumber(number.value) === plainNumber(against.value) })),
  );
  if (pairs.length === 0) return unknown(`no ${NUMBER_WORDS[kind]} of one issuer`);
  const agreeing = pairs.find(({ isSame }) => isSame);
  return agreeing === undefined
    ? different(`other ${NUMBER_WORDS[kind]}`)
    : same(`same ${NUMBER_WORDS[kind]} of ${issuerWords(agreeing.issuer)}`);
}

/** An issuer as a person may know it: the last part of a name space that is a web address or one of ours. */
function issuerWords(issuer: string): string {
  const known = /^urn:overread:issuer:(.+)$/.exec(issuer)?.[1];
  return known === undefined ? issuer.replace(/^https?:\/\//, '') : decodeURIComponent(known);
}

/** Says nothing where one of them has none, and nothing where they merely differ: people move. */
function compareSaid(
  what: string,
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
  plain: (text: string) => string,
): Comparison {
  const [first, second] = [one, other].map((texts = []) => texts.map(plain).filter((text) => text !== ''));
  return first?.some((text) => second?.includes(text) === true) === true
    ? same(`same ${what}`)
    : unknown(`no ${what} in common`);
}

/** Long enough to be somebody's; country and trunk prefixes are written or not. */
const PHONE_DIGITS = 7;
const plainPhone = (phone: string): string => {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length < PHONE_DIGITS ? '' : digits.slice(-9);
};
const plainPostcode = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '');

function compareMothers(one: PersonTraits | undefined, other: PersonTraits | undefined): Comparison {
  const isSame = (one?.mothersNames ?? []).some((name) =>
    (other?.mothersNames ?? []).some((against) => compareNames([name], [against]).verdict === 'same'),
  );
  return isSame ? same('same mother’s name') : unknown('no mother’s name in common');
}

const COMPARE: Readonly<Record<Item, (one: Known, other: Known) => Comparison>> = {
  'personal-number': (one, other) => compareNumbers('personal', one, other),
  'insurance-number': (one, other) => compareNumbers('insurance', one, other),
  'record-number': (one, other) => compareNumbers('record', one, other),
  'full-name': (one, other) =>
    namesOf(one).some((name) => namesOf(other).some((against) => isFullName(name, against)))
      ? same(compareNames(namesOf(one), namesOf(other)).rule)
      : unknown('names do not agree in full'),
  name: (one, other) => {
    const compared = compareNames(namesOf(one), namesOf(other));
    return compared.verdict === 'different' && !isOneScript(one.name, other.name) ? unknown('other scripts') : compared;
  },
  'birth-date': (one, other) => compareWholeBirthDates(one.birthDate, other.birthDate),
  sex: (one, other) => compareSexes(one.sex, other.sex),
  phone: (one, other) => compareSaid('phone number', one.traits?.phones, other.traits?.phones, plainPhone),
  postcode: (one, other) => compareSaid('postcode', one.traits?.postcodes, other.traits?.postcodes, plainPostcode),
  'mothers-name': (one, other) => compareMothers(one.traits, other.traits),
};

const namesOf = ({ name, otherNames = [] }: Known): readonly string[] => [name, ...otherNames];

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
];
/** One name has many transcriptions: letters of two scripts do not say that it is another. */
const isOneScript = (one: string, other: string): boolean =>
  SCRIPTS.every((script) => script.test(one) === script.test(other));

const WHOLE_DATE = 10;

/** A year that agrees is shared by millions: it speaks for nothing, but another year speaks against. */
function compareWholeBirthDates(one = '', other = ''): Comparison {
  const compared = compareBirthDates(one, other);
  const isWhole = one.length === WHOLE_DATE && other.length === WHOLE_DATE;
  return compared.verdict === 'same' && !isWhole ? unknown('birth date not known to the day') : compared;
}

/** Whether two records of different name spaces are one person's, by rules alone: which one held, and on what. */
export function matchPatients(one: Known, other: Known): PatientMatch {
  const compared = new Map(ITEMS.map((item) => [item, COMPARE[item](one, other)]));
  const against = STRONG_ITEMS.flatMap((item) => {
    const { verdict, rule } = compared.get(item) ?? unknown('');
    return verdict === 'different' ? [rule] : [];
  });
  if (against.length > 0) return { strength: 'never', evidence: against };
  const holds = (item: Item) => compared.get(item)?.verdict === 'same';
  const rule = MATCH_RULES.find(({ all, oneOf }) => all.every(holds) && (oneOf === undefined || oneOf.some(holds)));
  if (rule === undefined) return { strength: 'none', evidence: [] };
  // Name in full and name are one thing to a reader.
  const told = ITEMS.filter((item) => holds(item) && (item !== 'name' || !holds('full-name')));
  return { strength: rule.strength, evidence: told.map((item) => compared.get(item)?.rule ?? '') };
}
