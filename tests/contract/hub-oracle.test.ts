import fc from 'fast-check';
import { Fhir } from 'fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { deliveries, readingTasks } from '#tests/unit/fhir/arbitraries.ts';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const oracle = new Fhir();
/** The oracle takes `false` and `0` for missing values; it is shown others of the same type in their place. */
const withoutFalsy = (resource: object): object =>
  JSON.parse(JSON.stringify(resource), (_, value: unknown) =>
    value === 0 ? 1 : value === false ? true : value,
  ) as object;
const complaintsAbout = (resource: object) =>
  oracle
    .validate(withoutFalsy(resource), { errorOnUnexpected: true })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location ?? ''} ${message ?? ''}`);

/** An independent validator (npm `fhir`) judges what we write, and the hub takes it. */
describe('what we write as FHIR R4', () => {
  let hub: TestHub;
  beforeAll(() => {
    hub = openHub();
  });
  afterAll(() => hub.stop());

  it('is valid for any reading, and comes back from the hub as it went', async () => {
    await fc.assert(
      fc.asyncProperty(readingTasks, async (task) => {
        const written = readingTaskToFhir({ ...task, id: '' as typeof task.id, version: '' });
        expect(complaintsAbout(written)).toEqual([]);
        const { status, body } = await hub.ask('POST', 'Task', written);
        expect({ status, body }).toMatchObject({ status: 201 });
        const read = await hub.ask('GET', `Task/${body['id']}`);
        expect(readingTaskFromFhir(read.body)).toEqual({ ok: true, value: { ...task, id: body['id'], version: '1' } });
      }),
      { numRuns: 60 },
    );
  });

  it('is valid for any delivery', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (delivery) => {
        const written = deliveryToFhir({ ...delivery, id: '' as typeof delivery.id, version: '' }, 'u-1');
        expect(complaintsAbout(written)).toEqual([]);
        expect(await hub.ask('POST', 'Task', written)).toMatchObject({ status: 201 });
      }),
      { numRuns: 60 },
    );
  });

  it('is valid in what the hub itself says: bundles, capability statement, outcomes', async () => {
    await hub.ask('POST', 'Task', readingTask({ for: { reference: 'Patient/p1' } }));
    const answers = await Promise.all([
      hub.ask('GET', 'metadata'),
      hub.ask('GET', 'Task?_count=1&_total=accurate'),
      hub.ask('GET', 'Task/none'),
      hub.ask('POST', 'Task', readingTask({ status: 'bogus' })),
      hub.ask('POST', '', {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [{ request: { method: 'GET', url: 'Task?_summary=count' } }],
      }),
    ]);
    for (const { body } of answers) expect(complaintsAbout(body)).toEqual([]);
  });

  it('would be found out: the oracle sees a bogus status', () => {
    expect(complaintsAbout(readingTask({ status: 'bogus' }))).not.toEqual([]);
    expect(complaintsAbout(readingTask({ colour: 'red' }))).not.toEqual([]);
  });
});
