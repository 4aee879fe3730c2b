import type { Bundle } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const REPORT = 'urn:uuid:7b1f0b1e-7c1c-4a58-9d3e-0d6f3f1f5a01';
const PATIENT = 'urn:uuid:7b1f0b1e-7c1c-4a58-9d3e-0d6f3f1f5a02';

const report = {
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: 'CT HEAD' },
  subject: { reference: PATIENT },
  // Looks like a reference and is none: the report's own identity must stay what was signed.
  identifier: [{ system: 'urn:ietf:rfc:3986', value: REPORT }],
};
const transaction = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });

describe('the hub: transactions', () => {
  let hub: TestHub;
  let task: Readonly<Record<string, unknown>>;
  const changes: string[] = [];
  beforeEach(async () => {
    hub = openHub();
    task = (await hub.ask('POST', 'Task', readingTask({ status: 'in-progress' }))).body;
    changes.length = 0;
    hub.hub.onChange((change) => changes.push(`${change?.type ?? ''} ${change?.version ?? ''}`));
  });
  afterEach(() => hub.stop());

  /** Signing, as DESIGN 8 has it: report, Task completed under its fence, delivery. */
  const signing = (ifMatch: string) =>
    transaction(
      {
        fullUrl: 'urn:uuid:7b1f0b1e-7c1c-4a58-9d3e-0d6f3f1f5a03',
        resource: readingTask({
          status: 'requested',
          code: { coding: [{ system: 'urn:overread:task-kind', code: 'delivery' }] },
          focus: { reference: REPORT },
          partOf: [{ reference: `Task/${String(task['id'])}` }],
        }),
        request: { method: 'POST', url: 'Task', ifNoneExist: 'identifier=urn:overread:delivery|u/0' },
      },
      {
        resource: {
          ...task,
          status: 'completed',
          output: [{ type: { text: 'report' }, valueReference: { reference: REPORT } }],
        },
        request: { method: 'PUT', url: `Task/${String(task['id'])}`, ifMatch },
      },
      { fullUrl: REPORT, resource: report, request: { method: 'POST', url: 'DiagnosticReport' } },
      { fullUrl: PATIENT, resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } },
      { request: { method: 'GET', url: `Task/${String(task['id'])}` } },
    );
  const totals = async () =>
    Promise.all(
      ['Task', 'DiagnosticReport', 'Patient'].map(
        async (type) => (await hub.ask('GET', `${type}?_summary=count`)).body['total'],
      ),
    );

  it('writes all, resolves what the entries say of each other, and answers in the order of the entries', async () => {
    const answer = await hub.ask('POST', '', signing('W/"1"'));
    expect(answer.status).toBe(200);
    const { type, entry = [] } = answer.body as unknown as Bundle;
    expect(type).toBe('transaction-response');
    expect(entry.map(({ response }) => response?.status)).toEqual(['201', '200', '201', '201', '200']);
    const [delivery, completed, written, patient, read] = entry.map(({ resource }) => resource);
    expect(delivery).toMatchObject({ focus: { reference: `DiagnosticReport/${written?.id}` } });
    expect(completed).toMatchObject({
      status: 'completed',
      output: [{ valueReference: { reference: `DiagnosticReport/${written?.id}` } }],
    });
    expect(written).toMatchObject({
      subject: { reference: `Patient/${patient?.id}` },
      identifier: [{ value: REPORT }],
    });
    expect(read).toEqual(completed);
    expect(entry[1]?.response).toMatchObject({
      etag: 'W/"2"',
      location: `${hub.baseUrl}/Task/${String(task['id'])}/_history/2`,
    });
    expect(changes.sort()).toEqual(['DiagnosticReport 1', 'Patient 1', 'Task 1', 'Task 2']);
  });

  it.each([
    ['a stale fence', 412, () => signing('W/"9"')],
    [
      'no fence on the Task',
      428,
      () => {
        const bundle = signing('W/"1"');
        return { ...bundle, entry: bundle.entry.map((each) => ({ ...(each as object), request: withoutFence(each) })) };
      },
    ],
    [
      'a resource that is not valid',
      422,
      () => {
        const bundle = signing('W/"1"');
        const bad = { resource: { ...report, status: 'bogus' }, request: { method: 'POST', url: 'DiagnosticReport' } };
        return { ...bundle, entry: [...bundle.entry, bad] };
      },
    ],
    [
      'a reference to no entry',
      400,
      () =>
        transaction({
          resource: { ...report, subject: { reference: 'urn:uuid:0' } },
          request: { method: 'POST', url: 'DiagnosticReport' },
        }),
    ],
    [
      'two writes of one resource',
      400,
      () => {
        const bundle = signing('W/"1"');
        return { ...bundle, entry: [...bundle.entry, bundle.entry[1]] };
      },
    ],
    [
      'a read of what is not there',
      404,
      () => {
        const bundle = signing('W/"1"');
        return { ...bundle, entry: [...bundle.entry, { request: { method: 'GET', url: 'Task/none' } }] };
      },
    ],
    ['an entry without a request', 400, () => transaction({ resource: report })],
    ['an entry that is null', 400, () => transaction(null)],
    ['entries that are no list', 400, () => ({ resourceType: 'Bundle', type: 'transaction', entry: { a: 1 } })],
    [
      'a request of the wrong shape',
      400,
      () => transaction({ request: { method: 'GET', url: 'Task/1', ifNoneMatch: 7 } }),
    ],
    ['an unknown method', 405, () => transaction({ request: { method: 'CONNECT', url: 'Task/1' } })],
    ['another kind of bundle', 400, () => ({ resourceType: 'Bundle', type: 'collection' })],
  ])('writes nothing with %s', async (_, status, bundle) => {
    const answer = await hub.ask('POST', '', bundle());
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome' } });
    expect(await totals()).toEqual([1, 0, 0]);
    expect((await hub.ask('GET', `Task/${String(task['id'])}`)).body).toEqual(task);
    expect(changes).toEqual([]);
  });

  it('creates once under a condition, within one transaction and across two', async () => {
    const identifier = [{ system: 'urn:overread:site:mercy:mrn', value: '7' }];
    const patient = (fullUrl: string) => ({
      fullUrl,
      resource: { resourceType: 'Patient', identifier },
      request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=urn:overread:site:mercy:mrn|7' },
    });
    const order = {
      resource: readingTask({ for: { reference: PATIENT } }),
      request: { method: 'POST', url: 'Task' },
    };
    const first = await hub.ask('POST', '', transaction(patient(REPORT), patient(PATIENT), order));
    const entries = (first.body as unknown as Bundle).entry ?? [];
    expect(entries.map(({ response }) => response?.status)).toEqual(['201', '200', '201']);
    const again = await hub.ask('POST', '', transaction(order, patient(PATIENT)));
    const [second] = (again.body as unknown as Bundle).entry ?? [];
    expect(second?.resource).toMatchObject({ for: { reference: `Patient/${entries[0]?.resource?.id}` } });
    expect(await totals()).toEqual([3, 0, 1]);
  });

  it('resolves references by condition, and fails when the condition finds nothing', async () => {
    await hub.ask('PUT', 'Patient/p9', {
      resourceType: 'Patient',
      id: 'p9',
      identifier: [{ system: 'urn:m', value: '9' }],
    });
    const order = (value: string) =>
      transaction({
        resource: readingTask({ for: { reference: `Patient?identifier=urn:m|${value}` } }),
        request: { method: 'POST', url: 'Task' },
      });
    const answer = await hub.ask('POST', '', order('9'));
    expect((answer.body as unknown as Bundle).entry?.[0]?.resource).toMatchObject({ for: { reference: 'Patient/p9' } });
    expect((await hub.ask('POST', '', order('none'))).status).toBe(412);
  });

  it('deletes before it creates, whatever the order', async () => {
    const answer = await hub.ask(
      'POST',
      '',
      transaction(
        { request: { method: 'GET', url: 'Task?_summary=count' } },
        { resource: readingTask(), request: { method: 'POST', url: 'Task' } },
        { request: { method: 'DELETE', url: `Task/${String(task['id'])}`, ifMatch: 'W/"1"' } },
      ),
    );
    const entries = (answer.body as unknown as Bundle).entry ?? [];
    expect(entries.map(({ response }) => response?.status)).toEqual(['200', '201', '204']);
    expect(entries[0]?.resource).toMatchObject({ total: 1 });
  });

  it('carries out a batch entry by entry, failures in their places', async () => {
    const bundle = { ...signing('W/"9"'), type: 'batch' };
    const answer = await hub.ask('POST', '', { ...bundle, entry: [bundle.entry[1], bundle.entry[3], null] });
    const { type, entry = [] } = answer.body as unknown as Bundle;
    expect(type).toBe('batch-response');
    expect(entry.map(({ response }) => response?.status)).toEqual(['412', '201', '400']);
    expect(entry[0]?.response?.outcome).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(await totals()).toEqual([1, 0, 1]);
  });
});

function withoutFence(entry: unknown): unknown {
  const { ifMatch: _dropped, ...request } = (entry as { request: Record<string, unknown> }).request;
  return request;
}
