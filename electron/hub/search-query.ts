import { intervalOfDate } from './date-interval.ts';
import type { FhirRules, SearchParam } from './fhir-rules.ts';
import type { DateCondition, DatePrefix, SearchCondition, SearchOrder, SearchQuery, TokenCondition } from './ports.ts';
import { badRequest, notSupported } from './refusal.ts';
import { localReference, searchableText } from './search-index.ts';

export interface SearchAsked {
  readonly query: SearchQuery;
  /** `Type:code` pairs of `_include` for this type. */
  readonly includes: readonly SearchParam[];
  readonly total: 'none' | 'accurate';
  /** `_summary=count`: no resources, only how many. */
  readonly countOnly: boolean;
}

const DEFAULT_COUNT = 100;
const LARGEST_COUNT = 1000;
/** Far beyond any worklist, and within what one SQL statement can hold. */
const MOST_CONDITIONS = 50;
const MOST_ALTERNATIVES = 500;
const MOST_SORT_KEYS = 10;
/** About the answer, not about what is looked for. */
const IGNORED = new Set(['_format', '_pretty']);

/** Reads a search string. Anything not understood is refused: a condition that is silently dropped would find too much. */
export function parseSearch(type: string, params: URLSearchParams, rules: FhirRules, baseUrl: string): SearchAsked {
  const conditions: SearchCondition[] = [];
  const order: SearchOrder[] = [];
  const includes: SearchParam[] = [];
  let count = DEFAULT_COUNT;
  let cursor: string | undefined;
  let total: SearchAsked['total'] = 'none';
  let countOnly = false;
  for (const [key, value] of params) {
    if (IGNORED.has(key)) continue;
    if (key === '_count') count = countOf(value);
    else if (key === '_cursor') cursor = value;
    else if (key === '_sort') order.push(...value.split(',').map((code) => orderOf(type, code, rules)));
    else if (key === '_include') includes.push(includeOf(type, value, rules));
    else if (key === '_total') total = value === 'accurate' ? 'accurate' : 'none';
    else if (key === '_summary') countOnly = onlyCount(value);
    else conditions.push(conditionOf(type, key, value, rules, baseUrl));
  }
  if (conditions.length > MOST_CONDITIONS || order.length > MOST_SORT_KEYS) {
    throw badRequest('The search has too many parameters.');
  }
  return {
    query: { type, conditions, order, count, ...(cursor === undefined ? {} : { cursor }) },
    includes,
    total,
    countOnly: countOnly || count === 0,
  };
}

function countOf(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw badRequest('_count is not a number.');
  return Math.min(Number(value), LARGEST_COUNT);
}

function onlyCount(value: string): boolean {
  if (value === 'count') return true;
  if (value === 'false') return false;
  throw notSupported('Of _summary only count is supported.');
}

function orderOf(type: string, text: string, rules: FhirRules): SearchOrder {
  const descending = text.startsWith('-');
  const code = descending ? text.slice(1) : text;
  if (code !== '_id' && code !== '_lastUpdated' && rules.searchParam(type, code) === undefined) {
    throw notSupported(`${type} cannot be sorted by this parameter.`);
  }
  return { code, descending };
}

function includeOf(type: string, value: string, rules: FhirRules): SearchParam {
  const [source = '', code = ''] = value.split(':');
  const param = source === type ? rules.searchParam(type, code) : undefined;
  if (param?.kind !== 'reference') throw notSupported('_include must name a reference parameter of the type searched.');
  return param;
}

function conditionOf(type: string, key: string, value: string, rules: FhirRules, baseUrl: string): SearchCondition {
  const at = key.indexOf(':');
  const code = at < 0 ? key : key.slice(0, at);
  const modifier = at < 0 ? '' : key.slice(at + 1);
  const values = alternatives(value);
  if (values.length === 0) throw badRequest('A search parameter has no value.');
  if (values.length > MOST_ALTERNATIVES) throw badRequest('A search parameter has too many values.');
  if (code === '_id' && modifier === '') return { kind: 'id', anyOf: values };
  if (code === '_lastUpdated' && modifier === '') return { kind: 'updated', anyOf: values.map(dateCondition) };
  const param = rules.searchParam(type, code);
  if (param === undefined) throw notSupported(`${type} has no such search parameter here: ${code.slice(0, 64)}`);
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') throw badRequest(':missing takes true or false.');
    return { kind: 'missing', code, missing: value === 'true' };
  }
  return conditionOfKind(param, modifier, values, baseUrl);
}

function conditionOfKind(
  { code, kind, targets }: SearchParam,
  modifier: string,
  values: readonly string[],
  baseUrl: string,
): SearchCondition {
  const unsupported = () => notSupported(`The modifier of ${code} is not supported.`);
  switch (kind) {
    case 'token':
      if (modifier !== '' && modifier !== 'not') throw unsupported();
      return { kind, code, anyOf: values.map(tokenCondition), negated: modifier === 'not' };
    case 'reference': {
      if (modifier === 'identifier') {
        return { kind: 'token', code: `${code}:identifier`, anyOf: values.map(tokenCondition), negated: false };
      }
      if (modifier !== '' && !targets.includes(modifier)) throw unsupported();
      const types = modifier === '' ? targets : [modifier];
      return { kind, code, anyOf: values.flatMap((value) => referencesFor(unescaped(value), types, baseUrl)) };
    }
    case 'string':
      if (modifier !== '' && modifier !== 'contains') throw unsupported();
      return {
        kind,
        code,
        anyOf: values.map((value) => searchableText(unescaped(value))),
        match: modifier === '' ? 'starts' : 'contains',
      };
    case 'uri':
      if (modifier !== '') throw unsupported();
      return { kind, code, anyOf: values.map(unescaped) };
    case 'date':
      if (modifier !== '') throw unsupported();
      return { kind, code, anyOf: values.map(dateCondition) };
  }
}

/** A bare id may be of any type the parameter allows. */
const referencesFor = (value: string, types: readonly string[], baseUrl: string): readonly string[] =>
  value.includes('/') || value.includes(':')
    ? [localReference(value, baseUrl)]
    : types.map((type) => `${type}/${value}`);

/** `,` separates alternatives, `\,` does not (R4 3.1.1.4.1). Other escapes stay for the parameter's own kind. */
const alternatives = (value: string): readonly string[] =>
  (value.match(/(?:\\.|[^,\\])+/gsu) ?? []).filter((alternative) => alternative !== '');

const unescaped = (text: string): string => text.replace(/\\([\\,|$])/g, '$1');

function tokenCondition(text: string): TokenCondition {
  const at = text.search(/(?<!\\)\|/);
  if (at < 0) return { value: unescaped(text) };
  const system = unescaped(text.slice(0, at));
  const value = unescaped(text.slice(at + 1));
  return value === '' ? { system } : { system, value };
}

const PREFIXES: readonly DatePrefix[] = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'];

function dateCondition(text: string): DateCondition {
  const prefix = PREFIXES.find((each) => text.startsWith(each));
  // A `+` of a time zone that was not percent-encoded has become a space.
  const interval = intervalOfDate((prefix === undefined ? text : text.slice(2)).replace(/ (\d{2}:\d{2})$/, '+$1'));
  if (interval === undefined) throw badRequest('A date in the search is not a FHIR date.');
  return { prefix: prefix ?? 'eq', ...interval };
}
