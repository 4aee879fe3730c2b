import { cp, mkdir, mkdtemp, rm, symlink, writeFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createFolderArchive, type FolderArchive } from '#electron/adapters/files/index.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { dicomFacts, dicomFolder, dicomPath, hasDicomTestdata } from '#tests/support/dicom-testdata.ts';

/** Instances by UID as pydicom and dcmdump report them. */
const readable = dicomFacts.filter(
  ({ header, path }) =>
    header?.studyInstanceUID && header.seriesInstanceUID && header.sopInstanceUID && !path.endsWith('DICOMDIR'),
);
const key = ({ header }: (typeof dicomFacts)[number]) => `${header?.studyInstanceUID}/${header?.sopInstanceUID}`;

describe.skipIf(!hasDicomTestdata)('a folder of 710 collected files', () => {
  let archive: FolderArchive;
  let turns = 0;
  beforeAll(async () => {
    const counter = setInterval(() => turns++, 1);
    archive = createFolderArchive({ dir: dicomFolder, log: silentLog });
    await archive.ready;
    clearInterval(counter);
  });

  it('is scanned to the end, letting other work through all the while', () => {
    expect(turns).toBeGreaterThan(20);
  });

  it('holds every instance independent readers find in it, once', async () => {
    const expected = new Set(readable.map(key));
    const found = await archive.find({});
    const keys = found.map(({ studyInstanceUid, sopInstanceUid }) => `${studyInstanceUid}/${sopInstanceUid}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...expected].filter((one) => !keys.includes(one))).toEqual([]);
    // What is found beyond them are files the independent readers give no UIDs for.
    expect(keys.length - expected.size).toBeLessThanOrEqual(dicomFacts.length - readable.length);
  });

  it('counts series and instances of each study as independent readers do', async () => {
    const counts = new Map<string, Set<string>>();
    for (const facts of readable) {
      const study = facts.header?.studyInstanceUID ?? '';
      counts.set(study, (counts.get(study) ?? new Set()).add(key(facts)));
    }
    const wrong: string[] = [];
    for (const study of await archive.searchStudies({})) {
      const expected = counts.get(study.studyInstanceUid)?.size;
      if (expected !== undefined && expected !== study.instanceCount) {
        wrong.push(`${study.studyInstanceUid}: ${study.instanceCount} not ${expected}`);
      }
    }
    expect(counts.size).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it('lists what is broken, with the reason, and nothing else twice', () => {
    const reasons = new Map(archive.problems.map(({ file, reason }) => [file, reason]));
    expect(reasons.get('corrupt/no-meta.dcm')).toBe('not a DICOM file');
    expect(reasons.get('corrupt/mr-truncated.dcm')).toMatch(/cut off: 62 bytes are missing/);
    expect(reasons.get('corrupt/bulk-3gb-truncated.dcm')).toBeDefined();
    expect(reasons.has('dicomdir/DICOMDIR')).toBe(false);
    const withUids = new Set(readable.map(({ path }) => path.replace('dicom/', '')));
    const unexpected = archive.problems.filter(
      ({ file, reason }) =>
        withUids.has(file) && !file.startsWith('corrupt/') && reason !== 'the same instance as another file',
    );
    expect(unexpected).toEqual([]);
  });

  it('gives metadata of every study it lists', async () => {
    let instances = 0;
    for (const { studyInstanceUid } of await archive.searchStudies({})) {
      instances += (await archive.studyMetadata(studyInstanceUid)).length;
    }
    expect(instances).toBe((await archive.find({})).length);
  });
});

describe.skipIf(!hasDicomTestdata)('a folder that changes', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'overread-changing-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('shows what came, changed and went at the next scan', async () => {
    await cp(dicomPath('syntax-small/ct-small.dcm'), join(dir, 'a'));
    const archive = createFolderArchive({ dir, log: silentLog });
    expect(await archive.ready).toMatchObject({ files: 1, instances: 1, added: 1 });
    await mkdir(join(dir, 'later'));
    await cp(dicomPath('syntax-small/mr-small.dcm'), join(dir, 'later/b'));
    await writeFile(join(dir, 'readme.txt'), 'not an image');
    expect(await archive.rescan()).toMatchObject({ files: 3, instances: 2, added: 1, removed: 0, problems: 1 });
    await rm(join(dir, 'a'));
    await rm(join(dir, 'readme.txt'));
    await truncate(join(dir, 'later/b'), 5000);
    expect(await archive.rescan()).toMatchObject({ instances: 1, removed: 1, problems: 1 });
    expect(archive.problems).toEqual([{ file: 'later/b', reason: expect.stringMatching(/cut off/) }]);
  });

  it('takes up one file at once when told of it', async () => {
    const archive = createFolderArchive({ dir, log: silentLog });
    await archive.ready;
    const path = join(dir, 'told');
    await cp(dicomPath('rt/rtdose.dcm'), path);
    expect(await archive.add(path)).toBeUndefined();
    expect((await archive.find({})).some((instance) => instance.path.endsWith('told'))).toBe(true);
    expect(await archive.add(join(dir, 'missing'))).toEqual({ file: 'missing', reason: 'cannot be read: ENOENT' });
  });

  it('keeps the second copy of an instance when the first goes', async () => {
    const own = join(dir, 'copies');
    await mkdir(own);
    await cp(dicomPath('syntax-small/ct-small.dcm'), join(own, '1'));
    await cp(dicomPath('syntax-small/ct-small.dcm'), join(own, '2'));
    const archive = createFolderArchive({ dir: own, log: silentLog });
    await archive.ready;
    expect(archive.problems).toEqual([{ file: '2', reason: 'the same instance as another file' }]);
    await rm(join(own, '1'));
    await archive.rescan();
    const report = await archive.rescan();
    expect(report).toMatchObject({ instances: 1, problems: 0 });
  });

  it('does not follow links out of the folder, nor run in circles', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'overread-outside-'));
    await cp(dicomPath('syntax-small/mr-small-rle.dcm'), join(outside, 'secret'));
    const own = join(dir, 'links');
    await mkdir(join(own, 'deep'), { recursive: true });
    await cp(dicomPath('syntax-small/ct-small.dcm'), join(own, 'deep/ct'));
    await symlink(outside, join(own, 'out'));
    await symlink(join(outside, 'secret'), join(own, 'secret'));
    await symlink(own, join(own, 'deep/circle'));
    await symlink(join(own, 'nowhere'), join(own, 'dangling'));
    const archive = createFolderArchive({ dir: own, log: silentLog });
    expect(await archive.ready).toMatchObject({ files: 1, instances: 1 });
    await rm(outside, { recursive: true });
  });

  it('that does not exist is an empty archive with one problem', async () => {
    const archive = createFolderArchive({ dir: join(dir, 'no-such'), log: silentLog });
    expect(await archive.ready).toMatchObject({ instances: 0, problems: 1 });
    expect(archive.problems[0]?.reason).toBe('cannot be read: ENOENT');
  });

  it('stops scanning when cancelled', async () => {
    const archive = createFolderArchive({ dir, log: silentLog, signal: AbortSignal.abort() });
    expect(await archive.ready).toMatchObject({ files: 0 });
  });
});
