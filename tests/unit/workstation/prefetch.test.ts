import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { createPrefetch } from '#electron/workstation/studies/prefetch.ts';
import { planPrefetch } from '#electron/workstation/studies/prefetch-plan.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist } from '#shared/domain/worklist.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createFakeArchive, fakeSeries, readFakeInstance } from '#tests/support/fake-archive.ts';
import { NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { impatientTimer } from '#tests/support/impatient-timer.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const uid = (text: string) => text as StudyInstanceUid;
const prior = (text: string) => ({ studyInstanceUid: uid(text), description: 'CT', hasReport: true });
const list = (...tasks: readonly ReadingTask[]) =>
  deriveWorklist(tasks, { reader: reader(), regionOf: () => undefined, now: NIGHT });
const reading = (id: string, study: string, priors: string[] = [], facts: Partial<ReadingTask> = {}) =>
  readingTask(id, { studyInstanceUids: [uid(study)], priors: priors.map(prior), ...facts });
const open = new AbortController().signal;
/** Three images of twenty kilobytes: next to them metadata weighs nothing. */
const large = (study: string) =>
  fakeSeries(study, `${study}.1`, 3).map((image) => ({ ...image, frames: [`${image.sop} ${'x'.repeat(20_000)}`] }));

async function rig(limitBytes = 64 * 1024 * 1024, aheadBytesPerSecond?: number) {
  const base = await workstationRig();
  const other = createFakeArchive();
  const key = randomBytes(32);
  const cache = await openStudyCache({
    folder: join(base.folder, 'small'),
    sealer: createSealer(() => key, 'small'),
    limitBytes,
    clock: base.clock,
    log: silentLog,
  });
  const waits: number[] = [];
  const studies = createStudies({
    archiveOf: (siteId) => (siteId === 'lex' ? other : base.archive),
    cache,
    readInstance: readFakeInstance,
    clock: base.clock,
    log: silentLog,
    timer: {
      after(ms, run) {
        waits.push(ms);
        return impatientTimer.after(ms, run);
      },
    },
    ...(aheadBytesPerSecond === undefined ? {} : { aheadBytesPerSecond }),
  });
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  const prefetch = createPrefetch({ studies, clock: base.clock, log: silentLog, changed });
  const retrieved = () => base.archive.calls.filter((call) => call.startsWith('series')).map((call) => call.slice(7));
  const cached = (study: string) =>
    cache.countInstances({ siteId: readingTask('a').siteId, studyInstanceUid: uid(study) });
  return { ...base, cache, other, waits, studies, prefetch, retrieved, cached, changes: () => changes };
}

describe('prefetch', () => {
  it('follows the list, each reading before its priors, and leaves out what this reader cannot have next', () => {
    const entries = list(
      reading('a', '1', ['1.p']),
      reading('b', '2', ['1.p', '2.p'], { priority: 'stroke' }),
      reading('c', '3', [], { state: 'ordered' }),
    );
    const plan = planPrefetch(entries, 8);
    const uids = (studies: typeof plan.images) => studies.map((study) => study.studyInstanceUid);
    expect(uids(plan.images)).toEqual(['2', '1.p', '2.p', '1']);
    expect(uids(plan.metadata)).toEqual(['2', '1.p', '2.p', '1']);
    const near = planPrefetch(entries, 1);
    expect([uids(near.images), uids(near.metadata)]).toEqual([
      ['2', '1.p', '2.p'],
      ['2', '1.p', '2.p', '1'],
    ]);
  });

  it('fetches the prior most worth comparing with first', () => {
    const task = readingTask('a', {
      exam: { text: 'CT HEAD WITHOUT CONTRAST', modality: 'CT', bodyPart: 'HEAD' },
      studyInstanceUids: [uid('1')],
      priors: [
        {
          studyInstanceUid: uid('chest'),
          description: 'XR CHEST',
          modality: 'CR',
          date: '2026-11-01',
          hasReport: true,
        },
        {
          studyInstanceUid: uid('old head'),
          description: 'CT HEAD',
          modality: 'CT',
          date: '2021-01-01',
          hasReport: true,
        },
        {
          studyInstanceUid: uid('brain'),
          description: 'MR BRAIN',
          modality: 'MR',
          date: '2026-01-01',
          hasReport: true,
        },
        { studyInstanceUid: uid('head'), description: 'CT HEAD', modality: 'CT', date: '2025-01-01', hasReport: true },
        {
          studyInstanceUid: uid('abdomen'),
          description: 'CT ABDOMEN',
          modality: 'CT',
          date: '2026-10-01',
          hasReport: true,
        },
      ],
    });
    expect(planPrefetch(list(task), 8).images.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([
      '1',
      'head',
      'old head',
      'brain',
      'abdomen',
      'chest',
    ]);
  });

  it('brings the metadata of the whole list before any image', async () => {
    const { archive, prefetch, cache, close } = await rig();
    const ids = Array.from({ length: 12 }, (_, nth) => `${nth + 1}`);
    for (const id of ids) archive.add(...fakeSeries(id, `${id}.1`, 2));
    prefetch.follow(list(...ids.map((id) => reading(`t${id.padStart(2, '0')}`, id))));
    await prefetch.settled();
    const calls = archive.calls.filter((call) => /^(metadata|series)/.test(call));
    expect(calls.filter((call) => call.startsWith('metadata'))).toHaveLength(12);
    expect(calls.filter((call) => call.startsWith('series'))).toHaveLength(8);
    for (const id of ids)
      expect(cache.hasMetadata({ siteId: readingTask('a').siteId, studyInstanceUid: uid(id) })).toBe(true);
    const firstImages = calls.findIndex((call) => call.startsWith('series'));
    const itsMetadata = calls.indexOf(`metadata ${calls[firstImages]?.slice(7, -2)}`);
    expect(itsMetadata).toBeGreaterThanOrEqual(0);
    expect(itsMetadata).toBeLessThan(firstImages);
    close();
  });

  it('stops when the cache takes nothing more, and goes on once there is room', async () => {
    const { archive, prefetch, studies, retrieved, cached, cache, changes, close } = await rig(150_000);
    const ids = ['1', '2', '3', '4', '5', '6'];
    for (const id of ids) archive.add(...large(id));
    const entries = list(...ids.map((id) => reading(id, id)));
    prefetch.follow(entries);
    await prefetch.settled();
    expect(studies.cacheTrouble()).toEqual({ refusal: 'no-space', by: 'budget' });
    const before = retrieved().length;
    expect([before < 6, changes() > 0]).toEqual([true, true]);
    prefetch.follow(entries);
    await prefetch.settled();
    expect(retrieved()).toHaveLength(before);
    const first = { siteId: readingTask('a').siteId, studyInstanceUid: uid('1') };
    await studies.purge([first]);
    expect([cached('1'), cache.hasMetadata(first)]).toEqual([0, false]);
    prefetch.follow(list(reading('b', '2'), reading('c', '3')));
    await prefetch.settled();
    expect(cached('3')).toBe(3);
    close();
  });

  it('keeps what is claimed whatever is brought', async () => {
    const { archive, prefetch, studies, cached, close } = await rig(150_000);
    for (const id of ['1', '2', '3', '4', '5', '6']) archive.add(...large(id));
    const mine = reading('z', '6', [], {
      priority: 'routine',
      state: 'claimed',
      claim: { radiologistId: reader().id, radiologistName: 'A', since: NIGHT, leaseUntil: (NIGHT + 9e6) as never },
    });
    const frames = await studies.openSeries({ siteId: mine.siteId, studyInstanceUid: uid('6') }, '6.1', 0, open);
    for await (const frame of frames!) expect(frame.header.problem).toBeUndefined();
    prefetch.follow(list(mine, ...['1', '2', '3', '4', '5'].map((id) => reading(id, id, [], { priority: 'stroke' }))));
    await prefetch.settled();
    expect([cached('6'), cached('1')]).toEqual([3, 3]);
    close();
  });

  it('spends no more of the line than its share, unless somebody waits', async () => {
    const { archive, studies, prefetch, cached, waits, close } = await rig(undefined, 1000);
    archive.add(...fakeSeries('1', '1.1', 4));
    prefetch.follow(list(reading('a', '1')));
    await prefetch.settled();
    expect(cached('1')).toBe(4);
    expect(waits.length).toBe(4);
    expect(waits.every((ms) => ms > 0)).toBe(true);
    archive.add(...fakeSeries('2', '2.1', 4));
    const shown = await studies.openSeries(
      { siteId: readingTask('a').siteId, studyInstanceUid: uid('2') },
      '2.1',
      0,
      open,
    );
    for await (const frame of shown!) expect(frame.header.problem).toBeUndefined();
    expect(waits.length).toBe(4);
    close();
  });

  it('is not held up at one site by another that does not answer', async () => {
    const { prefetch, archive, cached, other, close } = await rig();
    for (const id of ['1', '2', '3']) other.add(...fakeSeries(id, `${id}.1`, 1));
    archive.add(...fakeSeries('9', '9.1', 1));
    other.hold();
    const slow = ['1', '2', '3'].map((id) => reading(id, id, [], { siteId: 'lex' as never, priority: 'stroke' }));
    prefetch.follow(list(...slow, reading('z', '9')));
    await expect.poll(() => cached('9')).toBe(1);
    other.letThrough(10);
    await prefetch.settled();
    close();
  });

  it('brings the next studies here; then the row says "opens now"', async () => {
    const { archive, prefetch, studies, retrieved, cached, changes, close } = await rig();
    archive.add(...fakeSeries('1', '1.1', 3), ...fakeSeries('1', '1.2', 2), ...fakeSeries('1.p', '1.p.1', 1));
    const task = reading('a', '1', ['1.p']);
    expect(studies.opens({ ...task, instanceCount: 5 })).toEqual({ kind: 'unknown' });
    prefetch.follow(list(task));
    await prefetch.settled();
    expect(retrieved().toSorted()).toEqual(['1.1', '1.2', '1.p.1']);
    expect([cached('1'), cached('1.p')]).toEqual([5, 1]);
    expect(studies.opens(task)).toEqual({ kind: 'now' });
    expect(changes()).toBe(2);
    prefetch.follow(list(task));
    await prefetch.settled();
    expect(retrieved()).toHaveLength(3);
    close();
  });

  it('does two studies at a time', async () => {
    const { archive, prefetch, retrieved, close } = await rig();
    for (const study of ['1', '2', '3']) archive.add(...fakeSeries(study, `${study}.1`, 2));
    archive.hold();
    prefetch.follow(list(reading('a', '1'), reading('b', '2'), reading('c', '3')));
    // The two are under way together: which of them asks first is chance.
    await expect.poll(() => retrieved().toSorted()).toEqual(['1.1', '2.1']);
    archive.letThrough(100);
    await prefetch.settled();
    expect(retrieved().slice(2)).toEqual(['3.1']);
    close();
  });

  it('stands back while the open case is loading, and goes on where it was', async () => {
    const { archive, prefetch, studies, retrieved, cached, close } = await rig();
    for (const study of ['1', '2']) archive.add(...fakeSeries(study, `${study}.1`, 4));
    archive.hold();
    prefetch.follow(list(reading('b', '2')));
    await expect.poll(() => retrieved()).toEqual(['2.1']);
    archive.letThrough(3);
    await expect.poll(() => cached('2')).toBe(3);

    const current = { siteId: readingTask('a').siteId, studyInstanceUid: uid('1') };
    studies.showOpenCase([current]);
    const frames = await studies.openSeries(current, '1.1', 0, open);
    expect(studies.isLoadingOpenCase()).toBe(true);
    await prefetch.settled();
    expect(cached('2')).toBe(3);

    archive.letThrough(100);
    for await (const frame of frames!) expect(frame.header.problem).toBeUndefined();
    await expect.poll(() => cached('2')).toBe(4);
    expect(retrieved()).toEqual(['2.1', '1.1']);
    close();
  });

  it('leaves a study that failed alone for a while, without holding up the others', async () => {
    const { archive, prefetch, clock, cached, close } = await rig();
    archive.add(...fakeSeries('2', '2.1', 1));
    const entries = list(reading('a', '1'), reading('b', '2'));
    prefetch.follow(entries);
    await prefetch.settled();
    expect(cached('2')).toBe(1);
    archive.add(...fakeSeries('1', '1.1', 1));
    prefetch.follow(entries);
    await prefetch.settled();
    expect(cached('1')).toBe(0);
    clock.advance(2 * MINUTE_MS);
    prefetch.follow(entries);
    await prefetch.settled();
    expect(cached('1')).toBe(1);
    close();
  });

  it('reckons the seconds from what is missing and the speed the line was measured to have', async () => {
    const { archive, studies, clock, close } = await rig();
    const big = fakeSeries('1', '1.1', 10).map((each) => ({ ...each, frames: ['x'.repeat(100_000)] }));
    archive.add(...big);
    archive.hold();
    const study = { siteId: readingTask('a').siteId, studyInstanceUid: uid('1') };
    const frames = await studies.openSeries(study, '1.1', 0, open);
    clock.advance(1000);
    archive.letThrough(100);
    for await (const frame of frames!) expect(frame.header.problem).toBeUndefined();
    // 10 images of 100 kB came in one second: 55 more take five and a half.
    expect(studies.opens(reading('b', '2', [], { instanceCount: 55 }))).toEqual({ kind: 'seconds', seconds: 6 });
    close();
  });

  it('leaves the case just opened to the viewer and lets others have their turn, also when all of it is cached', async () => {
    const { archive, prefetch, studies, close } = await rig();
    archive.add(...fakeSeries('1', '1.1', 3));
    const task = reading('a', '1');
    const study = { siteId: task.siteId, studyInstanceUid: uid('1') };
    await studies.prefetch(study, open);
    studies.showOpenCase([study]);
    // The list that prefetch follows still names the case that was claimed a moment ago.
    prefetch.follow(list(task));
    await prefetch.settled();
    expect(studies.isLoadingOpenCase()).toBe(false);
    prefetch.stop();
    close();
  });
});
