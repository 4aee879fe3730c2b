import { join } from 'node:path';

import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { openHubLink, type HubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { LoadedConfig } from '#electron/hosts/config/load-config.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

export interface OpenHub {
  readonly kind: 'embedded' | 'remote';
  readonly fhir: HubLink['fhir'];
  readonly claimNext: HubLink['claimNext'];
  /** Calls back when the hub may hold something new. */
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
    const link = openHubLink({ baseUrl: url, fetch, timeoutMs: TIMEOUT_MS, ...(auth === undefined ? {} : { auth }) });
    return { kind: 'remote', ...link, onChange: link.watch, close: async () => undefined };
  }
  const store = createSqliteStore(join(folder, 'hub.sqlite'));
  const hub = createHub({ store, definitions: loadDefinitions(), clock, log, baseUrl: EMBEDDED_BASE_URL });
  const { fhir, claimNext } = openHubLink({ baseUrl: EMBEDDED_BASE_URL, fetch: hub.fetch, timeoutMs: TIMEOUT_MS });
  return {
    kind: 'embedded',
    fhir,
    claimNext,
    onChange: (listener) => hub.onChange(() => listener()),
    close: () => store.close(),
  };
}
