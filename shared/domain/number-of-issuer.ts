import { compareFact, type Person } from './identity.ts';

type Numbered = Pick<Person, 'mrn' | 'name' | 'sex' | 'birthDate' | 'otherNames' | 'traits'>;

/** Who is known to have given this very number; nobody, where no message said so. */
export const issuersOfNumber = ({ mrn, traits }: Numbered): readonly string[] =>
  (traits?.numbers ?? []).flatMap(({ kind, issuer, value }) => (kind === 'record' && value === mrn ? [issuer] : []));

const shareIssuer = (one: Numbered, other: Numbered): boolean => {
  const issuers = issuersOfNumber(other);
  return issuersOfNumber(one).some((issuer) => issuers.includes(issuer));
};

const contradict = (one: Numbered, other: Numbered): boolean =>
  (['name', 'birth-date'] as const).some((fact) => compareFact(fact, one, other).verdict === 'different');

/** One number, given to two people by two issuers: the issuers are told and differ, and so does name or birth date. One issuer may be written in two ways. */
const isAnother = (one: Numbered, other: Numbered): boolean =>
  issuersOfNumber(one).length > 0 &&
  issuersOfNumber(other).length > 0 &&
  !shareIssuer(one, other) &&
  contradict(one, other);

/**
 * Whose record a number of a site means, among those that bear it there: the one of the same issuer, else the one whom name and birth date do not
 * contradict, else the first that is not known to be somebody else's.
 */
export function holderOfNumber<Held extends Numbered>(told: Numbered, held: readonly Held[]): Held | undefined {
  const possible = held.filter((one) => !isAnother(one, told));
  return (
    possible.find((one) => shareIssuer(one, told)) ?? possible.find((one) => !contradict(one, told)) ?? possible[0]
  );
}
