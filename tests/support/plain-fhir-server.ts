import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';

import { matchesSearch } from './plain-fhir-search.ts';

/**
 * Another FHIR R4 server, deliberately plain: it shares no line with the hub. Read, create (If-None-Exist), update (If-Match), search, transactions; no
 * operations of its own, no deletion, no history. As others do it: a version conflict is 409, writes answer without the resource unless asked, and what is
 * searched for may come later than what is read.
 */
export interface PlainFhirServer {
  readonly baseUrl: string;
  /** The next requests that `when` picks are answered so. `after`: carried out first, so that the sender cannot know. */
  disturb(next: Disturbance): void;
  /** Everything of a type, as it stands. */
  all<Resource extends FhirResource>(type: Resource['resourceType']): readonly Resource[];
  /** Methods and paths asked so far. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export interface Disturbance {
  readonly when: (method: string, path: string) => boolean;
  readonly times: number;
  readonly status?: number;
  readonly delayMs?: number;
  readonly after?: boolean;
}

interface Stored {
  readonly resource: FhirResource;
  readonly writtenAt: number;
}

class Answer extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function startPlainFhirServer({ searchDelayMs = 0, port = 0 } = {}): Promise<PlainFhirServer> {
  let stored = new Map<string, Stored>();
  /** What the search index holds: each resource as it stood `searchDelayMs` ago. */
  const indexed = new Map<string, Stored>();
  const asked: string[] = [];
  let disturbances: { readonly of: Disturbance; left: number }[] = [];
  let count = 0;
  const server: Server = createServer();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/r4`;

  const versionOf = (resource: FhirResource) => resource.meta?.versionId ?? '0';

  function put(resource: FhirResource): FhirResource {
    const key = `${resource.resourceType}/${resource.id ?? ''}`;
    const before = stored.get(key);
    const now = Date.now();
    const versionId = String(Number(before === undefined ? 0 : versionOf(before.resource)) + 1);
    const meta = { ...resource.meta, versionId, lastUpdated: new Date(now).toISOString() };
    const next = { ...resource, meta };
    stored.set(key, { resource: next, writtenAt: now });
    return next;
  }

  function search(type: string, params: URLSearchParams, isExact = false): FhirResource[] {
    const now = Date.now();
    for (const [key, value] of stored) if (now - value.writtenAt >= searchDelayMs) indexed.set(key, value);
    const found = [...(isExact ? stored : indexed).values()]
      .map(({ resource }) => resource)
      .filter(({ resourceType }) => resourceType === type)
      .filter((resource) =>
        [...params].every(([name, value]) => {
          const isMatch = matchesSearch(resource, name, value);
          if (isMatch === undefined) throw new Answer(400, `unknown search parameter ${name}`);
          return isMatch;
        }),
      );
    const sort = params.get('_sort');
    if (sort?.endsWith('_lastUpdated') === true) {
      found.sort((one, other) => (one.meta?.lastUpdated ?? '').localeCompare(other.meta?.lastUpdated ?? ''));
      if (sort.startsWith('-')) found.reverse();
    }
    return found;
  }

  function create(type: string, resource: FhirResource, ifNoneExist: string | undefined, id?: string) {
    if (ifNoneExist !== undefined) {
      const [existing, second] = search(type, new URLSearchParams(ifNoneExist.replace(/^[^?=]*\?/, '')), true);
      if (second !== undefined) throw new Answer(412, 'several match');
      if (existing !== undefined) return { status: 200, resource: existing };
    }
    count += 1;
    return { status: 201, resource: put({ ...resource, id: id ?? `p${String(count)}` }) };
  }

  function update(type: string, id: string, resource: FhirResource, ifMatch: string | undefined) {
    const before = stored.get(`${type}/${id}`);
    const wanted = ifMatch === undefined ? undefined : /^W\/"(\d+)"$/.exec(ifMatch)?.[1];
    if (ifMatch !== undefined && (before === undefined || wanted !== versionOf(before.resource))) {
      throw new Answer(409, 'version conflict');
    }
    return { status: before === undefined ? 201 : 200, resource: put({ ...resource, id }) };
  }

  /** All or nothing: what was stored before comes back when an entry fails. */
  function transaction(bundle: Bundle): Bundle {
    const before = new Map(stored);
    try {
      const places = new Map<string, string>();
      const entries = bundle.entry ?? [];
      const creations = entries.map(({ fullUrl, request, resource }) => {
        if (request?.method !== 'POST' || resource === undefined) return undefined;
        const made = create(resource.resourceType, resource as FhirResource, request.ifNoneExist);
        if (fullUrl !== undefined) places.set(fullUrl, `${resource.resourceType}/${made.resource.id ?? ''}`);
        return made;
      });
      const resolve = (resource: FhirResource): FhirResource => {
        let text = JSON.stringify(resource);
        for (const [url, place] of places) text = text.replaceAll(JSON.stringify(url), JSON.stringify(place));
        return JSON.parse(text) as FhirResource;
      };
      const entry = entries.map((each, at): BundleEntry => {
        const made = creations[at];
        let result: { status: number; resource: FhirResource };
        if (made !== undefined) {
          const key = `${made.resource.resourceType}/${made.resource.id ?? ''}`;
          const resource = made.status === 201 ? resolve(made.resource) : made.resource;
          if (made.status === 201) stored.set(key, { resource, writtenAt: Date.now() });
          result = { status: made.status, resource };
        } else {
          const [type = '', id = ''] = each.request?.url.split('/') ?? [];
          if (each.request?.method !== 'PUT' || each.resource === undefined) throw new Answer(400, 'only POST and PUT');
          result = update(type, id, resolve(each.resource as FhirResource), each.request.ifMatch);
        }
        const { resourceType, id = '' } = result.resource;
        const place = `${baseUrl}/${resourceType}/${id}/_history/${versionOf(result.resource)}`;
        // The outcome only, as the standard allows.
        return {
          response: {
            status: `${String(result.status)} OK`,
            location: place,
            etag: `W/"${versionOf(result.resource)}"`,
          },
        };
      });
      return { resourceType: 'Bundle', type: 'transaction-response', entry };
    } catch (error) {
      stored = before;
      throw error;
    }
  }

  function perform(request: IncomingMessage, body: string): { status: number; resource: object; location?: string } {
    const url = new URL(request.url ?? '/', baseUrl);
    const [root, type = '', id, ...rest] = url.pathname.split('/').filter((part) => part !== '');
    if (root !== 'r4' || rest.length > 0 || type.startsWith('$') || id?.startsWith('$') === true) {
      throw new Answer(404, 'no such thing here');
    }
    const header = (name: string) => request.headers[name] as string | undefined;
    const method = request.method ?? '';
    const parsed = () => JSON.parse(body) as FhirResource;
    if (type === '' && method === 'POST') return { status: 200, resource: transaction(JSON.parse(body) as Bundle) };
    if (type === 'metadata') return { status: 200, resource: STATEMENT };
    const written = ({ status, resource }: { status: number; resource: FhirResource }) => ({
      status,
      resource,
      location: `${baseUrl}/${type}/${resource.id ?? ''}/_history/${versionOf(resource)}`,
    });
    if (id === undefined && method === 'POST') return written(create(type, parsed(), header('if-none-exist')));
    if (id !== undefined && method === 'PUT') return written(update(type, id, parsed(), header('if-match')));
    if (method !== 'GET') throw new Answer(405, 'not allowed');
    if (id === undefined) return { status: 200, resource: page(type, url) };
    const found = stored.get(`${type}/${decodeURIComponent(id)}`);
    if (found === undefined) throw new Answer(404, 'no such resource');
    return { status: 200, resource: found.resource };
  }

  function page(type: string, url: URL): Bundle {
    const found = search(type, url.searchParams);
    const size = Math.min(Number(url.searchParams.get('_count') ?? '20'), 50);
    const from = Number(url.searchParams.get('_offset') ?? '0');
    const link: NonNullable<Bundle['link']> = [{ relation: 'self', url: url.href }];
    if (found.length > from + size) {
      const next = new URL(url);
      next.searchParams.set('_offset', String(from + size));
      link.push({ relation: 'next', url: next.href });
    }
    const entry = found.slice(from, from + size).map((resource) => ({ resource, search: { mode: 'match' as const } }));
    return { resourceType: 'Bundle', type: 'searchset', total: found.length, link, entry };
  }

  server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        const path = (request.url ?? '').replace(/^\/r4\/?/, '');
        asked.push(`${request.method ?? ''} ${path}`);
        const trouble = disturbances.find(({ of, left }) => left > 0 && of.when(request.method ?? '', path));
        if (trouble !== undefined) trouble.left -= 1;
        const answer = (status: number, body: object, location?: string) => {
          const headers = { 'content-type': 'application/fhir+json', ...(location === undefined ? {} : { location }) };
          response.writeHead(status, headers).end(JSON.stringify(body));
        };
        try {
          await wait(trouble?.of.delayMs ?? 0);
          if (trouble?.of.status !== undefined && trouble.of.after !== true)
            throw new Answer(trouble.of.status, 'disturbed');
          const done = perform(request, Buffer.concat(chunks).toString('utf8'));
          if (trouble?.of.status !== undefined) throw new Answer(trouble.of.status, 'disturbed');
          answer(done.status, done.resource, done.location);
        } catch (error) {
          const status = error instanceof Answer ? error.status : 400;
          const diagnostics = error instanceof Error ? error.message : 'failed';
          answer(status, {
            resourceType: 'OperationOutcome',
            issue: [{ severity: 'error', code: 'processing', diagnostics }],
          });
        }
      })();
    });
  });

  return {
    baseUrl,
    asked,
    disturb: (of) => {
      disturbances = [...disturbances.filter(({ left }) => left > 0), { of, left: of.times }];
    },
    all: <Resource extends FhirResource>(type: Resource['resourceType']) =>
      [...stored.values()]
        .map(({ resource }) => resource)
        .filter((each): each is Resource => each.resourceType === type),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const STATEMENT = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [{ mode: 'server', resource: [{ type: 'Task', interaction: [{ code: 'read' }, { code: 'update' }] }] }],
};
