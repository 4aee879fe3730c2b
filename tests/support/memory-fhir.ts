import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';

import { FhirError, type FhirClient, type FhirRefusal } from '#shared/fhir/fhir-client.ts';
import { toIso, type Clock } from '#shared/kernel/clock.ts';

type Json = Record<string, unknown>;
type Stored = FhirResource & { id: string };

export interface MemoryFhir extends FhirClient {
  /** Everything stored, newest version of each. */
  all<Resource extends FhirResource>(type: Resource['resourceType']): Resource[];
  /** How many versions were ever written: a repeat that changes nothing leaves it alone. */
  writes(): number;
  /** From now on every call fails so; undefined ends it. */
  failWith(refusal: FhirRefusal | undefined): void;
  /** Called before each transaction: a test may write in between. */
  beforeTransaction(run: (() => Promise<void>) | undefined): void;
}

/** A hub of the portable subset in memory: versions, If-Match, If-None-Exist, atomic transactions with `urn:uuid:` references. */
export function createMemoryFhir({ clock }: { readonly clock: Clock }): MemoryFhir {
  let stored = new Map<string, Stored>();
  let counter = 0;
  let writes = 0;
  let failure: FhirRefusal | undefined;
  let interlude: (() => Promise<void>) | undefined;
  const guard = () => {
    if (failure !== undefined) throw new FhirError(failure);
  };
  const save = (resource: FhirResource, id: string): Stored => {
    const key = `${resource.resourceType}/${id}`;
    const version = Number(stored.get(key)?.meta?.versionId ?? '0') + 1;
    const meta = { ...resource.meta, versionId: `${version}`, lastUpdated: toIso(clock.now()) };
    const next = structuredClone({ ...resource, id, meta }) as Stored;
    stored.set(key, next);
    writes += 1;
    return next;
  };
  const find = (type: string, query: URLSearchParams): Stored[] =>
    [...stored.values()].filter(
      (resource) =>
        resource.resourceType === type && [...query].every(([name, value]) => matches(resource, name, value)),
    );
  const create = (resource: FhirResource, condition: string | undefined): Stored => {
    if (condition !== undefined) {
      const existing = find(resource.resourceType, new URLSearchParams(condition));
      if (existing.length > 1) throw new FhirError({ code: 'conflict' });
      if (existing[0] !== undefined) return existing[0];
    }
    counter += 1;
    return save(resource, `m${counter}`);
  };
  const update = (resource: FhirResource, version: string | undefined): Stored => {
    const before = stored.get(`${resource.resourceType}/${resource.id ?? ''}`);
    if (before === undefined) throw new FhirError({ code: 'not-found' });
    if (version !== undefined && before.meta?.versionId !== version) throw new FhirError({ code: 'conflict' });
    return save(resource, before.id);
  };
  const apply = (entry: BundleEntry, ids: ReadonlyMap<string, string>): Stored => {
    if (entry.resource === undefined)
      throw new FhirError({ code: 'rejected', status: 400, diagnostics: 'no resource' });
    const resource = withReferences(entry.resource, ids) as FhirResource;
    if (entry.request?.method === 'POST') return create(resource, entry.request.ifNoneExist);
    const fence = /^W\/"(.+)"$/.exec(entry.request?.ifMatch ?? '')?.[1];
    return update(resource, fence);
  };
  return {
    async read<Resource extends FhirResource>(type: Resource['resourceType'], id: string) {
      guard();
      const found = stored.get(`${type}/${id}`);
      if (found === undefined) throw new FhirError({ code: 'not-found' });
      return structuredClone(found) as unknown as Resource;
    },
    async search<Resource extends FhirResource>(
      type: Resource['resourceType'],
      params: Readonly<Record<string, string>>,
      limit = 1000,
    ) {
      guard();
      return structuredClone(find(type, new URLSearchParams(params)).slice(0, limit)) as unknown as Resource[];
    },
    async create<Resource extends FhirResource>(resource: Resource, condition?: string) {
      guard();
      return structuredClone(create(resource, condition)) as unknown as Resource;
    },
    async update<Resource extends FhirResource>(resource: Resource, version?: string) {
      guard();
      return structuredClone(update(resource, version)) as unknown as Resource;
    },
    async transaction(bundle: Bundle) {
      guard();
      const between = interlude;
      interlude = undefined;
      await between?.();
      const before = new Map(stored);
      const ids = new Map<string, string>();
      try {
        const entry = (bundle.entry ?? []).map((each) => {
          const saved = apply(each, ids);
          if (each.fullUrl !== undefined) ids.set(each.fullUrl, `${saved.resourceType}/${saved.id}`);
          return { resource: structuredClone(saved) };
        });
        return { resourceType: 'Bundle', type: 'transaction-response', entry };
      } catch (thrown) {
        stored = before;
        throw thrown;
      }
    },
    all: <Resource extends FhirResource>(type: Resource['resourceType']) =>
      structuredClone([...stored.values()].filter((each) => each.resourceType === type)) as unknown as Resource[],
    writes: () => writes,
    failWith: (refusal) => {
      failure = refusal;
    },
    beforeTransaction: (run) => {
      interlude = run;
    },
  };
}

function withReferences(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withReferences(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'reference' && typeof each === 'string' ? (ids.get(each) ?? each) : withReferences(each, ids),
    ]),
  );
}

const listed = (value: unknown): Json[] =>
  Array.isArray(value) ? (value as Json[]) : value === undefined ? [] : [value as Json];
const codings = (value: unknown): Json[] => listed(value).flatMap((concept) => listed(concept['coding']));

/** The search parameters that the gateway uses; any other is a bug in a test or in the gateway. */
function matches(resource: FhirResource, name: string, value: string): boolean {
  const json = resource as unknown as Json;
  const wanted = value.split(/(?<!\\),/).map((each) => each.replace(/\\([\\,|$])/g, '$1'));
  const token = (parts: readonly Json[], key: string) =>
    wanted.some((each) => {
      const bar = each.indexOf('|');
      return parts.some(
        (part) => (bar === -1 || part['system'] === each.slice(0, bar)) && part[key] === each.slice(bar + 1),
      );
    });
  switch (name) {
    case 'identifier':
      return token(listed(json['identifier']), 'value');
    case 'code':
      return token(codings(json['code']), 'code');
    case 'category':
      return token(codings(json['category']), 'code');
    case 'status':
      return wanted.includes(String(json['status']));
    case 'birthdate':
      return wanted.includes(String(json['birthDate']));
    case '_id':
      return wanted.includes(String(json['id']));
    case 'subject':
    case 'patient':
    case 'focus': {
      const held = name === 'patient' ? (json['patient'] ?? json['subject'] ?? json['for']) : json[name];
      return listed(held).some((each) => wanted.includes(String(each['reference'])));
    }
    case 'based-on':
      return listed(json['basedOn']).some((each) => wanted.includes(String(each['reference'])));
    case '_lastUpdated': {
      const updated = resource.meta?.lastUpdated ?? '';
      return value.startsWith('ge') && updated >= value.slice(2);
    }
    case '_count':
    case '_sort':
      return true;
    default:
      throw new FhirError({ code: 'rejected', status: 400, diagnostics: `unknown search parameter ${name}` });
  }
}
