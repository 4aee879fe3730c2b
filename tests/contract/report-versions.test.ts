import type { AuditEvent, DiagnosticReport, DocumentReference, Observation, Provenance, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { SignOutcome } from '#electron/workstation/ports.ts';
import { createReportVersions, predecessorOf } from '#electron/workstation/signing/report-versions.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { ReturnChannel } from '#shared/domain/site.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { ReportState } from '#shared/reporting/report-state.ts';
import { sampleBody } from '#tests/unit/reporting/sample-report.ts';
import { mercy, openSigning, signInput, type OpenSigning } from './delivery-support.ts';

const CHANNELS: readonly ReturnChannel[] = [{ kind: 'stow' }, { kind: 'fhir', url: 'http://127.0.0.1:9/fhir' }];
const UNDO_MS = 10_000;

let open: OpenSigning;
beforeEach(async () => {
  open = await openSigning(CHANNELS);
  open.configure([{ ...mercy(CHANNELS), undoMs: UNDO_MS }]);
});
afterEach(() => open.close());

const versions = () => createReportVersions(open.client);

async function signed(outcome: Promise<SignOutcome>) {
  const answer = await outcome;
  if (answer.status !== 'signed') throw new Error(answer.status);
  return answer;
}

/** Signs the version after the newest one. */
async function follow(taskId: string, state: ReportState, facts: Record<string, unknown> = {}, body = sampleBody) {
  const task = await open.readTask(taskId);
  const standing = await versions().latest(task);
  if (standing === undefined) throw new Error('no report yet');
  return open.signing.sign({
    ...signInput(task, body),
    facts: { state, predecessor: predecessorOf(standing), ...facts },
  });
}

const onHub = <Resource extends { resourceType: string }>(type: Resource['resourceType']) =>
  open.client.search(type as 'Task', {}) as unknown as Promise<Resource[]>;

describe('one signature', () => {
  it('writes each score with its answers as an observation, and the same into the signed text', async () => {
    const task = await open.claimedTask('t1');
    const score = {
      system: 'ti-rads',
      title: 'ACR TI-RADS',
      version: '2017',
      source: 'Tessler 2017',
      category: 'TR4',
      meaning: 'moderately suspicious',
      sentence: 'ACR TI-RADS (2017): TR4, moderately suspicious.',
      inputs: [{ id: 'size', label: 'Largest diameter', number: 12, unit: 'mm' }],
    };
    const { reportId } = await signed(open.signing.sign(signInput(task, { ...sampleBody, scores: [score] })));
    const report = await open.client.read<DiagnosticReport>('DiagnosticReport', reportId);
    const observations = await onHub<Observation>('Observation');
    expect(report.result).toHaveLength(2);
    expect(observations.find(({ code }) => code.text === 'ACR TI-RADS')).toMatchObject({
      status: 'final',
      valueCodeableConcept: { text: 'TR4' },
      component: [{ code: { text: 'Largest diameter' }, valueQuantity: { value: 12, unit: 'mm' } }],
    });
    expect((await versions().latest(await open.readTask(task.id)))?.body.scores).toEqual([score]);
  });

  it('writes observations, audit event and the public key together with the report', async () => {
    const task = await open.claimedTask('t1');
    const { reportId } = await signed(open.signing.sign(signInput(task)));
    const report = await open.client.read<DiagnosticReport>('DiagnosticReport', reportId);
    const [observation] = await onHub<Observation>('Observation');
    expect(report.result).toEqual([{ reference: `Observation/${observation?.id}` }]);
    expect(observation).toMatchObject({
      status: 'final',
      code: { text: 'Midline shift' },
      valueQuantity: { value: 0, unit: 'mm' },
    });
    expect(await onHub<AuditEvent>('AuditEvent')).toMatchObject([
      { subtype: [{ code: 'attest' }], entity: [{ what: { reference: `DiagnosticReport/${reportId}` } }] },
    ]);
    const [key] = await onHub<DocumentReference>('DocumentReference');
    const { keyId, jwk } = await open.key.publicKey();
    expect(key?.identifier?.[0]?.value).toBe(keyId);
    const published = Buffer.from(key?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    expect(JSON.parse(published)).toMatchObject({ keys: [{ ...jwk, kid: keyId }] });
    expect(published).not.toContain('"d"');
  });

  it('publishes a key once, however many reports it signs', async () => {
    await signed(open.signing.sign(signInput(await open.claimedTask('t1'))));
    await signed(open.signing.sign(signInput(await open.claimedTask('t2'))));
    expect(await onHub<DocumentReference>('DocumentReference')).toHaveLength(1);
  });
});

describe('a signature in its window', () => {
  it('leaves no earlier than the site allows for taking it back', async () => {
    const task = await open.claimedTask('t1');
    const { undoUntil } = await signed(open.signing.sign(signInput(task)));
    expect(undoUntil).toBe(open.hub.clock.now() + UNDO_MS);
    expect((await open.deliveries()).map(({ notBefore }) => notBefore)).toEqual([undoUntil, undoUntil]);
  });

  it('is taken back whole: report, observations and deliveries are void and the reading is its signer’s again', async () => {
    const task = await open.claimedTask('t1');
    const { reportId } = await signed(open.signing.sign(signInput(task)));
    expect(await open.signing.undo(task.id)).toBe('undone');
    const after = await open.readTask(task.id);
    expect(after).toMatchObject({ state: 'claimed', claim: { radiologistId: 'dr-lee' } });
    expect(after.reportId).toBeUndefined();
    const report = await open.client.read<DiagnosticReport>('DiagnosticReport', reportId);
    expect(report.status).toBe('entered-in-error');
    expect((await onHub<Observation>('Observation')).map(({ status }) => status)).toEqual(['entered-in-error']);
    const deliveries = await open.client.search<Task>('Task', { code: 'urn:overread:task-kind|delivery' });
    expect(deliveries.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    const again = await signed(open.signing.sign(signInput(after)));
    expect(again.deliveries).toHaveLength(2);
  });

  it('is final when the window has passed', async () => {
    const task = await open.claimedTask('t1');
    await signed(open.signing.sign(signInput(task)));
    open.hub.clock.advance(UNDO_MS);
    expect(await open.signing.undo(task.id)).toBe('too-late');
    expect((await open.readTask(task.id)).state).toBe('completed');
  });

  it('is final when the gateway has begun to deliver, whatever the clock says', async () => {
    const task = await open.claimedTask('t1');
    await signed(open.signing.sign(signInput(task)));
    const [delivery] = await open.client.search<Task>('Task', { code: 'urn:overread:task-kind|delivery' });
    if (delivery === undefined) throw new Error('no delivery');
    await open.client.update<Task>({ ...delivery, status: 'completed' }, delivery.meta?.versionId);
    expect(await open.signing.undo(task.id)).toBe('too-late');
    expect((await open.reports()).map(({ status }) => status)).toEqual(['final']);
  });

  it('is taken back on this machine while the hub is away, and never sent', async () => {
    const task = await open.claimedTask('t1');
    open.link.cut('before');
    expect(await open.signing.sign(signInput(task))).toMatchObject({
      status: 'signed-here',
      undoUntil: open.hub.clock.now() + UNDO_MS,
    });
    expect(await open.signing.undo(task.id)).toBe('undone');
    open.link.cut('no');
    await open.signing.flush();
    expect(await open.reports()).toHaveLength(0);
    expect((await open.readTask(task.id)).state).toBe('claimed');
  });

  it('is taken back whole after a crash, which no memory outlives', async () => {
    const task = await open.claimedTask('t1');
    const { reportUuid, undoUntil } = await signed(open.signing.sign(signInput(task)));
    open.hub.clock.advance(UNDO_MS / 2);
    open.restart();
    expect(open.signing.undoable()).toEqual([{ taskId: task.id, reportUuid, until: undoUntil }]);
    expect(open.signing.waitingForHub()).toBe(0);
    expect(await open.signing.undo(task.id)).toBe('undone');
    expect(await open.readTask(task.id)).toMatchObject({ state: 'claimed', claim: { radiologistId: 'dr-lee' } });
    expect((await open.reports()).map(({ status }) => status)).toEqual(['entered-in-error']);
    expect(open.signing.undoable()).toEqual([]);
    open.restart();
    expect(open.signing.undoable()).toEqual([]);
  });

  it('is taken back after a crash while the hub is away, and never sent', async () => {
    const task = await open.claimedTask('t1');
    open.link.cut('before');
    await open.signing.sign(signInput(task));
    open.restart();
    expect(open.signing.undoable()).toMatchObject([{ taskId: task.id }]);
    expect(await open.signing.undo(task.id)).toBe('undone');
    open.link.cut('no');
    await open.signing.flush();
    expect(await open.reports()).toHaveLength(0);
  });

  it('offers the newest signature of a reading only', async () => {
    const task = await open.claimedTask('t1');
    await signed(open.signing.sign(signInput(task)));
    const second = await signed(follow(task.id, 'corrected', { reason: 'Wrong side' }));
    open.restart();
    expect(open.signing.undoable()).toMatchObject([{ reportUuid: second.reportUuid }]);
  });

  it('leaves nothing of the report on this disk once the window has passed', async () => {
    const task = await open.claimedTask('t1');
    const { reportUuid = '' } = await signed(open.signing.sign(signInput(task)));
    expect(await open.queue.get(reportUuid)).toMatchObject({ signed: { reportUuid } });
    open.hub.clock.advance(UNDO_MS);
    open.restart();
    expect(open.signing.undoable()).toEqual([]);
    await open.signing.flush();
    expect(await open.queue.get(reportUuid)).toBeUndefined();
  });

  it('is on disk before the hub hears of it, and goes out once after a crash in between', async () => {
    const task = await open.claimedTask('t1');
    open.link.cut('after-transaction');
    await open.signing.sign(signInput(task));
    open.restart();
    open.link.cut('no');
    await open.signing.flush();
    await open.signing.flush();
    expect(await open.reports()).toHaveLength(1);
    expect(await open.deliveries()).toHaveLength(2);
    expect(open.signing.waitingForHub()).toBe(0);
  });
});

describe('later versions', () => {
  const first = async (id = 't1'): Promise<ReadingTask> => {
    const task = await open.claimedTask(id);
    await signed(open.signing.sign(signInput(task)));
    return task;
  };

  it('adds an addendum beside the report it leaves as it was, and delivers both', async () => {
    const task = await first();
    const addendum = {
      text: 'Compared with outside films: unchanged.',
      signedBy: { id: 'dr-lee' as RadiologistId, name: 'Lee^Dana' },
      signedAt: open.hub.clock.now(),
    };
    const answer = await follow(task.id, 'appended', { addenda: [addendum] });
    expect(answer.status).toBe('signed');
    const [newest, before] = await versions().all(await open.readTask(task.id));
    expect(newest).toMatchObject({ version: 2, state: 'appended', body: sampleBody, addenda: [addendum] });
    expect(before).toMatchObject({ version: 1, state: 'final', reportUuid: newest?.predecessor?.reportUuid });
    expect(await open.deliveries()).toHaveLength(4);
    const reports = await open.reports();
    expect(reports.map(({ status }) => status).toSorted()).toEqual(['appended', 'final']);
    const appended = reports.find(({ status }) => status === 'appended');
    expect(appended?.extension).toEqual([
      {
        url: 'http://hl7.org/fhir/StructureDefinition/diagnosticReport-addendumOf',
        valueReference: {
          type: 'DiagnosticReport',
          identifier: { system: 'urn:overread:report', value: before?.reportUuid },
        },
      },
    ]);
  });

  it('names the version it follows in the provenance', async () => {
    const task = await first();
    await follow(task.id, 'corrected', { reason: 'Wrong side' });
    const provenances = await onHub<Provenance>('Provenance');
    const [newest] = await versions().all(await open.readTask(task.id));
    expect(provenances.flatMap(({ entity = [] }) => entity)).toMatchObject([
      { role: 'revision', what: { identifier: { value: newest?.predecessor?.reportUuid } } },
    ]);
  });

  it('tells the second of two who change the same version, and overwrites nothing', async () => {
    const task = await first();
    const held = await open.readTask(task.id);
    const standing = await versions().latest(held);
    if (standing === undefined) throw new Error('no report');
    await follow(task.id, 'corrected', { reason: 'Wrong side' });
    const late = await open.signing.sign({
      ...signInput(held),
      facts: { state: 'corrected', predecessor: predecessorOf(standing), reason: 'Another reason' },
    });
    expect(late).toEqual({ status: 'superseded' });
    expect(await open.reports()).toHaveLength(2);
    expect(open.signing.waitingForHub()).toBe(0);
  });

  it('puts a withdrawn reading back on the list when it is to be read again', async () => {
    const task = await first();
    await follow(task.id, 'entered-in-error', { reason: 'Another patient', thenReadAgain: true });
    expect((await open.readTask(task.id)).state).toBe('ready');
    const other = await first('t2');
    await follow(other.id, 'entered-in-error', { reason: 'Another patient' });
    expect((await open.readTask(other.id)).state).toBe('completed');
  });

  it('takes back a correction in its window: the version before it stands again', async () => {
    const task = await first();
    await follow(task.id, 'corrected', { reason: 'Wrong side' });
    expect(await open.signing.undo(task.id)).toBe('undone');
    const after = await open.readTask(task.id);
    expect(after.state).toBe('completed');
    expect(await versions().latest(after)).toMatchObject({ version: 1, state: 'final' });
  });

  it('leaves a preliminary reading open for another reader, and tells the first one how the final differs', async () => {
    const task = await open.claimedTask('t1');
    await signed(open.signing.sign({ ...signInput(task), facts: { state: 'preliminary' } }));
    const waiting = await open.readTask(task.id);
    expect(waiting).toMatchObject({ state: 'ready', earlierReaders: ['dr-lee'], readType: 'double-reading' });
    const preliminary = await versions().latest(waiting);
    if (preliminary === undefined) throw new Error('no report');
    await signed(
      open.signing.sign({
        ...signInput(waiting),
        reader: { ...signInput(waiting).reader, id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' },
        facts: {
          state: 'final',
          predecessor: predecessorOf(preliminary),
          discrepancy: { category: 'major', comment: 'Missed fracture', firstReader: preliminary.signedBy },
        },
      }),
    );
    expect(await open.readTask(task.id)).toMatchObject({ state: 'completed' });
    const [notice] = await open.client.search<Task>('Task', { code: 'urn:overread:task-kind|discrepancy' });
    expect(notice).toMatchObject({ status: 'requested', owner: { identifier: { value: 'dr-lee' } } });
    const { createDiscrepancies } = await import('#electron/workstation/signing/discrepancies.ts');
    const desk = createDiscrepancies(open.client, 'dr-lee' as RadiologistId);
    expect(await desk.list()).toMatchObject([{ category: 'major', comment: 'Missed fracture', readingId: task.id }]);
    expect(await createDiscrepancies(open.client, 'dr-mora' as RadiologistId).list()).toEqual([]);
    expect(await desk.markSeen(notice?.id ?? '')).toBe('seen');
    expect(await desk.list()).toEqual([]);
  });

  it('keeps a correction that was signed while the hub was away, for a person when another came first', async () => {
    const task = await first();
    open.link.cut('before');
    const standing = await versions().latest(await open.readTask(task.id));
    if (standing === undefined) throw new Error('no report');
    const late = {
      ...signInput(await open.readTask(task.id)),
      facts: { state: 'corrected', predecessor: predecessorOf(standing), reason: 'Side' } as const,
    };
    expect((await open.signing.sign(late)).status).toBe('signed-here');
    open.link.cut('no');
    const other = await openAnother();
    await other.sign({ ...late, facts: { ...late.facts, reason: 'First' } });
    await open.signing.flush();
    expect(open.queue.list()).toMatchObject([{ state: 'set-aside', problem: 'superseded' }]);
    expect(await open.signing.waitingList()).toMatchObject([{ state: 'set-aside', signed: { reason: 'Side' } }]);
    open.signing.discard((await open.signing.waitingList())[0]?.reportUuid ?? '');
    expect(open.signing.waitingForHub()).toBe(0);
  });

  /** Another workstation on the same hub. */
  async function openAnother() {
    const { createSigning } = await import('#electron/workstation/signing/create-signing.ts');
    const { silentLog } = await import('#shared/kernel/log.ts');
    const nothing = () => undefined;
    const none = { put: async () => undefined, list: () => [], get: async () => undefined };
    return createSigning({
      fhir: open.client,
      sites: open.sites,
      queue: {
        ...none,
        setAside: nothing,
        putBack: nothing,
        sent: nothing,
        remove: nothing,
        undoable: () => [],
        forgetLeft: nothing,
      },
      key: open.key,
      clock: { now: () => (open.hub.clock.now() + 1) as EpochMs },
      log: silentLog,
      newUuid: () => crypto.randomUUID(),
    });
  }
});
