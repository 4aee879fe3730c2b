import type { Bundle, BundleEntry } from 'fhir/r4';

import { toIso } from '#shared/kernel/clock.ts';

import { interactionOf, type Interaction } from './interaction.ts';
import { isObject, type JsonObject } from './json-shape.ts';
import {
  bundleOfPage,
  isWriting,
  look,
  resourceIn,
  theOne,
  write,
  type HubContext,
  type Outcome,
  type Writing,
} from './perform.ts';
import type { FhirStore, FhirWriter } from './ports.ts';
import { badRequest, preconditionFailed, Refusal } from './refusal.ts';

const MOST_ENTRIES = 5000;

interface Entry {
  readonly fullUrl: string | undefined;
  readonly interaction: Interaction;
}

/** `transaction`: all or nothing. `batch`: each entry for itself, failures as outcomes in its place. */
export async function performBundle(bundle: JsonObject, store: FhirStore, context: HubContext): Promise<Bundle> {
  const { type, entry = [] } = bundle;
  if (type !== 'transaction' && type !== 'batch') throw badRequest('Only transaction and batch bundles are processed.');
  if (!Array.isArray(entry)) throw badRequest('Bundle.entry is not a list.');
  if (entry.length > MOST_ENTRIES) throw badRequest(`A bundle may have ${MOST_ENTRIES} entries at most.`);
  if (type === 'batch')
    return { resourceType: 'Bundle', type: 'batch-response', entry: await batch(entry, store, context) };
  const entries = entry.map((each, at) => parseEntry(each, at, context));
  const outcomes = await store.transact((writer) => transaction(entries, writer, context));
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: outcomes.map((outcome) => responseEntry(outcome, context)),
  };
}

async function batch(entries: readonly unknown[], store: FhirStore, context: HubContext): Promise<BundleEntry[]> {
  const responses: BundleEntry[] = [];
  for (const [at, entry] of entries.entries()) {
    try {
      const { interaction } = parseEntry(entry, at, context);
      const outcome = isWriting(interaction)
        ? await store.transact((writer) => write(interaction, writer, context))
        : await look(interaction, store, context);
      responses.push(responseEntry(outcome, context));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      responses.push({ response: { status: String(error.status), outcome: error.outcome } });
    }
  }
  return responses;
}

function parseEntry(entry: unknown, at: number, { rules, baseUrl }: HubContext): Entry {
  if (!isObject(entry) || !isObject(entry['request'])) throw badRequest(`Bundle.entry[${at}] has no request.`);
  const { method, url, ifMatch, ifNoneMatch, ifNoneExist } = entry['request'];
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw badRequest(`Bundle.entry[${at}].request has no method or url.`);
  }
  const relative = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url;
  const [path = '', query = ''] = relative.split('?', 2);
  const interaction = interactionOf(
    {
      method,
      path: path.split('/').filter((segment) => segment !== ''),
      params: new URLSearchParams(query),
      ifMatch: textOf(ifMatch),
      ifNoneMatch: textOf(ifNoneMatch),
      ifNoneExist: textOf(ifNoneExist),
      resource: entry['resource'],
    },
    rules,
  );
  return { fullUrl: textOf(entry['fullUrl']), interaction };
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest('A bundle entry has a request of the wrong shape.');
}

/** R4 3.1.0.11.2: deletions, creations, updates, then reads, whatever the order of the entries. */
const TURN: Readonly<Record<Interaction['kind'], number>> = {
  delete: 0,
  create: 1,
  update: 2,
  read: 3,
  vread: 3,
  history: 3,
  search: 3,
};

async function transaction(
  entries: readonly Entry[],
  writer: FhirWriter,
  context: HubContext,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const ids = new Map<number, string>();
  const places = new Map<string, string>();
  const touched = new Set<string>();
  /** First entry that creates under a condition: a second with the same one is the same resource. */
  const conditions = new Map<string, number>();
  const repeats = new Map<number, number>();
  for (const [at, { fullUrl, interaction }] of entries.entries()) {
    let id: string | undefined;
    if (interaction.kind === 'create') {
      const match =
        interaction.ifNoneExist === undefined
          ? undefined
          : await theOne(interaction.type, interaction.ifNoneExist, writer, context);
      if (match !== undefined) outcomes.set(at, { status: 200, version: match });
      const condition = `${interaction.type}?${interaction.ifNoneExist?.toString() ?? ''}`;
      const first = interaction.ifNoneExist === undefined ? undefined : conditions.get(condition);
      if (interaction.ifNoneExist !== undefined && first === undefined) conditions.set(condition, at);
      if (first !== undefined) repeats.set(at, first);
      id = match?.id ?? (first === undefined ? undefined : ids.get(first)) ?? crypto.randomUUID();
      ids.set(at, id);
    } else if (isWriting(interaction)) id = interaction.id;
    if (id === undefined) continue;
    const place = `${interaction.type}/${id}`;
    if (!outcomes.has(at) && !repeats.has(at)) {
      if (touched.has(place)) throw badRequest('Two entries of the transaction write the same resource.');
      touched.add(place);
    }
    if (fullUrl !== undefined) places.set(fullUrl, place);
  }
  const turns = [...entries.entries()].sort(([, a], [, b]) => TURN[a.interaction.kind] - TURN[b.interaction.kind]);
  for (const [at, { interaction }] of turns) {
    if (outcomes.has(at) || repeats.has(at)) continue;
    if (!isWriting(interaction)) {
      outcomes.set(at, await look(interaction, writer, context));
      continue;
    }
    outcomes.set(at, await write(await resolved(interaction, places, writer, context), writer, context, ids.get(at)));
  }
  for (const [at, first] of repeats) outcomes.set(at, { ...outcomes.get(first), status: 200 });
  return entries.map((_, at) => outcomes.get(at) ?? { status: 500 });
}

/** The write with its references resolved; its condition was looked at before anything was written. */
async function resolved(
  interaction: Writing,
  places: ReadonlyMap<string, string>,
  writer: FhirWriter,
  context: HubContext,
): Promise<Writing> {
  if (interaction.kind === 'delete') return interaction;
  const resource = await resolveReferences(interaction.resource, places, writer, context);
  return interaction.kind === 'create'
    ? { kind: 'create', type: interaction.type, resource }
    : { ...interaction, resource };
}

/** Replaces references to other entries by their places, and conditional references (`Patient?identifier=…`) by what they find. */
async function resolveReferences(
  resource: JsonObject,
  places: ReadonlyMap<string, string>,
  writer: FhirWriter,
  context: HubContext,
): Promise<JsonObject> {
  const resolve = async (value: unknown, key: string): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map((each) => resolve(each, key)));
    if (isObject(value)) {
      const entries = await Promise.all(
        Object.entries(value).map(async ([name, inner]) => [name, await resolve(inner, name)] as const),
      );
      return Object.fromEntries(entries);
    }
    if (typeof value !== 'string' || (key !== 'reference' && key !== 'url')) return value;
    const place = places.get(value);
    if (place !== undefined) return place;
    if (key === 'url') return value;
    if (value.startsWith('urn:uuid:')) throw badRequest('A reference points at no entry of the transaction.');
    return value.includes('?') ? conditionalReference(value, writer, context) : value;
  };
  return (await resolve(resource, '')) as JsonObject;
}

async function conditionalReference(reference: string, writer: FhirWriter, context: HubContext): Promise<string> {
  const [type = '', query = ''] = reference.split('?', 2);
  if (!context.rules.serves(type)) return reference;
  const match = await theOne(type, new URLSearchParams(query), writer, context);
  if (match === undefined) throw preconditionFailed('A conditional reference finds nothing.');
  return `${type}/${match.id}`;
}

function responseEntry({ status, version, bundle: whole, page }: Outcome, { baseUrl }: HubContext): BundleEntry {
  const bundle = page === undefined ? whole : bundleOfPage(page, baseUrl);
  if (bundle !== undefined) return { resource: bundle, response: { status: String(status) } };
  if (version === undefined) return { response: { status: String(status) } };
  return {
    fullUrl: `${baseUrl}/${version.type}/${version.id}`,
    resource: resourceIn(version),
    response: {
      status: String(status),
      location: `${baseUrl}/${version.type}/${version.id}/_history/${version.version}`,
      etag: `W/"${version.version}"`,
      lastModified: toIso(version.at),
    },
  };
}
