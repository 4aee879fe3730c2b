import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { Bundle, Patient, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { FhirError, type FhirClient, type FhirRefusal } from '#shared/fhir/fhir-client.ts';

import { openHub, readingTask, type TestHub } from './hub-support.ts';

const refusalOf = (promise: Promise<unknown>): Promise<FhirRefusal | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof FhirError) return error.refusal;
      throw error;
    },
  );
const task = (more: Partial<Task> = {}): Task => ({ ...(readingTask() as unknown as Task), ...more });

describe('the FHIR client over the embedded hub', () => {
  let hub: TestHub;
  let client: FhirClient;
  beforeEach(() => {
    hub = openHub();
    client = createFhirClient({ baseUrl: hub.baseUrl, fetch: hub.hub.fetch, timeoutMs: 10_000 });
  });
  afterEach(() => hub.stop());

  it('creates, reads, updates under the version it read, and hears of a conflict', async () => {
    const created = await client.create(task());
    expect(await client.read<Task>('Task', created.id ?? '')).toEqual(created);
    const claimed = await client.update<Task>({ ...created, status: 'in-progress' }, created.meta?.versionId);
    expect(claimed.meta?.versionId).toBe('2');
    expect(await refusalOf(client.update(created, created.meta?.versionId))).toEqual({ code: 'conflict' });
    expect(await refusalOf(client.read('Task', 'none'))).toEqual({ code: 'not-found' });
  });

  it('gets the existing resource where one meets the condition', async () => {
    const identifier = [{ system: 'urn:overread:site:mercy:accession', value: 'A 1&2' }];
    const condition = `identifier=${encodeURIComponent('urn:overread:site:mercy:accession|A 1&2')}`;
    const first = await client.create(task({ identifier }), condition);
    expect(await client.create(task({ identifier }), condition)).toEqual(first);
  });

  it('follows pages up to the limit, each resource once, with what they include', async () => {
    const patient = await client.create<Patient>({ resourceType: 'Patient' });
    const ids: (string | undefined)[] = [];
    for (let count = 0; count < 7; count += 1) {
      ids.push((await client.create(task({ for: { reference: `Patient/${patient.id ?? ''}` } }))).id);
    }
    const all = await client.search<Task>('Task', { status: 'ready', _count: '2' });
    expect(all.map(({ id }) => id)).toEqual(ids);
    expect(await client.search<Task>('Task', { _count: '2' }, 3)).toHaveLength(3);
    const included = await client.search<Task>('Task', { _include: 'Task:patient', _id: ids[0] ?? '' });
    expect(included.map(({ resourceType }) => resourceType)).toEqual(['Task', 'Patient']);
  });

  it('carries out a transaction, and none of a transaction that fails', async () => {
    const entry = (resource: Task | Patient) => ({
      resource,
      request: { method: 'POST' as const, url: resource.resourceType },
    });
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [entry(task()), entry({ resourceType: 'Patient' })],
    };
    expect((await client.transaction(bundle)).entry?.map(({ response }) => response?.status)).toEqual(['201', '201']);
    const broken: Bundle = { ...bundle, entry: [entry(task()), entry(task({ status: 'bogus' as Task['status'] }))] };
    expect(await refusalOf(client.transaction(broken))).toMatchObject({ code: 'rejected', status: 422 });
    expect(await client.search('Task', {})).toHaveLength(1);
  });
});

const portOf = (server: Server | undefined): number => (server?.address() as AddressInfo | null)?.port ?? 0;

describe('the FHIR client and servers that misbehave', () => {
  let server: Server | undefined;
  const serve = async (listener: RequestListener): Promise<FhirClient> => {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((listening) => started.listen(0, '127.0.0.1', listening));
    return clientFor(portOf(started));
  };
  const clientFor = (port: number, timeoutMs = 5000) =>
    createFhirClient({
      baseUrl: `http://127.0.0.1:${port}/fhir/`,
      fetch: (request) => fetch(request),
      auth: { user: 'reader', password: 'pässword' },
      timeoutMs,
    });
  afterEach(async () => {
    const stopping = server;
    server = undefined;
    stopping?.closeAllConnections();
    if (stopping !== undefined) await new Promise((closed) => stopping.close(closed));
  });

  it('says that nothing was sent when nobody listens', async () => {
    await serve(() => undefined);
    const port = portOf(server);
    await new Promise((closed) => server?.close(closed));
    server = undefined;
    expect(await refusalOf(clientFor(port).create(task()))).toEqual({ code: 'unreachable', sent: false });
  });

  it('says that it may have been carried out when the connection breaks before the answer', async () => {
    const client = await serve((request) => request.socket.destroy());
    expect(await refusalOf(client.create(task()))).toEqual({ code: 'unreachable', sent: true });
  });

  it('says that it may have been carried out when the answer breaks off', async () => {
    const client = await serve((_, response) => {
      response.writeHead(201, { 'content-length': '1000' });
      response.write('{"resourceType":"Task"', () => response.destroy());
    });
    expect(await refusalOf(client.create(task()))).toEqual({ code: 'unreachable', sent: true });
  });

  it('gives up on a server that does not answer', async () => {
    await serve(() => undefined);
    expect(await refusalOf(clientFor(portOf(server), 50).create(task()))).toEqual({ code: 'unreachable', sent: true });
  });

  it('gives up on it whatever the garbage collector does meanwhile', async () => {
    await serve((_, response) => response.writeHead(200).write('{'));
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const collecting = setInterval(collect, 5);
    try {
      const refused = await refusalOf(clientFor(portOf(server), 300).read('Task', '1'));
      expect(refused).toEqual({ code: 'unreachable', sent: true });
    } finally {
      clearInterval(collecting);
    }
  });

  it.each([
    [409, { code: 'conflict' }],
    [412, { code: 'conflict' }],
    [404, { code: 'not-found' }],
    [410, { code: 'not-found' }],
    [401, { code: 'forbidden' }],
    [403, { code: 'forbidden' }],
    [400, { code: 'rejected', status: 400, diagnostics: 'no such element; it is wrong' }],
    [422, { code: 'rejected', status: 422, diagnostics: 'no such element; it is wrong' }],
    [302, { code: 'rejected', status: 302, diagnostics: 'no such element; it is wrong' }],
    [429, { code: 'unreachable', sent: false }],
    [503, { code: 'unreachable', sent: false }],
    [500, { code: 'unreachable', sent: true }],
    [502, { code: 'unreachable', sent: true }],
  ])('understands %i', async (status, refusal) => {
    const client = await serve((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' });
      response.end(
        JSON.stringify({
          resourceType: 'OperationOutcome',
          issue: [{ diagnostics: 'no such element', details: { text: 'it is wrong' } }],
        }),
      );
    });
    expect(await refusalOf(client.update(task({ id: 'x' }), '1'))).toEqual(refusal);
  });

  it('reads what it wrote where a server answers a creation without the resource', async () => {
    const client = await serve((request, response) => {
      if (request.method === 'POST') response.writeHead(201, { location: '/fhir/Task/77/_history/1' }).end();
      else if (request.url === '/fhir/Task/77') response.end(JSON.stringify(task({ id: '77' })));
      else response.writeHead(404).end();
    });
    expect((await client.create(task())).id).toBe('77');
  });

  it.each(['<html>welcome</html>', '', '[]', '{"resourceType":"Patient"}'])(
    'does not take %j for the Task it asked for',
    async (body) => {
      const client = await serve((_, response) => response.end(body));
      expect(await refusalOf(client.read('Task', '1'))).toEqual({ code: 'unreachable', sent: true });
    },
  );

  it('sends its credentials, also to the next page, but never to another server', async () => {
    const asked: (string | undefined)[] = [];
    const pages = ['/fhir/Task?page=2', 'http://127.0.0.2:1/fhir/Task?page=3'];
    const client = await serve((request, response) => {
      asked.push(request.headers.authorization);
      const link = [{ relation: 'next', url: pages[asked.length - 1] }];
      response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry: [{ resource: task() }] }));
    });
    expect(await refusalOf(client.search('Task', {}))).toMatchObject({ code: 'rejected' });
    const expected = `Basic ${Buffer.from('reader:pässword', 'utf8').toString('base64')}`;
    expect(asked).toEqual([expected, expected]);
  });

  it('stops where pages lead in a circle', async () => {
    const client = await serve((request, response) => {
      const link = [{ relation: 'next', url: `http://${request.headers.host ?? ''}/fhir/Task?again` }];
      response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry: [{ resource: task() }] }));
    });
    expect(await client.search('Task', {})).toHaveLength(2);
  });

  it('takes a version or an id for what it is: a part of a URL', async () => {
    const asked: (string | undefined)[] = [];
    const client = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(404).end();
    });
    await refusalOf(client.read('Task', '../../admin?x=1'));
    expect(asked).toEqual(['/fhir/Task/..%2F..%2Fadmin%3Fx%3D1']);
  });
});
