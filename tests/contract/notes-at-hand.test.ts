import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { NoteFact } from '#shared/domain/notes.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { workstationRig, type WorkstationRig } from '#tests/support/workstation-rig.ts';

const penicillin: NoteFact = { kind: 'allergy', label: 'Penicillin', text: 'rash', source: 'HL7 order' };
const latex: NoteFact = { kind: 'allergy', label: 'Latex', text: 'hives', source: 'Site FHIR' };

/** A reading on the list whose notes were brought ahead. */
async function withNotesAhead(
  readNotes: () => Promise<readonly NoteFact[]>,
): Promise<{ rig: WorkstationRig; taskId: string }> {
  const rig = await workstationRig({ readNotes });
  const task = await rig.put({ ...readingTask('a'), studyInstanceUids: ['1.2' as StudyInstanceUid] });
  await rig.workstation.look();
  await expect
    .poll(() => rig.cache.getNotes({ siteId: task.siteId, studyInstanceUid: task.studyInstanceUids[0]! }), {
      timeout: 20_000,
    })
    .toBeDefined();
  return { rig, taskId: task.id };
}

const openedNotes = async (rig: WorkstationRig, taskId: string) => {
  const answer = await rig.call('openCase', { taskId, readOnly: false });
  if (answer.status !== 'opened') throw new Error(answer.status);
  return answer.case.notes.facts.map(({ label }) => label);
};

/** The first event of that type. */
async function lineWith(events: Response, type: string): Promise<unknown> {
  let text = '';
  for await (const chunk of events.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const line = text.split('\n').find((each) => each.includes(`"${type}"`) && each.endsWith('}'));
    if (line !== undefined) return JSON.parse(line) as unknown;
  }
  return undefined;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the notes of the next readings', () => {
  it('lie beside their images before the case is opened, sealed', async () => {
    const { rig } = await withNotesAhead(async () => [penicillin]);
    const files = filesIn(join(rig.folder, 'cache'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(file).includes('Penicillin')).toBe(false);
    rig.close();
  });

  it('open with the case while the hub does not answer for them', async () => {
    let isSilent = false;
    const { rig, taskId } = await withNotesAhead(() =>
      isSilent ? new Promise<never>(() => undefined) : Promise.resolve([penicillin]),
    );
    isSilent = true;
    expect(await openedNotes(rig, taskId)).toEqual(['Penicillin']);
    rig.close();
  });

  it('are looked at again, and what came since then is told and shown', async () => {
    let told: readonly NoteFact[] = [penicillin];
    const { rig, taskId } = await withNotesAhead(async () => told);
    const events = await rig.get('/events');
    told = [penicillin, latex];
    expect(await openedNotes(rig, taskId)).toEqual(['Penicillin']);
    expect(await lineWith(events, 'notes-changed')).toEqual({ type: 'notes-changed', taskId });
    const now = await rig.call('openCaseNow', {});
    expect(now.case?.notes.facts.map(({ label }) => label)).toEqual(['Penicillin', 'Latex']);
    rig.close();
  });

  it('leave with the images when these are dropped', async () => {
    const { rig } = await withNotesAhead(async () => [penicillin]);
    const study = { siteId: readingTask('a').siteId, studyInstanceUid: '1.2' as StudyInstanceUid };
    expect(rig.cache.countInstances(study)).toBe(0);
    await rig.cache.remove(study);
    expect(await rig.cache.getNotes(study)).toBeUndefined();
    rig.close();
  });
});
