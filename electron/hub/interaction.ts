import type { FhirRules } from './fhir-rules.ts';
import { isObject, type JsonObject } from './json-shape.ts';
import { badRequest, notFound, notSupported, Refusal } from './refusal.ts';

/** One FHIR interaction, whether it came as a request of its own or as an entry of a bundle. */
export type Interaction =
  | { readonly kind: 'read'; readonly type: string; readonly id: string; readonly ifNoneMatch?: number }
  | { readonly kind: 'vread'; readonly type: string; readonly id: string; readonly version: number }
  | { readonly kind: 'history'; readonly type: string; readonly id: string; readonly count: number }
  | { readonly kind: 'search'; readonly type: string; readonly params: URLSearchParams }
  | {
      readonly kind: 'create';
      readonly type: string;
      readonly resource: JsonObject;
      readonly ifNoneExist?: URLSearchParams;
    }
  | {
      readonly kind: 'update';
      readonly type: string;
      readonly id: string;
      readonly resource: JsonObject;
      readonly ifMatch?: number;
    }
  | { readonly kind: 'delete'; readonly type: string; readonly id: string; readonly ifMatch?: number };

export interface Asked {
  readonly method: string;
  /** Path segments below the base, decoded. */
  readonly path: readonly string[];
  readonly params: URLSearchParams;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifNoneExist?: string | undefined;
  readonly resource?: unknown;
}

const ID = /^[A-Za-z0-9.-]{1,64}$/;
const ETAG = /^(?:W\/)?"(\d{1,15})"$/;
const HISTORY_COUNT = 1000;

/** Turns what was asked into an interaction, or throws a Refusal. */
export function interactionOf(asked: Asked, rules: FhirRules): Interaction {
  const [type = '', id, part, version, ...rest] = asked.path;
  if (!rules.serves(type) || rest.length > 0) throw notFound();
  if (id === undefined) return typeLevel(type, asked);
  if (id === '_search' && asked.method === 'POST' && part === undefined) {
    return { kind: 'search', type, params: asked.params };
  }
  if (!ID.test(id)) throw notFound();
  if (part === '_history' && asked.method === 'GET') return historyLevel(type, id, version, asked.params);
  if (part !== undefined) throw notFound();
  return instanceLevel(type, id, asked);
}

function typeLevel(type: string, asked: Asked): Interaction {
  switch (asked.method) {
    case 'GET':
      return { kind: 'search', type, params: asked.params };
    case 'POST':
      return {
        kind: 'create',
        type,
        resource: resourceOf(asked.resource, type),
        ...(asked.ifNoneExist === undefined ? {} : { ifNoneExist: conditionIn(asked.ifNoneExist) }),
      };
    case 'PUT':
    case 'DELETE':
      throw notSupported('Conditional update and delete are not supported: read first, then write with If-Match.');
    default:
      throw methodNotAllowed();
  }
}

function instanceLevel(type: string, id: string, asked: Asked): Interaction {
  const ifMatch = asked.ifMatch === undefined ? {} : { ifMatch: versionInETag(asked.ifMatch) };
  switch (asked.method) {
    case 'GET':
      return { kind: 'read', type, id, ...noneMatch(asked.ifNoneMatch) };
    case 'PUT': {
      const resource = resourceOf(asked.resource, type);
      if (resource['id'] !== id) throw badRequest('The id in the resource is not the one in the URL.');
      return { kind: 'update', type, id, resource, ...ifMatch };
    }
    case 'DELETE':
      return { kind: 'delete', type, id, ...ifMatch };
    default:
      throw methodNotAllowed();
  }
}

function historyLevel(type: string, id: string, version: string | undefined, params: URLSearchParams): Interaction {
  if (version === undefined) {
    const count = params.get('_count') ?? String(HISTORY_COUNT);
    if (!/^\d{1,9}$/.test(count)) throw badRequest('_count is not a number.');
    return { kind: 'history', type, id, count: Math.min(Number(count), HISTORY_COUNT) };
  }
  if (!/^\d{1,15}$/.test(version)) throw notFound();
  return { kind: 'vread', type, id, version: Number(version) };
}

function resourceOf(resource: unknown, type: string): JsonObject {
  if (!isObject(resource)) throw badRequest('A resource is missing.');
  if (resource['resourceType'] !== type) throw badRequest('The resource is not of the type in the URL.');
  return resource;
}

/** An If-Match that cannot be read must not be taken for none: the write would be unconditional. */
function versionInETag(text: string): number {
  const version = ETAG.exec(text.trim())?.[1];
  if (version === undefined) throw badRequest('If-Match is not of the form W/"version".');
  return Number(version);
}

/** If-None-Match only saves a transfer: one that cannot be read is no reason to refuse. */
function noneMatch(text: string | undefined): { ifNoneMatch?: number } {
  const version = ETAG.exec(text?.trim() ?? '')?.[1];
  return version === undefined ? {} : { ifNoneMatch: Number(version) };
}

function conditionIn(text: string): URLSearchParams {
  const params = new URLSearchParams(text.replace(/^[^?=&]*\?/, ''));
  if ([...params].length === 0) throw badRequest('If-None-Exist has no condition.');
  return params;
}

const methodNotAllowed = (): Refusal => new Refusal(405, 'not-supported', 'This method is not allowed here.');
