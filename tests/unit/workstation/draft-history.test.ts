import { describe, expect, it } from 'vitest';

import type { DeliveryId, ReportId } from '#shared/domain/identifiers.ts';
import { deliveryToFhir } from '#shared/fhir/delivery-to-fhir.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

/** A reading of which three states were saved through the door. */
async function writtenCase() {
  const rig = await workstationRig();
  const { id: taskId } = await rig.put(readingTask('a'));
  const answer = await rig.call('openCase', { taskId, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  const { contextKey, draft } = answer.case;
  const bodyWith = (text: string) => ({
    ...draft.body,
    sections: draft.body.sections.map((section) => (section.role === 'findings' ? { ...section, text } : section)),
  });
  const texts = ['Small bleed.', 'Small bleed left.', 'No bleed.'];
  for (const [revision, text] of texts.entries()) {
    rig.clock.advance(1000);
    const saved = await rig.call('saveDraft', { taskId, contextKey, revision, body: bodyWith(text) });
    expect(saved.status).toBe('saved');
  }
  const findingsAt = async (revision: number) => {
    const state = await rig.call('draftState', { taskId, revision });
    return state.status === 'found' ? state.body.sections.find(({ role }) => role === 'findings')?.text : state.status;
  };
  return { ...rig, taskId, bodyWith, findingsAt };
}

describe('the history of a draft', () => {
  it('tells when each state was saved and how many words it changed', async () => {
    const rig = await writtenCase();
    const { states } = await rig.call('draftHistory', { taskId: rig.taskId });
    expect(states).toEqual([
      { revision: 3, savedAt: NIGHT + 3000, change: { added: 2, removed: 3 } },
      { revision: 2, savedAt: NIGHT + 2000, change: { added: 2, removed: 1 } },
      { revision: 1, savedAt: NIGHT + 1000 },
    ]);
    rig.close();
  });

  it('gives any state as it was, with the one before it', async () => {
    const rig = await writtenCase();
    expect(await rig.findingsAt(1)).toBe('Small bleed.');
    expect(await rig.findingsAt(2)).toBe('Small bleed left.');
    expect(await rig.call('draftState', { taskId: rig.taskId, revision: 2 })).toEqual({
      status: 'found',
      body: rig.bodyWith('Small bleed left.'),
      before: rig.bodyWith('Small bleed.'),
    });
    expect(await rig.findingsAt(9)).toBe('not-found');
    rig.close();
  });

  it('goes when every delivery has ended, and not before', async () => {
    const rig = await writtenCase();
    const revisions = async () => (await rig.drafts.history(rig.taskId, reader().id)).length;
    const look = async () => {
      rig.clock.advance(2 * MINUTE_MS);
      await rig.workstation.look();
    };
    await look();
    expect(await revisions()).toBe(3);
    await rig.call('closeCase', { taskId: rig.taskId });
    await rig.call('returnToList', { taskId: rig.taskId });
    await look();
    expect(await revisions()).toBe(3);
    const task = await rig.onHub(rig.taskId);
    const delivery = {
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
      state: 'waiting',
      signedAt: NIGHT,
      attempts: 1,
      notBefore: NIGHT,
    } as const;
    const uuid = '7b0f6f0e-0000-4000-8000-000000000000';
    const written = await rig.fhir.create(deliveryToFhir(delivery, uuid));
    await rig.write({
      ...task,
      state: 'completed',
      claim: { radiologistId: reader().id, radiologistName: 'A', since: NIGHT, leaseUntil: NIGHT },
    });
    await look();
    expect(await revisions()).toBe(3);
    const accepted = deliveryToFhir({ ...delivery, state: 'accepted', acknowledgedAt: NIGHT }, uuid);
    await rig.fhir.update({ ...accepted, id: written.id ?? '' });
    await look();
    expect(await revisions()).toBe(0);
    rig.close();
  });
});
