import { cp, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { serve, type ServerType } from '@hono/node-server';
import { describe } from 'vitest';

import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createDicomwebFace, createFolderArchive } from '#electron/adapters/files/index.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';
import { startOrthanc } from '#tests/support/orthanc.ts';

import { describeSiteArchive, heldFiles } from './describe-site-archive.ts';

async function openFolder() {
  const dir = await mkdtemp(join(tmpdir(), 'overread-folder-'));
  for (const [nth, path] of heldFiles.entries()) await cp(dicomPath(path), join(dir, `${nth}-${basename(path)}`));
  const archive = createFolderArchive({ dir, log: silentLog, storeDir: join(dir, 'received') });
  return { archive, remove: () => rm(dir, { recursive: true, force: true }) };
}

const listen = (fetch: (request: Request) => Promise<Response>): Promise<{ server: ServerType; port: number }> =>
  new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve({ server, port }));
  });

const basicAuth = { user: 'reader', password: 'passwörd' };
const hasOrthanc = existsSync('/usr/sbin/Orthanc');
if (!hasOrthanc) process.stderr.write('skipped: SiteArchive against Orthanc, which is not installed here\n');

describe.skipIf(!hasDicomTestdata)('site archives', () => {
  describeSiteArchive('folder of files', async () => {
    const { archive, remove } = await openFolder();
    return { archive, close: remove };
  });

  describeSiteArchive('folder of files over DICOMweb with basic auth', async () => {
    const folder = await openFolder();
    const face = createDicomwebFace({ archive: folder.archive, basePath: '/dicom-web', basicAuth });
    const { server, port } = await listen(face);
    const archive = createDicomwebArchive({ url: `http://127.0.0.1:${port}/dicom-web/`, auth: { basic: basicAuth } });
    return {
      archive,
      async close() {
        await new Promise((resolve) => server.close(resolve));
        await folder.remove();
      },
    };
  });

  describe.skipIf(!hasOrthanc)('a real archive', () => {
    describeSiteArchive('Orthanc with basic auth', async () => {
      const orthanc = await startOrthanc();
      await orthanc.upload(heldFiles.map(dicomPath));
      const { user, password } = orthanc;
      const archive = createDicomwebArchive({ url: orthanc.dicomwebUrl, auth: { basic: { user, password } } });
      return { archive, close: () => orthanc.stop() };
    });
  });
});
