import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

import { getRequestListener } from '@hono/node-server';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { openGateway, type OpenGateway } from '#electron/hosts/compose/open-gateway.ts';
import { createSiteDirectory } from '#electron/hosts/compose/site-directory.ts';
import { StartRefusal } from '#electron/hosts/compose/start-refusal.ts';
import { loadConfig } from '#electron/hosts/config/load-config.ts';
import { createJsonLog } from '#electron/hosts/json-log.ts';
import { announceReady, closeInTime, leaveSoon, refuseStart, stopSignal } from '#electron/hosts/program-life.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { createHub, type Hub } from '#electron/hub/create-hub.ts';
import type { FhirStore } from '#electron/hub/ports.ts';
import type { Site } from '#shared/domain/site.ts';
import type { Log } from '#shared/kernel/log.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export interface HubArguments {
  readonly port: number;
  readonly file: string;
  readonly config?: string;
}

/** The flags of `npm run hub` (SURFACE); the refusal is one line. */
export function parseHubArguments(argv: readonly string[]): Result<HubArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: { port: { type: 'string' }, database: { type: 'string' }, config: { type: 'string' } },
    }));
  } catch (error) {
    return err(error instanceof Error ? (error.message.split('\n')[0] ?? 'wrong flag') : 'wrong flag');
  }
  const port = Number(values.port);
  if (values.port === undefined) return err('--port is missing');
  if (!/^\d+$/.test(values.port) || port > 65_535) return err(`--port must be 0 to 65535, not ${values.port}`);
  const file = /^sqlite:(.+)$/.exec(values.database ?? '')?.[1];
  if (file === undefined) {
    return err(
      /^postgres(ql)?:/.test(values.database ?? '')
        ? 'this hub keeps its data in SQLite only: --database sqlite:FILE'
        : '--database must be sqlite:FILE',
    );
  }
  return ok({ port, file, ...(values.config === undefined ? {} : { config: values.config }) });
}

/**
 * Runs until SIGTERM or SIGINT; resolves to the exit code. With a configuration the gateway of its sites runs inside, on the hub's own function, not over
 * its port; where the configuration says that the hub is (`hub.fhir`) is for workstations and not looked at here, so that all may share one file.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const log = createJsonLog();
  const refuse = (line: string): number => refuseStart('hub', line);
  const parsed = parseHubArguments(argv);
  if (!parsed.ok) return refuse(parsed.error);
  const { port, file } = parsed.value;
  const config = parsed.value.config === undefined ? undefined : loadConfig(parsed.value.config, process.env);
  if (config !== undefined && !config.ok) return refuse(config.error);
  const stopped = stopSignal();
  const server = createServer();
  const listening = await listen(server, port);
  if (!listening.ok) return refuse(listening.error);
  let store: FhirStore;
  try {
    store = createSqliteStore(file);
  } catch (error) {
    server.close();
    return refuse(`cannot open the database ${file}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  const baseUrl = `http://127.0.0.1:${listening.value}/fhir`;
  const hub = createHub({ store, definitions: loadDefinitions(), clock: systemClock, log, baseUrl });
  server.on('request', getRequestListener(guarded(hub, listening.value), { overrideGlobalObjects: false }));
  let gateway: OpenGateway | undefined;
  try {
    gateway = config === undefined ? undefined : await gatewayOf(hub, baseUrl, config.value.sites, log);
  } catch (error) {
    server.close();
    await store.close();
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return leaveSoon(refuse(error instanceof StartRefusal ? reason : `could not start: ${reason}`));
  }
  announceReady('hub', baseUrl);
  await stopped;
  await closeInTime(async () => {
    await Promise.all([gateway?.close(), close(server)]);
    await store.close();
  }, log);
  return leaveSoon(0);
}

const EMBEDDED_TIMEOUT_MS = 20_000;

function gatewayOf(hub: Hub, baseUrl: string, sites: readonly Site[], log: Log): Promise<OpenGateway> {
  const directory = createSiteDirectory();
  for (const site of sites) directory.add(site);
  const fhir = createFhirClient({ baseUrl, fetch: hub.fetch, timeoutMs: EMBEDDED_TIMEOUT_MS });
  return openGateway({ fhir, directory, clock: systemClock, log });
}

/** Loopback only: the hub knows no users, so reaching it from elsewhere is for a proxy that does. */
function listen(server: Server, port: number): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        err(error.code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on port ${port}: ${error.code}`),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(ok((server.address() as AddressInfo).port)));
  });
}

/** A web page must not reach the hub under a name of its own that it lets point at this machine (DNS rebinding). */
function guarded(hub: Hub, port: number): (request: Request) => Promise<Response> {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return async (request) =>
    hosts.has(request.headers.get('host') ?? '') && !request.headers.has('origin')
      ? hub.fetch(request)
      : new Response('not for this host\n', { status: 421 });
}

const LAST_ANSWERS_MS = 1000;

/** Lets requests under way finish, for a while. */
function close(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
  });
}
