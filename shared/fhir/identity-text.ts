import type { IdentityDecision, Person } from '../domain/identity.ts';
import type { Sex } from '../domain/patient.ts';
import { listOf, recordOf, textOf } from './fhir-text.ts';

type Json = Readonly<Record<string, unknown>>;

function parsed(text: string): Json {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

const SEXES: readonly Sex[] = ['M', 'F', 'O', 'unknown'];
const textsIn = (value: unknown): string[] => listOf(value).flatMap((each) => textOf(each) ?? []);

/** Keys in a fixed order, so that the same fact is always the same text. */
export const personAsText = ({ name, otherNames, birthDate, sex, mrn, issuer, otherNumbers }: Person): string =>
  JSON.stringify({ name, otherNames, birthDate, sex, mrn, issuer, otherNumbers });

type Numbers = NonNullable<Person['otherNumbers']>;

function numberFrom(value: unknown): Numbers {
  const { mrn, issuer } = recordOf(value);
  const [number, of] = [textOf(mrn), textOf(issuer)];
  return number === undefined ? [] : [{ mrn: number, ...(of === undefined ? {} : { issuer: of }) }];
}

/** Empty for a text that is not one of ours. */
export const otherNumberFromText = (text: string): Numbers => numberFrom(parsed(text));

/** Undefined for a text that is not one of ours. */
export function personFromText(text: string): Person | undefined {
  const json = parsed(text);
  const sex = SEXES.find((known) => known === json['sex']);
  if (sex === undefined) return undefined;
  const otherNames = textsIn(json['otherNames']);
  const [birthDate, issuer] = [textOf(json['birthDate']), textOf(json['issuer'])];
  const otherNumbers = listOf(json['otherNumbers']).flatMap(numberFrom);
  return {
    name: textOf(json['name']) ?? '',
    sex,
    mrn: textOf(json['mrn']) ?? '',
    ...(otherNames.length === 0 ? {} : { otherNames }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(otherNumbers.length === 0 ? {} : { otherNumbers }),
  };
}

export const identityDecisionAsText = ({ verdict, conflicts, by, byName, at, reason }: IdentityDecision): string =>
  JSON.stringify({ verdict, conflicts, by, byName, at, reason });

/** Undefined for a text that is not one of ours. */
export function identityDecisionFromText(text: string): IdentityDecision | undefined {
  const json = parsed(text);
  const by = textOf(json['by']);
  const { at, verdict } = json;
  if (by === undefined || typeof at !== 'number' || (verdict !== 'same-person' && verdict !== 'sent-back'))
    return undefined;
  const conflicts = textsIn(json['conflicts']);
  return { verdict, conflicts, by, byName: textOf(json['byName']) ?? by, at, reason: textOf(json['reason']) ?? '' };
}
