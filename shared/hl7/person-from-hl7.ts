import type { Person } from '../domain/identity.ts';
import type { Sex } from '../domain/patient.ts';
import { traitsOf } from '../domain/person-traits.ts';
import { componentAt, repetitionsAt, valueAt, type Repetition, type Segment } from './message.ts';
import { parseDate } from './timestamp.ts';
import { numberFrom, traitsFromPid } from './traits-from-hl7.ts';

export type PersonFacts = Pick<Person, 'mrn' | 'name' | 'sex' | 'birthDate' | 'issuer' | 'otherNames' | 'traits'>;

/** Characters that structure a PN (PS3.5 6.2.1) cannot stand inside one of its components. */
const pnPart = (text: string | undefined): string => (text ?? '').replace(/[\^=\\\s]+/g, ' ').trim();

/** Joins PN components, dropping empty ones at the end. */
export const personName = (parts: readonly (string | undefined)[]): string =>
  parts.map(pnPart).join('^').replace(/\^+$/, '');

/** XPN (2.A.89): family^given^middle^suffix^prefix to family^given^middle^prefix^suffix. */
const nameFromXpn = (xpn: Repetition): string =>
  personName([1, 2, 3, 5, 4].map((component) => componentAt(xpn, component)));

/**
 * PID-5: the first repetition is the name to use (3.4.2.5), unless it says that it is not. Repetitions marked ideographic or phonetic
 * (XPN-8) become the second and third group of the PN.
 */
function patientName(pid: Segment | undefined): string {
  const names = repetitionsAt(pid, 5).filter((xpn) => componentAt(xpn, 7)?.toUpperCase() !== 'NOUSE');
  const written = (code: string) => names.find((xpn) => componentAt(xpn, 8) === code);
  const first = names.find((xpn) => !['I', 'P'].includes(componentAt(xpn, 8) ?? '') && nameFromXpn(xpn) !== '');
  const groups = [first, written('I'), written('P')].map((xpn) => (xpn === undefined ? '' : nameFromXpn(xpn)));
  return groups.join('=').replace(/=+$/, '');
}

/** Name types (table 0200) under which a patient was or is known besides the name in use: alias, of birth, maiden. */
const OTHER_NAME_TYPES = new Set(['A', 'B', 'M']);

/** PID-5 repetitions that say so, and PID-9. */
const otherNamesOf = (pid: Segment | undefined): string[] =>
  [
    ...repetitionsAt(pid, 5)
      .slice(1)
      .filter((xpn) => OTHER_NAME_TYPES.has(componentAt(xpn, 7)?.toUpperCase() ?? '')),
    ...repetitionsAt(pid, 9),
  ]
    .map(nameFromXpn)
    .filter((name) => name !== '');

/** Identifier types (table 0203) that are not the site's record number. */
const NOT_A_RECORD = new Set(['SS', 'DL', 'AN', 'VN', 'PPN', 'NI', 'XX']);

/** The number, and CX.4 (assigning authority): who gave it. */
function recordNumber(pid: Segment | undefined): { readonly mrn: string; readonly issuer?: string } {
  const listed = repetitionsAt(pid, 3);
  const ofType = (type: string) => listed.find((cx) => componentAt(cx, 5) === type);
  const chosen =
    ofType('MR') ?? ofType('PI') ?? listed.find((cx) => !NOT_A_RECORD.has(componentAt(cx, 5) ?? '')) ?? undefined;
  const mrn = componentAt(chosen, 1);
  if (mrn === undefined) return { mrn: valueAt(pid, 2) ?? valueAt(pid, 4) ?? '' };
  const issuer = componentAt(chosen, 4);
  return { mrn, ...(issuer === undefined ? {} : { issuer }) };
}

function sexFrom(code: string | undefined): Sex {
  switch (code?.toUpperCase()) {
    case 'M':
    case 'F':
    case 'O':
      return code.toUpperCase() as Sex;
    case 'A':
    case 'X':
      return 'O';
    default:
      return 'unknown';
  }
}

/** PID to the patient as this site knows them. Old senders put the number into PID-2 or PID-4. */
export function personFromPid(pid: Segment | undefined): PersonFacts {
  const birthDate = parseDate(valueAt(pid, 7));
  const otherNames = otherNamesOf(pid);
  const traits = traitsFromPid(pid);
  return {
    ...recordNumber(pid),
    name: patientName(pid),
    sex: sexFrom(valueAt(pid, 8)),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(otherNames.length === 0 ? {} : { otherNames }),
    ...(traits === undefined ? {} : { traits }),
  };
}

/** MRG-1 and MRG-7: the number and the name that are given up (3.4.10). */
export function personFromMrg(mrg: Segment): PersonFacts {
  const [chosen] = repetitionsAt(mrg, 1);
  const [name] = repetitionsAt(mrg, 7);
  const issuer = componentAt(chosen, 4);
  const traits =
    chosen === undefined
      ? undefined
      : traitsOf({ numbers: numberFrom(chosen), phones: [], postcodes: [], mothersNames: [] });
  return {
    mrn: componentAt(chosen, 1) ?? '',
    name: name === undefined ? '' : nameFromXpn(name),
    sex: 'unknown',
    ...(issuer === undefined ? {} : { issuer }),
    ...(traits === undefined ? {} : { traits }),
  };
}

/** XCN (2.A.88): id^family^given^middle^suffix^prefix. 2.1 and 2.2 wrote family&given&middle into the second component. */
export function providerFromXcn(
  xcn: Repetition | undefined,
): { readonly id?: string; readonly name: string } | undefined {
  const id = componentAt(xcn, 1);
  const old = xcn?.[1] ?? [];
  const isOld = old.length > 1 && componentAt(xcn, 3) === undefined && old.length <= 3;
  const name = isOld ? personName(old) : personName([2, 3, 4, 6, 5].map((component) => componentAt(xcn, component)));
  if (name === '' && id === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), name: name === '' ? pnPart(id) : name };
}
