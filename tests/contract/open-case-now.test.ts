import { describe, expect, it } from 'vitest';

import { eventSchema } from '#shared/contract/events.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const study = '1.2' as StudyInstanceUid;
const two = async (rig: WorkstationRig) => [
  await rig.put(readingTask('a', { studyInstanceUids: [study] })),
  await rig.put(readingTask('b', { studyInstanceUids: ['1.3' as StudyInstanceUid] })),
];

/** How often `case-changed` was said so far; every line that is already there is read. */
async function caseChanges(rig: WorkstationRig) {
  const reader = (await rig.get('/events')).body!.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async next(): Promise<void> {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        const types = value
          .trim()
          .split('\n')
          .map((line) => eventSchema.parse(JSON.parse(line)).type);
        if (types.includes('case-changed')) return;
      }
    },
    stop: () => reader.cancel(),
  };
}

describe('the case on the screen', () => {
  it('is none at first, then the one opened last, claimed or only looked at', async () => {
    const rig = await workstationRig();
    const [a, b] = await two(rig);
    expect(await rig.call('openCaseNow', {})).toEqual({});
    const opened = await rig.call('openCase', { taskId: a!.id, readOnly: false });
    if (opened.status !== 'opened') throw new Error(opened.status);
    expect(await rig.call('openCaseNow', {})).toEqual({ case: opened.case });
    await rig.call('openCase', { taskId: b!.id, readOnly: true });
    expect((await rig.call('openCaseNow', {})).case).toMatchObject({ taskId: b!.id, canReport: false });
    rig.close();
  });

  it('is gone when it was returned, signed or left, and not when another one was', async () => {
    const rig = await workstationRig();
    const [a, b] = await two(rig);
    const now = async () => (await rig.call('openCaseNow', {})).case?.taskId;
    await rig.call('openCase', { taskId: a!.id, readOnly: false });
    await rig.call('closeCase', { taskId: b!.id });
    expect(await now()).toBe(a!.id);
    await rig.call('returnToList', { taskId: a!.id });
    expect(await now()).toBeUndefined();

    await rig.call('openCase', { taskId: b!.id, readOnly: true });
    await rig.call('closeCase', { taskId: b!.id });
    expect(await now()).toBeUndefined();

    const opened = await rig.call('openCase', { taskId: a!.id, readOnly: false });
    if (opened.status !== 'opened') throw new Error(opened.status);
    const { contextKey, fence, draft } = opened.case;
    const sections = draft.body.sections.map((section) => ({ ...section, text: 'Normal.' }));
    const signed = await rig.call('signReport', {
      taskId: a!.id,
      contextKeys: { viewer: contextKey, notes: contextKey, report: contextKey },
      fence,
      pin: '4711',
      body: { ...draft.body, sections },
    });
    expect(signed.status).toBe('signed');
    expect(await now()).toBeUndefined();
    rig.close();
  });

  it('keeps the claim of a case that only left the screen', async () => {
    const rig = await workstationRig();
    const [a] = await two(rig);
    await rig.call('openCase', { taskId: a!.id, readOnly: false });
    await rig.call('closeCase', { taskId: a!.id });
    expect(await rig.call('renewClaim', { taskId: a!.id })).toMatchObject({ status: 'renewed' });
    rig.close();
  });

  it('is said to every window when it changes, and again after a lock', async () => {
    const rig = await workstationRig();
    const [a] = await two(rig);
    const changes = await caseChanges(rig);
    await rig.call('openCase', { taskId: a!.id, readOnly: true });
    await changes.next();
    await rig.call('closeCase', { taskId: a!.id });
    await changes.next();
    await rig.call('lock', {});
    await rig.call('unlock', { pin: '4711' });
    await changes.next();
    await changes.stop();
    rig.close();
  });

  it('is told to nobody while the session is locked', async () => {
    const rig = await workstationRig();
    const [a] = await two(rig);
    await rig.call('openCase', { taskId: a!.id, readOnly: true });
    await rig.call('lock', {});
    expect((await rig.raw('case.current', {})).status).toBe(423);
    rig.close();
  });
});
