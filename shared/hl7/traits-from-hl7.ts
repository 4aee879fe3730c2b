import type { PersonNumber, PersonTraits } from '../domain/identity.ts';
import { kindOfNumber, traitsOf, US_SOCIAL_SECURITY } from '../domain/person-traits.ts';
import { componentAt, repetitionsAt, valueAt, type Repetition, type Segment } from './message.ts';

/** An assigning authority as the address of a name space: its object identifier where it has one, else its name. */
const issuerSystem = (name: string): string => `urn:overread:issuer:${encodeURIComponent(name.trim().toUpperCase())}`;

/** CX-4 is an HD: name space, universal id, its type (2.A.33). */
function issuerOf(cx: Repetition): string | undefined {
  const [name, universalId, type] = cx[3] ?? [];
  if (type === 'ISO' && universalId !== undefined && universalId !== '') return `urn:oid:${universalId}`;
  const said = [name, universalId].find((each) => each !== undefined && each !== '');
  return said === undefined ? undefined : issuerSystem(said);
}

/** FHIR writes this number without dashes (R4, identifier registry); a search finds only what is written alike. */
const plainOf = (issuer: string, value: string): string =>
  issuer === US_SOCIAL_SECURITY ? value.replaceAll('-', '') : value;

/** A number with who gave it; none where either is not told, or its kind says nothing of a person. */
export function numberFrom(cx: Repetition): PersonNumber[] {
  const [value, type] = [componentAt(cx, 1), componentAt(cx, 5)];
  const kind = kindOfNumber(type);
  const issuer = type === 'SS' ? US_SOCIAL_SECURITY : issuerOf(cx);
  return kind === undefined || value === undefined || issuer === undefined
    ? []
    : [{ kind, issuer, value: plainOf(issuer, value) }];
}

/** What PID says that tells people of one name apart (3.4.2): numbers, mother's name, address, phones. */
export function traitsFromPid(pid: Segment | undefined): PersonTraits | undefined {
  const social = valueAt(pid, 19);
  const numbers = [
    ...[...repetitionsAt(pid, 3), ...repetitionsAt(pid, 4)].flatMap(numberFrom),
    ...(social === undefined
      ? []
      : [{ kind: 'personal' as const, issuer: US_SOCIAL_SECURITY, value: plainOf(US_SOCIAL_SECURITY, social) }]),
  ];
  const said = (field: number, component: number) =>
    repetitionsAt(pid, field).flatMap((each) => componentAt(each, component) ?? []);
  // XTN-12 is the whole number as one text; before 2.7 it stood in XTN-1, or in parts (2.A.89).
  const phones = [...repetitionsAt(pid, 13), ...repetitionsAt(pid, 14)].flatMap((xtn) => {
    const parts = [5, 6, 7].map((part) => componentAt(xtn, part) ?? '').join('');
    return componentAt(xtn, 12) ?? componentAt(xtn, 1) ?? (parts === '' ? [] : parts);
  });
  const mothersNames = repetitionsAt(pid, 6).flatMap((xpn) => {
    const name = [1, 2]
      .map((part) => componentAt(xpn, part) ?? '')
      .join('^')
      .replace(/\^+$/, '');
    return name === '' ? [] : [name];
  });
  return traitsOf({ numbers, phones, postcodes: said(11, 5), mothersNames });
}
