import type { Observation, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';

import type { OpenCase } from '#shared/contract/schemas.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import type { PatientId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readOpenQuestions } from '#shared/fhir/question-on-hub.ts';
import { fakeSeries } from '#tests/support/fake-archive.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const headerOf = (change: { name?: string; birth?: string; sex?: string; id?: string } = {}): DicomJson => ({
  '00100010': { vr: 'PN', Value: [{ Alphabetic: change.name ?? 'DOE^JANE' }] },
  '00100020': { vr: 'LO', Value: [change.id ?? 'M-a'] },
  '00100030': { vr: 'DA', Value: [change.birth ?? '19520304'] },
  '00100040': { vr: 'CS', Value: [change.sex ?? 'F'] },
});
const UUID = '6f1f4b1e-6f0e-4a83-9a8d-1a0e3f1f0a01';

/** A case whose images carry this header; opened to read. */
async function openedWith(header: DicomJson, facts: Partial<ReadingTask> = {}) {
  const recorded: { act: string; code?: string; reason?: string }[] = [];
  const rig = await workstationRig({ audit: { record: (entry) => void recorded.push(entry) } });
  const task = readingTask('a', facts);
  const [uid = ''] = task.studyInstanceUids;
  rig.archive.add(...fakeSeries(uid, '1.5', 2).map((instance) => ({ ...instance, header })));
  const { id } = await rig.put(task);
  const opened = await open(rig, id);
  const whole = await rig.call('caseIdentity', { taskId: id });
  if (whole.status !== 'checked') throw new Error(whole.status);
  return { rig, id, opened, identity: whole.identity, recorded };
}

async function open(rig: WorkstationRig, taskId: string): Promise<OpenCase> {
  const answer = await rig.call('openCase', { taskId, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

function sign(rig: WorkstationRig, { taskId, contextKey, fence, draft }: OpenCase) {
  const sections = draft.body.sections.map((section) =>
    section.role === 'impression' ? { ...section, text: 'No bleeding.' } : section,
  );
  return rig.call('signReport', {
    taskId,
    contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
    fence,
    pin: '4711',
    body: { ...draft.body, sections },
  });
}

describe('an opened case', () => {
  it('shows no image before it is known whose they are', async () => {
    const { rig, opened, identity } = await openedWith(headerOf());
    expect(opened.identity).toEqual({ state: 'unread', conflicts: [] });
    expect(identity).toEqual({ state: 'agreed', conflicts: [] });
    rig.close();
  });

  it('knows it at once when the headers are at hand', async () => {
    const { rig, id } = await openedWith(headerOf());
    expect((await open(rig, id)).identity.state).toBe('agreed');
    rig.close();
  });

  it('stays covered while the site does not say whose images they are', async () => {
    const rig = await workstationRig();
    const { id } = await rig.put(readingTask('a'));
    await open(rig, id);
    rig.archive.failWith('unreachable');
    expect(await rig.call('caseIdentity', { taskId: id })).toMatchObject({ identity: { state: 'unread' } });
    rig.close();
  });

  it('names each fact in which order and images differ, with both values', async () => {
    const { rig, identity } = await openedWith(headerOf({ name: 'ROE^RICHARD', birth: '19610101', sex: 'M', id: '9' }));
    expect(identity.state).toBe('conflict');
    expect(identity.conflicts.map(({ fact, one, other }) => [fact, one, other])).toEqual([
      ['name', { source: 'order', value: 'Doe^Jane' }, { source: 'images', value: 'ROE^RICHARD' }],
      ['birth-date', { source: 'order', value: '1952-03-04' }, { source: 'images', value: '1961-01-01' }],
      ['sex', { source: 'order', value: 'F' }, { source: 'images', value: 'M' }],
      ['patient-id', { source: 'order', value: 'M-a' }, { source: 'images', value: '9' }],
    ]);
    rig.close();
  });

  it('compares the notes’ patient, too', async () => {
    const { rig, id } = await openedWith(headerOf());
    const patient = await rig.fhir.create<Patient>({
      resourceType: 'Patient',
      name: [{ family: 'Doe', given: ['Jane'] }],
      gender: 'female',
      birthDate: '1999-09-09',
    });
    const task = await rig.onHub(id);
    await rig.call('returnToList', { taskId: id });
    await rig.write({ ...(await rig.onHub(id)), patient: { ...task.patient, id: (patient.id ?? '') as PatientId } });
    expect((await open(rig, id)).identity.conflicts).toMatchObject([
      { fact: 'birth-date', other: { source: 'notes', value: '1999-09-09' } },
    ]);
    rig.close();
  });

  it('tells of a contradiction that the archive told when the study came, also before the headers are here', async () => {
    const imagedPersons = [{ name: 'Roe^Jane', sex: 'F', mrn: 'M-a' }] as const;
    const { rig, opened } = await openedWith(headerOf(), { imagedPersons });
    expect(opened.identity).toMatchObject({ state: 'conflict', conflicts: [{ fact: 'name' }] });
    rig.close();
  });
});

describe('a case whose sources name different people', () => {
  const typo = headerOf({ birth: '19520305' });

  it('is not signed, until somebody has decided', async () => {
    const { rig, id, opened, identity } = await openedWith(typo);
    expect(await sign(rig, opened)).toEqual({ status: 'identity-undecided' });
    expect(rig.signInputs).toEqual([]);
    const conflicts = identity.conflicts.map(({ key }) => key);
    const decide = (reason: string) =>
      rig.call('decideIdentity', { taskId: id, verdict: 'same-person', conflicts, reason, questionUuid: UUID });
    expect(await decide('  ')).toEqual({ status: 'reason-needed' });
    expect(await decide('Mistyped at the scanner, told by phone')).toEqual({
      status: 'decided',
      identity: { state: 'agreed', conflicts: [] },
    });
    expect((await sign(rig, opened)).status).toBe('signed');
    await rig.workstation.look();
    rig.close();
  });

  it('keeps the decision with who made it and why, for every later reader, and in the audit', async () => {
    const { rig, id, identity, recorded } = await openedWith(typo);
    const conflicts = identity.conflicts.map(({ key }) => key);
    const reason = 'Mistyped at the scanner';
    await rig.call('decideIdentity', { taskId: id, verdict: 'same-person', conflicts, reason, questionUuid: UUID });
    expect((await rig.onHub(id)).identityDecisions).toEqual([
      { verdict: 'same-person', conflicts, by: 'dr-lee', byName: 'Lee^Dana', at: rig.clock.now(), reason },
    ]);
    expect(recorded.filter(({ act }) => act === 'identity.decided')).toMatchObject([{ code: 'same-person', reason }]);
    await rig.call('returnToList', { taskId: id });
    expect((await open(rig, id)).identity.state).toBe('agreed');
    rig.close();
  });

  it('asks again when a later image names yet another person', async () => {
    const { rig, id, identity } = await openedWith(typo);
    const conflicts = identity.conflicts.map(({ key }) => key);
    const ask = { taskId: id, verdict: 'same-person', conflicts, reason: 'typo', questionUuid: UUID } as const;
    await rig.call('decideIdentity', ask);
    const [uid = ''] = (await rig.onHub(id)).studyInstanceUids;
    rig.archive.add({ ...fakeSeries(uid, '1.6', 1)[0]!, header: headerOf({ sex: 'M' }) });
    rig.clock.advance(60_000);
    await rig.workstation.look();
    expect(await rig.call('caseIdentity', { taskId: id })).toMatchObject({
      identity: { state: 'conflict', conflicts: [{ fact: 'sex' }] },
    });
    rig.close();
  });

  it('is not decided by who saw other conflicts', async () => {
    const { rig, id } = await openedWith(typo);
    const seen = { conflicts: ['sex|…'], reason: 'x', questionUuid: UUID };
    const stale = { taskId: id, verdict: 'same-person' as const, ...seen };
    expect(await rig.call('decideIdentity', stale)).toMatchObject({ status: 'changed' });
    expect((await rig.onHub(id)).identityDecisions).toBeUndefined();
    rig.close();
  });

  it('goes back with a question to the site, its clock standing still, and is not pushed again', async () => {
    const { rig, id, identity } = await openedWith(typo);
    const conflicts = identity.conflicts.map(({ key }) => key);
    const reason = 'Scout shows a child.';
    const back = { taskId: id, verdict: 'sent-back', conflicts, reason, questionUuid: UUID } as const;
    expect(await rig.call('decideIdentity', back)).toEqual({ status: 'sent-back' });
    const task = await rig.onHub(id);
    expect(task).toMatchObject({ state: 'ready', pauses: [{ from: rig.clock.now() }] });
    const [question] = await readOpenQuestions(rig.fhir);
    expect(question?.text).toContain('birth date');
    expect(question?.text).toContain(reason);
    expect(question?.text).not.toContain('1952');
    expect(await rig.call('readNext', {})).toEqual({ status: 'empty' });
    const again = await open(rig, id);
    expect(again.identity).toMatchObject({ state: 'conflict', sentBack: { reason, byName: 'Lee^Dana' } });
    rig.close();
  });

  it('may be looked at by who does not read it, for a reason, which decides nothing for others', async () => {
    const { rig, id, identity, recorded } = await openedWith(typo);
    await rig.call('returnToList', { taskId: id });
    await rig.call('openCase', { taskId: id, readOnly: true });
    const conflicts = identity.conflicts.map(({ key }) => key);
    const look = { taskId: id, verdict: 'same-person', conflicts, reason: 'teaching', questionUuid: UUID } as const;
    expect(await rig.call('decideIdentity', look)).toMatchObject({ status: 'decided', identity: { state: 'agreed' } });
    expect((await rig.onHub(id)).identityDecisions).toBeUndefined();
    expect(recorded.some(({ act }) => act === 'identity.decided')).toBe(true);
    expect((await open(rig, id)).identity.state).toBe('conflict');
    rig.close();
  });
});

describe('what was said of other exams', () => {
  it('is read only for a reason, which stands in the audit', async () => {
    const { rig, id, recorded } = await openedWith(headerOf());
    const patient = { reference: (await rig.onHub(id)).patient.id };
    const about = { subject: { reference: `Patient/${patient.reference}` }, status: 'final' as const };
    await rig.fhir.create<Observation>({
      ...about,
      resourceType: 'Observation',
      code: { text: 'Reason for exam' },
      valueString: 'Chest pain in March',
      basedOn: [{ reference: 'ServiceRequest/another' }],
    });
    const answer = await rig.call('notesOutsideOrder', { taskId: id, reason: 'course of the mass' });
    expect(answer).toMatchObject({ status: 'read', facts: [{ text: 'Chest pain in March' }] });
    expect(recorded.filter(({ act }) => act === 'break-glass.used')).toMatchObject([{ reason: 'course of the mass' }]);
    await expect(rig.call('notesOutsideOrder', { taskId: id, reason: '  ' })).rejects.toThrow('400');
    rig.close();
  });
});
