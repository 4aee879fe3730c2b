import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createStudies } from '#electron/workstation/studies/studies.ts';
import { instancesInOrder, outwards } from '#electron/workstation/studies/series-order.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { fakeSeries, readFakeInstance } from '#tests/support/fake-archive.ts';
import { impatientTimer } from '#tests/support/impatient-timer.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const study = { siteId: 'mercy' as SiteId, studyInstanceUid: '1.2' as StudyInstanceUid };
const never = () => new AbortController().signal;

async function rig(options: { withoutArchive?: boolean } = {}) {
  const base = await workstationRig();
  const studies = createStudies({
    archiveOf: () => (options.withoutArchive === true ? undefined : base.archive),
    cache: base.cache,
    readInstance: readFakeInstance,
    clock: base.clock,
    log: silentLog,
    timer: impatientTimer,
  });
  const stream = async (from: number, signal = never(), series = '1.2.1') => {
    const frames = await studies.openSeries(study, series, from, signal);
    if (frames === undefined) throw new Error('no such series');
    return frames;
  };
  return { ...base, studies, stream };
}
async function all(frames: AsyncIterable<SeriesFrame>): Promise<SeriesFrame[]> {
  const collected: SeriesFrame[] = [];
  for await (const frame of frames) collected.push(frame);
  return collected;
}
/** Without what was only said meanwhile. */
const framesIn = (parts: readonly SeriesFrame[]) => parts.filter(({ header }) => header.notice === undefined);
const THIN = { bytesPerSecond: 1000, answerMs: 50 };
const numbers = (frames: readonly SeriesFrame[]) =>
  frames.map(({ header }) => Number(header.sopInstanceUid.split('.').at(-1)));

describe('series stream', () => {
  it('brings every frame of a series as received, in one retrieve, into reader and cache alike', async () => {
    const { archive, cache, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 5));
    const frames = await all(await stream(0));
    expect(numbers(frames)).toEqual([1, 2, 3, 4, 5]);
    expect(frames.map(({ payload }) => Buffer.from(payload).toString())).toEqual(
      [1, 2, 3, 4, 5].map((n) => `pixels of 1.2.1.${n}`),
    );
    expect(archive.calls.filter((call) => call.startsWith('series'))).toEqual(['series 1.2.1']);
    expect(cache.countInstances(study)).toBe(5);
    close();
  });

  it('from the cache starts at the frame being looked at and goes outwards, without asking the site', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 7));
    await all(await stream(0));
    archive.calls.length = 0;
    archive.failWith('unreachable');
    expect(numbers(await all(await stream(3)))).toEqual([4, 5, 3, 6, 2, 7, 1]);
    expect(archive.calls).toEqual([]);
    close();
  });

  it('shows the frame being looked at before the series has come to it', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 100));
    archive.hold();
    const frames = await stream(60);
    const first = await frames.next();
    expect(first.value?.header.sopInstanceUid).toBe('1.2.1.61');
    archive.letThrough(1000);
    const rest = await all(frames);
    expect(new Set(numbers(rest)).size).toBe(99);
    close();
  });

  it('lets two readers of a series share one retrieve', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 6));
    archive.hold();
    const [one, other] = [await stream(0), await stream(5)];
    const both = Promise.all([all(one), all(other)]);
    archive.letThrough(100);
    expect((await both).map((frames) => frames.length)).toEqual([6, 6]);
    expect(archive.calls.filter((call) => call.startsWith('series'))).toHaveLength(1);
    close();
  });

  it('stops the retrieve when its only reader leaves, and later fetches only what is missing', async () => {
    const { archive, cache, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 6));
    archive.hold();
    const leave = new AbortController();
    const frames = await stream(0, leave.signal);
    archive.letThrough(4);
    for (let n = 0; n < 4; n += 1) await frames.next();
    leave.abort();
    await frames.return(undefined);
    archive.letThrough(0);
    archive.calls.length = 0;
    archive.letThrough(100);
    await expect.poll(() => cache.countInstances(study)).toBe(4);
    expect(numbers(await all(await stream(0)))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(archive.calls.toSorted()).toEqual(['instance 1.2.1.5', 'instance 1.2.1.6']);
    close();
  });

  it('goes on loading the open case when the reader turns to another series', async () => {
    const { archive, cache, studies, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 6));
    studies.showOpenCase([study]);
    archive.hold();
    const leave = new AbortController();
    const frames = await stream(0, leave.signal);
    archive.letThrough(1);
    await frames.next();
    leave.abort();
    await frames.return(undefined);
    archive.letThrough(100);
    await expect.poll(() => cache.countInstances(study)).toBe(6);
    close();
  });

  it('names every frame that did not come, with the reason', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 3));
    archive.lose('1.2.1.2');
    const frames = await all(await stream(0));
    expect(numbers(frames)).toEqual([1, 3, 2]);
    expect(frames.map(({ header }) => header.problem)).toEqual([
      undefined,
      undefined,
      'the site did not send this image',
    ]);
    close();
  });

  it('names the reason when the site goes away in the middle, and tries again when asked again', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 4));
    archive.hold();
    const frames = await stream(0);
    archive.letThrough(1);
    await frames.next();
    archive.failWith('unreachable');
    archive.letThrough(100);
    const rest = await all(frames);
    expect(rest.flatMap(({ header }) => header.notice ?? [])[0]).toBe(
      'The line to the site was lost; asking again (2 of 5).',
    );
    expect(framesIn(rest).map(({ header }) => header.problem)).toEqual(
      Array(3).fill('the site did not send this image (unreachable)'),
    );
    archive.failWith(undefined);
    expect((await all(await stream(0))).every(({ header }) => header.problem === undefined)).toBe(true);
    close();
  });

  it('shows a broken instance as a problem among whole ones', async () => {
    const { archive, stream, close } = await rig();
    const series = fakeSeries('1.2', '1.2.1', 3);
    archive.add(series[0]!, { ...series[1]!, isBroken: true }, series[2]!);
    const frames = await all(await stream(0));
    expect(frames.map(({ header }) => header.problem)).toEqual([undefined, 'the header is cut off', undefined]);
    expect(frames.map(({ payload }) => payload.length > 0)).toEqual([true, false, true]);
    close();
  });

  it('sends the frames of one file outwards from the one being looked at; a broken one does not hide the others', async () => {
    const { archive, stream, close } = await rig();
    archive.add({ study: '1.2', series: '1.2.1', sop: '1.2.1.1', number: 1, frames: ['a', 'b', 'broken', 'd', 'e'] });
    const frames = await all(await stream(1));
    expect(frames.map(({ header }) => header.frame)).toEqual([2, 3, 1, 4, 5]);
    expect(frames[1]?.header.problem).toBe('this frame cannot be read');
    expect(Buffer.from(frames[0]?.payload ?? []).toString()).toBe('b');
    close();
  });

  it('shows also what the site holds beyond its metadata', async () => {
    const { archive, studies, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 2));
    await studies.metadata.get(study);
    archive.add({ study: '1.2', series: '1.2.1', sop: '1.2.1.3', number: 3, frames: ['late'] });
    expect(numbers(await all(await stream(0)))).toEqual([1, 2, 3]);
    close();
  });

  it('says which images are missing when there is no line to the site at all', async () => {
    const first = await rig();
    first.archive.add(...fakeSeries('1.2', '1.2.1', 2));
    await first.studies.metadata.get(study);
    const studies = createStudies({
      archiveOf: () => undefined,
      cache: first.cache,
      readInstance: readFakeInstance,
      clock: first.clock,
      log: silentLog,
      timer: impatientTimer,
    });
    const frames = await all((await studies.openSeries(study, '1.2.1', 0, never()))!);
    expect(frames.map(({ header }) => header.problem)).toEqual(
      Array(2).fill('the site did not send this image (not-found)'),
    );
    first.close();
  });
});

describe('a stored copy with a flipped bit', () => {
  it('is noticed, fetched again and told; nothing of it is shown', async () => {
    const rigged = await workstationRig();
    const { archive, cache, get, call, folder, close } = rigged;
    archive.add(...fakeSeries('1.2', '1.2.1', 4));
    await rigged.put(readingTask('a', { studyInstanceUids: [study.studyInstanceUid] }));
    await call('worklist', {});
    const read = () => get('/pixels/1.2/1.2.1').then((answer) => answer.text());
    const before = await read();
    const [place = ''] = readdirSync(join(folder, 'cache'));
    for (const name of readdirSync(join(folder, 'cache', place))) {
      const file = join(folder, 'cache', place, name);
      const bytes = readFileSync(file);
      if (bytes.length > 300) continue; // the metadata
      bytes[40] = (bytes[40] ?? 0) ^ 4;
      writeFileSync(file, bytes);
    }
    archive.calls.length = 0;
    expect(await read()).toBe(before);
    expect(archive.calls.filter((asked) => asked.startsWith('instance'))).toHaveLength(4);
    expect(cache.countInstances(study)).toBe(4);
    expect((await call('worklist', {})).imageStore).toBe(
      '4 stored copies of images were damaged and fetched again from the site: have this disk checked.',
    );
    close();
  });
});

describe('series stream over a thin line', () => {
  it('asks for what is looked at alone, then for what lies around it, and turns at once with the reader', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 20));
    archive.measure(THIN);
    archive.hold();
    const asked = () => archive.calls.flatMap((call) => (call.startsWith('instance') ? [Number(call.slice(15))] : []));
    const frames = await stream(10);
    const first = frames.next();
    await expect.poll(asked).toEqual([11]);
    archive.letThrough(1);
    expect((await first).value?.header.sopInstanceUid).toBe('1.2.1.11');
    await expect.poll(asked).toEqual([11, 12, 10, 13]);
    const turned = await stream(2);
    const sought = turned.next();
    await expect.poll(asked).toEqual([11, 12, 10, 13, 3]);
    archive.letThrough(100);
    await sought;
    expect(new Set([11, ...numbers(framesIn(await all(turned)))]).size).toBe(20);
    await all(frames);
    expect(new Set(asked()).size).toBe(asked().length);
    expect(asked().slice(4, 8)).toEqual([3, 4, 2, 5]);
    close();
  });

  it('gives a whole-series answer up for single ones when the reader turns', async () => {
    const { archive, cache, studies, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 30));
    archive.hold();
    const ahead = studies.prefetch(study, never());
    await expect.poll(() => archive.calls).toContain('series 1.2.1');
    archive.letThrough(3);
    await expect.poll(() => cache.countInstances(study)).toBe(3);
    archive.measure(THIN);
    const frames = await stream(20);
    await expect.poll(() => archive.calls).toContain('instance 1.2.1.21');
    archive.letThrough(1000);
    expect(new Set(numbers(framesIn(await all(frames)))).size).toBe(30);
    expect(await ahead).toBe('here');
    expect(archive.calls.filter((call) => call.startsWith('instance'))).toHaveLength(27);
    close();
  });

  it('goes on where it was when the line comes back: nothing that is here is sent again', async () => {
    const { archive, stream, cache, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 12));
    archive.hold();
    const frames = await stream(0);
    archive.letThrough(5);
    for (let n = 0; n < 5; n += 1) await frames.next();
    archive.calls.length = 0;
    archive.failWith('stalled');
    archive.letThrough(1);
    const notice = await frames.next();
    expect(notice.value?.header).toMatchObject({
      frame: 0,
      notice: 'The site has stopped sending; asking again (2 of 5).',
    });
    archive.failWith(undefined);
    archive.letThrough(100);
    const rest = framesIn(await all(frames));
    expect(rest.map(({ header }) => header.problem)).toEqual(Array(7).fill(undefined));
    const asked = archive.calls.map((call) => call.replace('instance 1.2.1.', ''));
    expect(asked.filter((call) => Number(call) <= 5)).toEqual([]);
    expect(cache.countInstances(study)).toBe(12);
    close();
  });

  it('never shows what belongs to something else in the place of what was asked for', async () => {
    const { archive, stream, close } = await rig();
    archive.add(...fakeSeries('1.2', '1.2.1', 3));
    archive.measure(THIN);
    archive.swap('1.2.1.2', '1.2.1.3');
    const frames = framesIn(await all(await stream(0)));
    expect(frames.find(({ header }) => header.sopInstanceUid === '1.2.1.2')?.header.problem).toBe(
      'the site sent an image of something else in its place',
    );
    expect(frames.filter(({ header }) => header.problem === undefined)).toHaveLength(2);
    close();
  });
});

describe('order of a series', () => {
  const slice = (sop: string, z: number, number: number): DicomJson => ({
    '00080018': { vr: 'UI', Value: [sop] },
    '0020000E': { vr: 'UI', Value: ['1'] },
    '00200013': { vr: 'IS', Value: [number] },
    '00200032': { vr: 'DS', Value: [0, 0, z] },
    '00200037': { vr: 'DS', Value: [1, 0, 0, 0, 1, 0] },
    '00280010': { vr: 'US', Value: [512] },
  });
  const sops = (metadata: readonly DicomJson[]) =>
    instancesInOrder(metadata, '1').map(({ sopInstanceUid }) => sopInstanceUid);

  it('follows the slices through the body, whatever their numbers say', () => {
    expect(sops([slice('b', 5, 1), slice('c', 10, 2), slice('a', -5, 3)])).toEqual(['a', 'b', 'c']);
  });

  it('follows Instance Number where one slice is tilted or has no place', () => {
    const { '00200032': _position, ...unplaced } = slice('c', 0, 1);
    expect(sops([slice('a', 0, 3), slice('b', 5, 2), unplaced])).toEqual(['c', 'b', 'a']);
  });

  it('goes outwards from any frame, and stays inside', () => {
    expect(outwards(5, 3)).toEqual([3, 4, 2, 1, 0]);
    expect(outwards(3, 99)).toEqual([2, 1, 0]);
    expect(outwards(0, 0)).toEqual([]);
  });
});
