import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { PLAIN_TEMPLATE } from '#shared/reporting/choose-template.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';
import { mercy, openSigning, type OpenSigning } from './delivery-support.ts';
import { plain, request } from './sign-request.ts';

let hub: OpenSigning;
let rig: WorkstationRig;
beforeEach(async () => {
  hub = await openSigning([]);
  hub.configure([mercy([{ kind: 'stow' }])]);
  rig = await workstationRig({
    fhir: hub.link.fhir,
    clock: hub.hub.clock,
    sites: hub.sites,
    signing: hub.signing,
    templates: [PLAIN_TEMPLATE, { ...PLAIN_TEMPLATE, id: 'readers-own' }],
  });
});
afterEach(async () => {
  rig.close();
  await hub.close();
});

async function opened(id: string) {
  const ready = readingTask(id, { state: 'ready', instanceCount: 40 });
  const {
    id: _id,
    meta: _meta,
    ...task
  } = readingTaskToFhir({ ...ready, patient: { ...ready.patient, id: '' as never } });
  const taskId = (await hub.client.create<Task>(task)).id ?? '';
  const answer = await rig.call('openCase', { taskId, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case;
}

describe('the template of the next such exam', () => {
  it('is the one the last was signed with', async () => {
    const shown = await opened('t1');
    expect(shown.template.id).toBe(PLAIN_TEMPLATE.id);
    const body = { ...plain('No haemorrhage.'), templateId: 'readers-own' };
    expect(await rig.call('signReport', request(shown, { body }))).toMatchObject({ status: 'signed' });
    let turn = 2;
    await vi.waitFor(async () => expect((await opened(`t${turn++}`)).template.id).toBe('readers-own'));
  });
});
