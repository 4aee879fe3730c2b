import type { Extension } from 'fhir/r4';

import type { EpochMs } from '../kernel/clock.ts';
import { fhirCode, fhirInstant, fhirString, instantOf, listOf, recordOf, textOf } from './fhir-text.ts';

/** Parts of a complex extension (R4 2.4.0.1): each names itself by a plain code, nothing when the fact is missing. */
export const textPart = (url: string, text: string | undefined): Extension[] => {
  const valueString = fhirString(text);
  return valueString === undefined ? [] : [{ url, valueString }];
};
export const codePart = (url: string, code: string | undefined): Extension[] => {
  const valueCode = fhirCode(code);
  return valueCode === undefined ? [] : [{ url, valueCode }];
};
export const instantPart = (url: string, at: EpochMs | undefined): Extension[] => {
  const valueInstant = fhirInstant(at);
  return valueInstant === undefined ? [] : [{ url, valueInstant }];
};
export const flagPart = (url: string, valueBoolean: boolean): Extension[] => [{ url, valueBoolean }];
export const groupPart = (url: string, extension: Extension[]): Extension[] =>
  extension.length === 0 ? [] : [{ url, extension }];

/** Reads parts by name; survives any shape. */
export interface Parts {
  text(url: string): string | undefined;
  instant(url: string): EpochMs | undefined;
  flag(url: string): boolean | undefined;
  groups(url: string): readonly Parts[];
}

export function partsOf(holder: unknown): Parts {
  const extensions = listOf(recordOf(holder)['extension']).map(recordOf);
  const first = (url: string) => extensions.find((each) => each['url'] === url) ?? {};
  return {
    text: (url) => textOf(first(url)['valueString']) ?? textOf(first(url)['valueCode']),
    instant: (url) => instantOf(first(url)['valueInstant']),
    flag: (url) => {
      const flag = first(url)['valueBoolean'];
      return typeof flag === 'boolean' ? flag : undefined;
    },
    groups: (url) => extensions.filter((each) => each['url'] === url).map(partsOf),
  };
}

/** Extensions of other systems: kept when we write a resource they have added to. */
export const foreignExtensions = (holder: unknown, own: string): Extension[] =>
  listOf(recordOf(holder)['extension']).filter((each) => recordOf(each)['url'] !== own) as Extension[];
