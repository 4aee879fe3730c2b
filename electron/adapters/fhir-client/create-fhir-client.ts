import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';

import { FhirError, type FhirClient } from '#shared/fhir/fhir-client.ts';
import { listOf, recordOf, textOf } from '#shared/fhir/fhir-text.ts';

import {
  createFhirSender,
  expectType,
  type FhirAnswer,
  type FhirSender,
  type FhirSenderOptions,
} from './fhir-sender.ts';

const DEFAULT_LIMIT = 1000;
const LARGEST_PAGE = 500;

export const createFhirClient = (options: FhirSenderOptions): FhirClient => clientOver(createFhirSender(options));

/** Speaks the portable FHIR R4 subset of DESIGN 6. Retries nothing: whoever called knows whether a repetition is harmless. */
export function clientOver({ base, send }: FhirSender): FhirClient {
  const urlOf = (type: string, id: string) => `${base}/${type}/${encodeURIComponent(id)}`;

  const read = async <Resource extends FhirResource>(type: Resource['resourceType'], id: string) =>
    expectType<Resource>((await send('GET', urlOf(type, id))).resource, type);

  /** The written resource; from a server that answers without it, read from where it says it is. */
  async function written<Resource extends FhirResource>(resource: Resource, answer: FhirAnswer): Promise<Resource> {
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
        const entries: unknown = bundle.entry ?? [];
        if (!Array.isArray(entries))
          throw new FhirError({ code: 'rejected', status: 200, diagnostics: 'Bundle.entry is no list' });
        for (const entry of entries) {
          const { resource, search } = recordOf(entry) as BundleEntry;
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

/** Only within the same server: a link elsewhere would get our credentials. */
function nextPage(bundle: Bundle, base: string): string | undefined {
  const link = listOf(bundle.link)
    .map(recordOf)
    .flatMap(({ relation, url }) => (relation === 'next' ? (textOf(url) ?? []) : []))[0];
  if (link === undefined) return undefined;
  const url = URL.canParse(link, `${base}/`) ? new URL(link, `${base}/`) : undefined;
  if (url?.origin !== new URL(base).origin) {
    throw new FhirError({ code: 'rejected', status: 200, diagnostics: 'the next page lies on another server' });
  }
  return url.href;
}
