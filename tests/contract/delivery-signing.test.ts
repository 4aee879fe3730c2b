import type { DiagnosticReport, Provenance, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { readReport } from '#electron/gateway/delivery/read-report.ts';
import { attachText } from '#electron/ports/attach-text.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { minutesFrom, NIGHT } from '#tests/support/reading-tasks.ts';
import { openSigning, signInput, type OpenSigning } from './delivery-support.ts';

const RETURNS = [{ kind: 'hl7', host: '127.0.0.1', port: 1 }, { kind: 'stow' }] as const;

/** Against the real hub on SQLite, through the real FHIR client. */
describe('signing', () => {
  let open: OpenSigning;
  beforeEach(async () => {
    open = await openSigning(RETURNS);
  });
  afterEach(() => open.close());

  it('leaves report, provenance, completed reading and one delivery for each return channel', async () => {
    const task = await open.claimedTask('t1');
    const outcome = await open.signing.sign(signInput(task));
    if (outcome.status !== 'signed') throw new Error(outcome.status);

    const [report] = await open.reports();
    expect(report).toMatchObject({
      id: outcome.reportId,
      status: 'final',
      issued: '2026-11-21T22:00:00.000Z',
      conclusion: 'No acute intracranial abnormality.',
      resultsInterpreter: [{ identifier: { value: 'dr-lee' } }],
      imagingStudy: [{ identifier: { system: 'urn:dicom:uid', value: `urn:oid:${task.studyInstanceUids[0]}` } }],
    });
    expect(report?.identifier?.[1]).toMatchObject({ type: { coding: [{ code: 'ACSN' }] }, value: 'A-t1' });
    const now = await open.readTask(task.id);
    expect(now).toMatchObject({ state: 'completed', reportId: outcome.reportId });
    expect(Number(now.version)).toBeGreaterThan(Number(task.version));
    const deliveries = await open.deliveries();
    expect(
      deliveries.map(({ channel, channelIndex, state, attempts }) => [channel, channelIndex, state, attempts]),
    ).toEqual([
      ['hl7', 0, 'waiting', 0],
      ['stow', 1, 'waiting', 0],
    ]);
    expect(outcome.deliveries.map(({ id, version }) => [id, version])).toEqual(
      deliveries.map(({ id, version }) => [id, version]),
    );
    expect(deliveries.every(({ reportId, taskId }) => reportId === outcome.reportId && taskId === task.id)).toBe(true);
    const [provenance] = await open.client.search<Provenance>('Provenance', {});
    expect(provenance?.target[0]?.reference).toBe(`DiagnosticReport/${outcome.reportId}`);
  });

  it('stores exactly what was signed, with a signature that anyone can check', async () => {
    await open.signing.sign(signInput(await open.claimedTask('t1')));
    const [report] = await open.reports();
    const read = readReport(report, attachText);
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.signed.body).toEqual(signInput(await open.readTask(read.value.signed.taskId)).body);
    expect(await verifySignature(read.value.canonical, read.value.signature)).toEqual({
      kind: 'valid',
      keyId: (await open.key.publicKey()).keyId,
    });
    const forged = read.value.canonical.replace('No acute', 'An acute');
    expect((await verifySignature(forged, read.value.signature)).kind).toBe('invalid');
  });

  it('notices a report that was changed on the hub', async () => {
    await open.signing.sign(signInput(await open.claimedTask('t1')));
    const [report] = await open.reports();
    const changed = structuredClone(report);
    const form = changed?.presentedForm?.find(({ contentType }) => contentType?.includes('signed-report'));
    if (form?.data === undefined) throw new Error('no canonical form');
    form.data = Buffer.from(Buffer.from(form.data, 'base64').toString('utf8').replace('No acute', 'An acute')).toString(
      'base64',
    );
    expect(readReport(changed, attachText)).toEqual({ ok: false, error: { code: 'report-damaged' } });
  });

  it('tells a late signer that another reader holds the case, and writes nothing', async () => {
    const task = await open.claimedTask('t1');
    const base = await open.client.read<Task>('Task', task.id);
    const other = { radiologistId: 'dr-roe' as RadiologistId, radiologistName: 'Roe', since: NIGHT };
    await open.client.update(
      readingTaskToFhir({ ...task, claim: { ...other, leaseUntil: minutesFrom(NIGHT, 3) } }, base),
      task.version,
    );
    expect(await open.signing.sign(signInput(task))).toEqual({ status: 'claim-lost' });
    expect(await open.reports()).toEqual([]);
    expect(open.signing.waitingForHub()).toBe(0);
  });

  it('tells the second signer that the case is signed', async () => {
    const task = await open.claimedTask('t1');
    await open.signing.sign(signInput(task));
    expect(await open.signing.sign(signInput(task))).toEqual({ status: 'already-signed' });
    expect(await open.reports()).toHaveLength(1);
  });

  it('counts two presses of the button as one', async () => {
    const task = await open.claimedTask('t1');
    const [first, second] = await Promise.all([open.signing.sign(signInput(task)), open.signing.sign(signInput(task))]);
    expect(second).toEqual(first);
    expect(first.status).toBe('signed');
  });

  it('signs although the lease was renewed while the reader pressed the button', async () => {
    const task = await open.claimedTask('t1');
    const base = await open.client.read<Task>('Task', task.id);
    if (task.claim === undefined) throw new Error('no claim');
    const renewed = { ...task, claim: { ...task.claim, leaseUntil: minutesFrom(NIGHT, 6) } };
    await open.client.update(readingTaskToFhir(renewed, base), task.version);
    expect((await open.signing.sign(signInput(task))).status).toBe('signed');
  });

  it('does not sign under a patient that the site has changed meanwhile', async () => {
    const task = await open.claimedTask('t1');
    const base = await open.client.read<Task>('Task', task.id);
    const changed = { ...task, patient: { ...task.patient, mrn: 'another' } };
    await open.client.update(readingTaskToFhir(changed, base), task.version);
    expect((await open.signing.sign(signInput(task))).status).toBe('claim-lost');
  });

  describe('while the hub cannot be reached', () => {
    it('keeps the report through a restart and sends it later', async () => {
      const task = await open.claimedTask('t1');
      open.link.cut('before');
      expect(await open.signing.sign(signInput(task))).toMatchObject({ status: 'signed-here' });
      expect(open.signing.isWaiting(task.id)).toBe(true);
      open.restart();
      await open.signing.flush();
      expect(open.signing.waitingForHub()).toBe(1);

      open.link.cut('no');
      await open.signing.flush();
      expect(open.signing.waitingForHub()).toBe(0);
      expect((await open.readTask(task.id)).state).toBe('completed');
      expect(await open.deliveries()).toHaveLength(2);
    });

    it('holds the report sealed on disk', async () => {
      const { readFileSync, readdirSync } = await import('node:fs');
      open.link.cut('before');
      await open.signing.sign(signInput(await open.claimedTask('t1')));
      const bytes = readdirSync(open.folder).map((name) => readFileSync(`${open.folder}/${name}`, 'latin1'));
      for (const text of bytes) {
        expect(text).not.toContain('Doe^Jane');
        expect(text).not.toContain('intracranial');
      }
    });

    it('does not sign a second time what waits', async () => {
      const task = await open.claimedTask('t1');
      open.link.cut('before');
      await open.signing.sign(signInput(task));
      open.link.cut('no');
      expect(await open.signing.sign(signInput(task))).toMatchObject({ status: 'signed-here' });
      await open.signing.flush();
      expect(await open.reports()).toHaveLength(1);
    });

    it('recognises its own transaction when only the answer was lost', async () => {
      const task = await open.claimedTask('t1');
      open.link.cut('after-transaction');
      expect(await open.signing.sign(signInput(task))).toMatchObject({ status: 'signed-here' });
      open.link.cut('no');
      await open.signing.flush();
      expect(open.signing.waitingForHub()).toBe(0);
      expect(await open.reports()).toHaveLength(1);
      expect(await open.deliveries()).toHaveLength(2);
    });

    it('keeps the report for a person when someone else has signed meanwhile', async () => {
      const task = await open.claimedTask('t1');
      open.link.cut('before');
      await open.signing.sign(signInput(task));
      open.link.cut('no');
      const base = await open.client.read<Task>('Task', task.id);
      const { claim: _claim, ...unclaimed } = task;
      const report = await open.client.create<DiagnosticReport>({
        resourceType: 'DiagnosticReport',
        status: 'final',
        code: { text: 'x' },
      });
      await open.client.update(
        readingTaskToFhir({ ...unclaimed, state: 'completed', reportId: (report.id ?? '') as never }, base),
        task.version,
      );
      await open.signing.flush();
      expect(open.queue.list()).toMatchObject([{ state: 'set-aside', problem: 'already-signed' }]);
      await open.signing.flush();
      expect(open.signing.waitingForHub()).toBe(1);
    });
  });

  it('makes no delivery for a site that is no longer configured, and still signs', async () => {
    const task = await open.claimedTask('t1');
    open.configure([]);
    expect(await open.signing.sign(signInput(task))).toMatchObject({ status: 'signed', deliveries: [] });
  });
});
