import type { Bundle, FhirResource } from 'fhir/r4';

import type { BasicAuth } from '#shared/domain/site.ts';
import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';

import { refusalOfFailure, refusalOfStatus } from './refusals.ts';

export type FhirAuth = BasicAuth | { readonly bearer: string };

export interface FhirClientOptions {
  /** Absolute, with or without a slash at the end. */
  readonly baseUrl: string;
  /** The machine's `fetch`, or the embedded hub's: no port is needed then. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly auth?: FhirAuth;
  /** From sending a request to the last byte of its answer. */
  readonly timeoutMs: number;
}

const FHIR_JSON = 'application/fhir+json';
const DEFAULT_LIMIT = 1000;
const LARGEST_PAGE = 500;

/** Speaks the portable FHIR R4 subset of DESIGN 6. Retries nothing: whoever called knows whether a repetition is harmless. */
export function createFhirClient({ baseUrl, fetch, auth, timeoutMs }: FhirClientOptions): FhirClient {
  const base = baseUrl.replace(/\/+$/, '');
  const authorization = authorizationOf(auth);

  async function send(
    method: string,
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const request = new Request(url, {
      method,
      // A redirect would carry the credentials and the patient's data to wherever it points.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: FHIR_JSON,
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': FHIR_JSON, prefer: 'return=representation' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    let response: Response;
    let text: string;
    try {
      response = await fetch(request);
      text = await response.text();
    } catch (error) {
      throw new FhirError(refusalOfFailure(error));
    }
    if (!response.ok) throw new FhirError(refusalOfStatus(response.status, text));
    return { resource: resourceIn(text), location: response.headers.get('location') };
  }

  const urlOf = (type: string, id: string) => `${base}/${type}/${encodeURIComponent(id)}`;

  const read = async <Resource extends FhirResource>(type: Resource['resourceType'], id: string) =>
    expectType<Resource>((await send('GET', urlOf(type, id))).resource, type);

  /** The written resource; from a server that answers without it, read from where it says it is. */
  async function written<Resource extends FhirResource>(resource: Resource, answer: Answer): Promise<Resource> {
    if (answer.resource?.resourceType === resource.resourceType) return answer.resource as Resource;
    const id = answer.location?.split('/_history/')[0]?.split('/').at(-1) ?? resource.id;
    if (id === undefined) throw new FhirError({ code: 'unreachable', sent: true });
    return read<Resource>(resource.resourceType, id);
  }

  return {
    read,
    search: async (type, params, limit = DEFAULT_LIMIT) => {
      const query = new URLSearchParams({ _count: String(Math.min(limit, LARGEST_PAGE)), ...params });
      const found: FhirResource[] = [];
      const visited = new Set<string>();
      let matches = 0;
      let url: string | undefined = `${base}/${type}?${query.toString()}`;
      while (url !== undefined && matches < limit && !visited.has(url)) {
        visited.add(url);
        const bundle: Bundle = expectType<Bundle>((await send('GET', url)).resource, 'Bundle');
        for (const { resource, search } of bundle.entry ?? []) {
          if (resource === undefined || search?.mode === 'outcome') continue;
          const isMatch = search?.mode !== 'include';
          if (isMatch && matches === limit) continue;
          matches += isMatch ? 1 : 0;
          found.push(resource as FhirResource);
        }
        url = nextPage(bundle, base);
      }
      return found as never;
    },
    create: async <Resource extends FhirResource>(resource: Resource, ifNoneExist?: string) => {
      const headers: Record<string, string> = ifNoneExist === undefined ? {} : { 'if-none-exist': ifNoneExist };
      return written(resource, await send('POST', `${base}/${resource.resourceType}`, resource, headers));
    },
    update: async <Resource extends FhirResource>(resource: Resource, version?: string) => {
      const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `W/"${version}"` };
      return written(resource, await send('PUT', urlOf(resource.resourceType, resource.id ?? ''), resource, headers));
    },
    transaction: async (bundle) => expectType<Bundle>((await send('POST', base, bundle)).resource, 'Bundle'),
  };
}

interface Answer {
  /** Undefined when there was no body, or none that is a resource. */
  readonly resource: FhirResource | undefined;
  readonly location: string | null;
}

function authorizationOf(auth: FhirAuth | undefined): string | undefined {
  if (auth === undefined) return undefined;
  if ('bearer' in auth) return `Bearer ${auth.bearer}`;
  return `Basic ${Buffer.from(`${auth.user}:${auth.password}`, 'utf8').toString('base64')}`;
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
function expectType<Resource extends FhirResource>(
  resource: FhirResource | undefined,
  type: Resource['resourceType'],
): Resource {
  if (resource?.resourceType !== type) throw new FhirError({ code: 'unreachable', sent: true });
  return resource as Resource;
}

/** Only within the same server: a link elsewhere would get our credentials. */
function nextPage(bundle: Bundle, base: string): string | undefined {
  const link = bundle.link?.find(({ relation }) => relation === 'next')?.url;
  if (link === undefined) return undefined;
  const url = URL.canParse(link, `${base}/`) ? new URL(link, `${base}/`) : undefined;
  if (url?.origin !== new URL(base).origin) {
    throw new FhirError({ code: 'rejected', status: 200, diagnostics: 'the next page lies on another server' });
  }
  return url.href;
}
