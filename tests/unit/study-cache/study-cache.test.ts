import { readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import type { InstanceRef } from '#electron/workstation/ports.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const instance = (study: string, sop: string, site = 'mercy'): InstanceRef => ({
  siteId: site as SiteId,
  studyInstanceUid: study as StudyInstanceUid,
  seriesInstanceUid: `${study}.1`,
  sopInstanceUid: sop,
});
const KILO = 1024;
const image = (fill: number, bytes = KILO) => new Uint8Array(bytes).fill(fill);

function rig(limitBytes = 1024 * KILO, folder = tempFolder(), key: Uint8Array | undefined = randomBytes(32)) {
  const clock = createManualClock();
  const sealer = createSealer(() => key, 'study-cache');
  const open = () => openStudyCache({ folder, sealer, limitBytes, clock, log: silentLog });
  return { folder, clock, open, key };
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) =>
    statSync(join(folder, name)).isDirectory() ? filesIn(join(folder, name)) : [join(folder, name)],
  );

describe('study cache', () => {
  it('gives an instance back as it was received, also after a restart', async () => {
    const { open } = rig();
    const part10 = randomBytes(9 * KILO * KILO);
    expect(await (await open()).put(instance('1.2', '1.2.3'), part10)).toBe('no-space');
    const roomy = rig(64 * KILO * KILO);
    expect(await (await roomy.open()).put(instance('1.2', '1.2.3'), part10)).toBe('stored');
    const again = await roomy.open();
    expect(again.has(instance('1.2', '1.2.3'))).toBe(true);
    expect(part10.equals((await again.get(instance('1.2', '1.2.3')))!)).toBe(true);
  });

  it('shows nothing of a patient on disk: neither in names nor in content', async () => {
    const { open, folder } = rig();
    const cache = await open();
    await cache.put(instance('1.2.840.99', '1.2.840.99.7'), Buffer.from('DICM Doe^Jane DICM Doe^Jane'));
    await cache.putMetadata(instance('1.2.840.99', ''), [{ '00100010': { vr: 'PN', Value: ['Doe^Jane'] } }]);
    const files = filesIn(folder);
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(file.slice(folder.length)).not.toContain('1.2.840');
      expect(readFileSync(file).includes('Doe')).toBe(false);
    }
  });

  it('loses nothing it has said is there when studies make room for each other while they are written', async () => {
    const { open } = rig(12 * KILO);
    const cache = await open();
    const written = Array.from({ length: 400 }, (_, nth) => instance(`1.${nth % 5}`, `1.${nth % 5}.${nth}`));
    const outcomes: string[] = [];
    const writers = Array.from({ length: 6 }, async (_, first) => {
      for (let nth = first; nth < written.length; nth += 6) {
        outcomes.push(await cache.put(written[nth]!, randomBytes(KILO)));
      }
    });
    await Promise.all(writers);
    expect(new Set(outcomes)).toEqual(new Set(['stored']));
    for (const each of written.filter((ref) => cache.has(ref))) expect(await cache.get(each)).toBeDefined();
    expect(cache.damagedFiles()).toBe(0);
  });

  it('notices a damaged file, drops it, and takes a fresh copy', async () => {
    const { open, folder } = rig();
    const cache = await open();
    await cache.put(instance('1.2', '1.2.3'), image(7));
    const [file = ''] = filesIn(folder);
    const bytes = readFileSync(file);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await cache.get(instance('1.2', '1.2.3'))).toBeUndefined();
    expect(cache.has(instance('1.2', '1.2.3'))).toBe(false);
    expect(cache.sizeBytes()).toBe(0);
    await cache.put(instance('1.2', '1.2.3'), image(7));
    expect(await cache.get(instance('1.2', '1.2.3'))).toEqual(Buffer.from(image(7)));
  });

  it('does not take one instance for another when files are exchanged', async () => {
    const { open, folder } = rig();
    const cache = await open();
    await cache.put(instance('1.2', '1.2.3'), image(1));
    const [one = ''] = filesIn(folder);
    await cache.put(instance('1.2', '1.2.4'), image(2));
    const other = filesIn(folder).find((file) => file !== one) ?? '';
    writeFileSync(one, readFileSync(other));
    expect(await cache.get(instance('1.2', '1.2.3'))).toBeUndefined();
  });

  it('keeps two sites apart that know one Study Instance UID', async () => {
    const cache = await rig().open();
    await cache.put(instance('1.2', '1.2.3', 'mercy'), image(1));
    expect(cache.has(instance('1.2', '1.2.3', 'luke'))).toBe(false);
  });

  it('throws away what a crash left half written, and nothing else', async () => {
    const { open, folder } = rig();
    await (await open()).put(instance('1.2', '1.2.3'), image(1));
    const [study = ''] = readdirSync(folder);
    writeFileSync(join(folder, study, 'half.part'), 'half');
    const cache = await open();
    expect(filesIn(folder)).toHaveLength(1);
    expect(await cache.get(instance('1.2', '1.2.3'))).toEqual(Buffer.from(image(1)));
  });

  it('makes room by the study used longest ago, never the open case', async () => {
    const { open, clock } = rig(3.5 * KILO);
    const cache = await open();
    const [open1, old, recent] = ['1.1', '1.2', '1.3'].map((study) => instance(study, `${study}.9`));
    for (const [nth, each] of [open1, old, recent].entries()) {
      clock.advance(1000);
      await cache.put(each!, image(nth));
    }
    cache.protect([open1!]);
    clock.advance(1000);
    await cache.get(old!);
    clock.advance(1000);
    expect(await cache.put(instance('1.4', '1.4.9'), image(4))).toBe('stored');
    expect([open1, old, recent].map((each) => cache.has(each!))).toEqual([true, true, false]);
    expect(cache.sizeBytes()).toBeLessThanOrEqual(3.5 * KILO);
    expect(cache.trouble()).toBeUndefined();
  });

  it('refuses rather than evict what is protected, and says that it takes no more until there is room', async () => {
    const cache = await rig(1.5 * KILO).open();
    cache.protect([instance('1.1', '')]);
    await cache.put(instance('1.1', '1.1.9'), image(1));
    expect(await cache.put(instance('1.2', '1.2.9'), image(2))).toBe('no-space');
    expect(cache.has(instance('1.1', '1.1.9'))).toBe(true);
    expect(cache.trouble()).toEqual({ refusal: 'no-space', by: 'budget' });
    await cache.remove(instance('1.1', ''));
    expect(cache.trouble()).toBeUndefined();
    expect(await cache.put(instance('1.2', '1.2.9'), image(2))).toBe('stored');
  });

  it('makes room of what was still being written when the room was wanted', async () => {
    const cache = await rig(1.5 * KILO).open();
    cache.protect([instance('1.2', '')]);
    const both = [cache.put(instance('1.1', '1.1.9'), image(1)), cache.put(instance('1.2', '1.2.9'), image(2))];
    expect(await Promise.all(both)).toEqual(['stored', 'stored']);
    expect([cache.has(instance('1.1', '1.1.9')), cache.has(instance('1.2', '1.2.9'))]).toEqual([false, true]);
  });

  it('leaves the disk the space that is to stay free', async () => {
    const { folder, clock, key } = rig();
    const disk = statfsSync(folder);
    const cache = await openStudyCache({
      folder,
      sealer: createSealer(() => key, 'study-cache'),
      limitBytes: 64 * KILO * KILO,
      keepFreeBytes: disk.bavail * disk.bsize * 2,
      clock,
      log: silentLog,
    });
    expect(await cache.put(instance('1.2', '1.2.3'), image(1))).toBe('no-space');
    expect(filesIn(folder)).toEqual([]);
  });

  it('keeps the same bytes once, whatever studies they came with, until the last of them goes', async () => {
    const { open, folder } = rig();
    const cache = await open();
    const [here, there] = [instance('1.2', '1.2.3', 'mercy'), instance('1.2', '1.2.3', 'luke')];
    await cache.put(here, image(1));
    const once = cache.sizeBytes();
    await cache.put(there, image(1));
    expect(cache.sizeBytes()).toBe(once);
    expect(new Set(filesIn(folder).map((file) => statSync(file).ino)).size).toBe(1);
    for (const opened of [cache, await open()]) {
      expect(opened.sizeBytes()).toBe(once);
      expect(await opened.get(there)).toEqual(Buffer.from(image(1)));
    }
    await cache.remove(here);
    expect([cache.has(here), cache.sizeBytes()]).toEqual([false, once]);
    expect(await cache.get(there)).toEqual(Buffer.from(image(1)));
    await cache.remove(there);
    expect([cache.sizeBytes(), filesIn(folder)]).toEqual([0, []]);
  });

  it('writes a fresh copy when the one shared by two studies is damaged', async () => {
    const { open, folder } = rig();
    const cache = await open();
    const [one, other] = [instance('1.2', '1.2.3'), instance('1.4', '1.4.3')];
    await cache.put(one, image(1));
    await cache.put(other, image(1));
    const [file = ''] = filesIn(folder);
    const bytes = readFileSync(file);
    bytes[100] = (bytes[100] ?? 0) ^ 0x10;
    writeFileSync(file, bytes);
    expect(await cache.get(one)).toBeUndefined();
    await cache.put(one, image(1));
    expect(await cache.get(one)).toEqual(Buffer.from(image(1)));
    expect(await cache.get(other)).toBeUndefined();
    expect(cache.damagedFiles()).toBe(2);
  });

  it('does not take one instance for another when files are renamed', async () => {
    const { open, folder } = rig();
    const cache = await open();
    await cache.put(instance('1.2', '1.2.3'), image(1));
    const [one = ''] = filesIn(folder);
    await cache.put(instance('1.2', '1.2.4'), image(2));
    const other = filesIn(folder).find((file) => file !== one) ?? '';
    const [entry] = basename(one).split('.');
    const [, ...content] = basename(other).split('.');
    renameSync(other, join(folder, basename(dirname(one)), [entry, ...content].join('.')));
    rmSync(one);
    expect(await (await open()).get(instance('1.2', '1.2.3'))).toBeUndefined();
  });

  it('replaces what came anew with other bytes', async () => {
    const { open, folder } = rig();
    const cache = await open();
    const study = instance('1.2', '');
    await cache.putMetadata(study, []);
    await cache.putMetadata(study, [{}]);
    expect(filesIn(folder)).toHaveLength(1);
    expect(await (await open()).getMetadata(study)).toEqual([{}]);
  });

  it('counts the instances of a study, not its metadata', async () => {
    const cache = await rig().open();
    const study = instance('1.2', '');
    await cache.putMetadata(study, []);
    await cache.put(instance('1.2', '1.2.3'), image(1));
    await cache.put(instance('1.2', '1.2.3'), image(1));
    expect(cache.countInstances(study)).toBe(1);
    expect(await cache.getMetadata(study)).toEqual([]);
  });

  it('stores nothing while there is no key', async () => {
    const folder = tempFolder();
    const sealer = createSealer(() => undefined, 'study-cache');
    const cache = await openStudyCache({
      folder,
      sealer,
      limitBytes: KILO * KILO,
      clock: createManualClock(),
      log: silentLog,
    });
    expect(await cache.put(instance('1.2', '1.2.3'), image(1))).toBe('no-key');
    expect(filesIn(folder)).toEqual([]);
  });
});
