import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openDroppedFolders } from '#electron/adapters/dropped-files/open-dropped-folders.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { fakeSecrets, workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const BATCH = '6f1d2a34-9b3c-4d5e-8f60-718293a4b5c6';
const ENDS_AFTER_ONE = new TextEncoder().encode('first half');

const put = (rig: WorkstationRig, path: string, body: BodyInit | null, headers: Record<string, string> = {}) =>
  rig.get(`/import/${path}`, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);

/** Every file below a folder, with its parts, as paths from it. */
const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(folder, name)).isFile())
        .sort()
    : [];

/** A folder import that answers with what it was given. */
const folderImport = () => {
  const paths: string[] = [];
  return {
    paths,
    folders: {
      importFolder: async (path: string) => {
        paths.push(path);
        return { status: 'refused' as const, reason: 'only looked at' };
      },
      importedFolders: async () => [],
    },
  };
};

describe('uploading a dropped folder', () => {
  it('keeps files as they are, and imports them under the name of what was dropped', async () => {
    const { paths, folders } = folderImport();
    const rig = await workstationRig({ folders });
    const bytes = Uint8Array.from({ length: 700 }, (_, at) => at % 251);
    expect((await put(rig, `${BATCH}/series%201/M%C3%BCller.dcm`, bytes)).status).toBe(201);
    expect((await put(rig, `${BATCH}/empty.txt`, null)).status).toBe(201);
    await rig.call('importDropped', { batchId: BATCH, name: '../Disc: of/today' });
    const [folder] = paths;
    expect(folder).toBe(join(rig.folder, 'dropped', BATCH, 'Disc of today'));
    expect(filesBelow(folder!)).toEqual(['empty.txt', 'series 1/Müller.dcm']);
    expect(new Uint8Array(readFileSync(join(folder!, 'series 1/Müller.dcm')))).toEqual(bytes);
    rig.close();
  });

  it.each([
    ['a step up, encoded', '..%2F..%2Fetc%2Fpasswd'],
    ['a step up with backslashes', '..%5C..%5Cevil.dcm'],
    ['an absolute name', '%2Fetc%2Fpasswd'],
    ['an absolute path', '/etc/passwd'],
    ['an empty name', ''],
    ['an empty name within', 'a//b.dcm'],
    ['a name with a zero byte', 'a%00.dcm'],
    ['a name that is not UTF-8', '%ff%fe'],
    ['a name longer than any disk takes', 'x'.repeat(300)],
    ['a path without end', Array.from({ length: 40 }, () => 'd').join('/')],
  ])('refuses %s and writes nothing', async (_what, path) => {
    const rig = await workstationRig();
    expect((await put(rig, `${BATCH}/${path}`, 'x')).status).toBe(400);
    expect(filesBelow(join(rig.folder, 'dropped'))).toEqual([]);
    rig.close();
  });

  it('never leaves its folder, however the address is written', async () => {
    const rig = await workstationRig();
    const before = filesBelow(rig.folder).filter((name) => !name.includes('sqlite'));
    for (const path of ['../../drafts.sqlite', '%2e%2e/%2e%2e/evil', `..%2f${BATCH}/x`, './.././x']) {
      const { status } = await put(rig, `${BATCH}/${path}`, 'x');
      expect([400, 404], path).toContain(status);
    }
    for (const batch of ['..', 'x', `${BATCH}x`, '%2e%2e', BATCH.toUpperCase()])
      expect([400, 404], batch).toContain((await put(rig, `${batch}/x.dcm`, 'x')).status);
    expect(filesBelow(rig.folder).filter((name) => !name.includes('sqlite'))).toEqual(before);
    rig.close();
  });

  it('refuses a file over the limit, said or found, and keeps nothing of it', async () => {
    const rig = await workstationRig();
    const large = new Uint8Array(1001);
    expect((await put(rig, `${BATCH}/said.dcm`, 'x', { 'content-length': '1001' })).status).toBe(413);
    expect((await put(rig, `${BATCH}/found.dcm`, large)).status).toBe(413);
    expect(filesBelow(join(rig.folder, 'dropped'))).toEqual([]);
    expect((await put(rig, `${BATCH}/fits.dcm`, large.subarray(0, 1000))).status).toBe(201);
    rig.close();
  });

  it('leaves nothing of a file that broke off, nor of one shorter than announced', async () => {
    const rig = await workstationRig();
    const breaking = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(ENDS_AFTER_ONE);
      },
      pull(controller) {
        controller.error(new DOMException('gone', 'AbortError'));
      },
    });
    expect((await put(rig, `${BATCH}/a.dcm`, breaking)).status).toBe(400);
    expect((await put(rig, `${BATCH}/b.dcm`, 'short', { 'content-length': '6' })).status).toBe(400);
    expect(filesBelow(join(rig.folder, 'dropped'))).toEqual([]);
    rig.close();
  });

  it('refuses a file in the place of a folder, and the other way round', async () => {
    const rig = await workstationRig();
    expect((await put(rig, `${BATCH}/a/b.dcm`, 'x')).status).toBe(201);
    expect((await put(rig, `${BATCH}/a`, 'x')).status).toBe(400);
    expect((await put(rig, `${BATCH}/a/b.dcm/c.dcm`, 'x')).status).toBe(400);
    rig.close();
  });

  it('forgets a batch that was cancelled, and one that a stopped program left behind', async () => {
    const rig = await workstationRig();
    const folder = join(rig.folder, 'dropped');
    await put(rig, `${BATCH}/a.dcm`, 'x');
    expect((await rig.get(`/import/${BATCH}`, { method: 'DELETE' })).status).toBe(200);
    expect(filesBelow(folder)).toEqual([]);
    expect(await rig.call('importDropped', { batchId: BATCH, name: 'disc' })).toMatchObject({ status: 'refused' });
    await put(rig, `${BATCH}/a.dcm`, 'x');
    await openDroppedFolders({ folder, log: silentLog });
    expect(filesBelow(folder)).toEqual([]);
    rig.close();
  });

  it('keeps what was imported over a start', async () => {
    const { paths, folders } = folderImport();
    const rig = await workstationRig({ folders });
    await put(rig, `${BATCH}/a.dcm`, 'x');
    await rig.call('importDropped', { batchId: BATCH, name: 'disc' });
    await openDroppedFolders({ folder: join(rig.folder, 'dropped'), log: silentLog });
    await rig.get(`/import/${BATCH}`, { method: 'DELETE' });
    expect(filesBelow(paths[0]!)).toEqual(['a.dcm']);
    rig.close();
  });

  it('takes nothing while the session is locked', async () => {
    const rig = await workstationRig({ secrets: fakeSecrets('4711') });
    await rig.call('lock', {});
    expect((await put(rig, `${BATCH}/a.dcm`, 'x')).status).toBe(423);
    expect(filesBelow(join(rig.folder, 'dropped'))).toEqual([]);
    rig.close();
  });
});
