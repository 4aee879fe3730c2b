import type { Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { judgeHistory } from '#tests/campaign/judge-claims.ts';

const LEASE_MS = 1000;

/** One version of a reading, as a hub keeps it. `reader` undefined: nobody holds it. */
function version(number: number, atMs: number, state: 'ready' | 'claimed' | 'completed', reader?: string): Task {
  const bare = readingTaskFromFhir({
    resourceType: 'Task',
    id: 't',
    status: 'ready',
    intent: 'order',
    code: { coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005' }] },
  });
  if (!bare.ok) throw new Error(bare.error.reason);
  const claim = {
    radiologistId: reader as never,
    radiologistName: reader ?? '',
    since: atMs as EpochMs,
    leaseUntil: (atMs + LEASE_MS) as EpochMs,
  };
  const task = readingTaskToFhir({ ...bare.value, state, ...(reader === undefined ? {} : { claim }) });
  return { ...task, meta: { versionId: String(number), lastUpdated: new Date(atMs).toISOString() } };
}

const told = (reader: string, at: number) => ({ reader, taskId: 't', version: at });

describe('judging a campaign of claims', () => {
  it('finds nothing wrong with a take-over after the lease', () => {
    const versions = [
      version(1, 0, 'ready'),
      version(2, 10, 'claimed', 'ana'),
      version(3, 1010, 'claimed', 'ben'),
      version(4, 1500, 'completed', 'ben'),
    ];
    expect(judgeHistory(versions, [told('ana', 2), told('ben', 3)], new Set(['ana']))).toEqual({
      completed: 1,
      isDoubled: false,
      heldByKilled: 1,
      takenOver: 1,
    });
  });

  it.each([
    [
      'a claim within another’s lease',
      [version(1, 0, 'ready'), version(2, 10, 'claimed', 'ana'), version(3, 1009, 'claimed', 'ben')],
      [told('ana', 2), told('ben', 3)],
    ],
    [
      'two readers told of the same version',
      [version(1, 0, 'ready'), version(2, 10, 'claimed', 'ana')],
      [told('ana', 2), told('ben', 2)],
    ],
    [
      'a reader told of what the hub gave to another',
      [version(1, 0, 'ready'), version(2, 10, 'claimed', 'ana')],
      [told('ben', 2)],
    ],
    [
      'a reading completed twice',
      [
        version(1, 10, 'claimed', 'ana'),
        version(2, 20, 'completed', 'ana'),
        version(3, 5000, 'claimed', 'ana'),
        version(4, 5010, 'completed', 'ana'),
      ],
      [],
    ],
    [
      'a reading completed by someone who did not hold it',
      [version(1, 10, 'claimed', 'ana'), version(2, 20, 'completed', 'ben')],
      [],
    ],
  ])('finds %s', (_, versions, grants) => {
    expect(judgeHistory(versions, grants, new Set()).isDoubled).toBe(true);
  });
});
