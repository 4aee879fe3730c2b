import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { getRequestListener } from '@hono/node-server';

import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import type { Authenticate } from '#electron/hub/caller.ts';
import { createHub, type Hub } from '#electron/hub/create-hub.ts';
import type { FhirStore } from '#electron/hub/ports.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';

const definitions = loadDefinitions();

export interface TestClock extends Clock {
  advance(ms: number): void;
}

function manualClock(start = Date.parse('2026-11-21T22:00:00Z')): TestClock {
  let now = start;
  return {
    now: () => now as EpochMs,
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface TestHub {
  readonly hub: Hub;
  readonly store: FhirStore;
  readonly clock: TestClock;
  readonly baseUrl: string;
  /** A request by path below the base, with JSON in and out. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Asked>;
  stop(): Promise<void>;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  // What a server answers is looked at freely in tests.
  readonly body: Readonly<Record<string, never>>;
}

/** The hub over a store of its own, called directly: no port. */
export function openHub({ authenticate }: { readonly authenticate?: Authenticate } = {}): TestHub {
  const folder = mkdtempSync(join(tmpdir(), 'overread-hub-'));
  const store = createSqliteStore(join(folder, 'hub.db'));
  const clock = manualClock();
  const baseUrl = 'http://hub.test/fhir';
  const hub = createHub({
    store,
    definitions,
    clock,
    log: silentLog,
    baseUrl,
    ...(authenticate === undefined ? {} : { authenticate }),
  });
  return {
    hub,
    store,
    clock,
    baseUrl,
    ask: async (method, path, body, headers = {}) => {
      const response = await hub.fetch(
        new Request(path.startsWith('http') ? path : `${baseUrl}/${path}`, {
          method,
          headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === '' ? {} : JSON.parse(text)) as Asked['body'],
      };
    },
    stop: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same hub behind a loopback port, for clients that speak HTTP. */
export async function serveHub(): Promise<{ readonly baseUrl: string; readonly hub: Hub; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-hub-'));
  const store = createSqliteStore(join(folder, 'hub.db'));
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const hub = createHub({ store, definitions, clock: manualClock(Date.now()), log: silentLog, baseUrl });
  server.on(
    'request',
    getRequestListener((request) => hub.fetch(request)),
  );
  return {
    baseUrl,
    hub,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The least that is a reading Task. */
export const readingTask = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  resourceType: 'Task',
  status: 'ready',
  intent: 'order',
  priority: 'routine',
  code: { coding: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110005' }] },
  authoredOn: '2026-11-21T21:00:00Z',
  ...more,
});
