import type { TypedValue } from '@medplum/core';
import type { Bundle, Resource, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';

import {
  evalFhirPathTyped,
  getSearchParameterDetails,
  getSearchParameters,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  toTypedValue,
  validateResource,
} from './fhir-engine.ts';
import type { FhirDefinitions } from './ports.ts';
import { invalidResource } from './refusal.ts';

const SEARCH_KINDS = ['token', 'reference', 'string', 'date', 'uri'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export interface SearchParam {
  readonly code: string;
  readonly kind: SearchKind;
  /** Canonical URL of its definition. */
  readonly definition: string;
  /** Resource types a reference may point at, of those served. */
  readonly targets: readonly string[];
}

/** A value found by a search parameter's FHIRPath, with its FHIR type (`CodeableConcept`, `dateTime`, …). */
export interface FoundValue {
  readonly type: string;
  readonly value: unknown;
}

/** What R4 says about the resources we serve. The only place that knows the engine (@medplum/core). */
export interface FhirRules {
  readonly types: readonly string[];
  serves(type: string): boolean;
  /** Throws a Refusal (422) that names the first wrong element. */
  validate(resource: Readonly<Record<string, unknown>>): void;
  searchParams(type: string): readonly SearchParam[];
  searchParam(type: string, code: string): SearchParam | undefined;
  valuesOf(resource: Readonly<Record<string, unknown>>, param: SearchParam): readonly FoundValue[];
}

/** A signed report carries its PDF inside (`presentedForm`); the whole request is limited elsewhere. */
const LARGEST_BINARY_BYTES = 10 * 1024 * 1024;

const prepared = new WeakMap<FhirDefinitions, FhirRules>();

/** Costs about 100 ms once for the same definitions. */
export function createFhirRules(definitions: FhirDefinitions): FhirRules {
  const rules = prepared.get(definitions) ?? prepareRules(definitions);
  prepared.set(definitions, rules);
  return rules;
}

function prepareRules(definitions: FhirDefinitions): FhirRules {
  // The engine keeps its schema in module scope: definitions are the same for every hub of the process.
  indexStructureDefinitionBundle(definitions.structures as StructureDefinition[]);
  indexSearchParameterBundle({
    resourceType: 'Bundle',
    type: 'collection',
    entry: definitions.searchParameters.map((resource) => ({ resource: resource as SearchParameter })),
  } satisfies Bundle<SearchParameter>);
  const types = definitions.structures
    .flatMap((structure) => {
      const { kind, abstract, type } = structure as StructureDefinition;
      return kind === 'resource' && abstract !== true && type !== undefined ? [type] : [];
    })
    .sort();
  const byType = new Map(types.map((type) => [type, paramsOf(type)]));
  const codes = new Map(Object.entries(definitions.codes).map(([url, list]) => [url, new Set(list)]));
  return {
    types,
    serves: (type) => byType.has(type),
    validate: (resource) => {
      const tokens: Record<string, (TypedValue & { path: string })[]> = {};
      try {
        validateResource(resource as unknown as Resource, {
          collect: { tokens },
          base64BinaryMaxBytes: LARGEST_BINARY_BYTES,
        });
      } catch (error) {
        throw refusalOf(error);
      }
      checkRequiredCodes(tokens, codes);
    },
    searchParams: (type) => [...(byType.get(type)?.values() ?? [])],
    searchParam: (type, code) => byType.get(type)?.get(code),
    valuesOf: (resource, param) => {
      const type = String(resource['resourceType']);
      const definition = getSearchParameters(type)?.[param.code];
      if (definition === undefined) return [];
      const { parsedExpression } = getSearchParameterDetails(type, definition);
      return evalFhirPathTyped(parsedExpression, [toTypedValue(resource)]);
    },
  };
}

function paramsOf(type: string): ReadonlyMap<string, SearchParam> {
  const params = new Map<string, SearchParam>();
  for (const [code, definition] of Object.entries(getSearchParameters(type) ?? {})) {
    const kind = SEARCH_KINDS.find((each) => each === definition.type);
    // `_id` and `_lastUpdated` are columns of the store; other parameters of all resources are not served.
    if (kind === undefined || code.startsWith('_')) continue;
    params.set(code, { code, kind, definition: definition.url ?? '', targets: definition.target ?? [] });
  }
  return params;
}

/** The engine throws its own outcome for what it finds, and plain errors where a value is of a shape it did not expect. */
function refusalOf(error: unknown): Error {
  if (!(error instanceof OperationOutcomeError)) return invalidResource('The resource is not well formed.');
  const issue = error.outcome.issue.find(({ severity }) => severity === 'error' || severity === 'fatal');
  return invalidResource(issue?.details?.text ?? issue?.diagnostics ?? 'The resource is not valid.', issue?.expression);
}

/** The engine leaves required bindings to a terminology server; these value sets are small enough to be checked here. */
function checkRequiredCodes(
  tokens: Readonly<Record<string, readonly (TypedValue & { path: string })[]>>,
  codes: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const [url, found] of Object.entries(tokens)) {
    const allowed = codes.get(url.split('|')[0] ?? '');
    if (allowed === undefined) continue;
    for (const { value, path } of found) {
      const given = codesIn(value);
      if (given.length > 0 && !given.some((code) => allowed.has(code))) {
        throw invalidResource(`The code is not one of ${url}.`, [path]);
      }
    }
  }
}

/** Of a `code`, `Coding` or `CodeableConcept`; a concept in words only has none. */
function codesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const { code, coding } = value as { code?: unknown; coding?: unknown };
  if (typeof code === 'string') return [code];
  return Array.isArray(coding) ? coding.flatMap(codesIn) : [];
}
