import type { FhirResource } from 'fhir/r4';

import type { BasicAuth } from '#shared/domain/site.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';

import { refusalOfFailure, refusalOfStatus } from './refusals.ts';

/** A bearer token that runs out and is fetched anew: asked before each request. */
export interface TokenSource {
  /** Throws while none can be had. */
  token(): Promise<string>;
  /** The server did not take the last one: the next is a new one. */
  refused(): void;
}

export type FhirAuth = BasicAuth | { readonly bearer: string } | { readonly tokens: TokenSource };

export interface FhirSenderOptions {
  /** Absolute, with or without a slash at the end. */
  readonly baseUrl: string;
  /** The machine's `fetch`, or the embedded hub's: no port is needed then. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly auth?: FhirAuth;
  /** From sending a request to the last byte of its answer. */
  readonly timeoutMs: number;
}

export interface FhirAnswer {
  /** Undefined when there was no body, or none that is a resource. */
  readonly resource: FhirResource | undefined;
  readonly location: string | null;
}

export interface FhirSender {
  /** Without a slash at the end. */
  readonly base: string;
  /** Throws FhirError for anything but success. */
  send(method: string, url: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<FhirAnswer>;
  /** An answer that goes on for as long as `signal` lets it: whoever asked aborts it in the end. */
  open(url: string, accept: string, signal: AbortSignal): Promise<Response>;
}

const FHIR_JSON = 'application/fhir+json';

/** Node 20 hears the signal inside a Request only while somebody holds the Request: of a collected one, nobody would ever hear that time is up. */
const underWay = new Set<Request>();

/** Requests with credentials to one FHIR server, and to no other. */
export function createFhirSender({ baseUrl, fetch, auth, timeoutMs }: FhirSenderOptions): FhirSender {
  async function once(url: string, init: Init, held: Set<Request>): Promise<Response> {
    const authorization = await credentials(auth);
    // A redirect would carry the credentials and the patient's data to wherever it points.
    const request = new Request(url, { ...init, redirect: 'manual', headers: { ...authorization, ...init.headers } });
    held.add(request);
    underWay.add(request);
    return fetch(request);
  }

  /** A token the server does not take may merely have run out: the request was not carried out and is sent once more. */
  async function authorized(url: string, init: Init, held: Set<Request>): Promise<Response> {
    const response = await once(url, init, held);
    if (response.status !== 401 || auth === undefined || !('tokens' in auth)) return response;
    auth.tokens.refused();
    await response.body?.cancel();
    return once(url, init, held);
  }

  return {
    base: baseUrl.replace(/\/+$/, ''),
    send: async (method, url, body, headers = {}) => {
      let response: Response;
      let text: string;
      const held = new Set<Request>();
      const json = body === undefined ? {} : { 'content-type': FHIR_JSON, prefer: 'return=representation' };
      try {
        const init: Init = {
          method,
          signal: AbortSignal.timeout(timeoutMs),
          headers: { accept: FHIR_JSON, ...json, ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        };
        response = await authorized(url, init, held);
        text = await response.text();
      } catch (error) {
        if (error instanceof FhirError) throw error;
        throw new FhirError(refusalOfFailure(error));
      } finally {
        letGo(held);
      }
      if (!response.ok) throw new FhirError(refusalOfStatus(response.status, text));
      return { resource: resourceIn(text), location: response.headers.get('location') };
    },
    open: (url, accept, signal) => {
      const held = new Set<Request>();
      signal.addEventListener('abort', () => letGo(held), { once: true });
      return authorized(url, { signal, headers: { accept } }, held);
    },
  };
}

interface Init {
  readonly method?: string;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function letGo(held: ReadonlySet<Request>): void {
  for (const request of held) underWay.delete(request);
}

async function credentials(auth: FhirAuth | undefined): Promise<Record<string, string>> {
  if (auth === undefined) return {};
  if ('bearer' in auth) return { authorization: `Bearer ${auth.bearer}` };
  if ('tokens' in auth) {
    try {
      return { authorization: `Bearer ${await auth.tokens.token()}` };
    } catch {
      // Nothing was sent: without a token the server would refuse it.
      throw new FhirError({ code: 'forbidden' });
    }
  }
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`, 'utf8').toString('base64')}` };
}

function resourceIn(text: string): FhirResource | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const isResource = typeof parsed === 'object' && parsed !== null && 'resourceType' in parsed;
    return isResource ? (parsed as FhirResource) : undefined;
  } catch {
    return undefined;
  }
}

/** A success whose answer is something else was not from a FHIR server, or was cut off: it may have been carried out. */
export function expectType<Resource extends FhirResource>(
  resource: FhirResource | undefined,
  type: Resource['resourceType'],
): Resource {
  if (resource?.resourceType !== type) throw new FhirError({ code: 'unreachable', sent: true });
  return resource as Resource;
}
