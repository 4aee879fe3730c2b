import { randomBytes } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';

import { afterEach, describe, expect, it } from 'vitest';

import { readInstance } from '#electron/adapters/dicom-file/read-instance.ts';
import { createDicomwebArchive } from '#electron/adapters/dicomweb/index.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { imageStoreWords } from '#electron/workstation/studies/image-store-words.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { sendJson, sendParts, startScriptedArchive } from '#tests/support/scripted-archive.ts';
import { smallSeries } from '#tests/support/small-series.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const DISK_BYTES = 2 * 1024 * 1024;
const mounted: string[] = [];
afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync('umount', [folder]);
});

/** A disk of two megabytes, as only root may make one. */
function smallDisk(): string | undefined {
  const folder = tempFolder();
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder]);
  if (made.status !== 0) return undefined;
  mounted.push(folder);
  return folder;
}

const canMount = process.getuid?.() === 0;
if (!canMount) process.stdout.write('skipped: a full disk, which only root can make\n');

describe.skipIf(!canMount)('a disk that is full', () => {
  it('ends fetching ahead with words for the reader, while reading goes on; with room it goes on', async () => {
    const folder = smallDisk();
    if (folder === undefined) throw new Error('no small disk could be mounted');
    const all = ['1', '2', '3'].map((study) => smallSeries(`1.2.${study}`, `1.2.${study}.1`, 8, 256));
    const server = await startScriptedArchive((_request, response, path) => {
      const series = all[Number(/^\/studies\/1\.2\.(\d)/.exec(path)?.[1]) - 1] ?? [];
      if (path.endsWith('/metadata'))
        sendJson(
          response,
          series.map(({ metadata }) => metadata),
        );
      else if (path.includes('/instances/'))
        sendParts(
          response,
          series.flatMap(({ sop, part10 }) => (path.endsWith(`/${sop}`) ? [part10] : [])),
        );
      else
        sendParts(
          response,
          series.map(({ part10 }) => part10),
        );
    });
    const key = randomBytes(32);
    const archive = createDicomwebArchive({ url: server.url });
    const clock = createManualClock();
    const cache = await openStudyCache({
      folder,
      sealer: createSealer(() => key, 'studies'),
      limitBytes: 1024 ** 3,
      clock,
      log: silentLog,
    });
    const studies = createStudies({ archiveOf: () => archive, cache, readInstance, clock, log: silentLog });
    const ref = (study: string) => ({
      siteId: 'mercy' as SiteId,
      studyInstanceUid: `1.2.${study}` as StudyInstanceUid,
    });
    const never = new AbortController().signal;
    const shown = async (study: string) => {
      let whole = 0;
      const frames = await studies.openSeries(ref(study), `1.2.${study}.1`, 3, never);
      for await (const { header, payload } of frames ?? [])
        whole += Number(header.problem === undefined && payload.length === 256 * 256 * 2);
      return whole;
    };

    studies.keep([ref('1'), ref('2')]);
    expect(await studies.prefetch(ref('1'), never)).toBe('here');
    expect(await studies.prefetch(ref('2'), never)).toBe('not-kept');
    expect(imageStoreWords(studies.cacheTrouble())).toBe(
      'The disk is full. Images are not fetched ahead; reading goes on from the sites.',
    );
    studies.showOpenCase([ref('3')]);
    expect(await shown('3')).toBe(8);
    expect(await shown('1')).toBe(8);
    studies.showOpenCase([]);
    studies.keep([]);
    await studies.purge([ref('1'), ref('3')]);
    expect(studies.cacheTrouble()).toBeUndefined();
    expect(await studies.prefetch(ref('2'), never)).toBe('here');
    await server.close();
  });
});
