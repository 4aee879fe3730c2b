import { describe, expect, it } from 'vitest';

import { loadDefinitions, pruneForFile } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { SERVED_TYPES } from '#electron/adapters/fhir-definitions/prune-definitions.ts';

describe('the FHIR definitions the hub works with', () => {
  const definitions = loadDefinitions();

  it('hold a structure for each type served, and of other resources none', () => {
    const resources = (definitions.structures as { kind: string; name: string }[]).filter(
      ({ kind }) => kind === 'resource',
    );
    expect(resources.map(({ name }) => name).sort()).toEqual(['DomainResource', 'Resource', ...SERVED_TYPES].sort());
  });

  it('list the codes of required bindings as R4 publishes them', () => {
    // https://hl7.org/fhir/R4/valueset-task-status.html
    expect([...(definitions.codes['http://hl7.org/fhir/ValueSet/task-status'] ?? [])].sort()).toEqual([
      'accepted',
      'cancelled',
      'completed',
      'draft',
      'entered-in-error',
      'failed',
      'in-progress',
      'on-hold',
      'ready',
      'received',
      'rejected',
      'requested',
    ]);
    // https://hl7.org/fhir/R4/valueset-request-priority.html
    expect([...(definitions.codes['http://hl7.org/fhir/ValueSet/request-priority'] ?? [])].sort()).toEqual([
      'asap',
      'routine',
      'stat',
      'urgent',
    ]);
  });

  it('leave out value sets that R4 does not list itself', () => {
    expect(definitions.codes).not.toHaveProperty(['http://hl7.org/fhir/ValueSet/mimetypes']);
  });

  it('are about a megabyte, and the same when they went through the built file', () => {
    const { servedTypes, ...file } = pruneForFile();
    const text = JSON.stringify(file);
    expect(text.length).toBeLessThan(1_500_000);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(definitions)));
    expect(servedTypes).toBe(SERVED_TYPES.join(' '));
  });
});
