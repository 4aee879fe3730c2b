import type { FhirResource, OperationOutcome } from 'fhir/r4';

import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { storeFor, THE_GROUP, type Authenticate, type Caller } from './caller.ts';
import { capabilityStatement } from './capability-statement.ts';
import { changeFeed } from './change-feed.ts';
import { claimNext } from './claim-next.ts';
import { createFhirRules } from './fhir-rules.ts';
import { interactionOf, type Interaction } from './interaction.ts';
import { parseJsonObject } from './json-shape.ts';
import { isWriting, look, textOfPage, write, type HubContext, type Outcome } from './perform.ts';
import { performBundle } from './perform-bundle.ts';
import { StoreAway, type FhirDefinitions, type FhirStore, type WrittenVersion } from './ports.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';
import { watchStore } from './watched-store.ts';

/** A resource that was written, told after the write is durable. */
export interface HubChange {
  readonly type: string;
  readonly id: string;
  readonly version: string;
}

export interface Hub {
  /** A FHIR R4 server as one function; what it serves lies below the path of `baseUrl`. */
  fetch(request: Request): Promise<Response>;
  /** The same for what runs in this very process and is the group's own, such as the gateway: no credentials are asked for. */
  fetchInside(request: Request): Promise<Response>;
  /**
   * Calls back after every durable write, through this hub or another on the same database; the answer ends it. Undefined: writes of others may have been
   * missed.
   */
  onChange(listener: (change: HubChange | undefined) => void): () => void;
}

const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export function createHub({
  store,
  definitions,
  clock,
  log,
  baseUrl,
  authenticate,
}: {
  readonly store: FhirStore;
  readonly definitions: FhirDefinitions;
  readonly clock: Clock;
  readonly log: Log;
  /** Absolute, e.g. `http://127.0.0.1:8080/fhir`: full URLs and links in answers begin with it. */
  readonly baseUrl: string;
  /** Absent: whoever reaches the hub is the group. */
  readonly authenticate?: Authenticate;
}): Hub {
  const base = baseUrl.replace(/\/+$/, '');
  const prefix = new URL(base).pathname.replace(/\/+$/, '');
  const context: HubContext = { rules: createFhirRules(definitions), clock, baseUrl: base };
  const capabilities = capabilityStatement(context.rules, base, clock.now(), authenticate !== undefined);
  const listeners = new Set<(change: HubChange | undefined) => void>();
  const tell = (written: WrittenVersion | undefined) => {
    const change =
      written === undefined ? undefined : { type: written.type, id: written.id, version: String(written.version) };
    for (const listener of listeners) {
      try {
        listener(change);
      } catch {
        // The write is done: a listener that fails must neither undo it nor keep it from the others.
        log.error('hub.listener-failed');
      }
    }
  };
  const watched = watchStore(store, tell);
  store.onForeignWrite(tell);
  const onChange: Hub['onChange'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  async function callerOf(request: Request): Promise<Caller> {
    if (authenticate === undefined) return THE_GROUP;
    const known = await authenticate(request.headers.get('authorization') ?? undefined);
    if ('caller' in known) return known.caller;
    if (known.refusal === 'away') throw new Refusal(503, 'transient', 'Who asks cannot be checked now.');
    log.warn('hub.caller-refused', { code: known.refusal });
    throw new Refusal(401, 'login', 'The hub does not know who asks.');
  }

  async function answer(request: Request, identify: (request: Request) => Promise<Caller>): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`)) throw notFound();
    const path = pathBelow(url.pathname, prefix);
    if (path[0] !== '$changes') refuseOtherFormats(request, url.searchParams);
    if (path.length === 1 && path[0] === 'metadata' && request.method === 'GET') return jsonAnswer(200, capabilities);
    const caller = await identify(request);
    const visible = storeFor(caller, watched);
    if (path.length === 1 && path[0] === '$changes' && request.method === 'GET') {
      return changeFeed((listener) => onChange(() => listener()));
    }
    const asked = await readBody(request, path);
    if (path.length === 0) {
      if (request.method !== 'POST') throw notFound();
      return jsonAnswer(200, await performBundle(parseJsonObject(asked.body), visible, context));
    }
    if (path.length === 2 && path[0] === 'Task' && path[1] === '$claim-next' && request.method === 'POST') {
      return jsonAnswer(200, await claimNext(parseJsonObject(asked.body), visible, caller, context));
    }
    const interaction = interactionOf(
      {
        method: request.method,
        path,
        params: asked.form ?? url.searchParams,
        ifMatch: request.headers.get('if-match') ?? undefined,
        ifNoneMatch: request.headers.get('if-none-match') ?? undefined,
        ifNoneExist: request.headers.get('if-none-exist') ?? undefined,
        resource: asked.body === '' ? undefined : parseJsonObject(asked.body),
      },
      context.rules,
    );
    const outcome = isWriting(interaction)
      ? await visible.transact((writer) => write(interaction, writer, context))
      : await look(interaction, visible, context);
    return answerOf(outcome, interaction, request, base);
  }

  async function answerOrRefuse(request: Request, identify: (request: Request) => Promise<Caller>): Promise<Response> {
    try {
      return await answer(request, identify);
    } catch (error) {
      if (error instanceof Refusal) return jsonAnswer(error.status, error.outcome);
      if (error instanceof StoreAway) {
        log.error('hub.store-away');
        return jsonAnswer(503, AWAY);
      }
      // The name only: messages of a store may quote what was written.
      log.error('hub.request-failed', { code: error instanceof Error ? error.name : 'unknown' });
      return jsonAnswer(500, FAILED);
    }
  }

  return {
    fetch: (request) => answerOrRefuse(request, callerOf),
    fetchInside: (request) => answerOrRefuse(request, async () => THE_GROUP),
    onChange,
  };
}

const AWAY: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'fatal', code: 'transient', diagnostics: 'The database cannot be reached. Nothing was written.' },
  ],
};

const FAILED: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'fatal', code: 'exception', diagnostics: 'The hub failed. Nothing was written.' }],
};

function pathBelow(pathname: string, prefix: string): readonly string[] {
  try {
    return pathname
      .slice(prefix.length)
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    throw badRequest('The URL is not well formed.');
  }
}

/** JSON is the only format: an XML body would be misread and an XML answer cannot be given. */
function refuseOtherFormats(request: Request, params: URLSearchParams): void {
  const format = params.get('_format') ?? 'json';
  if (!/json/i.test(format)) throw new Refusal(406, 'not-supported', 'Only JSON is served.');
  const accept = request.headers.get('accept') ?? '*/*';
  if (!/json|\*\/\*|application\/\*/i.test(accept)) throw new Refusal(406, 'not-supported', 'Only JSON is served.');
}

async function readBody(
  request: Request,
  path: readonly string[],
): Promise<{ readonly body: string; readonly form?: URLSearchParams }> {
  if (request.method !== 'POST' && request.method !== 'PUT') return { body: '' };
  const type = request.headers.get('content-type') ?? '';
  const isSearch = path.at(-1) === '_search';
  const wanted = isSearch ? /^application\/x-www-form-urlencoded\b/i : /^application\/(fhir\+|json-patch\+)?json\b/i;
  if (!wanted.test(type)) throw new Refusal(415, 'not-supported', 'The content type is not supported.');
  const text = await readLimited(request);
  if (!isSearch) return { body: text };
  const form = new URLSearchParams(text);
  for (const [key, value] of new URL(request.url).searchParams) form.append(key, value);
  return { body: '', form };
}

/** Stops reading at the limit: what a header promises is not to be trusted. */
async function readLimited(request: Request): Promise<string> {
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY_BYTES) throw new Refusal(413, 'too-long', 'The body is larger than 10 MB.');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badRequest('The body is not UTF-8.');
  }
}

function answerOf(outcome: Outcome, interaction: Interaction, request: Request, base: string): Response {
  if (outcome.page !== undefined) return textAnswer(outcome.status, textOfPage(outcome.page, base));
  if (outcome.bundle !== undefined) return jsonAnswer(outcome.status, outcome.bundle);
  const { version } = outcome;
  if (version === undefined) return new Response(null, { status: outcome.status });
  const headers = {
    'content-type': FHIR_JSON,
    etag: `W/"${version.version}"`,
    'last-modified': new Date(version.at).toUTCString(),
    'cache-control': 'no-store',
    ...(isWriting(interaction)
      ? { location: `${base}/${version.type}/${version.id}/_history/${version.version}` }
      : {}),
  };
  const minimal = isWriting(interaction) && /\breturn=minimal\b/.test(request.headers.get('prefer') ?? '');
  return new Response(minimal || outcome.status === 304 ? null : version.body, { status: outcome.status, headers });
}

const jsonAnswer = (status: number, resource: FhirResource): Response => textAnswer(status, JSON.stringify(resource));

const textAnswer = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: {
      'content-type': FHIR_JSON,
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
  });
