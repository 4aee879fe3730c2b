import type { Observation, Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CallRequest } from '#shared/contract/calls.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { reader, readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';
import { twoNodules } from '#tests/unit/reporting/nodule-report.ts';
import { mercy, openSigning, type OpenSigning } from './delivery-support.ts';
import { request } from './sign-request.ts';

const ANA = { ...reader(), id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' };
const BODY = structuredClone(twoNodules) as CallRequest<'saveDraft'>['body'];

let hub: OpenSigning;
const rigs: WorkstationRig[] = [];
beforeEach(async () => {
  hub = await openSigning([]);
  hub.configure([mercy([{ kind: 'stow' }])]);
});
afterEach(async () => {
  for (const rig of rigs.splice(0)) rig.close();
  await hub.close();
});

/** A workstation of a group of two, on the real hub. */
async function openWorkstation(who = reader()): Promise<WorkstationRig> {
  const { link, sites, signing } = hub;
  const groupTerms = { picking: 'free', readers: [reader(), ANA] } as const;
  const rig = await workstationRig({
    fhir: link.fhir,
    clock: hub.hub.clock,
    sites,
    signing,
    reader: who,
    groupTerms,
  });
  rigs.push(rig);
  return rig;
}

async function opened(rig: WorkstationRig, taskId: string) {
  const answer = await rig.call('openCase', { taskId, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

const DRAWING = {
  id: '00000000-0000-4000-8000-000000000001',
  image: {
    studyInstanceUid: '1.2.3',
    seriesInstanceUid: '1.2.3.4',
    sopInstanceUid: '1.2.3.4.5',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    label: 'Series 2, image 7',
  },
  kind: 'length' as const,
  points: [
    [1.25, 2],
    [3.5, 0.1],
  ] as const,
  text: '',
};

describe('dates, sides and entries of a draft', () => {
  it('go with it from reader to reader as they were filled in, with what was drawn, and onto the hub as observations', async () => {
    const first = await openWorkstation();
    const ready = readingTask('t1', { state: 'ready', instanceCount: 40 });
    const {
      id: _id,
      meta: _meta,
      ...resource
    } = readingTaskToFhir({
      ...ready,
      patient: { ...ready.patient, id: '' as never },
    });
    const taskId = (await hub.client.create<Task>(resource)).id ?? '';
    const { contextKey } = await opened(first, taskId);
    await first.call('saveDraft', { taskId, contextKey, revision: 0, body: BODY, drawings: [DRAWING] });
    expect((await opened(first, taskId)).draft).toMatchObject({ body: twoNodules, drawings: [DRAWING] });
    await first.call('handOver', { taskId, readerId: 'dr-mora', reason: '' });

    const second = await openWorkstation(ANA);
    const shown = await opened(second, taskId);
    expect(shown.draft.body).toEqual(twoNodules);
    expect(shown.draft.drawings).toEqual([DRAWING]);
    const { attests } = shown;
    const signature = request(shown, {
      body: BODY,
      ...(attests === undefined ? {} : { attestation: attests.unchanged }),
    });
    expect(await second.call('signReport', signature)).toMatchObject({ status: 'signed' });
    const observations = await hub.client.search<Observation>('Observation', {});
    const nodules = observations.filter(({ code }) => /^Nodule \d$/.test(code.text ?? ''));
    expect(
      nodules
        .toSorted((one, other) => (one.code.text ?? '').localeCompare(other.code.text ?? ''))
        .map(({ component }) => component?.find(({ code }) => code.text === 'Side')?.valueCodeableConcept?.coding),
    ).toEqual([
      [{ system: 'http://snomed.info/sct', code: '7771000', display: 'Left' }],
      [{ system: 'http://snomed.info/sct', code: '24028007', display: 'Right' }],
    ]);
  });
});
