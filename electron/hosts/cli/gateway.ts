import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import type { FhirAuth } from '#electron/adapters/fhir-client/fhir-sender.ts';
import { openHubAuth } from '#electron/hosts/compose/open-hub-auth.ts';
import { openGateway, type OpenGateway } from '#electron/hosts/compose/open-gateway.ts';
import { openProgramAudit, type ProgramAudit } from '#electron/hosts/compose/open-program-audit.ts';
import { createSiteDirectory } from '#electron/hosts/compose/site-directory.ts';
import { StartRefusal } from '#electron/hosts/compose/start-refusal.ts';
import { loadConfig, type LoadedConfig } from '#electron/hosts/config/load-config.ts';
import { createJsonLog } from '#electron/hosts/json-log.ts';
import { announceReady, closeInTime, leaveSoon, refuseStart, stopSignal } from '#electron/hosts/program-life.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

interface GatewayArguments {
  /** Base of any FHIR R4 server. */
  readonly fhir: string;
  readonly config: string;
}

/** The flags of `npm run gateway` (SURFACE); the refusal is one line. */
function parseGatewayArguments(argv: readonly string[]): Result<GatewayArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options: { fhir: { type: 'string' }, config: { type: 'string' } } }));
  } catch (error) {
    return err(error instanceof Error ? error.message : 'wrong flag');
  }
  const { fhir, config } = values;
  if (fhir === undefined) return err('--fhir is missing');
  if (!URL.canParse(fhir) || !/^https?:$/.test(new URL(fhir).protocol)) {
    return err(`--fhir must be an http or https address, not ${fhir}`);
  }
  if (config === undefined) return err('--config is missing');
  return ok({ fhir, config });
}

const HUB_TIMEOUT_MS = 20_000;

/**
 * The gateway alone, beside any FHIR R4 server; runs until SIGTERM or SIGINT and resolves to the exit code. It starts whether or not the server is there:
 * until it is, orders stay with their senders (AE). `hub.auth` of the configuration is sent only if `hub.fhir` names this very server.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseGatewayArguments(argv);
  if (!parsed.ok) return refuseStart('gateway', parsed.error);
  const { fhir: url } = parsed.value;
  const config = loadConfig(parsed.value.config, process.env);
  if (!config.ok) return refuseStart('gateway', config.error);
  const stopped = stopSignal();
  const log = createJsonLog();
  const directory = createSiteDirectory();
  for (const site of config.value.sites) directory.add(site);
  if (directory.sites().length === 0) log.warn('gateway.without-sites');
  let gateway: OpenGateway;
  let audit: ProgramAudit | undefined;
  try {
    audit = await openProgramAudit(auditFolderOf(config.value, parsed.value.config), { clock: systemClock, log });
    const auth = authFor(url, config.value.hub);
    gateway = await openGateway({
      fhir: createFhirClient({
        baseUrl: url,
        fetch,
        timeoutMs: HUB_TIMEOUT_MS,
        ...(auth === undefined ? {} : { auth }),
      }),
      directory,
      audit,
      clock: systemClock,
      log,
      ...(config.value.inbox === undefined ? {} : { inbox: config.value.inbox }),
    });
  } catch (error) {
    await audit?.close();
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return leaveSoon(refuseStart('gateway', error instanceof StartRefusal ? reason : `could not start: ${reason}`));
  }
  announceReady('gateway', url);
  await stopped;
  await closeInTime(async () => {
    await gateway.close();
    await audit.close();
  }, log);
  return leaveSoon(0);
}

const auditFolderOf = ({ auditFolder }: LoadedConfig, configPath: string): string =>
  auditFolder ?? join(dirname(resolve(configPath)), 'audit');

function authFor(url: string, hub: LoadedConfig['hub']): FhirAuth | undefined {
  const normal = (address: string) => new URL(address).href.replace(/\/+$/, '');
  if (hub.kind !== 'remote' || hub.auth === undefined || normal(hub.url) !== normal(url)) return undefined;
  return openHubAuth(hub.auth, systemClock).auth;
}
