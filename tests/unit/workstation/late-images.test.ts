import { describe, expect, it } from 'vitest';

import { systemTimer } from '#electron/ports/timer.ts';
import { deliveredStudies } from '#electron/workstation/studies/purge-delivered.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import type { DeliveryId, ReportId, SiteId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { HOUR_MS, MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { fakeSeries } from '#tests/support/fake-archive.ts';
import { NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const uid = (text: string) => text as StudyInstanceUid;
const STUDY = uid('1.2');

async function openedCase() {
  const rig = await workstationRig({ timer: systemTimer });
  rig.archive.add(...fakeSeries('1.2', '1.2.1', 3));
  const { id } = await rig.put(readingTask('a', { studyInstanceUids: [STUDY], instanceCount: 3 }));
  const answer = await rig.call('openCase', { taskId: id, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  await rig.get('/dicomweb/studies/1.2/metadata').then((metadata) => metadata.text());
  const complaints = async () =>
    (await rig.call('checkReport', { taskId: id, body: answer.case.draft.body })).complaints.filter(
      ({ code }) => code === 'late-images',
    );
  const look = async () => {
    rig.clock.advance(MINUTE_MS);
    await rig.workstation.look();
  };
  const instances = async () =>
    ((await rig.get('/dicomweb/studies/1.2/metadata').then((metadata) => metadata.json())) as unknown[]).length;
  return { ...rig, taskId: id, complaints, look, instances };
}

async function eventsOf(rig: { get: (path: string) => Promise<Response> }) {
  const response = await rig.get('/events');
  const lines = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (type: string): Promise<unknown> => {
    for (;;) {
      const found = text.split('\n').find((line) => line.includes(`"${type}"`));
      if (found !== undefined) return JSON.parse(found) as unknown;
      const { value, done } = await lines.read();
      if (done) throw new Error('the stream has ended');
      text += value;
    }
  };
}

describe('images that come after the case was opened', () => {
  it('are told, counted, and hold up signing until each was looked at', async () => {
    const rig = await openedCase();
    const next = await eventsOf(rig);
    expect(await rig.complaints()).toEqual([]);
    rig.archive.add(...fakeSeries('1.2', '1.2.9', 2));
    await rig.look();
    expect(await next('images-arrived')).toEqual({ type: 'images-arrived', studyInstanceUid: '1.2', count: 2 });
    expect(await rig.instances()).toBe(5);
    expect(await rig.complaints()).toMatchObject([
      {
        severity: 'stop',
        message: '2 images, in a new series, came after this case was opened and were not looked at.',
      },
    ]);
    await rig.get('/pixels/1.2/1.2.9').then((frames) => frames.arrayBuffer());
    await rig.call('imagesSeen', { studyInstanceUid: '1.2', sopInstanceUids: ['1.2.9.1', '1.2.1.1'] });
    expect(await rig.complaints()).toMatchObject([{ message: /^One image, in a new series,/ }]);
    await rig.call('imagesSeen', { studyInstanceUid: '1.2', sopInstanceUids: ['1.2.9.2'] });
    expect(await rig.complaints()).toEqual([]);
    rig.close();
  });

  it('are pictures only: a report that comes late, or comes back, holds nobody up', async () => {
    const rig = await openedCase();
    const report = { study: '1.2', series: '1.2.8', sop: '1.2.8.1', number: 1, frames: ['SR'], isDocument: true };
    rig.archive.add(report);
    await rig.look();
    expect(await rig.instances()).toBe(4);
    expect(await rig.complaints()).toEqual([]);
    rig.close();
  });

  it('are found when the report is checked, even between two looks', async () => {
    const rig = await openedCase();
    await rig.look();
    rig.archive.add({ study: '1.2', series: '1.2.1', sop: '1.2.1.4', number: 4, frames: ['late'] });
    rig.clock.advance(5000);
    expect(await rig.complaints()).toMatchObject([
      { message: 'One image came after this case was opened and was not looked at.' },
    ]);
    rig.close();
  });

  it('are none when the study only became known with the opening', async () => {
    const rig = await openedCase();
    await rig.look();
    await rig.look();
    expect(await rig.complaints()).toEqual([]);
    rig.close();
  });

  it('mark the row of a reading that is signed', async () => {
    const rig = await workstationRig({ timer: systemTimer });
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 3));
    const { id } = await rig.put(
      readingTask('a', {
        state: 'completed',
        studyInstanceUids: [STUDY],
        instanceCount: 3,
        claim: { radiologistId: reader().id, radiologistName: 'A', since: NIGHT, leaseUntil: NIGHT },
      }),
    );
    const warnings = async () => (await rig.call('worklist', {})).rows.flatMap((row) => row.warnings ?? []);
    expect(await warnings()).toEqual([]);
    const ours = { study: '1.2', series: '1.2.8', sop: '1.2.8.1', number: 1, frames: ['PDF'], isDocument: true };
    rig.archive.add(ours);
    await rig.workstation.look();
    expect(await warnings()).toEqual([]);
    rig.archive.add(...fakeSeries('1.2', '1.2.2', 2));
    rig.clock.advance(6 * MINUTE_MS);
    await rig.workstation.look();
    expect(await warnings()).toContain('2 images came after it was signed: look at them and add to the report');
    const opened = await rig.call('openCase', { taskId: id, readOnly: true });
    if (opened.status !== 'opened') throw new Error(opened.status);
    expect(opened.case.studies.map(({ lateImages }) => lateImages)).toEqual([['1.2.2.1', '1.2.2.2']]);
    await rig.call('imagesSeen', { studyInstanceUid: '1.2', sopInstanceUids: ['1.2.2.1'] });
    expect(await warnings()).toContain('one image came after it was signed: look at it and add to the report');
    await rig.call('imagesSeen', { studyInstanceUid: '1.2', sopInstanceUids: ['1.2.2.2'] });
    expect(await warnings()).toEqual([]);
    rig.close();
  });

  it('mark the row of a signed reading also after the program was started anew, until they were looked at', async () => {
    const rig = await workstationRig({ timer: systemTimer });
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 3));
    await rig.put(
      readingTask('a', {
        state: 'completed',
        studyInstanceUids: [STUDY],
        instanceCount: 3,
        claim: { radiologistId: reader().id, radiologistName: 'A', since: NIGHT, leaseUntil: NIGHT },
      }),
    );
    const warningsOf = async ({ call }: Pick<typeof rig, 'call'>) =>
      (await call('worklist', {})).rows.flatMap((row) => row.warnings ?? []);
    await rig.call('worklist', {});
    await rig.workstation.look();
    await rig.get('/dicomweb/studies/1.2/metadata').then((metadata) => metadata.text());
    rig.archive.add(...fakeSeries('1.2', '1.2.2', 2));
    rig.clock.advance(6 * MINUTE_MS);
    await rig.workstation.look();
    const words = '2 images came after it was signed: look at them and add to the report';
    expect(await warningsOf(rig)).toContain(words);
    const settings = rig.settings;
    rig.close();

    // The site has told of them once: what the next start learns of it is that nothing has changed.
    const next = await workstationRig({
      timer: systemTimer,
      fhir: rig.fhir,
      archiveOf: () => rig.archive,
      cache: rig.cache,
      settings,
    });
    await next.call('worklist', {});
    await next.workstation.look();
    expect(await warningsOf(next)).toContain(words);
    next.close();
  });

  it('do not hold up anybody when the site does not answer', async () => {
    const rig = await openedCase();
    rig.archive.failWith('unreachable');
    rig.clock.advance(MINUTE_MS);
    expect(await rig.complaints()).toEqual([]);
    rig.close();
  });
});

describe('copies of studies after their reports were delivered', () => {
  const at = (hours: number) => (NIGHT + hours * HOUR_MS) as EpochMs;
  const delivery = (taskId: string, more: Partial<Delivery> = {}) =>
    ({ id: taskId, taskId, state: 'accepted', acknowledgedAt: at(0), ...more }) as unknown as Delivery;
  const done = (id: string, study: string, priors: string[] = []) =>
    readingTask(id, {
      state: 'completed',
      studyInstanceUids: [uid(study)],
      priors: priors.map((prior) => ({ studyInstanceUid: uid(prior), description: 'CT', hasReport: true })),
    });
  const purged = (...of: Parameters<typeof deliveredStudies>) =>
    deliveredStudies(...of).map(({ studyInstanceUid }) => studyInstanceUid);

  it('go when every channel has acknowledged and the time is over, with the priors', () => {
    const when = { now: at(2), afterMs: 2 * HOUR_MS };
    const task = done('a', '1', ['1.p']);
    expect(purged([task], [delivery('a'), delivery('a')], when)).toEqual(['1', '1.p']);
    expect(purged([task], [delivery('a')], { ...when, now: at(1) })).toEqual([]);
    const waiting = { ...delivery('a'), state: 'waiting' } as Delivery;
    expect(purged([task], [delivery('a'), waiting], when)).toEqual([]);
    expect(purged([task], [], when)).toEqual([]);
    const byHand = { state: 'settled-by-hand', settlement: { how: 'handed-over', by: 'x', at: at(0) } } as const;
    expect(purged([task], [delivery('a', byHand)], when)).toEqual(['1', '1.p']);
  });

  it('stay while another reading needs them', () => {
    const open = readingTask('b', {
      studyInstanceUids: [uid('2')],
      priors: [{ studyInstanceUid: uid('1'), description: 'CT', hasReport: true }],
    });
    expect(purged([done('a', '1', ['0']), open], [delivery('a')], { now: at(2), afterMs: 0 })).toEqual(['0']);
  });

  it('are really gone from the disk, by the policy of the workstation', async () => {
    const rig = await workstationRig({ images: { purgeAfterDeliveryMs: HOUR_MS } });
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 3));
    const task = await rig.put(
      readingTask('a', {
        state: 'completed',
        studyInstanceUids: [STUDY],
        claim: { radiologistId: reader().id, radiologistName: 'A', since: NIGHT, leaseUntil: NIGHT },
      }),
    );
    await rig.call('worklist', {});
    await rig.get('/pixels/1.2/1.2.1').then((frames) => frames.arrayBuffer());
    const study = { siteId: 'mercy' as SiteId, studyInstanceUid: STUDY };
    expect(rig.cache.countInstances(study)).toBe(3);
    await rig.fhir.create(
      deliveryToFhir(
        {
          id: '' as DeliveryId,
          version: '',
          reportId: 'r1' as ReportId,
          taskId: task.id,
          siteId: task.siteId,
          siteName: task.siteName,
          examText: 'CT head',
          patientName: 'Doe^Jane',
          channel: 'hl7',
          channelIndex: 0,
          state: 'accepted',
          signedAt: NIGHT,
          attempts: 1,
          notBefore: NIGHT,
          acknowledgedAt: NIGHT,
        },
        '7b0f6f0e-0000-4000-8000-000000000000',
      ),
    );
    rig.clock.advance(2 * HOUR_MS);
    await rig.workstation.look();
    expect([rig.cache.countInstances(study), rig.cache.hasMetadata(study)]).toEqual([0, false]);
    rig.close();
  });
});
