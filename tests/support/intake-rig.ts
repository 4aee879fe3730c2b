import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock, EpochMs } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';

const definitions = loadDefinitions();
export const machineClock: Clock = { now: () => Date.now() as EpochMs };

export interface RealHub {
  readonly fhir: FhirClient;
  readonly fetch: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** The real hub on a real SQLite file, called without a port. */
export function openRealHub(file: string, baseUrl = 'http://hub.test/fhir'): RealHub {
  mkdirSync(dirname(file), { recursive: true });
  const store = createSqliteStore(file);
  const hub = createHub({ store, definitions, clock: machineClock, log: silentLog, baseUrl });
  const fetch = (request: Request) => hub.fetch(request);
  return { fetch, fhir: createFhirClient({ baseUrl, fetch, timeoutMs: 20_000 }), close: () => store.close() };
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'overread-intake-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Looks until it is so; fails with what it last saw. */
export async function until<Value>(
  look: () => Promise<Value>,
  isSo: (value: Value) => boolean,
  limitMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > deadline) throw new Error(`still not so: ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
