import type { PersonNumber, PersonTraits } from './identity.ts';

/** Where a national system has a web address of its own (FHIR R4, identifier registry). */
export const US_SOCIAL_SECURITY = 'http://hl7.org/fhir/sid/us-ssn';

const PERSONAL = new Set(['NI', 'SS', 'JHN']);
const INSURANCE = new Set(['HC', 'MA', 'MB', 'MC', 'NH', 'SN']);
const RECORD = new Set(['MR', 'MRT', 'PI', 'PT']);

/** By identifier types of HL7 table 0203; `NN` with a country is that country's number of a person. */
export function kindOfNumber(type: string | undefined): PersonNumber['kind'] | undefined {
  if (type === undefined) return undefined;
  if (PERSONAL.has(type) || /^NN[A-Z]{2,3}$/.test(type)) return 'personal';
  if (INSURANCE.has(type)) return 'insurance';
  return RECORD.has(type) ? 'record' : undefined;
}

/** Without what is not said; undefined when nothing is. */
export function traitsOf({
  numbers,
  phones,
  postcodes,
  mothersNames,
}: Required<PersonTraits>): PersonTraits | undefined {
  const traits: PersonTraits = {
    ...(numbers.length === 0 ? {} : { numbers }),
    ...(phones.length === 0 ? {} : { phones: [...new Set(phones)] }),
    ...(postcodes.length === 0 ? {} : { postcodes: [...new Set(postcodes)] }),
    ...(mothersNames.length === 0 ? {} : { mothersNames: [...new Set(mothersNames)] }),
  };
  return Object.keys(traits).length === 0 ? undefined : traits;
}

/** Of several records that are one person's: what any of them says. */
export const allTraits = (all: readonly (PersonTraits | undefined)[]): PersonTraits | undefined =>
  traitsOf({
    numbers: all.flatMap((each) => each?.numbers ?? []),
    phones: all.flatMap((each) => each?.phones ?? []),
    postcodes: all.flatMap((each) => each?.postcodes ?? []),
    mothersNames: all.flatMap((each) => each?.mothersNames ?? []),
  });
