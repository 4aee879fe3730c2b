import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';

import { readingTask, serveHub } from './hub-support.ts';

const READINGS = 200;
const READERS = 20;

describe('the hub: twenty readers and two hundred readings', () => {
  let hub: Awaited<ReturnType<typeof serveHub>>;
  beforeEach(async () => {
    hub = await serveHub();
  });
  afterEach(() => hub.stop());

  it('gives every reading to exactly one reader, although all reach for the head of the list', async () => {
    const client = createFhirClient({ baseUrl: hub.baseUrl, fetch: (each) => fetch(each), timeoutMs: 60_000 });
    const request = { method: 'POST' as const, url: 'Task' };
    const resources = Array.from({ length: READINGS }, () => readingTask() as unknown as Task);
    await client.transaction({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: resources.map((resource) => ({ resource, request })),
    });
    const claimed = new Map<string, string[]>();
    let conflicts = 0;

    const readAll = async (reader: string): Promise<void> => {
      for (;;) {
        const open = await client.search<Task>('Task', { status: 'ready', _count: '10' }, 10);
        // Every reader prefers another of the first ten: enough to move on, few enough to collide.
        const task = open[reader.length % Math.max(open.length, 1)];
        if (task?.id === undefined) return;
        const owner = { identifier: { system: 'urn:overread:reader', value: reader } };
        try {
          await client.update<Task>({ ...task, status: 'in-progress', owner }, task.meta?.versionId);
          claimed.set(task.id, [...(claimed.get(task.id) ?? []), reader]);
        } catch (error) {
          if (!(error instanceof FhirError) || error.refusal.code !== 'conflict') throw error;
          conflicts += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: READERS }, (_, reader) => readAll('r'.repeat(reader + 1))));

    expect(claimed.size).toBe(READINGS);
    expect([...claimed.values()].filter((readers) => readers.length > 1)).toEqual([]);
    expect(conflicts).toBeGreaterThan(0);
    const held = await client.search<Task>('Task', { status: 'in-progress' });
    for (const task of held) {
      expect([task.owner?.identifier?.value]).toEqual(claimed.get(task.id ?? ''));
      expect(task.meta?.versionId).toBe('2');
    }
    expect(held).toHaveLength(READINGS);
  });
});
