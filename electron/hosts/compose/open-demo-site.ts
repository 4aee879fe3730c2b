import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { getRequestListener } from '@hono/node-server';

import { loadDefinitions } from '#electron/adapters/fhir-definitions/load-definitions.ts';
import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { createDicomwebFace, createFolderArchive } from '#electron/adapters/files/index.ts';
import { listenMllp } from '#electron/adapters/hl7-mllp/listen-mllp.ts';
import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { createSqliteStore } from '#electron/adapters/sqlite/sqlite-store.ts';
import { createDemoSite, type DemoSite, type DemoSitePorts } from '#electron/demo-site/index.ts';
import { createHub } from '#electron/hub/create-hub.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { ROOT } from '../paths.ts';
import { createStudyGenerator } from './study-generator.ts';
import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';

const SEED = 20_261_121;
const FHIR_TIMEOUT_MS = 20_000;

/** The ordering sites in a box, on loopback ports of their own. Their studies are computed in a worker thread. */
export async function openDemoSite(options: {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<DemoSite> {
  const { folder, clock, log } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const generator = createStudyGenerator(join(ROOT, 'dist/node/demo-study-worker.mjs'));
  const site = await createDemoSite({
    dir: folder,
    seed: SEED,
    clock,
    log,
    files: {
      read: (path) => readFile(join(folder, path)).catch(() => undefined),
      writeAtomically: (path, bytes) => writeDurably(join(folder, path), bytes),
    },
    generate: (study, below) => generator.run({ study, seed: SEED, folder: join(folder, below) }),
    async openImages({ folder: images, storeFolder, basePath, auth }) {
      await mkdir(join(folder, images), { recursive: true });
      const archive = createFolderArchive({ dir: join(folder, images), storeDir: join(folder, storeFolder), log });
      return {
        fetch: createDicomwebFace({ archive, basePath, basicAuth: auth }),
        rescan: async () => void (await archive.rescan()),
      };
    },
    async openFhir({ file, baseUrl }) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      const store = createSqliteStore(join(folder, file));
      const hub = createHub({ store, definitions: loadDefinitions(), clock, log, baseUrl });
      return { fetch: hub.fetch, close: () => store.close() };
    },
    clientOf: (baseUrl, fetchFrom) => createFhirClient({ baseUrl, fetch: fetchFrom, timeoutMs: FHIR_TIMEOUT_MS }),
    serve,
    listenMllp,
    sendMllp,
  });
  return {
    ...site,
    async stop() {
      // The night first: it begins nothing new then, and what it waits for is ended under it.
      await Promise.all([site.stop(), generator.stop()]);
    },
  };
}

const serve: DemoSitePorts['serve'] = (answer) =>
  new Promise((resolve, reject) => {
    const server = createServer(getRequestListener(answer, { overrideGlobalObjects: false }));
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
