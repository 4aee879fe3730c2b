import type { Coding, TaskInput } from 'fhir/r4';

import type { EpochMs } from '../kernel/clock.ts';
import { fhirCode, fhirInstant, fhirString, fhirUri, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';
import { SYSTEM } from './systems.ts';

/** One fact of a Task, coded in our input system; nothing when the fact is missing. */
type Inputs = readonly TaskInput[];

const typed = (code: string): Pick<TaskInput, 'type'> => ({ type: { coding: [{ system: SYSTEM.taskInput, code }] } });

export function textInput(code: string, text: string | undefined): Inputs {
  const valueString = fhirString(text);
  return valueString === undefined ? [] : [{ ...typed(code), valueString }];
}

export function instantInput(code: string, at: EpochMs | undefined): Inputs {
  const valueInstant = fhirInstant(at);
  return valueInstant === undefined ? [] : [{ ...typed(code), valueInstant }];
}

export const countInput = (code: string, count: number | undefined): Inputs =>
  count === undefined || !Number.isInteger(count) ? [] : [{ ...typed(code), valueInteger: count }];

export const flagInput = (code: string, flag: boolean | undefined): Inputs =>
  flag === undefined ? [] : [{ ...typed(code), valueBoolean: flag }];

export function codingInput(code: string, system: string | undefined, value: string | undefined): Inputs {
  const coded = fhirCode(value);
  if (coded === undefined) return [];
  const uri = fhirUri(system);
  return [{ ...typed(code), valueCoding: { ...(uri === undefined ? {} : { system: uri }), code: coded } }];
}

export const identifierInput = (code: string, system: string, value: string): Inputs => [
  { ...typed(code), valueIdentifier: { system, value } },
];

/** The inputs of a Task that are not ours: kept when we write one that another system has added to. */
export const foreignInputs = (inputs: unknown): TaskInput[] =>
  listOf(inputs).filter((input) => codeOfInput(input) === undefined) as TaskInput[];

function codeOfInput(input: unknown): string | undefined {
  for (const coding of listOf(recordOf(recordOf(input)['type'])['coding'])) {
    const { system, code } = recordOf(coding);
    if (system === SYSTEM.taskInput) return textOf(code);
  }
  return undefined;
}

/** Facts of a Task by code. Survives any shape: what is not there or of another type is undefined. */
export interface TaskFacts {
  text(code: string): string | undefined;
  texts(code: string): readonly string[];
  instant(code: string): EpochMs | undefined;
  count(code: string): number | undefined;
  flag(code: string): boolean | undefined;
  coding(code: string): Pick<Coding, 'system' | 'code'> | undefined;
  identifiers(code: string): readonly string[];
  /** References under a code, with their display. */
  references(code: string): readonly Readonly<Record<string, unknown>>[];
}

export function factsOfTask(inputs: unknown): TaskFacts {
  const byCode = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const input of listOf(inputs)) {
    const code = codeOfInput(input);
    if (code === undefined) continue;
    byCode.set(code, [...(byCode.get(code) ?? []), recordOf(input)]);
  }
  const all = (code: string) => byCode.get(code) ?? [];
  const first = (code: string) => all(code)[0] ?? {};
  const texts = (code: string) => all(code).flatMap((input) => textOf(input['valueString']) ?? []);
  return {
    text: (code) => texts(code)[0],
    texts,
    instant: (code) => instantOf(first(code)['valueInstant'] ?? first(code)['valueDateTime']),
    count: (code) => {
      const count = first(code)['valueInteger'];
      return typeof count === 'number' && Number.isInteger(count) ? count : undefined;
    },
    flag: (code) => {
      const flag = first(code)['valueBoolean'];
      return typeof flag === 'boolean' ? flag : undefined;
    },
    coding: (code) => {
      const coding = recordOf(first(code)['valueCoding']);
      const value = textOf(coding['code']);
      const system = textOf(coding['system']);
      return value === undefined ? undefined : { code: value, ...(system === undefined ? {} : { system }) };
    },
    identifiers: (code) => all(code).flatMap((input) => textOf(recordOf(input['valueIdentifier'])['value']) ?? []),
    references: (code) =>
      all(code).flatMap((input) => ('valueReference' in input ? [recordOf(input['valueReference'])] : [])),
  };
}
