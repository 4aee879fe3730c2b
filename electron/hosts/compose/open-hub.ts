import { join } from 'node:path';

import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { LoadedConfig } from '#electron/hosts/config/load-config.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

export interface OpenHub {
  readonly kind: 'embedded' | 'remote';
  readonly fhir: FhirClient;
  /** Calls back when the hub may hold something new; a remote hub is polled by those who ask. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Never resolved by anybody: requests to the embedded hub go to its function, not to a port. */
const EMBEDDED_BASE_URL = 'http://hub.embedded/fhir';
const TIMEOUT_MS = 20_000;

export function openHub(
  config: LoadedConfig['hub'],
  { folder, clock, log }: { readonly folder: string; readonly clock: Clock; readonly log: Log },
): OpenHub {
  if (config.kind === 'remote') {
    const { url, auth } = config;
    return {
      kind: 'remote',
      fhir: createFhirClient({
        baseUrl: url,
        fetch,
        timeoutMs: TIMEOUT_MS,
        ...(auth === undefined ? {} : { auth }),
      }),
      onChange: () => () => undefined,
      close: async () => undefined,
    };
  }
  const store = createSqliteStore(join(folder, 'hub.sqlite'));
  const hub = createHub({ store, definitions: loadDefinitions(), clock, log, baseUrl: EMBEDDED_BASE_URL });
  return {
    kind: 'embedded',
    fhir: createFhirClient({ baseUrl: EMBEDDED_BASE_URL, fetch: hub.fetch, timeoutMs: TIMEOUT_MS }),
    onChange: (listener) => hub.onChange(() => listener()),
    close: () => store.close(),
  };
}
