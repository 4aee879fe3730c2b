import { createHash, randomBytes } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createFolderArchive } from '#electron/adapters/files/index.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { seriesUidOf, sopInstanceUidOf } from '#electron/workstation/studies/series-order.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { dicomPath } from '#tests/support/dicom-testdata.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { lacks } from '#tests/support/peers.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const FOLDERS = ['mr-brain', 'multiframe', 'color', 'corrupt', 'odd', 'sr', 'pr', 'syntax-fragments', 'wg04'];
const framesOf = (instance: DicomJson): number =>
  instance['00280010'] === undefined ? 0 : Number(instance['00280008']?.Value?.[0] ?? 1);

describe.skipIf(lacks('testdata'))('real images through the study cache', () => {
  it.each(FOLDERS)(
    '%s: every image once, from the site and from the cache alike, nothing silently absent',
    async (name) => {
      const folder = tempFolder();
      await cp(dicomPath(name), join(folder, 'dicom'), { recursive: true });
      const archive = createFolderArchive({ dir: join(folder, 'dicom'), log: silentLog });
      const key = randomBytes(32);
      const clock = createManualClock();
      const cache = await openStudyCache({
        folder: join(folder, 'cache'),
        sealer: createSealer(() => key, 'studies'),
        limitBytes: 4 * 1024 ** 3,
        clock,
        log: silentLog,
      });
      const studiesFrom = (archiveOf: () => typeof archive | undefined) =>
        createStudies({ archiveOf, cache, readInstance, clock, log: silentLog });
      const online = studiesFrom(() => archive);
      const offline = studiesFrom(() => undefined);

      const found = await archive.searchStudies({});
      expect(found).not.toEqual([]);
      for (const { studyInstanceUid } of found) {
        const study = { siteId: 'disc' as SiteId, studyInstanceUid: studyInstanceUid as StudyInstanceUid };
        const metadata = await online.metadata.get(study);
        for (const series of new Set(metadata.map(seriesUidOf))) {
          const instances = metadata.filter((instance) => seriesUidOf(instance) === series);
          const read = async (studies: typeof online) => {
            const digests = new Map<string, string>();
            const frames = await studies.openSeries(study, series, 2, new AbortController().signal);
            for await (const { header, payload } of frames ?? []) {
              const frame = `${header.sopInstanceUid}/${header.frame}`;
              expect(digests.has(frame)).toBe(false);
              expect(payload.length > 0 || header.problem !== undefined).toBe(true);
              digests.set(frame, header.problem ?? createHash('sha256').update(payload).digest('hex'));
            }
            return digests;
          };
          const fromSite = await read(online);
          const announced = new Set(
            instances.flatMap((instance) => (framesOf(instance) > 0 ? [sopInstanceUidOf(instance)] : [])),
          );
          const came = new Set([...fromSite.keys()].map((frame) => frame.split('/')[0]));
          expect([...announced].filter((sop) => !came.has(sop))).toEqual([]);
          const fromCache = await read(offline);
          expect(fromCache).toEqual(fromSite);
        }
      }
    },
  );
});
