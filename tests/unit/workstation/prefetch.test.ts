import { describe, expect, it } from 'vitest';

import { createPrefetch, studiesAhead } from '#electron/workstation/studies/prefetch.ts';
import { createStudies } from '#electron/workstation/studies/studies.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist } from '#shared/domain/worklist.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { fakeSeries, readFakeInstance } from '#tests/support/fake-archive.ts';
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

async function rig() {
  const base = await workstationRig();
  const studies = createStudies({
    archiveOf: () => base.archive,
    cache: base.cache,
    readInstance: readFakeInstance,
    clock: base.clock,
    log: silentLog,
    timer: impatientTimer,
  });
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  const prefetch = createPrefetch({ studies, clock: base.clock, log: silentLog, changed });
  const retrieved = () => base.archive.calls.filter((call) => call.startsWith('series')).map((call) => call.slice(7));
  const cached = (study: string) =>
    base.cache.countInstances({ siteId: readingTask('a').siteId, studyInstanceUid: uid(study) });
  return { ...base, studies, prefetch, retrieved, cached, changes: () => changes };
}

describe('prefetch', () => {
  it('follows the list, each reading before its priors, and leaves out what this reader cannot have next', () => {
    const entries = list(
      reading('a', '1', ['1.p']),
      reading('b', '2', ['1.p', '2.p'], { priority: 'stroke' }),
      reading('c', '3', [], { state: 'ordered' }),
    );
    expect(studiesAhead(entries).map((study) => study.studyInstanceUid)).toEqual(['2', '1.p', '2.p', '1']);
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
