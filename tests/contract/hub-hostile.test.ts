import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { absurdities, readingTasks } from '#tests/unit/fhir/arbitraries.ts';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const NUMBER_OF_RUNS = 150;

/** Whatever is sent, the answer is FHIR's and the hub goes on: never a 5xx, never a crash. */
describe('the hub and hostile input', () => {
  let hub: TestHub;
  beforeAll(() => {
    hub = openHub();
  });
  afterAll(() => hub.stop());

  const staysCalm = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await hub.ask(method, path, body, headers);
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400) expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
    return answer;
  };

  it('stays calm with absurd Tasks, alone and in bundles', async () => {
    const tasks = readingTasks.map((task) => readingTaskToFhir({ ...task, id: 'x' as typeof task.id }));
    await fc.assert(
      fc.asyncProperty(absurdities(tasks), fc.constantFrom('transaction', 'batch'), async (resource, type) => {
        await staysCalm('POST', 'Task', JSON.stringify(resource));
        await staysCalm('PUT', 'Task/x', JSON.stringify(resource), { 'if-match': 'W/"1"' });
        const request = { method: 'POST', url: 'Task' };
        await staysCalm('POST', '', { resourceType: 'Bundle', type, entry: [{ resource, request }, resource] });
      }),
      { numRuns: NUMBER_OF_RUNS },
    );
  });

  it('stays calm with absurd bundle requests', async () => {
    const request = fc.record(
      {
        method: fc.oneof(fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH'), fc.jsonValue()),
        url: fc.oneof(
          fc.constantFrom('Task', 'Task/x', 'Task?status=ready', 'Task/x/_history', '?', '//'),
          fc.jsonValue(),
        ),
        ifMatch: fc.jsonValue(),
        ifNoneExist: fc.oneof(fc.constantFrom('status=ready', '', '?', 'x'), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const entry = fc.record({ request, resource: fc.constantFrom(readingTask(), readingTask({ id: 'x' }), null) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 4 }),
        fc.constantFrom('transaction', 'batch'),
        async (list, type) => {
          await staysCalm('POST', '', { resourceType: 'Bundle', type, entry: list });
        },
      ),
      { numRuns: NUMBER_OF_RUNS },
    );
  });

  it('stays calm with any path, query and precondition', async () => {
    const segment = fc.oneof(
      fc.constantFrom('Task', 'Patient', 'x', '_history', '_search', 'metadata', '..', '$everything', '1'),
      fc.webSegment(),
    );
    const key = fc.oneof(
      fc.constantFrom('status', 'code', 'identifier', 'patient', 'authored-on', '_id', '_lastUpdated', '_sort'),
      fc.constantFrom('_include', '_count', '_cursor', '_summary', 'owner:identifier', 'status:not', 'owner:missing'),
      fc.string(),
    );
    const value = fc.oneof(
      fc.constantFrom('ready', '|', 'a|b', 'ge2026', '-authored-on', 'Task:patient', '\\', ',', "'", '0', 'true'),
      fc.string({ unit: 'binary' }),
    );
    const header = fc.constantFrom('W/"1"', '"1"', '*', '1', 'W/"99999999999999999999"', '');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'),
        fc.array(segment, { maxLength: 5 }),
        fc.array(fc.tuple(key, value), { maxLength: 4 }),
        header,
        async (method, path, query, precondition) => {
          const params = new URLSearchParams(query.map(([name, text]) => [name, text.toWellFormed?.() ?? text]));
          const body = method === 'PUT' || method === 'POST' ? readingTask({ id: 'x' }) : undefined;
          await staysCalm(method, `${path.join('/')}?${params.toString()}`, body, { 'if-match': precondition });
        },
      ),
      { numRuns: 2 * NUMBER_OF_RUNS },
    );
  });

  it('is not slowed down by what is made to be slow', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ system: 'urn:x', value: String(at) }));
    expect((await staysCalm('POST', 'Task', readingTask({ identifier: many(10_000) }))).status).toBe(201);
    await staysCalm('GET', `Task?identifier=${'a%7Cb,'.repeat(500)}`);
    await staysCalm('GET', `Task?status=${'a,'.repeat(20_000)}`);
    await staysCalm('GET', `Task?identifier=${encodeURIComponent('\\'.repeat(50_000))}`);
    await staysCalm('GET', `Task?${'identifier=x&'.repeat(50)}`);
    await staysCalm('GET', `Task?${'status=ready&'.repeat(2000)}`);
    await staysCalm('GET', `Task?_sort=${'-status,'.repeat(3000)}_id`);
    const extension = (depth: number): unknown =>
      depth === 0 ? { url: 'urn:x', valueBoolean: true } : { url: 'urn:x', extension: [extension(depth - 1)] };
    await staysCalm('POST', 'Task', readingTask({ extension: [extension(25)] }));
    const contained = Array.from({ length: 500 }, (_, at) => ({ resourceType: 'Nonsense', id: `c${at}` }));
    await staysCalm('POST', 'Task', readingTask({ contained }));
    await staysCalm('POST', 'Task', readingTask({ description: 'x'.repeat(5_000_000) }));
  });
});
