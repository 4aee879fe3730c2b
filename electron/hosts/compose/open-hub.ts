import { join } from 'node:path';

import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { openHubLink, type HubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { refreshTokenFile } from '#electron/adapters/oidc/refresh-token-file.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { LoadedConfig } from '#electron/hosts/config/load-config.ts';
import type { Sealer } from '#electron/workstation/ports.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { keepSignedIn } from './keep-signed-in.ts';
import { openHubAuth } from './open-hub-auth.ts';

export interface OpenHub {
  readonly kind: 'embedded' | 'remote';
  readonly fhir: HubLink['fhir'];
  readonly claimNext: HubLink['claimNext'];
  /** Calls back when the hub may hold something new. */
  onChange(listener: () => void): () => void;
  /** Where readers sign in to the hub by OpenID Connect: the same reader signs in anew. False: someone else, or not in time. */
  signInAfresh?(): Promise<boolean>;
  close(): Promise<void>;
}

/** Never resolved by anybody: requests to the embedded hub go to its function, not to a port. */
const EMBEDDED_BASE_URL = 'http://hub.embedded/fhir';
const TIMEOUT_MS = 20_000;

export function openHub(
  config: LoadedConfig['hub'],
  ports: {
    readonly folder: string;
    readonly sealer: Sealer;
    /** Opens an address in the reader's browser, to sign in. */
    readonly openUrl: (url: string) => void;
    readonly clock: Clock;
    readonly log: Log;
  },
): OpenHub {
  const { folder, sealer, openUrl, clock, log } = ports;
  if (config.kind === 'remote') {
    const { url } = config;
    const refreshTokens = refreshTokenFile(join(folder, 'hub-sign-in.sealed'), sealer);
    const opened = config.auth === undefined ? undefined : openHubAuth(config.auth, clock, refreshTokens);
    const auth = opened === undefined ? {} : { auth: opened.auth };
    const link = openHubLink({ baseUrl: url, fetch, timeoutMs: TIMEOUT_MS, ...auth });
    const signIn = opened?.signIn;
    const stop = signIn === undefined ? () => undefined : keepSignedIn(signIn, openUrl, log);
    return {
      kind: 'remote',
      ...link,
      onChange: link.watch,
      close: async () => {
        stop();
      },
      ...(signIn === undefined ? {} : { signInAfresh: () => signIn.signInAfresh(openUrl) }),
    };
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
