import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener } from '@hono/node-server';
import type { Task } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openHubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { openPostgresStore } from '#electron/adapters/postgres/postgres-store.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { FhirStore } from '#electron/hub/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { lacks } from '#tests/support/peers.ts';
import { startPlainFhirServer } from '#tests/support/plain-fhir-server.ts';
import { startPostgres, type Postgres } from '#tests/support/postgres.ts';

import { readingTask, serveHub } from './hub-support.ts';

const task = (): Task => readingTask() as unknown as Task;

const linkTo = (baseUrl: string) => openHubLink({ baseUrl, fetch: (request) => fetch(request), timeoutMs: 10_000 });

/** Words of a watch, each awaited. */
function hear(link: ReturnType<typeof linkTo>) {
  let words = 0;
  let waiting: (() => void)[] = [];
  const stop = link.watch(() => {
    words += 1;
    for (const resolve of waiting) resolve();
    waiting = [];
  });
  return {
    stop,
    /** The next word after what `doing` has done. */
    after: async (doing: () => Promise<unknown>): Promise<void> => {
      const heard = words;
      await doing();
      while (words === heard) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    first: async (): Promise<void> => {
      while (words === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

describe('what a workstation hears of a remote hub', () => {
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  it('is a word at the beginning and one after each change, by the hub’s own feed', async () => {
    const hub = await serveHub();
    stops.push(hub.stop);
    const link = linkTo(hub.baseUrl);
    const heard = hear(link);
    stops.push(heard.stop);
    await heard.first();
    for (let change = 0; change < 5; change += 1) await heard.after(() => link.fhir.create(task()));
  });

  it('says nothing of what was written', async () => {
    const hub = await serveHub();
    stops.push(hub.stop);
    const leaving = new AbortController();
    const response = await fetch(`${hub.baseUrl}/$changes`, { signal: leaving.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.getReader();
    const word = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await word()).toBe('data: changed\n\n');
    await linkTo(hub.baseUrl).fhir.create(task());
    expect(await word()).toBe('data: changed\n\n');
    leaving.abort();
  });

  it('comes by asking where the server has no feed, also when its search shows what is new later', async () => {
    const server = await startPlainFhirServer({ searchDelayMs: 300 });
    stops.push(server.stop);
    const link = linkTo(server.baseUrl);
    await link.fhir.create(task());
    const heard = hear(link);
    stops.push(heard.stop);
    await heard.after(() => link.fhir.create(task()));
    await heard.after(() => link.fhir.create(task()));
  });

  it('goes on after a hub that was away', async () => {
    const first = await startPlainFhirServer();
    const heard = hear(linkTo(first.baseUrl));
    stops.push(heard.stop);
    const { port } = new URL(first.baseUrl);
    await first.stop();
    const second = await startPlainFhirServer({ port: Number(port) });
    stops.push(second.stop);
    await heard.after(() => linkTo(second.baseUrl).fhir.create(task()));
  });
});

describe.skipIf(lacks('postgresql'))('two hubs on one PostgreSQL database', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => {
    postgres?.stop();
  }, 60_000);

  it('tell the workstations of each what is written at the other', async () => {
    const url = await postgres.database();
    const hubs = await Promise.all([serveOn(url), serveOn(url)]);
    const [here, there] = hubs.map(({ baseUrl }) => linkTo(baseUrl));
    if (here === undefined || there === undefined) throw new Error('two hubs');
    const heard = hear(here);
    await heard.first();
    await heard.after(() => there.fhir.create(task()));
    expect(await here.fhir.search('Task', { status: 'ready' })).toHaveLength(1);
    heard.stop();
    for (const { stop } of hubs) await stop();
  });
});

async function serveOn(url: string): Promise<{ readonly baseUrl: string; stop(): Promise<void> }> {
  const store: FhirStore = await openPostgresStore(url);
  const server: Server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const clock = { now: () => Date.now() as EpochMs };
  const hub = createHub({ store, definitions: loadDefinitions(), clock, log: silentLog, baseUrl });
  server.on(
    'request',
    getRequestListener((request) => hub.fetch(request), { overrideGlobalObjects: false }),
  );
  return {
    baseUrl,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await store.close();
    },
  };
}
