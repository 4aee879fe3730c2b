import { SYSTEM } from '#shared/fhir/systems.ts';

import { isObject, type JsonObject } from './json-shape.ts';
import type { FhirReader, IndexEntry } from './ports.ts';

/** Index code of the sites a resource belongs to: no search parameter, so nobody can ask for it. */
export const SITE_FACT = '_site';

/** Provenance → report → patient is the longest way. */
const FARTHEST = 3;

/**
 * The sites a resource belongs to: those it names itself (a Task its requester, a patient or an order the site whose number it bears), else those of what
 * it refers to. An order's patient of another site does not make the order that site's.
 */
export async function siteFactsOf(
  resource: JsonObject,
  index: readonly IndexEntry[],
  reader: FhirReader,
): Promise<readonly IndexEntry[]> {
  const named = sitesNamedIn(resource);
  const sites =
    named.size > 0
      ? named
      : await sitesBehind(
          index.flatMap(({ value }) => (value === undefined ? [] : [value])),
          reader,
          FARTHEST,
        );
  return [...sites].map((value) => ({ code: SITE_FACT, value }));
}

async function sitesBehind(
  references: Iterable<string>,
  reader: FhirReader,
  far: number,
): Promise<ReadonlySet<string>> {
  const sites = new Set<string>();
  for (const reference of references) {
    const [, type, id] = LOCAL.exec(reference) ?? [];
    const version = type === undefined || id === undefined ? undefined : await reader.read(type, id);
    if (version === undefined || version.deleted) continue;
    const resource = JSON.parse(version.body) as JsonObject;
    const named = sitesNamedIn(resource);
    const found = named.size > 0 || far === 1 ? named : await sitesBehind(referencesIn(resource), reader, far - 1);
    for (const site of found) sites.add(site);
  }
  return sites;
}

const LOCAL = /^([A-Z][A-Za-z]{1,40})\/([A-Za-z0-9.-]{1,64})$/;
const OF_SITE = /^urn:overread:site:([^:]+):/;

/** Identifiers of our site systems, wherever they stand, but not inside what is merely referred to by text. */
function sitesNamedIn(resource: JsonObject): ReadonlySet<string> {
  const sites = new Set<string>();
  visit(resource, ({ system, value }) => {
    if (typeof system !== 'string' || typeof value !== 'string') return;
    const site = system === SYSTEM.site ? value : OF_SITE.exec(system)?.[1];
    if (site !== undefined) sites.add(site);
  });
  return sites;
}

function referencesIn(resource: JsonObject): ReadonlySet<string> {
  const references = new Set<string>();
  visit(resource, ({ reference }) => {
    if (typeof reference === 'string') references.add(reference);
  });
  return references;
}

function visit(value: unknown, look: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, look);
  if (!isObject(value)) return;
  look(value);
  for (const each of Object.values(value)) visit(each, look);
}
