import { compareNames, type Comparison } from './person-name-match.ts';
import type { Sex } from './patient.ts';

/** Who a patient is, as one source says. An empty text is nothing said. */
export interface Person {
  /** PS3.5 PN. */
  readonly name: string;
  /** Other names of the person: before marriage, of birth, aliases. */
  readonly otherNames?: readonly string[];
  /** ISO date, or its beginning. */
  readonly birthDate?: string;
  readonly sex: Sex;
  readonly mrn: string;
  /** Who gave the number (HL7 CX.4, DICOM (0010,0021)): one number of two issuers is two numbers. */
  readonly issuer?: string;
  readonly otherNumbers?: readonly { readonly mrn: string; readonly issuer?: string }[];
  readonly traits?: PersonTraits;
}

/** A number of a person within the name space of who gave it. */
export interface PersonNumber {
  /** `personal`: one person for life, such as a national number. `insurance`: may be a family's. `record`: of some registry or hospital. */
  readonly kind: 'personal' | 'insurance' | 'record';
  readonly issuer: string;
  readonly value: string;
}

/** What tells people of one name apart, as far as a site says it. */
export interface PersonTraits {
  readonly numbers?: readonly PersonNumber[];
  readonly phones?: readonly string[];
  readonly postcodes?: readonly string[];
  /** PN of the mother, her maiden name. */
  readonly mothersNames?: readonly string[];
}

export const IDENTITY_FACTS = ['name', 'birth-date', 'sex', 'patient-id'] as const;
export type IdentityFact = (typeof IDENTITY_FACTS)[number];

export const IDENTITY_SOURCES = ['order', 'images', 'notes'] as const;
export type IdentitySource = (typeof IDENTITY_SOURCES)[number];

/** Two sources that cannot both be right about who the patient is. */
export interface IdentityConflict {
  readonly fact: IdentityFact;
  readonly one: { readonly source: IdentitySource; readonly value: string };
  readonly other: { readonly source: IdentitySource; readonly value: string };
  readonly rule: string;
}

/** Somebody has looked at these conflicts and decided. Other or later conflicts are not covered. */
export interface IdentityDecision {
  /** `sent-back`: not this patient, as far as can be told; the site was asked. */
  readonly verdict: 'same-person' | 'sent-back';
  readonly conflicts: readonly string[];
  readonly by: string;
  /** PS3.5 PN. */
  readonly byName: string;
  readonly at: number;
  readonly reason: string;
}

const unknown = (rule: string): Comparison => ({ verdict: 'unknown', rule });
const decided = (isSame: boolean, same: string, different: string): Comparison =>
  isSame ? { verdict: 'same', rule: same } : { verdict: 'different', rule: different };

/** Nobody alive was born then: what registration screens write when they must write something. */
const LAST_PLACEHOLDER_DAY = '1900-01-01';

/** One wrong digit is another date: a person decides whether it was mistyped. A date known to the year compares to the year. */
export function compareBirthDates(one: string | undefined, other: string | undefined): Comparison {
  const [first, second] = [believable(one), believable(other)];
  if (first === '' || second === '') return unknown('no birth date given');
  const length = Math.min(first.length, second.length);
  return decided(first.slice(0, length) === second.slice(0, length), 'same birth date', 'other birth date');
}
const believable = (date = ''): string =>
  /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(date) && date > LAST_PLACEHOLDER_DAY ? date : '';

/** Other and unknown stand beside anything: systems know different sets of words. */
export function compareSexes(one: Sex, other: Sex): Comparison {
  const isSaid = (sex: Sex) => sex === 'M' || sex === 'F';
  if (!isSaid(one) || !isSaid(other)) return unknown('sex not given as male or female');
  return decided(one === other, 'same sex', 'other sex');
}

/** Record numbers as systems pad and write them. */
const plainNumber = (mrn: string): string =>
  mrn
    .trim()
    .toUpperCase()
    .replace(/^0+(?=.)/, '');
const plainIssuer = (issuer = ''): string => issuer.trim().toUpperCase();

type Numbered = Pick<Person, 'mrn' | 'issuer' | 'otherNumbers'>;
const numbersOf = ({ mrn, issuer, otherNumbers = [] }: Numbered) =>
  [{ mrn, issuer }, ...otherNumbers]
    .map((each) => ({ mrn: plainNumber(each.mrn), issuer: plainIssuer(each.issuer) }))
    .filter((each) => each.mrn !== '');

/** Numbers of two issuers say nothing of each other; where one names no issuer it is the site's own. */
export function comparePatientIds(one: Numbered, other: Numbered): Comparison {
  const [first, second] = [numbersOf(one), numbersOf(other)];
  if (first.length === 0 || second.length === 0) return unknown('no patient id given');
  const pairs = first.flatMap((number) => second.map((against) => ({ number, against })));
  const comparable = pairs.filter(
    ({ number, against }) => number.issuer === '' || against.issuer === '' || number.issuer === against.issuer,
  );
  if (comparable.length === 0) return unknown('patient ids of different issuers');
  return decided(
    comparable.some(({ number, against }) => number.mrn === against.mrn),
    'same patient id',
    'other patient id',
  );
}

const COMPARE: Readonly<Record<IdentityFact, (one: Person, other: Person) => Comparison>> = {
  name: (one, other) => compareNames([one.name, ...(one.otherNames ?? [])], [other.name, ...(other.otherNames ?? [])]),
  'birth-date': (one, other) => compareBirthDates(one.birthDate, other.birthDate),
  sex: (one, other) => compareSexes(one.sex, other.sex),
  'patient-id': comparePatientIds,
};

export const compareFact = (fact: IdentityFact, one: Person, other: Person): Comparison => COMPARE[fact](one, other);

const VALUE: Readonly<Record<IdentityFact, (person: Person) => string>> = {
  name: ({ name }) => name,
  'birth-date': ({ birthDate = '' }) => birthDate,
  sex: ({ sex }) => sex,
  'patient-id': ({ mrn, issuer }) => (issuer === undefined ? mrn : `${mrn} (${issuer})`),
};

export interface Statement {
  readonly source: IdentitySource;
  readonly person: Person;
}

/** Every fact in which sources contradict each other, each told against the first that says anything of it. What one of them does not say contradicts nothing. */
export function identityConflicts(statements: readonly Statement[]): readonly IdentityConflict[] {
  const conflicts = IDENTITY_FACTS.flatMap((fact) =>
    statements.flatMap((statement, place): IdentityConflict[] => {
      for (const earlier of statements.slice(0, place)) {
        const { verdict, rule } = compareFact(fact, earlier.person, statement.person);
        if (verdict === 'unknown') continue;
        if (verdict === 'same') return [];
        const side = ({ source, person }: Statement) => ({ source, value: VALUE[fact](person) });
        return [{ fact, one: side(earlier), other: side(statement), rule }];
      }
      return [];
    }),
  );
  return [...new Map(conflicts.map((conflict) => [conflictKey(conflict), conflict])).values()];
}

/** The same contradiction is the same key, so that a decision covers exactly what was looked at. */
export const conflictKey = ({ fact, one, other }: IdentityConflict): string =>
  [fact, one.source, one.value, other.source, other.value].join('|');

/** What keeps a case from being read: nobody has found that it is one person, or the last word was that it is not. */
export const undecided = (
  conflicts: readonly IdentityConflict[],
  decisions: readonly IdentityDecision[] | undefined,
): readonly IdentityConflict[] =>
  conflicts.filter(
    (conflict) =>
      decisions?.findLast((each) => each.conflicts.includes(conflictKey(conflict)))?.verdict !== 'same-person',
  );

/**
 * Whose images may stand under an order, to be decided by a person where facts differ: the number agrees, or cannot be compared, or
 * name and birth date both agree in spite of it. All else is somebody else's study.
 */
export function isPerhapsSamePerson(order: Person, images: Person): boolean {
  if (compareFact('patient-id', order, images).verdict !== 'different') return true;
  const isSame = (fact: IdentityFact) => compareFact(fact, order, images).verdict === 'same';
  return isSame('name') && isSame('birth-date');
}

export const FACT_WORDS: Readonly<Record<IdentityFact, string>> = {
  name: 'name',
  'birth-date': 'birth date',
  sex: 'sex',
  'patient-id': 'patient id',
};
