import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { getRequestListener } from '@hono/node-server';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { silentLog } from '#shared/kernel/log.ts';

/** The hub on SQLite behind a loopback port. It is not killed here: `campaign claims` does that. */
export async function openRealHub(folder: string): Promise<{
  readonly url: string;
  readonly fhir: FhirClient;
  close(): Promise<void>;
}> {
  const store = createSqliteStore(join(folder, 'hub.db'));
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  const hub = createHub({ store, definitions: loadDefinitions(), clock: systemClock, log: silentLog, baseUrl: url });
  server.on(
    'request',
    getRequestListener((request) => hub.fetch(request), { overrideGlobalObjects: false }),
  );
  return {
    url,
    fhir: createFhirClient({ baseUrl: url, fetch: (request) => hub.fetch(request), timeoutMs: 20_000 }),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await store.close();
    },
  };
}
