import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { getRequestListener } from '@hono/node-server';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createAuthenticate } from '#electron/adapters/oidc/authenticate.ts';
import { openGateway } from '#electron/hosts/compose/open-gateway.ts';
import { closeServer, guardedHub, listenOn } from '#electron/hosts/compose/hub-server.ts';
import { openProgramAudit } from '#electron/hosts/compose/open-program-audit.ts';
import { gatewayTurn, openStore, parseDatabase, type Database } from '#electron/hosts/compose/open-store.ts';
import { runInTurn } from '#electron/hosts/compose/run-in-turn.ts';
import { createSiteDirectory } from '#electron/hosts/compose/site-directory.ts';
import { StartRefusal } from '#electron/hosts/compose/start-refusal.ts';
import type { HubAccess } from '#electron/hosts/config/hub-schema.ts';
import { loadConfig, type LoadedConfig } from '#electron/hosts/config/load-config.ts';
import { createJsonLog } from '#electron/hosts/json-log.ts';
import { announceReady, closeInTime, leaveSoon, refuseStart, stopSignal } from '#electron/hosts/program-life.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { createHub, type Hub } from '#electron/hub/create-hub.ts';
import type { FhirStore } from '#electron/hub/ports.ts';
import type { Log } from '#shared/kernel/log.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export interface HubArguments {
  readonly port: number;
  readonly database: Database;
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
  const database = parseDatabase(values.database);
  if (!database.ok) return database;
  return ok({ port, database: database.value, ...(values.config === undefined ? {} : { config: values.config }) });
}

/**
 * Runs until SIGTERM or SIGINT; resolves to the exit code. With a configuration the gateway of its sites runs inside, on the hub's own function, not over
 * its port; where the configuration says that the hub is (`hub.fhir`) is for workstations and not looked at here, so that all may share one file. Several
 * hubs on one PostgreSQL database tell each other what they write; of those with sites in their configuration one at a time runs the gateway, and when it
 * ends or dies another takes over.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const log = createJsonLog();
  const refuse = (line: string): number => refuseStart('hub', line);
  const parsed = parseHubArguments(argv);
  if (!parsed.ok) return refuse(parsed.error);
  const { port, database } = parsed.value;
  const config = parsed.value.config === undefined ? undefined : loadConfig(parsed.value.config, process.env);
  if (config !== undefined && !config.ok) return refuse(config.error);
  let access: HubAccess | undefined;
  try {
    access = config?.value.hubAccess();
  } catch (error) {
    return refuse(`hub.access: ${error instanceof Error ? error.message : 'invalid'}`);
  }
  const stopped = stopSignal();
  let answer: ((request: Request) => Promise<Response>) | undefined;
  // Whoever finds the port before the database is open is told to come again; without a listener it would wait for ever.
  const server = createServer(
    getRequestListener(
      (request) => answer?.(request) ?? new Response('starting\n', { status: 503, headers: { 'retry-after': '1' } }),
      { overrideGlobalObjects: false },
    ),
  );
  const listening = await listenOn(server, port, access?.listen);
  if (!listening.ok) return refuse(listening.error);
  let store: FhirStore;
  try {
    store = await openStore(database);
  } catch (error) {
    server.close();
    return leaveSoon(refuse(error instanceof Error ? error.message : 'cannot open the database'));
  }
  const baseUrl = access?.url ?? `http://127.0.0.1:${listening.value}/fhir`;
  const hub = createHub({
    store,
    definitions: loadDefinitions(),
    clock: systemClock,
    log,
    baseUrl,
    ...(access === undefined ? {} : { authenticate: createAuthenticate(access) }),
  });
  answer = guardedHub(hub, listening.value, access?.url);
  let gateway: { close(): Promise<void> } | undefined;
  try {
    if (config !== undefined && config.value.sites.length > 0)
      gateway = await runInTurn(
        gatewayTurn(database),
        () => openGatewayOf(hub, baseUrl, config.value, auditFolderOf(config.value, parsed.value), log),
        log,
      );
  } catch (error) {
    server.close();
    await store.close();
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return leaveSoon(refuse(error instanceof StartRefusal ? reason : `could not start: ${reason}`));
  }
  announceReady('hub', `http://127.0.0.1:${listening.value}/fhir`);
  await stopped;
  await closeInTime(async () => {
    await Promise.all([gateway?.close(), closeServer(server)]);
    await store.close();
  }, log);
  return leaveSoon(0);
}

const EMBEDDED_TIMEOUT_MS = 20_000;

/** Beside the database; one that is no file leaves the configuration's place. */
function auditFolderOf({ auditFolder }: LoadedConfig, { database, config = '' }: HubArguments): string {
  const beside = database.kind === 'sqlite' ? database.file : config;
  return auditFolder ?? join(dirname(resolve(beside)), 'audit');
}

/** The gateway of the sites, and the audit chain it writes: only the hub whose turn it is holds either. */
async function openGatewayOf(hub: Hub, baseUrl: string, config: LoadedConfig, auditFolder: string, log: Log) {
  const audit = await openProgramAudit(auditFolder, { clock: systemClock, log });
  const directory = createSiteDirectory();
  for (const site of config.sites) directory.add(site);
  const fhir = createFhirClient({ baseUrl, fetch: hub.fetchInside, timeoutMs: EMBEDDED_TIMEOUT_MS });
  try {
    const gateway = await openGateway({
      fhir,
      directory,
      audit,
      clock: systemClock,
      log,
      ...(config.inbox === undefined ? {} : { inbox: config.inbox }),
    });
    return {
      close: async () => {
        try {
          await gateway.close();
        } finally {
          await audit.close();
        }
      },
    };
  } catch (error) {
    await audit.close();
    throw error;
  }
}
