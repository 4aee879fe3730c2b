import { Tag } from '#shared/dicom/tags.ts';

import type { MatchKeys } from './search.ts';

const byKeyword: ReadonlyMap<string, string> = new Map(Object.entries(Tag));
const MAX_LIMIT = 10_000;

export interface SearchRequest {
  readonly keys: MatchKeys;
  readonly limit: number;
  readonly offset: number;
}

const count = (text: string | null, otherwise: number): number => {
  const number = Number(text ?? Number.NaN);
  return Number.isInteger(number) && number >= 0 ? number : otherwise;
};

/** QIDO-RS query parameters (PS3.18 8.3.4): attributes by keyword or tag; what we do not index is ignored. */
export function parseSearch(params: URLSearchParams): SearchRequest {
  const keys = new Map<string, string>();
  for (const [name, value] of params) {
    const tag = byKeyword.get(name) ?? (/^[0-9a-f]{8}$/i.test(name) ? name.toUpperCase() : undefined);
    if (tag !== undefined && value !== '') keys.set(tag, value);
  }
  return {
    keys,
    limit: Math.min(count(params.get('limit'), MAX_LIMIT), MAX_LIMIT),
    offset: count(params.get('offset'), 0),
  };
}
