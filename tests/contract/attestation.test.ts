import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { WorkstationPorts } from '#electron/workstation/ports.ts';
import type { OpenCase } from '#shared/contract/schemas.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { reader, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';
import { mercy, openSigning, type OpenSigning } from './delivery-support.ts';
import { PIN, plain, request } from './sign-request.ts';

const SITE = { ...mercy([{ kind: 'stow' }]), undoMs: 10_000 };
const ANA = { ...reader(), id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' };

let hub: OpenSigning;
const rigs: WorkstationRig[] = [];
beforeEach(async () => {
  hub = await openSigning([]);
  hub.configure([SITE]);
});
afterEach(async () => {
  for (const rig of rigs.splice(0)) rig.close();
  await hub.close();
});

/** A workstation on the real hub, signing for real. */
async function openWorkstation(overrides: Partial<WorkstationPorts>): Promise<WorkstationRig> {
  const { link, sites, signing } = hub;
  const rig = await workstationRig({ fhir: link.fhir, clock: hub.hub.clock, sites, signing, ...overrides });
  rigs.push(rig);
  return rig;
}

async function putReady(facts: Parameters<typeof readingTask>[1] = {}): Promise<string> {
  const ready = readingTask('t1', { state: 'ready', instanceCount: 40, ...facts });
  const patient = { ...ready.patient, id: '' as never };
  const { id: _id, meta: _meta, ...resource } = readingTaskToFhir({ ...ready, patient });
  return (await hub.client.create<Task>(resource)).id ?? '';
}

async function opened(rig: WorkstationRig, taskId: string, readOnly = false): Promise<OpenCase> {
  const answer = await rig.call('openCase', { taskId, readOnly });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

async function preliminary(): Promise<string> {
  const lee = await openWorkstation({});
  const taskId = await putReady();
  await lee.call('signReport', request(await opened(lee, taskId), { kind: 'preliminary' }));
  return taskId;
}

describe('the attestation of a report that another reader wrote first', () => {
  it('makes a preliminary report final only with the attestation the reader was shown, which stays with its addenda', async () => {
    const taskId = await preliminary();
    const second = await openWorkstation({ reader: ANA });
    const shown = await opened(second, taskId);
    expect(shown.attests).toMatchObject({ firstReader: 'Lee^Dana', state: 'preliminary' });
    const needed = await second.call('signReport', request(shown, { attestation: 'Something else.' }));
    expect(needed).toEqual({ status: 'attestation-needed', text: shown.attests?.unchanged });
    const attestation = shown.attests?.unchanged;
    expect(attestation).toContain('Dana Lee');
    expect(await second.call('signReport', request(shown, { attestation }))).toMatchObject({ status: 'signed' });
    const looked = await opened(second, taskId, true);
    const added = { taskId, contextKey: looked.contextKey, basedOn: looked.signed?.reportUuid ?? '', pin: PIN };
    await second.call('amendReport', { ...added, change: { kind: 'addendum', text: 'Called the ward.' } });
    const text = (await opened(second, taskId, true)).draft.body.sections.map(({ title }) => title.split(',')[0]);
    expect(text.slice(-2)).toEqual(['Attestation', 'Addendum 1']);
  });

  it('attests in the words of the group, or not at all where it wants none', async () => {
    const group = { picking: 'free', readers: [] } as const;
    const words = { unchanged: 'Confirmed after {first}.', changed: 'Changed after {first}.' };
    for (const attestation of [words, 'none'] as const) {
      const taskId = await preliminary();
      const by = await openWorkstation({ reader: ANA, groupTerms: { ...group, attestation } });
      const shown = await opened(by, taskId);
      const sentence = shown.attests?.unchanged;
      expect(sentence).toBe(attestation === 'none' ? undefined : 'Confirmed after Dana Lee.');
      expect(await by.call('signReport', request(shown, { attestation: sentence }))).toMatchObject({
        status: 'signed',
      });
    }
  });

  it('shows a resident, whose draft was handed over, what the attending changed in it', async () => {
    const groupTerms = { picking: 'free', readers: [reader(), ANA] } as const;
    const junior = { ...reader(), privileges: [{ siteId: SITE.id, level: 'preliminary' as const }] };
    const resident = await openWorkstation({ reader: junior, groupTerms });
    const attending = await openWorkstation({ reader: ANA, groupTerms });
    const taskId = await putReady({ readType: 'preliminary' });
    const { contextKey } = await opened(resident, taskId);
    for (const [revision, text] of ['No', 'No haemorrhage.'].entries()) {
      hub.hub.clock.advance(1000);
      await resident.call('saveDraft', { taskId, contextKey, revision, body: plain(text) });
    }
    expect(await resident.call('handOver', { taskId, readerId: 'dr-mora', reason: '' })).toEqual({
      status: 'handed-over',
    });
    const shown = await opened(attending, taskId);
    expect(shown.draft.handedBy).toBe('Lee^Dana');
    expect(shown.attests).toMatchObject({ firstReader: 'Lee^Dana', state: 'draft' });
    expect((await attending.call('draftHistory', { taskId })).states.map(({ byName }) => byName)).toEqual([
      'Lee^Dana',
      'Lee^Dana',
    ]);
    const body = plain('Subdural haematoma, 4 mm.');
    const discrepancy = { category: 'minor' as const, comment: '' };
    const attestation = shown.attests?.changed;
    const { revision } = shown.draft;
    await attending.call('saveDraft', { taskId, contextKey: shown.contextKey, revision, body });
    expect(await attending.call('signReport', request(shown, { body, attestation }))).toMatchObject({
      status: 'discrepancy-needed',
      firstReader: 'Lee^Dana',
    });
    expect(await attending.call('signReport', request(shown, { body, discrepancy, attestation }))).toMatchObject({
      status: 'signed',
    });
    const [notice] = (await resident.call('discrepancies', {})).notices;
    expect(notice?.firstDraft?.sections.find(({ role }) => role === 'findings')?.text).toBe('No haemorrhage.');
    expect(await resident.call('discrepancySeen', { id: notice?.id ?? '' })).toEqual({ status: 'seen' });
    const [seen] = await hub.client.search<Task>('Task', { code: 'urn:overread:task-kind|discrepancy' });
    expect(JSON.stringify(seen)).not.toContain('first-draft');
  });
});
