import { intervalOfDate } from './date-interval.ts';
import { convertToSearchableTokens } from './fhir-engine.ts';
import type { FhirRules, FoundValue, SearchParam } from './fhir-rules.ts';
import type { IndexEntry } from './ports.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Everything by which a resource can be found. `body` is its JSON text: where it names what lives here by absolute URL,
 * the references are shortened first, since the engine tells a reference's type by its beginning.
 */
export function indexOf(resource: Json, body: string, rules: FhirRules, baseUrl: string): readonly IndexEntry[] {
  const own = `"${baseUrl}/`;
  const local = body.includes(own) ? (JSON.parse(body.replaceAll(own, '"')) as Json) : resource;
  return rules
    .searchParams(String(local['resourceType']))
    .flatMap((param) => rules.valuesOf(local, param).flatMap((value) => entriesOf(param, value, baseUrl)));
}

function entriesOf({ code, kind }: SearchParam, found: FoundValue, baseUrl: string): readonly IndexEntry[] {
  switch (kind) {
    case 'token':
      return tokensOf(code, found);
    case 'reference':
      return referencesOf(code, found.value, baseUrl);
    case 'string':
      return textsOf(found.value).map((text) => ({ code, value: searchableText(text) }));
    case 'uri':
      return typeof found.value === 'string' ? [{ code, value: found.value }] : [];
    case 'date':
      return datesOf(found.value).map((interval) => ({ code, ...interval }));
  }
}

const tokensOf = (code: string, found: FoundValue): readonly IndexEntry[] =>
  convertToSearchableTokens([found]).map(({ system, value }) => ({
    code,
    ...(system === undefined ? {} : { system }),
    ...(value === undefined ? {} : { value }),
  }));

function referencesOf(code: string, value: unknown, baseUrl: string): readonly IndexEntry[] {
  if (typeof value === 'string') return [{ code, value: localReference(value, baseUrl) }];
  const { reference, identifier } = record(value);
  const { system, value: identified } = record(identifier);
  return [
    ...(typeof reference === 'string' ? [{ code, value: localReference(reference, baseUrl) }] : []),
    ...(typeof identified === 'string'
      ? [{ code: `${code}:identifier`, value: identified, ...(typeof system === 'string' ? { system } : {}) }]
      : []),
  ];
}

/** `Type/id` for what lives here, however it was written; anything else as it is. */
export function localReference(reference: string, baseUrl: string): string {
  const local = reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;
  return local.split('/_history/')[0] ?? local;
}

/** Lower case, without accents: `Müller` is found by `muller`. */
export const searchableText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');

/** Names and addresses are found by each of their parts. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  const { text, family, given, prefix, suffix, line, city, district, state, postalCode, country } = record(value);
  return [text, family, given, prefix, suffix, line, city, district, state, postalCode, country].flatMap((part) =>
    typeof part === 'string' ? [part] : Array.isArray(part) ? part.filter((each) => typeof each === 'string') : [],
  );
}

/** An instant, a date, or a Period with open ends. */
function datesOf(value: unknown): readonly { readonly low: number; readonly high: number }[] {
  if (typeof value === 'string') {
    const interval = intervalOfDate(value);
    return interval === undefined ? [] : [interval];
  }
  const { start, end } = record(value);
  const from = typeof start === 'string' ? intervalOfDate(start) : undefined;
  const to = typeof end === 'string' ? intervalOfDate(end) : undefined;
  if (from === undefined && to === undefined) return [];
  return [{ low: from?.low ?? Number.MIN_SAFE_INTEGER, high: to?.high ?? Number.MAX_SAFE_INTEGER }];
}

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
