import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

describe('the hub: one resource', () => {
  let hub: TestHub;
  beforeEach(() => {
    hub = openHub();
  });
  afterEach(() => hub.stop());

  const create = async (more: Record<string, unknown> = {}) => (await hub.ask('POST', 'Task', readingTask(more))).body;

  it('creates with an id of its own, version 1, and says where', async () => {
    const created = await hub.ask('POST', 'Task', readingTask({ id: 'mine', meta: { versionId: '77' } }));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ meta: { versionId: '1', lastUpdated: '2026-11-21T22:00:00.000Z' } });
    expect(created.body['id']).not.toBe('mine');
    expect(created.headers.get('etag')).toBe('W/"1"');
    expect(created.headers.get('location')).toBe(`${hub.baseUrl}/Task/${created.body['id']}/_history/1`);
    const read = await hub.ask('GET', `Task/${created.body['id']}`);
    expect(read).toMatchObject({ status: 200, body: created.body });
    expect(read.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  });

  it('updates under If-Match, counts versions, and keeps every one', async () => {
    const task = await create();
    const path = `Task/${task['id']}`;
    const updated = await hub.ask('PUT', path, { ...task, status: 'in-progress' }, { 'if-match': 'W/"1"' });
    expect(updated).toMatchObject({ status: 200, body: { status: 'in-progress', meta: { versionId: '2' } } });
    expect((await hub.ask('GET', `${path}/_history/1`)).body).toEqual(task);
    const history = await hub.ask('GET', `${path}/_history`);
    expect(history.body).toMatchObject({
      type: 'history',
      entry: [{ resource: { status: 'in-progress' } }, { resource: { status: 'ready' }, request: { method: 'POST' } }],
    });
  });

  it.each([
    ['a version that is past', 'W/"0"', 412],
    ['a version that never was', 'W/"9"', 412],
    ['an unquoted version', '1', 400],
    ['a star', '*', 400],
    ['no If-Match at all', undefined, 428],
  ])('refuses to update a Task with %s', async (_, ifMatch, status) => {
    const task = await create();
    const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    const answer = await hub.ask('PUT', `Task/${task['id']}`, { ...task, status: 'completed' }, headers);
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome' } });
    expect((await hub.ask('GET', `Task/${task['id']}`)).body).toEqual(task);
  });

  it('updates other resources without If-Match, and creates under the given id when there is none', async () => {
    const patient = { resourceType: 'Patient', id: 'p1', gender: 'female' };
    expect((await hub.ask('PUT', 'Patient/p1', patient)).status).toBe(201);
    expect((await hub.ask('PUT', 'Patient/p1', { ...patient, gender: 'male' })).status).toBe(200);
    expect((await hub.ask('PUT', 'Patient/p2', { ...patient, id: 'p2' }, { 'if-match': 'W/"1"' })).status).toBe(412);
  });

  it('creates once under If-None-Exist, however often it is asked, and refuses when two match', async () => {
    const identifier = [{ system: 'urn:overread:site:mercy:accession', value: 'A1' }];
    const condition = { 'if-none-exist': 'identifier=urn:overread:site:mercy:accession|A1' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => hub.ask('POST', 'Task', readingTask({ identifier }), condition)),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    await hub.ask('POST', 'Task', readingTask({ identifier }));
    expect((await hub.ask('POST', 'Task', readingTask({ identifier }), condition)).status).toBe(412);
  });

  it('deletes: gone, with its history kept, and can be put back', async () => {
    const task = await create();
    const path = `Task/${task['id']}`;
    expect((await hub.ask('DELETE', path, undefined, { 'if-match': 'W/"3"' })).status).toBe(412);
    expect((await hub.ask('DELETE', path)).status).toBe(204);
    expect((await hub.ask('DELETE', path)).status).toBe(204);
    expect((await hub.ask('GET', path)).status).toBe(410);
    expect((await hub.ask('GET', `Task?_id=${task['id']}`)).body).not.toHaveProperty('entry');
    expect((await hub.ask('GET', `${path}/_history/1`)).body).toEqual(task);
    const back = await hub.ask('PUT', path, task);
    expect(back).toMatchObject({ status: 201, body: { meta: { versionId: '3' } } });
  });

  it('answers 304 to a reader who has the version, and nothing to one who wants nothing back', async () => {
    const task = await create();
    const known = await hub.ask('GET', `Task/${task['id']}`, undefined, { 'if-none-match': 'W/"1"' });
    expect(known).toMatchObject({ status: 304, body: {} });
    const quiet = await hub.ask('POST', 'Task', readingTask(), { prefer: 'return=minimal' });
    expect(quiet).toMatchObject({ status: 201, body: {} });
  });

  it('tells of a change once it is durable, and not of one that failed', async () => {
    const changes: unknown[] = [];
    const stop = hub.hub.onChange((change) => changes.push(change));
    const task = await create();
    await hub.ask('PUT', `Task/${task['id']}`, task);
    await hub.ask('PUT', `Task/${task['id']}`, task, { 'if-match': 'W/"1"' });
    stop();
    await create();
    expect(changes).toEqual([
      { type: 'Task', id: task['id'], version: '1' },
      { type: 'Task', id: task['id'], version: '2' },
    ]);
  });
});

describe('the hub: what it does not take', () => {
  let hub: TestHub;
  beforeEach(() => {
    hub = openHub();
  });
  afterEach(() => hub.stop());

  it.each([
    ['an unknown element', readingTask({ colour: 'red' }), 422],
    ['a status outside the value set', readingTask({ status: 'bogus' }), 422],
    ['a missing required element', readingTask({ intent: undefined }), 422],
    ['a list where one value belongs', readingTask({ status: ['ready'] }), 422],
    ['a date that is none', readingTask({ authoredOn: 'yesterday' }), 422],
    ['an element that is null', readingTask({ note: null }), 422],
    ['meta that is no object', readingTask({ meta: 'x' }), 422],
    ['a resource of another type', { resourceType: 'Patient' }, 400],
    ['no object', '[1,2]', 400],
    ['no JSON', '{"resourceType":', 400],
    ['nothing', '', 400],
    ['a key called __proto__', '{"resourceType":"Task","status":"ready","intent":"order","__proto__":{"x":1}}', 400],
    ['a hundred thousand brackets', '['.repeat(100_000), 400],
    ['sixty thousand notes', readingTask({ note: Array.from({ length: 60_000 }, () => ({ text: 'x' })) }), 400],
  ])('refuses %s', async (_, body, status) => {
    const answer = await hub.ask('POST', 'Task', body);
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome' } });
    expect((await hub.ask('GET', 'Task?_summary=count')).body).toMatchObject({ total: 0 });
  });

  it('refuses a body of more than 10 MB', async () => {
    const answer = await hub.ask('POST', 'Task', readingTask({ description: 'x'.repeat(10 * 1024 * 1024) }));
    expect(answer.status).toBe(413);
  });

  it.each([
    ['POST', 'Task', { 'content-type': 'application/fhir+xml' }, 415],
    ['GET', 'Task', { accept: 'application/fhir+xml' }, 406],
    ['GET', 'Task?_format=xml', {}, 406],
    ['GET', 'Nonsense/1', {}, 404],
    ['GET', 'Task/none', {}, 404],
    ['GET', 'Task/a/b/c/d', {}, 404],
    ['GET', 'Task/%E0%A4%A', {}, 400],
    ['GET', 'Task/..%2f..%2fetc', {}, 404],
    ['PATCH', 'Task/1', {}, 405],
    ['GET', 'Task?colour=red', {}, 400],
    ['GET', 'Task?_sort=colour', {}, 400],
    ['GET', 'Task?_count=many', {}, 400],
    ['GET', 'Task?_lastUpdated=soon', {}, 400],
    ['GET', 'Task?status:above=x', {}, 400],
    ['GET', 'Task?patient.name=x', {}, 400],
    ['GET', 'Task?_has:Observation:x=1', {}, 400],
    ['GET', 'Task?status=', {}, 400],
    ['GET', 'http://hub.test/elsewhere/Task', {}, 404],
  ])('answers %s %s %j with %i', async (method, path, headers, status) => {
    const body = method === 'POST' ? readingTask() : undefined;
    const answer = await hub.ask(method, path, body, headers);
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome' } });
  });
});
