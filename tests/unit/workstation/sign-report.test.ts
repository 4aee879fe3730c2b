import { describe, expect, it } from 'vitest';

import { LEASE_TTL_MS } from '#shared/domain/claim.ts';
import type { PatientId, RadiologistId, TaskId } from '#shared/domain/identifiers.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { CallRequest } from '#shared/contract/calls.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { fakeSecrets, workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

async function openedCase(rig: WorkstationRig): Promise<OpenCase> {
  const { id } = await rig.put(readingTask('a'));
  const answer = await rig.call('openCase', { taskId: id, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

function signRequest({ taskId, contextKey, fence, draft }: OpenCase): CallRequest<'signReport'> {
  const sections = draft.body.sections.map((section) =>
    section.role === 'impression' ? { ...section, text: 'Left M1 occlusion.' } : section,
  );
  return {
    taskId,
    contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
    fence,
    pin: '4711',
    body: { ...draft.body, sections },
  };
}

describe('signing', () => {
  it('hands the reading as the hub holds it now, with its version as fence', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    expect(await rig.call('signReport', signRequest(open))).toEqual({
      status: 'signed',
      reportId: 'r1',
      deliveries: [],
    });
    const [input] = rig.signInputs;
    expect(input?.task.version).toBe((await rig.onHub(open.taskId)).version);
    expect(input?.contextKey).toBe(open.contextKey);
    expect(input?.body.sections.find(({ role }) => role === 'impression')?.text).toBe('Left M1 occlusion.');
    rig.close();
  });

  it.each(['viewer', 'notes', 'report'] as const)('refuses when the %s shows another case', async (panel) => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const request = signRequest(open);
    const contextKeys = { ...request.contextKeys, [panel]: 'other|patient|1.2.3' };
    expect(await rig.call('signReport', { ...request, contextKeys })).toEqual({ status: 'context-mismatch' });
    expect(rig.signInputs).toEqual([]);
    rig.close();
  });

  it('refuses when the site has put the order on another patient meanwhile', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const task = await rig.onHub(open.taskId);
    await rig.write({ ...task, patient: { ...task.patient, id: 'p-other' as PatientId } });
    expect(await rig.call('signReport', signRequest(open))).toEqual({ status: 'context-mismatch' });
    expect(rig.signInputs).toEqual([]);
    rig.close();
  });

  it('goes on when the site only changed the reason: the claim is still ours', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const changed = await rig.write({ ...(await rig.onHub(open.taskId)), reason: 'fall' });
    expect((await rig.call('signReport', signRequest(open))).status).toBe('signed');
    expect(rig.signInputs[0]?.task.version).toBe(changed.version);
    rig.close();
  });

  it('takes any fence of the running claim, and none that it never gave', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    await rig.call('renewClaim', { taskId: open.taskId });
    expect(await rig.call('signReport', { ...signRequest(open), fence: '999' })).toEqual({ status: 'claim-lost' });
    expect((await rig.call('signReport', signRequest(open))).status).toBe('signed');
    rig.close();
  });

  it('tells the late signer whose claim was taken over', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    rig.clock.advance(LEASE_TTL_MS);
    const task = await rig.onHub(open.taskId);
    const claim = { ...task.claim!, radiologistId: 'dr-ray' as RadiologistId, radiologistName: 'Ray^Ben' };
    await rig.write({ ...task, claim });
    expect(await rig.call('signReport', signRequest(open))).toEqual({ status: 'claim-lost' });
    await rig.write({ ...task, state: 'completed', claim });
    expect(await rig.call('signReport', signRequest(open))).toEqual({ status: 'already-signed' });
    expect(rig.signInputs).toEqual([]);
    rig.close();
  });

  it('asks for a PIN that is right, and for one to be set where there is none', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    expect(await rig.call('signReport', { ...signRequest(open), pin: '0000' })).toEqual({ status: 'wrong-pin' });
    rig.close();
    const bare = await workstationRig({ secrets: fakeSecrets(undefined) });
    expect(await bare.call('signReport', signRequest(await openedCase(bare)))).toEqual({ status: 'no-pin' });
    bare.close();
  });

  it('refuses what a check forbids and names it; a mere warning does not stop it', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const request = { ...signRequest(open), body: open.draft.body };
    expect(await rig.call('signReport', request)).toEqual({
      status: 'incomplete',
      complaints: [{ code: 'no-impression', severity: 'stop', message: 'The impression is empty.' }],
    });
    expect((await rig.call('signReport', signRequest(open))).status).toBe('signed');
    rig.close();
  });

  it('signs once however often the key is pressed', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const presses = await Promise.all([1, 2, 3].map(() => rig.call('signReport', signRequest(open))));
    const late = await rig.call('signReport', signRequest(open));
    expect(new Set([...presses, late].map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(rig.signInputs).toHaveLength(1);
    const other = { ...signRequest(open), body: { ...open.draft.body, title: 'another text' } };
    expect(await rig.call('signReport', other)).toEqual({ status: 'already-signed' });
    rig.close();
  });

  it('with the hub away signs here, and the reading is done for this reader', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    await rig.call('worklist', {});
    rig.fhir.failWith({ code: 'unreachable', sent: false });
    rig.setSignOutcome({ status: 'signed-here' });
    expect(await rig.call('signReport', signRequest(open))).toEqual({ status: 'signed-here' });
    const list = await rig.call('worklist', {});
    expect(list.hubReachable).toBe(false);
    expect(list.rows.map((row) => row.state)).toEqual(['completed']);
    expect(list.nextTaskId).toBeUndefined();
    rig.close();
  });

  it('of a case nobody has open here is refused', async () => {
    const rig = await workstationRig();
    const open = await openedCase(rig);
    const elsewhere = { ...signRequest(open), taskId: 'other' as TaskId };
    expect(await rig.call('signReport', elsewhere)).toEqual({ status: 'claim-lost' });
    rig.close();
  });
});
