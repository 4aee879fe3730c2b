import { join } from 'node:path';

import type { AuditEvent, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openAuditLog } from '#electron/adapters/audit-log/open-audit-log.ts';
import { verifySignature } from '#electron/adapters/signing-key/verify-signature.ts';
import { createAudit } from '#electron/workstation/audit/create-audit.ts';
import { verifyAudit } from '#electron/workstation/audit/verify-audit.ts';
import type { WorkstationPorts } from '#electron/workstation/ports.ts';
import type { CallRequest } from '#shared/contract/calls.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { AuditAct } from '#shared/domain/audit-entry.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { reader, readingTask } from '#tests/support/reading-tasks.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';
import { mercy, openSigning, type OpenSigning } from './delivery-support.ts';
import { PIN, plain, request } from './sign-request.ts';

const SITE = { ...mercy([{ kind: 'stow' }]), undoMs: 10_000 };

let hub: OpenSigning;
let lee: WorkstationRig;
const rigs: WorkstationRig[] = [];
beforeEach(async () => {
  hub = await openSigning([]);
  hub.configure([SITE]);
  lee = await openWorkstation({});
});
afterEach(async () => {
  for (const rig of rigs.splice(0)) rig.close();
  await hub.close();
});

/** A workstation on the real hub, signing for real, with a real audit chain; several may share the hub. */
async function openWorkstation(overrides: Partial<WorkstationPorts>): Promise<WorkstationRig> {
  const rig = await workstationRig({
    fhir: hub.link.fhir,
    clock: hub.hub.clock,
    sites: hub.sites,
    signing: hub.signing,
    checkReport: ({ body }) =>
      body.sections.some(({ text }) => text.includes('left'))
        ? [{ code: 'laterality', severity: 'stop', message: 'Which side?' }]
        : [],
    ...overrides,
  });
  rigs.push(rig);
  return rig;
}

const mora = () => openWorkstation({ reader: { ...reader(), id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' } });

async function putReady(id = 't1', facts: Parameters<typeof readingTask>[1] = {}): Promise<string> {
  const ready = readingTask(id, { state: 'ready', instanceCount: 40, ...facts });
  const {
    id: _id,
    meta: _meta,
    ...resource
  } = readingTaskToFhir({ ...ready, patient: { ...ready.patient, id: '' as never } });
  return (await hub.client.create<Task>(resource)).id ?? '';
}

async function opened(rig: WorkstationRig, taskId: string, readOnly = false): Promise<OpenCase> {
  const answer = await rig.call('openCase', { taskId, readOnly });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

describe('signing through the door', () => {
  it('may be taken back in its window, and signed again', async () => {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    const signed = await lee.call('signReport', request(shown));
    expect(signed).toMatchObject({ status: 'signed', undoUntil: hub.hub.clock.now() + 10_000 });
    expect(await lee.call('undoSignature', { taskId })).toEqual({ status: 'undone' });
    const again = await opened(lee, taskId);
    expect(again.canReport).toBe(true);
    expect(await lee.call('signReport', request(again))).toMatchObject({ status: 'signed' });
    hub.hub.clock.advance(10_000);
    expect(await lee.call('undoSignature', { taskId })).toEqual({ status: 'too-late' });
  });

  it('lets a stop through only with a reason, and writes the reason into what is signed', async () => {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    const body = plain('Swelling on the left.');
    const refused = await lee.call('signReport', request(shown, { body }));
    expect(refused).toMatchObject({ status: 'incomplete', complaints: [{ code: 'laterality' }] });
    const tooShort = { code: 'laterality', reason: ' ok ' };
    expect(await lee.call('signReport', request(shown, { body, overrides: [tooShort] }))).toMatchObject({
      status: 'incomplete',
    });
    const overrides = [{ code: 'laterality', reason: 'The order names the wrong side' }];
    expect(await lee.call('signReport', request(shown, { body, overrides }))).toMatchObject({ status: 'signed' });
    const [report] = await hub.reports();
    const canonical = report?.presentedForm?.find(({ contentType }) => contentType?.includes('signed-report'));
    expect(JSON.parse(Buffer.from(canonical?.data ?? '', 'base64').toString('utf8'))).toMatchObject({
      overrides: [{ code: 'laterality', severity: 'stop', reason: 'The order names the wrong side' }],
    });
  });

  it('asks for the sentence of a critical result that was taken out of the report', async () => {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    const recorded = await lee.call('recordCritical', {
      uuid: crypto.randomUUID(),
      taskId,
      level: 'red',
      finding: 'Free air',
      told: { name: 'Rao', role: 'ED physician', how: 'phone', readBack: true },
    });
    if (recorded.status !== 'recorded') throw new Error(recorded.status);
    const without = await lee.call('signReport', request(shown));
    expect(without).toMatchObject({
      status: 'incomplete',
      complaints: [{ code: 'critical-sentence-missing', quote: 'Free air' }],
    });
    const { complaints } = await lee.call('checkReport', { taskId, body: plain(`Free air. ${recorded.sentence}`) });
    expect(complaints).toEqual([]);
    const reason = { code: 'critical-sentence-missing', quote: 'Free air', reason: 'Told in the body, in other words' };
    expect(await lee.call('signReport', request(shown, { overrides: [reason] }))).toMatchObject({ status: 'signed' });
  });

  it('asks for it also by the workstation of another reader, and while the hub is away', async () => {
    const taskId = await putReady();
    const told = { name: 'Rao', role: 'ED physician', how: 'phone' as const, readBack: true };
    const fact = { taskId, level: 'red' as const, finding: 'Free air', told };
    await (await mora()).call('recordCritical', { uuid: crypto.randomUUID(), ...fact });
    const shown = await opened(lee, taskId);
    expect(await lee.call('signReport', request(shown))).toMatchObject({ status: 'incomplete' });
    await lee.call('recordCritical', { uuid: crypto.randomUUID(), ...fact, finding: 'Perforation' });
    hub.link.cut('before');
    expect(await lee.call('signReport', request(shown))).toMatchObject({
      status: 'incomplete',
      complaints: [{ quote: 'Perforation' }],
    });
    hub.link.cut('no');
  });

  it('tells once that the site has other images than at the opening', async () => {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    const base = await hub.client.read<Task>('Task', taskId);
    const now = readingTaskFromFhir(base);
    if (!now.ok) throw new Error('no reading');
    await hub.client.update(readingTaskToFhir({ ...now.value, instanceCount: 52 }, base), base.meta?.versionId);
    expect(await lee.call('signReport', request(shown))).toEqual({ status: 'images-changed', before: 40, now: 52 });
    expect(await lee.call('signReport', request(shown))).toMatchObject({ status: 'signed' });
  });

  it('says why there is no reading, without repeating a word of the draft', async () => {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    expect(await lee.call('signReport', request(shown, { kind: 'cancelled', reason: ' ' }))).toMatchObject({
      status: 'incomplete',
    });
    const answer = await lee.call('signReport', request(shown, { kind: 'cancelled', reason: 'Only one of two views' }));
    expect(answer).toMatchObject({ status: 'signed' });
    const [report] = await hub.reports();
    expect(report).toMatchObject({
      status: 'cancelled',
      conclusion: 'This examination was not read. Only one of two views',
    });
    expect(JSON.stringify(report)).not.toContain('haemorrhage');
  });

  it('lets a reader without the privilege sign preliminary only', async () => {
    const junior = await openWorkstation({
      reader: { ...reader(), privileges: [{ siteId: SITE.id, level: 'preliminary' }] },
    });
    const taskId = await putReady('t1', { readType: 'preliminary' });
    const shown = await opened(junior, taskId);
    expect(await junior.call('signReport', request(shown))).toMatchObject({ status: 'not-privileged' });
    expect(await junior.call('signReport', request(shown, { kind: 'preliminary' }))).toMatchObject({
      status: 'signed',
    });
  });

  it('asks how a final report differs from the preliminary one, and brings the answer to the first reader', async () => {
    const taskId = await putReady();
    await lee.call('signReport', request(await opened(lee, taskId), { kind: 'preliminary' }));
    const second = await mora();
    const shown = await opened(second, taskId);
    expect(shown.draft.body.sections.find(({ role }) => role === 'findings')?.text).toBe('No haemorrhage.');
    expect(shown.signed).toMatchObject({ state: 'preliminary', version: 1, signedById: 'dr-lee' });
    const body = plain('Subdural haematoma, 4 mm.');
    expect(await second.call('signReport', request(shown, { body }))).toMatchObject({
      status: 'discrepancy-needed',
      firstReader: 'Lee^Dana',
    });
    const discrepancy = { category: 'major' as const, comment: 'Seen on the thin slices' };
    const words = { body, discrepancy, attestation: shown.attests?.changed };
    expect(await second.call('signReport', request(shown, words))).toMatchObject({ status: 'signed' });
    const { notices } = await lee.call('discrepancies', {});
    expect(notices).toMatchObject([{ taskId, category: 'major', comment: 'Seen on the thin slices' }]);
    expect(await lee.call('discrepancySeen', { id: notices[0]?.id ?? '' })).toEqual({ status: 'seen' });
    expect((await lee.call('discrepancies', {})).notices).toEqual([]);
  });

  it('asks nothing when the final report says the same', async () => {
    const taskId = await putReady();
    await lee.call('signReport', request(await opened(lee, taskId), { kind: 'preliminary' }));
    const second = await mora();
    const shown = await opened(second, taskId);
    const words = { attestation: shown.attests?.unchanged };
    expect(await second.call('signReport', request(shown, words))).toMatchObject({ status: 'signed' });
  });

  it('asks the identity provider at each signature where the group has one', async () => {
    let answer: 'another-person' | 'confirmed' = 'another-person';
    const rig = await openWorkstation({ freshSignIn: { confirm: async () => answer } });
    const shown = await opened(rig, await putReady());
    expect(await rig.call('signReport', request(shown, { pin: '' }))).toEqual({
      status: 'not-confirmed',
      code: 'another-person',
    });
    answer = 'confirmed';
    expect(await rig.call('signReport', request(shown, { pin: '' }))).toMatchObject({ status: 'signed' });
  });
});

describe('changing a signed report through the door', () => {
  async function signedCase(): Promise<{ taskId: string; contextKey: string; basedOn: string }> {
    const taskId = await putReady();
    const shown = await opened(lee, taskId);
    await lee.call('signReport', request(shown));
    hub.hub.clock.advance(10_000);
    const looked = await opened(lee, taskId, true);
    return { taskId, contextKey: looked.contextKey, basedOn: looked.signed?.reportUuid ?? '' };
  }

  it('adds, corrects and withdraws, each as a version of its own', async () => {
    const facts = await signedCase();
    const newest = async () => (await lee.call('reportVersions', { taskId: facts.taskId })).versions;
    const amend = async (change: CallRequest<'amendReport'>['change']) =>
      lee.call('amendReport', { ...facts, basedOn: (await newest())[0]?.reportUuid ?? '', pin: PIN, change });
    expect(await amend({ kind: 'addendum', text: 'Compared with 2024.' })).toMatchObject({ status: 'signed' });
    expect(await amend({ kind: 'correction', body: plain('No fracture.'), reason: 'Wrong word' })).toMatchObject({
      status: 'signed',
    });
    expect(await amend({ kind: 'withdrawal', reason: 'Another patient', readAgain: true })).toMatchObject({
      status: 'signed',
    });
    expect((await newest()).map(({ version, state }) => `${version} ${state}`)).toEqual([
      '4 entered-in-error',
      '3 corrected',
      '2 appended',
      '1 final',
    ]);
    expect((await hub.readTask(facts.taskId)).state).toBe('ready');
    const again = await opened(lee, facts.taskId);
    const reread = await lee.call('signReport', request(again, { body: plain('Fracture of the base.') }));
    expect(reread).toMatchObject({ status: 'signed' });
    expect((await newest())[0]).toMatchObject({ version: 5, state: 'final' });
  });

  it('shows the signed report, with its addenda, to who opens the case to look', async () => {
    const facts = await signedCase();
    await lee.call('amendReport', { ...facts, pin: PIN, change: { kind: 'addendum', text: 'Compared with 2024.' } });
    const looked = await opened(lee, facts.taskId, true);
    expect(looked).toMatchObject({ canReport: false, signed: { version: 2, state: 'appended' } });
    expect(looked.draft.body.sections.map(({ text }) => text)).toContain('Compared with 2024.');
  });

  it('refuses a wrong PIN, an old version, no change and a change without a reason', async () => {
    const facts = await signedCase();
    const addendum = { kind: 'addendum', text: 'More.' } as const;
    expect(await lee.call('amendReport', { ...facts, pin: '0000', change: addendum })).toEqual({ status: 'wrong-pin' });
    expect(await lee.call('amendReport', { ...facts, basedOn: 'older', pin: PIN, change: addendum })).toEqual({
      status: 'superseded',
    });
    const same = { kind: 'correction', body: plain('No haemorrhage.'), reason: 'x' } as const;
    expect(await lee.call('amendReport', { ...facts, pin: PIN, change: same })).toEqual({ status: 'nothing-changed' });
    const silent = { kind: 'correction', body: plain('Other.'), reason: '' } as const;
    await expect(lee.call('amendReport', { ...facts, pin: PIN, change: silent })).rejects.toThrow('invalid-request');
    expect(await hub.reports()).toHaveLength(1);
  });
});

describe('what is typed for a later version', () => {
  async function signedCase(): Promise<{ taskId: string; contextKey: string; basedOn: string; signedBody: Body }> {
    const taskId = await putReady();
    await lee.call('signReport', request(await opened(lee, taskId)));
    hub.hub.clock.advance(10_000);
    const looked = await opened(lee, taskId, true);
    return {
      taskId,
      contextKey: looked.contextKey,
      basedOn: looked.signed?.reportUuid ?? '',
      signedBody: plain('No haemorrhage.'),
    };
  }
  type Body = CallRequest<'signReport'>['body'];
  type Case = Awaited<ReturnType<typeof signedCase>>;

  const typed = ({ basedOn, signedBody }: Case, more: object = {}) => ({
    basedOn: { reportUuid: basedOn, version: 1 },
    text: '',
    body: signedBody,
    reason: '',
    readAgain: true,
    ...more,
  });
  const save = (shown: Case, kind: 'addendum' | 'correction' | 'withdrawal', revision: number, more: object) =>
    lee.call('saveAmendment', {
      taskId: shown.taskId,
      contextKey: shown.contextKey,
      kind,
      revision,
      body: typed(shown, more),
    });
  const kept = (taskId: string, kind: 'addendum' | 'correction' | 'withdrawal' = 'addendum') =>
    lee.call('amendmentDraft', { taskId, kind });

  it('comes back as typed, each kind by itself, with the version it was based on', async () => {
    const shown = await signedCase();
    expect(await kept(shown.taskId)).toEqual({ revision: 0 });
    expect(await save(shown, 'addendum', 0, { text: 'Compared with 2024.' })).toMatchObject({ revision: 1 });
    expect(await save(shown, 'withdrawal', 0, { reason: 'Another patient', readAgain: false })).toMatchObject({
      revision: 1,
    });
    expect(await kept(shown.taskId)).toEqual({
      revision: 1,
      draft: { savedAt: hub.hub.clock.now(), body: typed(shown, { text: 'Compared with 2024.' }) },
    });
    expect((await kept(shown.taskId, 'withdrawal')).draft?.body).toMatchObject({
      reason: 'Another patient',
      readAgain: false,
    });
    expect(await kept(shown.taskId, 'correction')).toEqual({ revision: 0 });
  });

  it('is never overwritten by an edit of an older revision, nor saved for another case', async () => {
    const shown = await signedCase();
    await save(shown, 'addendum', 0, { text: 'Mine.' });
    expect(await save(shown, 'addendum', 0, { text: 'From another window.' })).toEqual({
      status: 'stale',
      revision: 1,
    });
    expect(await save({ ...shown, contextKey: 'another' }, 'addendum', 1, { text: 'x' })).toEqual({
      status: 'wrong-context',
    });
    expect((await kept(shown.taskId)).draft?.body.text).toBe('Mine.');
  });

  it('is gone once it is signed, and the next begins empty', async () => {
    const shown = await signedCase();
    await save(shown, 'addendum', 0, { text: 'Compared with 2024.' });
    const { taskId, contextKey, basedOn } = shown;
    const change = { kind: 'addendum', text: 'Compared with 2024.' } as const;
    expect(await lee.call('amendReport', { taskId, contextKey, basedOn, pin: PIN, change })).toMatchObject({
      status: 'signed',
    });
    expect(await kept(taskId)).toEqual({ revision: 1 });
    expect(await save(shown, 'addendum', 1, { text: 'One more.' })).toMatchObject({ revision: 2 });
    expect((await kept(taskId)).draft?.body.text).toBe('One more.');
  });

  it('comes back when its signature is taken back, also by a workstation started anew', async () => {
    const shown = await signedCase();
    await save(shown, 'addendum', 0, { text: 'Compared with 2024.' });
    const { taskId, contextKey, basedOn } = shown;
    const change = { kind: 'addendum', text: 'Compared with 2024.' } as const;
    await lee.call('amendReport', { taskId, contextKey, basedOn, pin: PIN, change });
    hub.restart();
    const again = await openWorkstation({ drafts: lee.drafts });
    expect((await again.call('session', {})).undo).toEqual({ taskId, until: hub.hub.clock.now() + 10_000 });
    expect(await again.call('undoSignature', { taskId })).toEqual({ status: 'undone' });
    expect((await again.call('session', {})).undo).toBeUndefined();
    expect((await kept(taskId)).draft?.body.text).toBe('Compared with 2024.');
  });

  it('is kept when the signature is refused', async () => {
    const shown = await signedCase();
    await save(shown, 'addendum', 0, { text: 'Compared with 2024.' });
    const { taskId, contextKey, basedOn } = shown;
    const change = { kind: 'addendum', text: 'Compared with 2024.' } as const;
    expect(await lee.call('amendReport', { taskId, contextKey, basedOn, pin: '0000', change })).toEqual({
      status: 'wrong-pin',
    });
    expect((await kept(taskId)).draft?.body.text).toBe('Compared with 2024.');
  });
});

describe('the audit of a workstation', () => {
  it('tells of every act, on the reader’s chain and with the report on the hub', async () => {
    const chain = openAuditLog(join(tempFolder(), 'audit.sqlite'));
    const trail = createAudit({ chain, clock: hub.hub.clock, actor: 'dr-lee', key: hub.key, log: silentLog });
    const rig = await openWorkstation({ audit: trail, trail });
    await rig.call('worklist', {});
    const taskId = await putReady();
    const shown = await opened(rig, taskId);
    await rig.call('signReport', request(shown, { pin: '0000' }));
    await rig.call('signReport', request(shown));
    await rig.call('undoSignature', { taskId });
    await rig.call('lock', {});
    await rig.call('unlock', { pin: PIN });
    const answer = await rig.call('exportAudit', {});
    if (answer.status !== 'exported') throw new Error(answer.status);
    const acts = answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { act: AuditAct; outcome: string })
      .filter(({ act }) => act !== 'audit.sealed')
      .map(({ act, outcome }) => `${act} ${outcome}`);
    expect(acts).toEqual([
      'worklist.queried done',
      'case.opened done',
      'notes.read done',
      'report.refused refused',
      'report.signed done',
      'report.undone done',
      'session.locked done',
      'session.unlocked done',
      'audit.exported done',
    ]);
    expect(await verifyAudit(Buffer.from(answer.text), { verifySeal: verifySignature })).toMatchObject({
      kind: 'whole',
    });
    expect(answer.text).not.toContain('Doe');
    const events = (await hub.client.search('AuditEvent' as 'Task', {})) as unknown as AuditEvent[];
    expect(new Set(events.map(({ subtype }) => subtype?.[0]?.code))).toEqual(new Set(['attest', 'nullify']));
    expect(events).toHaveLength(2);
    chain.close();
  });
});
