import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serve } from '@hono/node-server';

import { createDicomwebFace, createFolderArchive } from '#electron/adapters/files/index.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startOrthanc } from '#tests/support/orthanc.ts';

/** A DICOMweb server that holds the measured studies. */
export interface BenchArchive {
  readonly name: string;
  readonly dicomwebUrl: string;
  readonly user: string;
  readonly password: string;
  readonly headers: { readonly Authorization: string };
  store(part10: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

const ORTHANC = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** Orthanc where it is installed, else this project's own DICOMweb face over loopback HTTP. */
export const startBenchArchive = (): Promise<BenchArchive> => (existsSync(ORTHANC) ? ofOrthanc() : ofFolder());

async function ofOrthanc(): Promise<BenchArchive> {
  const orthanc = await startOrthanc();
  return {
    ...orthanc,
    name: 'Orthanc',
    async store(part10) {
      const answer = await fetch(`${orthanc.url}/instances`, {
        method: 'POST',
        headers: orthanc.headers,
        body: Buffer.from(part10.buffer as ArrayBuffer, part10.byteOffset, part10.byteLength),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`Orthanc refused an instance: ${answer.status}`);
    },
  };
}

async function ofFolder(): Promise<BenchArchive> {
  const dir = mkdtempSync(join(tmpdir(), 'overread-bench-archive-'));
  const [user, password] = ['reader', 'reader-password'];
  const face = createDicomwebFace({
    archive: createFolderArchive({ dir, log: silentLog }),
    basePath: '/dicom-web',
    basicAuth: { user, password },
  });
  const port = await freePort();
  const server = serve({ port, hostname: '127.0.0.1', fetch: face });
  return {
    name: 'own DICOMweb face',
    dicomwebUrl: `http://127.0.0.1:${port}/dicom-web`,
    user,
    password,
    headers: { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    store: (part10) => writeFile(join(dir, `${randomUUID()}.dcm`), part10),
    async stop() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
