import type { FhirResource } from 'fhir/r4';

type Json = Readonly<Record<string, unknown>>;

const listed = (value: unknown): readonly Json[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Json[];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Where in a resource a parameter looks; the same names mean the same in all the types used. */
const TOKENS: Readonly<Record<string, (resource: Json) => readonly Json[]>> = {
  identifier: ({ identifier }) => listed(identifier).map(({ system, value }) => ({ system, code: value })),
  code: ({ code }) => listed(code).flatMap(({ coding }) => listed(coding)),
  category: ({ category }) => listed(category).flatMap(({ coding }) => listed(coding)),
  status: ({ status }) => [{ code: status }],
  priority: ({ priority }) => [{ code: priority }],
  intent: ({ intent }) => [{ code: intent }],
};

const REFERENCES: Readonly<Record<string, (resource: Json) => readonly Json[]>> = {
  subject: ({ subject, for: patient }) => [...listed(subject), ...listed(patient)],
  patient: ({ subject, patient, for: of }) => [...listed(subject), ...listed(patient), ...listed(of)],
  focus: ({ focus }) => listed(focus),
  'based-on': ({ basedOn }) => listed(basedOn),
  'part-of': ({ partOf }) => listed(partOf),
  owner: ({ owner }) => listed(owner),
  requester: ({ requester }) => listed(requester),
  encounter: ({ encounter }) => listed(encounter),
  target: ({ target }) => listed(target),
  about: ({ about }) => listed(about),
};

const ABOUT_THE_ANSWER = new Set(['_count', '_sort', '_offset', '_format']);

/** Undefined for a parameter that this server does not have. */
export function matchesSearch(resource: FhirResource, name: string, value: string): boolean | undefined {
  const json = resource as unknown as Json;
  if (ABOUT_THE_ANSWER.has(name)) return true;
  const wanted = value.split(/(?<!\\),/).map((each) => each.replace(/\\([\\,|$])/g, '$1'));
  if (name === '_id') return wanted.includes(resource.id ?? '');
  if (name === '_lastUpdated') return isSince(resource.meta?.lastUpdated ?? '', value);
  const token = TOKENS[name];
  if (token !== undefined) {
    return token(json).some(({ system, code }) =>
      wanted.some((each) => (each.includes('|') ? `${textOf(system)}|${textOf(code)}` === each : code === each)),
    );
  }
  const reference = REFERENCES[name];
  if (reference === undefined) return undefined;
  return reference(json).some(({ reference: at }) =>
    wanted.some((each) => at === each || (typeof at === 'string' && at.endsWith(`/${each}`))),
  );
}

function isSince(updated: string, value: string): boolean {
  const at = Date.parse(value.slice(2));
  if (value.startsWith('ge')) return Date.parse(updated) >= at;
  return value.startsWith('gt') ? Date.parse(updated) > at : false;
}
