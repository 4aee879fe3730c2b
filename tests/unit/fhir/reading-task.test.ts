import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LEASE_TTL_MS } from '#shared/domain/claim.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readingTaskFromFhir, UNKNOWN_SITE } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskIdentifier, readingTaskIfNoneExist, readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';

import { absurdities, readingTasks } from './arbitraries.ts';

/** As another FHIR system might write it: the least that is a reading. */
const foreign = {
  resourceType: 'Task',
  id: 't1',
  status: 'ready',
  intent: 'order',
  code: { coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005' }] },
};

function read(resource: unknown): ReadingTask {
  const result = readingTaskFromFhir(resource);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

describe('a reading as FHIR Task', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(readingTasks, (task) => {
        expect(read(JSON.parse(JSON.stringify(readingTaskToFhir(task))))).toEqual(task);
      }),
    );
  });

  it('comes back as it went when another system has added facts, and those stay', () => {
    const added = {
      note: [{ text: 'seen by the front desk' }],
      input: [{ type: { text: 'room' }, valueString: 'B12' }],
      extension: [{ url: 'urn:elsewhere', valueBoolean: true }],
      owner: { display: 'nobody' },
    };
    fc.assert(
      fc.property(readingTasks, (task) => {
        const base = { ...foreign, ...added } as unknown as Parameters<typeof readingTaskToFhir>[1];
        const written = readingTaskToFhir(task, base);
        expect(read(written)).toEqual(task);
        expect(written.note).toEqual(added.note);
        expect(written.extension).toEqual(added.extension);
        expect(written.input).toContainEqual(added.input[0]);
      }),
    );
  });

  it('uses the FHIR words: stroke is stat plus an activation, claimed is in-progress', () => {
    const [task] = fc.sample(readingTasks, 1);
    if (task === undefined) throw new Error('no sample');
    const written = readingTaskToFhir({ ...task, priority: 'stroke', state: 'claimed' });
    expect(written).toMatchObject({ priority: 'stat', status: 'in-progress', intent: 'order' });
    expect(written.code?.coding?.[0]).toMatchObject({
      system: 'http://dicom.nema.org/resources/ontology/DCM',
      code: '110005',
    });
    expect(written.input?.[0]).toEqual({
      type: { coding: [{ system: 'urn:overread:task-input', code: 'activation' }] },
      valueString: 'stroke',
    });
  });

  it('lets a lowered priority win over an older activation', () => {
    const [task] = fc.sample(readingTasks, 1);
    if (task === undefined) throw new Error('no sample');
    const lowered = { ...readingTaskToFhir({ ...task, priority: 'trauma' }), priority: 'urgent' };
    expect(read(lowered).priority).toBe('urgent');
  });

  it('is told apart by the accession number of its site, else by its study', () => {
    const keyed = { siteId: 'mercy', studyInstanceUids: ['1.2.3'] } as unknown as ReadingTask;
    expect(readingTaskIdentifier(keyed)).toEqual({ system: 'urn:dicom:uid', value: '1.2.3' });
    const ordered = { ...keyed, accessionNumber: 'A,1|2' } as ReadingTask;
    expect(readingTaskIdentifier(ordered)).toEqual({ system: 'urn:overread:site:mercy:accession', value: 'A,1|2' });
    expect(new URLSearchParams(readingTaskIfNoneExist(ordered)).get('identifier')).toBe(
      'urn:overread:site:mercy:accession|A\\,1\\|2',
    );
    expect(readingTaskIfNoneExist({ ...keyed, studyInstanceUids: [] })).toBeUndefined();
  });

  it('for creation leaves out the id and the version', () => {
    const [task] = fc.sample(readingTasks, 1);
    if (task === undefined) throw new Error('no sample');
    const written = readingTaskToFhir({ ...task, id: '' as ReadingTask['id'], version: '' });
    expect(written).not.toHaveProperty('id');
    expect(written).not.toHaveProperty('meta');
  });

  it('replaces what FHIR strings cannot carry, so that the hub does not refuse an order for a stray byte', () => {
    const [task] = fc.sample(readingTasks, 1);
    if (task === undefined) throw new Error('no sample');
    expect(read(readingTaskToFhir({ ...task, reason: 'fall\u0000from\u001bstairs' })).reason).toBe('fall from stairs');
  });
});

describe('a Task of another system', () => {
  it('with nothing in it is a routine reading of an unknown site', () => {
    expect(read(foreign)).toEqual({
      id: 't1',
      version: '',
      state: 'ready',
      siteId: UNKNOWN_SITE,
      siteName: UNKNOWN_SITE,
      patient: { id: '', mrn: '', name: '', sex: 'unknown' },
      exam: { text: '' },
      priority: 'routine',
      studyInstanceUids: [],
      priors: [],
      authoredOn: 0,
    });
  });

  it('with an owner and no lease is held for one lease from its last write', () => {
    const lastUpdated = '2026-11-21T22:00:00Z';
    const held = {
      ...foreign,
      status: 'in-progress',
      owner: { reference: 'Practitioner/7', display: 'Lee' },
      meta: { lastUpdated },
    };
    expect(read(held).claim).toEqual({
      radiologistId: 'Practitioner/7',
      radiologistName: 'Lee',
      since: Date.parse(lastUpdated),
      leaseUntil: Date.parse(lastUpdated) + LEASE_TTL_MS,
    });
  });

  it.each([
    ['draft', 'ordered'],
    ['received', 'ordered'],
    ['accepted', 'ready'],
    ['on-hold', 'claimed'],
    ['failed', 'cancelled'],
    ['rejected', 'cancelled'],
    ['entered-in-error', 'cancelled'],
  ])('with status %s is %s', (status, state) => {
    expect(read({ ...foreign, status }).state).toBe(state);
  });

  it('shows a prior given as a reference, and a prior that is plain text', () => {
    const type = { coding: [{ system: 'urn:overread:task-input', code: 'prior' }] };
    const input = [
      { type, valueReference: { reference: 'DiagnosticReport/9', display: 'CT chest 2024' } },
      { type, valueString: 'outside films' },
    ];
    expect(read({ ...foreign, input }).priors).toEqual([
      { description: 'outside films', hasReport: false },
      { description: 'CT chest 2024', hasReport: true },
    ]);
  });

  it('finds the study in an urn:oid as FHIR imaging resources write it', () => {
    const input = [
      {
        type: { coding: [{ system: 'urn:overread:task-input', code: 'study' }] },
        valueIdentifier: { system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' },
      },
    ];
    expect(read({ ...foreign, input }).studyInstanceUids).toEqual(['1.2.3']);
  });

  it.each([
    [{ resourceType: 'Patient' }, 'not-a-task'],
    [null, 'not-a-task'],
    [{ ...foreign, code: { text: 'wash the car' } }, 'another-kind-of-task'],
    [{ ...foreign, status: 'bogus' }, 'unknown-status'],
    [{ ...foreign, status: 'constructor' }, 'unknown-status'],
  ])('%j is refused as %s', (resource, code) => {
    const result = readingTaskFromFhir(resource);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(absurdities(readingTasks.map((task) => readingTaskToFhir(task))), (resource) => {
        const result = readingTaskFromFhir(resource);
        if (result.ok) expect(() => readingTaskToFhir(result.value)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
