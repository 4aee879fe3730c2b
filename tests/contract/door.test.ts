import { describe, expect, it } from 'vitest';

import { calls } from '#shared/contract/calls.ts';
import { readFramePrefix, type SeriesFrameHeader } from '#shared/contract/pixels.ts';
import { contextKeyOf } from '#shared/domain/context-key.ts';
import type { DeliveryId, ReportId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { fakeSeries } from '#tests/support/fake-archive.ts';
import { listenTo } from '#tests/support/listen-to.ts';
import { NIGHT, readingTask } from '#tests/support/reading-tasks.ts';
import { fakeSecrets, workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const STUDY = '1.2' as StudyInstanceUid;

async function openedCase(rig: WorkstationRig, facts: Parameters<typeof readingTask>[1] = {}) {
  const { id } = await rig.put(readingTask('a', { studyInstanceUids: [STUDY], ...facts }));
  const answer = await rig.call('openCase', { taskId: id, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

async function framesOf(response: Response): Promise<{ header: SeriesFrameHeader; payload: string }[]> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const frames: { header: SeriesFrameHeader; payload: string }[] = [];
  for (let at = 0; at < bytes.length;) {
    const sizes = readFramePrefix(bytes.subarray(at));
    if (sizes === undefined) throw new Error('the stream ends inside a frame');
    const text = (from: number, length: number) => new TextDecoder().decode(bytes.subarray(from, from + length));
    const header = JSON.parse(text(at + 8, sizes.headerBytes)) as SeriesFrameHeader;
    frames.push({ header, payload: text(at + 8 + sizes.headerBytes, sizes.payloadBytes) });
    at += 8 + sizes.headerBytes + sizes.payloadBytes;
  }
  return frames;
}

describe('calls', () => {
  it('answers every call of the contract, and no other', async () => {
    const rig = await workstationRig();
    for (const { method } of Object.values(calls)) expect((await rig.raw(method, {})).status, method).not.toBe(404);
    const unknown = await rig.raw('worklist.delete-all', {});
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { code: 'not-found', message: 'There is no such call.' },
    ]);
    rig.close();
  });

  it('refuses what is not the contract, and says where without repeating it', async () => {
    const rig = await workstationRig();
    const wrong = await rig.raw('session.unlock', { pin: 4711 });
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { code: 'invalid-request', message: 'Not a request of session.unlock: pin.' },
    ]);
    const extra = await rig.raw('worklist.get', { all: true });
    expect(extra.status).toBe(400);
    const text = await rig.workstation.fetch(
      new Request('http://door/api/worklist.get', { method: 'POST', body: '{' }),
    );
    expect(text.status).toBe(400);
    rig.close();
  });

  it('says nothing of an inner fault to the caller', async () => {
    const rig = await workstationRig({
      siteTroubles: () => {
        throw new Error('Doe^Jane');
      },
    });
    const answer = await rig.raw('worklist.get', {});
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('Doe');
    rig.close();
  });

  it('while locked lets through nothing but the session', async () => {
    const rig = await workstationRig();
    await openedCase(rig);
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 2));
    await rig.call('lock', {});
    expect((await rig.call('session', {})).locked).toBe(true);
    for (const { method } of Object.values(calls).filter((each) => !each.method.startsWith('session.'))) {
      const answer = await rig.raw(method, {});
      expect([method, answer.status]).toEqual([method, 423]);
    }
    for (const path of ['/pixels/1.2/1.2.1', '/dicomweb/studies/1.2/metadata', '/dicomweb/studies'])
      expect((await rig.get(path)).status).toBe(423);
    expect(await rig.call('unlock', { pin: '4711' })).toEqual({ status: 'unlocked' });
    expect((await rig.get('/pixels/1.2/1.2.1')).status).toBe(200);
    rig.close();
  });

  it('knows a workstation without PIN and takes one', async () => {
    const rig = await workstationRig({ secrets: fakeSecrets(undefined) });
    expect((await rig.call('session', {})).hasPin).toBe(false);
    expect(await rig.call('setPin', { pin: '4711' })).toEqual({ status: 'set' });
    expect((await rig.call('session', {})).hasPin).toBe(true);
    expect(await rig.call('setPin', { currentPin: '1', pin: '0815' })).toEqual({ status: 'wrong-pin' });
    rig.close();
  });
});

describe('worklist and case', () => {
  it('gives the list in its order with reasons, and what is next', async () => {
    const rig = await workstationRig();
    const routine = await rig.put(readingTask('a', { priority: 'routine' }));
    const stroke = await rig.put(readingTask('b', { priority: 'stroke', dueAt: (NIGHT + 11 * 60_000) as EpochMs }));
    const list = await rig.call('worklist', {});
    expect(list.rows.map((row) => row.taskId)).toEqual([stroke.id, routine.id]);
    expect(list.rows[0]?.opens).toEqual({ kind: 'unknown' });
    expect(list.nextTaskId).toBe(stroke.id);
    rig.close();
  });

  it('shows the list as last seen, and since when, while the hub is away', async () => {
    const rig = await workstationRig();
    await rig.put(readingTask('a'));
    await rig.call('worklist', {});
    rig.clock.advance(60_000);
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    const list = await rig.call('worklist', {});
    expect([list.hubReachable, list.at, list.rows.length]).toEqual([false, NIGHT, 1]);
    expect((await rig.raw('deliveries.list', {})).status).toBe(503);
    rig.close();
  });

  it('opens a case with notes, priors, template and an empty report', async () => {
    const rig = await workstationRig();
    const prior = {
      studyInstanceUid: '1.1' as StudyInstanceUid,
      description: 'CT head',
      date: '2024-03-01',
      hasReport: true,
    };
    const open = await openedCase(rig, { reason: 'fall', priors: [prior, { description: 'film', hasReport: false }] });
    expect(open.contextKey).toBe(contextKeyOf(await rig.onHub(open.taskId)));
    expect(open.studies.map(({ studyInstanceUid, role }) => [studyInstanceUid, role])).toEqual([
      ['1.2', 'current'],
      ['1.1', 'prior'],
    ]);
    expect(open.notes.facts.map(({ kind, text }) => [kind, text])).toEqual([
      ['reason', 'fall'],
      ['allergy', 'rash'],
    ]);
    expect(open.notes.missing).toContain('lab');
    expect(open.draft).toMatchObject({ revision: 0, body: { templateId: open.template.id } });
    rig.close();
  });

  it('opens all the same when the notes cannot be read, and says so', async () => {
    const rig = await workstationRig({ readNotes: async () => Promise.reject(new Error('away')) });
    expect((await openedCase(rig)).notes.facts[0]?.text).toContain('could not be read');
    rig.close();
  });

  it('keeps the text of the report over saving, reopening and a second window', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const body = { ...open.draft.body, title: 'CT head, night' };
    const draft = { taskId: open.taskId, contextKey: open.contextKey, revision: 0, body };
    expect(await rig.call('saveDraft', draft)).toEqual({ status: 'saved', revision: 1, savedAt: NIGHT });
    expect(await rig.call('saveDraft', draft)).toEqual({ status: 'stale', revision: 1 });
    expect(await rig.call('saveDraft', { ...draft, contextKey: 'another case' })).toEqual({ status: 'wrong-context' });
    const again = await rig.call('openCase', { taskId: open.taskId, readOnly: false });
    expect(again).toMatchObject({
      case: { draft: { revision: 1, savedAt: NIGHT, body: { title: 'CT head, night' } } },
    });
    rig.close();
  });

  it('checks a report before it is signed', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const answer = await rig.call('checkReport', { taskId: open.taskId, body: open.draft.body });
    expect(answer.complaints.map(({ code }) => code)).toEqual(['no-impression']);
    rig.close();
  });
});

describe('deliveries', () => {
  it('are listed, and one that is with a person goes back in line', async () => {
    const rig = await workstationRig();
    const task = await rig.put(readingTask('a'));
    const resource = deliveryToFhir(
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
        state: 'with-a-person',
        signedAt: NIGHT,
        attempts: 3,
        notBefore: NIGHT,
        problem: 'refused',
      },
      '7b0f6f0e-0000-4000-8000-000000000000',
    );
    const { id = '' } = await rig.fhir.create(resource);
    rig.clock.advance(60_000);
    expect(await rig.call('retryDelivery', { deliveryId: id })).toEqual({ status: 'queued' });
    const { deliveries, waitingForHub } = await rig.call('deliveries', {});
    expect(deliveries).toMatchObject([{ id, state: 'waiting', notBefore: NIGHT + 60_000, problem: 'refused' }]);
    expect(waitingForHub).toBe(0);
    await rig.fhir.update({ ...resource, id, status: 'completed' });
    expect(await rig.call('retryDelivery', { deliveryId: id })).toEqual({ status: 'already-accepted' });
    expect(await rig.call('retryDelivery', { deliveryId: 'none' })).toEqual({ status: 'not-found' });
    rig.close();
  });
});

describe('events', () => {
  it('begin with a heartbeat and tell of a change on the hub', async () => {
    const rig = await workstationRig();
    rig.workstation.start();
    await rig.workstation.look();
    const events = await listenTo(rig);
    expect(await events.next()).toEqual({ type: 'heartbeat' });
    await rig.put(readingTask('a'));
    rig.hubChanged();
    expect(await events.next()).toEqual({ type: 'worklist-changed' });
    await events.stop();
    rig.close();
  });

  it('tell that the open case is lost when another took it or the site cancelled it', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    await rig.workstation.look();
    const events = await listenTo(rig);
    await events.next();
    await rig.write({ ...(await rig.onHub(open.taskId)), state: 'cancelled' });
    await rig.workstation.look();
    expect(await events.next()).toEqual({ type: 'worklist-changed' });
    expect(await events.next()).toEqual({ type: 'claim-lost', taskId: open.taskId });
    await events.stop();
    rig.close();
  });

  it('while locked tell only of the lock', async () => {
    const rig = await workstationRig();
    const events = await listenTo(rig);
    await events.next();
    await rig.call('lock', {});
    await rig.put(readingTask('a'));
    await rig.workstation.look();
    await rig.call('unlock', { pin: '4711' });
    expect(await events.next()).toEqual({ type: 'session-locked' });
    expect(await events.next()).toEqual({ type: 'worklist-changed' });
    expect(await events.next()).toEqual({ type: 'deliveries-changed' });
    await events.stop();
    rig.close();
  });
});

describe('pixels', () => {
  it('come framed as the contract says, the frame being looked at first', async () => {
    const rig = await workstationRig();
    await openedCase(rig);
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 4));
    await (await rig.get('/pixels/1.2/1.2.1')).arrayBuffer();
    const response = await rig.get('/pixels/1.2/1.2.1?from=2');
    const frames = await framesOf(response);
    expect(frames.map(({ header }) => header.sopInstanceUid)).toEqual(['1.2.1.3', '1.2.1.4', '1.2.1.2', '1.2.1.1']);
    expect(frames[0]).toMatchObject({
      header: { frame: 1, description: { rows: 1, columns: 8, bitsAllocated: 16 } },
      payload: 'pixels of 1.2.1.3',
    });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    rig.close();
  });

  it('end when the session locks', async () => {
    const rig = await workstationRig();
    await openedCase(rig);
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 4));
    rig.archive.hold();
    const response = await rig.get('/pixels/1.2/1.2.1');
    rig.archive.letThrough(1);
    const body = response.body!.getReader();
    await body.read();
    await rig.call('lock', {});
    await expect(body.read()).rejects.toThrow('stopped');
    rig.archive.letThrough(100);
    rig.close();
  });

  it('of an unknown study, series or frame are refused as data', async () => {
    const rig = await workstationRig();
    await openedCase(rig);
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 1));
    expect((await rig.get('/pixels/9.9/1')).status).toBe(404);
    expect((await rig.get('/pixels/1.2/1.2.77')).status).toBe(404);
    expect((await rig.get('/pixels/1.2/1.2.1?from=-1')).status).toBe(400);
    rig.close();
  });

  it('of a site that is away are refused in words', async () => {
    const rig = await workstationRig();
    await openedCase(rig);
    rig.archive.failWith('unreachable');
    const answer = await rig.get('/pixels/1.2/1.2.1');
    expect([answer.status, await answer.json()]).toEqual([
      502,
      { code: 'site-unreachable', message: 'The site does not give its images (unreachable).' },
    ]);
    rig.close();
  });
});

describe('DICOMweb face', () => {
  it('answers metadata, series and studies as DICOM JSON, asking the site once', async () => {
    const rig = await workstationRig();
    rig.archive.add(...fakeSeries('1.2', '1.2.1', 2), ...fakeSeries('1.2', '1.2.2', 1));
    await openedCase(rig);
    const get = async (path: string) => {
      const response = await rig.get(path);
      expect(response.headers.get('Content-Type')).toBe('application/dicom+json');
      return (await response.json()) as Record<string, { vr: string; Value?: unknown[] }>[];
    };
    expect(await get('/dicomweb/studies/1.2/metadata')).toHaveLength(3);
    expect(await get('/dicomweb/studies/1.2/series/1.2.1/metadata')).toHaveLength(2);
    const series = await get('/dicomweb/studies/1.2/series');
    expect(series.map((each) => [each['0020000E']?.Value, each['00201209']?.Value])).toEqual([
      [['1.2.1'], [2]],
      [['1.2.2'], [1]],
    ]);
    expect(rig.archive.calls.filter((call) => call.startsWith('metadata'))).toHaveLength(1);
    const [study] = await get('/dicomweb/studies?StudyInstanceUID=1.2');
    expect(study?.['00100010']).toEqual({ vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane', Ideographic: '山田' }] });
    expect(study?.['00100030']).toEqual({ vr: 'DA', Value: ['19520304'] });
    rig.close();
  });

  it('answers one object with what other answers leave out, and none that belongs elsewhere', async () => {
    const rig = await workstationRig();
    const instances = [...fakeSeries('1.2', '1.2.1', 2), ...fakeSeries('1.3', '1.3.1', 1)];
    rig.archive.add(...instances);
    const [own, , foreign] = instances.map(({ sop }) => sop) as [string, string, string];
    await openedCase(rig);
    const get = (sop: string) => rig.get(`/dicomweb/studies/1.2/series/1.2.1/instances/${sop}/metadata`);
    const [whole] = (await (await get(own)).json()) as Record<string, { InlineBinary?: string }>[];
    expect(whole?.['00420011']?.InlineBinary).toBe(btoa(instances[0]!.frames.join('')));
    expect((await get('9.9')).status).toBe(404);
    // The site would send it; it says itself that it is of another study.
    expect((await get(foreign)).status).toBe(404);
    rig.close();
  });
});
