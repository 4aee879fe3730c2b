import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';

import { toIso, type Clock } from '#shared/kernel/clock.ts';

import type { FhirRules } from './fhir-rules.ts';
import type { Interaction } from './interaction.ts';
import { refuseUnusualShape, type JsonObject } from './json-shape.ts';
import type { FhirReader, FhirWriter, StoredVersion } from './ports.ts';
import { gone, notFound, preconditionFailed, preconditionRequired } from './refusal.ts';
import { indexOf } from './search-index.ts';
import { parseSearch } from './search-query.ts';
import { siteFactsOf } from './site-facts.ts';

/** What came of one interaction: a version of a resource, a bundle, or nothing but a status. */
export interface Outcome {
  readonly status: number;
  readonly version?: StoredVersion;
  readonly bundle?: Bundle;
  readonly page?: FoundPage;
}

/** What a search found. A worklist is hundreds of resources: they go out as the text they are kept as. */
export interface FoundPage {
  readonly head: Omit<Bundle, 'entry'>;
  readonly entries: readonly { readonly version: StoredVersion; readonly mode: 'match' | 'include' }[];
}

export interface HubContext {
  readonly rules: FhirRules;
  readonly clock: Clock;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

export type Writing = Extract<Interaction, { readonly kind: 'create' | 'update' | 'delete' }>;
type Reading = Exclude<Interaction, Writing>;

export const isWriting = (interaction: Interaction): interaction is Writing =>
  interaction.kind === 'create' || interaction.kind === 'update' || interaction.kind === 'delete';

export const resourceIn = (version: StoredVersion): FhirResource => JSON.parse(version.body) as FhirResource;

/** Reads: all but writing. */
export async function look(interaction: Reading, reader: FhirReader, context: HubContext): Promise<Outcome> {
  switch (interaction.kind) {
    case 'read': {
      const version = await existing(reader, interaction.type, interaction.id);
      return { status: version.version === interaction.ifNoneMatch ? 304 : 200, version };
    }
    case 'vread': {
      const version = await reader.readVersion(interaction.type, interaction.id, interaction.version);
      if (version === undefined) throw notFound();
      if (version.deleted) throw gone();
      return { status: 200, version };
    }
    case 'history': {
      const versions = await reader.history(interaction.type, interaction.id, interaction.count);
      if (versions.length === 0) throw notFound();
      return { status: 200, bundle: historyBundle(versions, context.baseUrl) };
    }
    case 'search':
      return { status: 200, page: await searchPage(interaction.type, interaction.params, reader, context) };
  }
}

/** Writes, inside a transaction of the store. `id` is the id a creation gets. */
export async function write(
  interaction: Writing,
  writer: FhirWriter,
  context: HubContext,
  id: string = crypto.randomUUID(),
): Promise<Outcome> {
  const { type } = interaction;
  switch (interaction.kind) {
    case 'create': {
      const match =
        interaction.ifNoneExist === undefined
          ? undefined
          : await theOne(type, interaction.ifNoneExist, writer, context);
      if (match !== undefined) return { status: 200, version: match };
      return { status: 201, version: await put(type, id, interaction.resource, 0, writer, context) };
    }
    case 'update': {
      const current = await writer.read(type, interaction.id);
      const exists = current !== undefined && !current.deleted;
      checkIfMatch(interaction.ifMatch, exists ? current.version : undefined);
      if (exists && type === 'Task' && interaction.ifMatch === undefined) {
        throw preconditionRequired('A Task is updated with If-Match only: a claim must not be overwritten unseen.');
      }
      const version = await put(type, interaction.id, interaction.resource, current?.version ?? 0, writer, context);
      return { status: exists ? 200 : 201, version };
    }
    case 'delete': {
      const current = await writer.read(type, interaction.id);
      if (current === undefined) throw notFound();
      checkIfMatch(interaction.ifMatch, current.deleted ? undefined : current.version);
      if (!current.deleted) {
        const at = context.clock.now();
        await writer.write({ type, id: interaction.id, version: current.version + 1, at, deleted: true, body: '' }, []);
      }
      return { status: 204 };
    }
  }
}

/** The one match of a condition, none, or a Refusal when there are several (R4 3.1.0.8.1). */
export async function theOne(
  type: string,
  params: URLSearchParams,
  reader: FhirReader,
  context: HubContext,
): Promise<StoredVersion | undefined> {
  const { query } = parseSearch(type, params, context.rules, context.baseUrl);
  if (query.conditions.length === 0) throw preconditionFailed('The condition does not say what to look for.');
  const { matches } = await reader.search({ ...query, count: 2 });
  if (matches.length > 1) throw preconditionFailed('More than one resource meets the condition.');
  return matches[0];
}

async function existing(reader: FhirReader, type: string, id: string): Promise<StoredVersion> {
  const version = await reader.read(type, id);
  if (version === undefined) throw notFound();
  if (version.deleted) throw gone();
  return version;
}

function checkIfMatch(asked: number | undefined, current: number | undefined): void {
  if (asked === undefined || asked === current) return;
  throw preconditionFailed('The resource has changed: read it again.');
}

/** Writes the next version of a resource, checked, with everything by which it can be found. */
export async function put(
  type: string,
  id: string,
  resource: JsonObject,
  before: number,
  writer: FhirWriter,
  { rules, clock, baseUrl }: HubContext,
): Promise<StoredVersion> {
  refuseUnusualShape(resource);
  rules.validate(resource);
  const at = clock.now();
  const { resourceType, id: _given, meta, ...content } = resource;
  const stored = {
    resourceType,
    id,
    meta: { ...(meta as JsonObject | undefined), versionId: String(before + 1), lastUpdated: toIso(at) },
    ...content,
  };
  const version = { type, id, version: before + 1, at, deleted: false, body: JSON.stringify(stored) };
  const index = indexOf(stored, version.body, rules, baseUrl);
  await writer.write(version, [...index, ...(await siteFactsOf(stored, index, writer))]);
  return version;
}

async function searchPage(
  type: string,
  params: URLSearchParams,
  reader: FhirReader,
  context: HubContext,
): Promise<FoundPage> {
  const { rules, baseUrl } = context;
  const { query, includes, total, countOnly } = parseSearch(type, params, rules, baseUrl);
  const counted = countOnly || total === 'accurate' ? { total: await reader.count(query) } : {};
  const self = { relation: 'self', url: `${baseUrl}/${type}${queryText(params)}` };
  if (countOnly) return { head: { resourceType: 'Bundle', type: 'searchset', ...counted, link: [self] }, entries: [] };
  const { matches, next } = await reader.search(query);
  const following = new URLSearchParams(params);
  if (next !== undefined) following.set('_cursor', next);
  const nextLink = next === undefined ? [] : [{ relation: 'next', url: `${baseUrl}/${type}${queryText(following)}` }];
  return {
    head: { resourceType: 'Bundle', type: 'searchset', ...counted, link: [self, ...nextLink] },
    entries: [
      ...matches.map((version) => ({ version, mode: 'match' as const })),
      ...(await included(matches, includes, reader, context)),
    ],
  };
}

const queryText = (params: URLSearchParams): string => (params.size === 0 ? '' : `?${params.toString()}`);

const urlOf = ({ type, id }: StoredVersion, baseUrl: string): string => `${baseUrl}/${type}/${id}`;

export const bundleOfPage = ({ head, entries }: FoundPage, baseUrl: string): Bundle => ({
  ...head,
  ...(entries.length === 0
    ? {}
    : {
        entry: entries.map(({ version, mode }): BundleEntry => ({
          fullUrl: urlOf(version, baseUrl),
          resource: resourceIn(version),
          search: { mode },
        })),
      }),
});

/** The same Bundle as JSON text. */
export function textOfPage({ head, entries }: FoundPage, baseUrl: string): string {
  const text = JSON.stringify(head);
  if (entries.length === 0) return text;
  const listed = entries.map(
    ({ version, mode }) =>
      `{"fullUrl":${JSON.stringify(urlOf(version, baseUrl))},"resource":${version.body},"search":{"mode":"${mode}"}}`,
  );
  return `${text.slice(0, -1)},"entry":[${listed.join(',')}]}`;
}

/** What the matches refer to under the `_include` parameters, each once, if it is here. */
async function included(
  matches: readonly StoredVersion[],
  includes: readonly { readonly code: string }[],
  reader: FhirReader,
  { rules, baseUrl }: HubContext,
): Promise<FoundPage['entries']> {
  if (includes.length === 0) return [];
  const codes = new Set(includes.map(({ code }) => code));
  const seen = new Set(matches.map(({ type, id }) => `${type}/${id}`));
  const entries: FoundPage['entries'][number][] = [];
  for (const match of matches) {
    const resource = JSON.parse(match.body) as JsonObject;
    for (const { code, value } of indexOf(resource, match.body, rules, baseUrl)) {
      if (value === undefined || !codes.has(code) || seen.has(value)) continue;
      seen.add(value);
      const [type, id, ...rest] = value.split('/');
      if (type === undefined || id === undefined || rest.length > 0 || !rules.serves(type)) continue;
      const version = await reader.read(type, id);
      if (version !== undefined && !version.deleted) entries.push({ version, mode: 'include' });
    }
  }
  return entries;
}

function historyBundle(versions: readonly StoredVersion[], baseUrl: string): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'history',
    total: versions.length,
    entry: versions.map((version) => {
      const url = `${version.type}/${version.id}`;
      const method = version.deleted ? 'DELETE' : version.version === 1 ? 'POST' : 'PUT';
      return {
        fullUrl: `${baseUrl}/${url}`,
        ...(version.deleted ? {} : { resource: resourceIn(version) }),
        request: { method, url: method === 'POST' ? version.type : url },
        response: {
          status: version.deleted ? '204' : version.version === 1 ? '201' : '200',
          etag: `W/"${version.version}"`,
          lastModified: toIso(version.at),
        },
      };
    }),
  };
}
