import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';

import { toIso, type EpochMs } from '#shared/kernel/clock.ts';

import type { FhirRules } from './fhir-rules.ts';

/** What this hub really does (R4 `metadata`): each entry has a test that tries it. */
export function capabilityStatement(
  rules: FhirRules,
  baseUrl: string,
  startedAt: EpochMs,
  isGuarded: boolean,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: toIso(startedAt),
    kind: 'instance',
    software: { name: 'Overread hub' },
    implementation: { description: 'Worklist of a reading group', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        ...(isGuarded ? { security: { service: [{ text: 'Bearer token (RFC 6750)' }] } } : {}),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        operation: [{ name: 'changes', definition: 'urn:overread:operation:changes' }],
        resource: rules.types.map((type) => ({
          type: type as CapabilityStatementRestResource['type'],
          interaction: [
            { code: 'read' },
            { code: 'vread' },
            { code: 'update' },
            { code: 'delete' },
            { code: 'history-instance' },
            { code: 'create' },
            { code: 'search-type' },
          ],
          versioning: type === 'Task' ? 'versioned-update' : 'versioned',
          readHistory: true,
          updateCreate: true,
          conditionalCreate: true,
          conditionalRead: 'not-match',
          conditionalUpdate: false,
          conditionalDelete: 'not-supported',
          ...(type === 'Task'
            ? { operation: [{ name: 'claim-next', definition: 'urn:overread:operation:claim-next' }] }
            : {}),
          searchInclude: rules
            .searchParams(type)
            .filter(({ kind }) => kind === 'reference')
            .map(({ code }) => `${type}:${code}`),
          searchParam: [
            { name: '_id', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-id' },
            {
              name: '_lastUpdated',
              type: 'date',
              definition: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated',
            },
            ...rules.searchParams(type).map(({ code, kind, definition }) => ({ name: code, type: kind, definition })),
          ],
        })),
      },
    ],
  };
}
