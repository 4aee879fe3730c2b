import type { ContactPoint, Identifier, Patient } from 'fhir/r4';

import type { PersonNumber, PersonTraits } from '../domain/identity.ts';
import { kindOfNumber, traitsOf, US_SOCIAL_SECURITY } from '../domain/person-traits.ts';
import { fhirString } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

const MOTHERS_MAIDEN_NAME = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';
/** Of table 0203. */
const TYPES = { personal: 'NI', insurance: 'MB', record: 'MR' } as const satisfies Record<PersonNumber['kind'], string>;
/** Systems that say what they are without a type. */
const PERSONAL_SYSTEMS: readonly string[] = [US_SOCIAL_SECURITY, 'https://fhir.nhs.uk/Id/nhs-number'];
/** Our own name spaces tell nothing across sites. */
const OUR_SITES = `${SYSTEM.site}:`;

type Traits = Pick<Patient, 'identifier' | 'telecom' | 'address' | 'extension'>;

const identifierOf = ({ kind, issuer, value }: PersonNumber): Identifier => ({
  type: { coding: [{ system: SYSTEM.identifierType, code: TYPES[kind] }] },
  system: issuer,
  value,
});

/** Members of a Patient with what is told now beside what stands there; what a message does not repeat is not taken back. */
export function traitsToFhir(traits: PersonTraits | undefined, base: Traits): Traits {
  const { numbers = [], phones = [], postcodes = [], mothersNames = [] } = traits ?? {};
  const told = numbers.flatMap((number) => {
    const value = fhirString(number.value);
    return value === undefined ? [] : [identifierOf({ ...number, value })];
  });
  const identifier = withNew(base.identifier ?? [], told, ({ system, value }) => `${system ?? ''}|${value ?? ''}`);
  const telecom = withNew(
    base.telecom ?? [],
    phones.map((value): ContactPoint => ({ system: 'phone', value })),
    ({ value }) => value ?? '',
  );
  const address = withNew(
    base.address ?? [],
    postcodes.map((postalCode) => ({ postalCode })),
    ({ postalCode }) => postalCode ?? '',
  );
  const extension = withNew(
    base.extension ?? [],
    mothersNames.map((valueString) => ({ url: MOTHERS_MAIDEN_NAME, valueString })),
    ({ url, valueString }) => `${url}|${valueString ?? ''}`,
  );
  return {
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(address.length === 0 ? {} : { address }),
    ...(extension.length === 0 ? {} : { extension }),
  };
}

function withNew<Item>(held: readonly Item[], told: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const known = new Set(held.map(keyOf));
  return [...held, ...told.filter((item) => !known.has(keyOf(item)))];
}

/** What a Patient of any server says; numbers in name spaces that are only ours are left out. */
export function traitsFromFhir(patient: Patient): PersonTraits | undefined {
  return traitsOf({
    numbers: (patient.identifier ?? []).flatMap(numberFrom),
    phones: (patient.telecom ?? []).flatMap(({ system, value }) =>
      (system === 'phone' || system === 'sms') && value !== undefined ? [value] : [],
    ),
    postcodes: (patient.address ?? []).flatMap(({ postalCode }) => postalCode ?? []),
    mothersNames: (patient.extension ?? []).flatMap(({ url, valueString }) =>
      url === MOTHERS_MAIDEN_NAME ? (valueString ?? []) : [],
    ),
  });
}

function numberFrom({ type, system, value, use }: Identifier): PersonNumber[] {
  if (system === undefined || value === undefined || system.startsWith(OUR_SITES)) return [];
  const codes = (type?.coding ?? []).flatMap(({ code }) => kindOfNumber(code) ?? []);
  const kind = PERSONAL_SYSTEMS.includes(system) ? 'personal' : codes[0];
  // A record number that was given up is still this person's; another number that was is somebody else's or wrong.
  if (kind === undefined || (use === 'old' && kind !== 'record')) return [];
  return [{ kind, issuer: system, value }];
}
