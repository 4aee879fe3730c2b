import type { FhirResource } from 'fhir/r4';

/** Whether two versions say the same: `meta` and the order of keys aside. Servers may return keys in another order than they were sent. */
export function sameResource(a: FhirResource, b: FhirResource): boolean {
  return canonical({ ...a, meta: undefined }) === canonical({ ...b, meta: undefined });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
