import { describe, expect, it } from 'vitest';

import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig } from '#tests/support/workstation-rig.ts';

const [first, second] = ['1.2', '1.3'] as [StudyInstanceUid, StudyInstanceUid];

async function rigOfTwo() {
  const rig = await workstationRig();
  const a = await rig.put(readingTask('a', { studyInstanceUids: [first] }));
  const b = await rig.put(readingTask('b', { studyInstanceUids: [second] }));
  await rig.call('worklist', {});
  const next = async (pointedAt?: string) =>
    (await rig.call('nextCase', pointedAt === undefined ? {} : { pointedAt })).case;
  return { rig, a, b, next };
}

describe('the case likely opened next', () => {
  it('is the head of the list, then the one after it while that is read', async () => {
    const { rig, next } = await rigOfTwo();
    const { nextTaskId } = await rig.call('worklist', {});
    expect((await next())?.taskId).toBe(nextTaskId);
    const opened = await rig.call('readNext', {});
    if (opened.status !== 'opened') throw new Error(opened.status);
    expect(opened.case.taskId).toBe(nextTaskId);
    expect((await next())?.taskId).not.toBe(nextTaskId);
    rig.close();
  });

  it('is the row the reader stands on, wherever it is in the list', async () => {
    const { rig, a, b, next } = await rigOfTwo();
    expect((await next(a.id))?.taskId).toBe(a.id);
    expect((await next(b.id))?.taskId).toBe(b.id);
    rig.close();
  });

  it('has the context key and the studies it will be opened with, and nothing that names the patient', async () => {
    const { rig, a, next } = await rigOfTwo();
    const named = await next(a.id);
    const opened = await rig.call('openCase', { taskId: a.id, readOnly: false });
    if (opened.status !== 'opened') throw new Error(opened.status);
    expect([named?.contextKey, named?.studies]).toEqual([opened.case.contextKey, opened.case.studies]);
    expect(JSON.stringify(named)).not.toContain(a.patient.name);
    expect(JSON.stringify(named)).not.toContain(a.patient.mrn);
    rig.close();
  });

  it('is told with the list, the same as when it is asked for', async () => {
    const { rig, b, next } = await rigOfTwo();
    expect((await rig.call('worklist', {})).nextCase).toEqual(await next());
    expect((await rig.call('worklist', { pointedAt: b.id })).nextCase).toEqual(await next(b.id));
    const opened = await rig.call('readNext', {});
    if (opened.status !== 'opened') throw new Error(opened.status);
    const { nextCase } = await rig.call('worklist', {});
    expect(nextCase).toEqual(await next());
    expect(nextCase?.taskId).not.toBe(opened.case.taskId);
    rig.close();
  });

  it('claims nothing', async () => {
    const { rig, a, next } = await rigOfTwo();
    await next(a.id);
    const { rows } = await rig.call('worklist', {});
    expect(rows.filter(({ claim }) => claim !== undefined)).toEqual([]);
    rig.close();
  });

  it('is none when nothing waits', async () => {
    const rig = await workstationRig();
    await rig.call('worklist', {});
    expect(await rig.call('nextCase', {})).toEqual({});
    rig.close();
  });
});
