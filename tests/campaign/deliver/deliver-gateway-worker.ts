import { readFileSync } from 'node:fs';

import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { openDelivery } from '#electron/hosts/compose/open-delivery.ts';
import { openPrinter } from '#electron/hosts/compose/open-printer.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import type { Site } from '#shared/domain/site.ts';
import { silentLog } from '#shared/kernel/log.ts';

/** The delivering half of the gateway as every program composes it, to be killed; only less patient. Argument: file with the orders below. */
export interface GatewayOrders {
  readonly hubUrl: string;
  readonly site: Site;
  readonly timing: NonNullable<Parameters<typeof openDelivery>[0]['timing']>;
}

const { hubUrl, site, timing } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as GatewayOrders;
const { dicomweb } = site;
const archive =
  dicomweb === undefined
    ? undefined
    : createDicomwebArchive({
        url: dicomweb.url,
        ...(dicomweb.auth === undefined ? {} : { auth: { basic: dicomweb.auth } }),
      });
const delivery = await openDelivery({
  fhir: createFhirClient({ baseUrl: hubUrl, fetch, timeoutMs: 20_000 }),
  sites: () => [site],
  archiveOf: () => archive,
  clock: systemClock,
  log: silentLog,
  renderPdf: await openPrinter(),
  timing,
});
delivery.start();
process.stdout.write('listening\n');
