import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { TaskId } from '#shared/domain/identifiers.ts';
import { PRIORITIES, type Priority } from '#shared/domain/priority.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import { DAY_MS, MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { enterDoor, type DoorCall } from '#tests/support/door-client.ts';
import { temporaryFolder } from '#tests/support/intake-rig.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

const NOW = Date.now();
const at = (ms: number) => (NOW + ms) as EpochMs;
const sound = (priority: Priority, facts: Partial<ReadingTask> = {}): ReadingTask =>
  readingTask('x', {
    id: '' as TaskId,
    version: '',
    priority,
    authoredOn: at(-10 * MINUTE_MS),
    imagesCompleteAt: at(-9 * MINUTE_MS),
    dueAt: at(20 * MINUTE_MS),
    ...facts,
  });
const without = (task: Task, ...keys: readonly (keyof Task)[]): Task =>
  Object.fromEntries(Object.entries(task).filter(([key]) => !keys.includes(key as keyof Task))) as unknown as Task;

/** Just below what FHIR allows a text (2.24.0.1, a megabyte); our hub refuses a longer one where it is written. */
const LONG = 'x'.repeat(1_000_000);
const born = (birthDate: string): Partial<ReadingTask> => ({ patient: { ...sound('stat').patient, birthDate } });

/** What an order must never do to a list, each under the class that it states. */
const ABSURD: Readonly<Record<string, readonly [Priority, Task]>> = {
  'no due time': ['stat', without(readingTaskToFhir(sound('stat')), 'restriction')],
  'a priority nobody knows': ['routine', readingTaskToFhir(sound('routine', { unclearPriority: 'whenever' }))],
  'due before it was ordered': ['stat', readingTaskToFhir(sound('stat', { dueAt: at(-400 * DAY_MS) }))],
  'due in a hundred years': ['stat', readingTaskToFhir(sound('stat', { dueAt: at(36_500 * DAY_MS) }))],
  'ordered in the future': ['asap', readingTaskToFhir(sound('asap', { authoredOn: at(900 * DAY_MS) }))],
  'ordered in the year 1': ['urgent', { ...readingTaskToFhir(sound('urgent')), authoredOn: '0001-01-01T00:00:00Z' }],
  'born in the future': ['stat', readingTaskToFhir(sound('stat', born('2999-01-01')))],
  'a megabyte of reason': ['stat', readingTaskToFhir(sound('stat', { reason: LONG }))],
  'a megabyte of exam': ['urgent', readingTaskToFhir(sound('urgent', { exam: { text: LONG } }))],
  'no patient': [
    'asap',
    without(readingTaskToFhir(sound('asap', { patient: { ...sound('asap').patient, name: ' ' } })), 'for'),
  ],
  'no study': ['stat', readingTaskToFhir(sound('stat', { studyInstanceUids: [] }))],
};

describe('readings whose facts cannot be right', () => {
  const folder = temporaryFolder();
  const programs: StartedProgram[] = [];
  const nameOf = new Map<string, string>();
  let call: DoorCall;
  let rows: readonly WorklistRow[];

  async function write(hub: string, name: string, task: Task): Promise<void> {
    const answer = await fetch(`${hub}/Task`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(task),
    });
    expect([name, answer.status]).toEqual([name, 201]);
    nameOf.set(((await answer.json()) as Task).id ?? '', name);
  }

  beforeAll(async () => {
    const hub = await startProgram('hub', ['--port', '0', '--database', `sqlite:${join(folder.path, 'hub.sqlite')}`]);
    programs.push(hub);
    for (const priority of PRIORITIES) await write(hub.url, `sound ${priority}`, readingTaskToFhir(sound(priority)));
    for (const [name, [, task]] of Object.entries(ABSURD)) await write(hub.url, name, task);
    const config = join(folder.path, 'config.json');
    writeFileSync(config, JSON.stringify({ reader: { id: 'dr-lee', name: 'Lee^Dana' }, hub: { fhir: hub.url } }));
    const argv = ['--headless', '--port', '0', '--data', join(folder.path, 'data'), '--config', config];
    const workstation = await startProgram('workstation', argv);
    programs.push(workstation);
    call = await enterDoor(workstation.url);
    ({ rows } = await call('worklist', {}));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    folder.remove();
  });

  const placeOf = (name: string) => rows.findIndex(({ taskId }) => nameOf.get(taskId) === name);

  it('are all on the list, each with a warning, and the sound ones without', () => {
    expect(rows).toHaveLength(PRIORITIES.length + Object.keys(ABSURD).length);
    const doubted = rows.filter(({ warnings }) => warnings.length > 0).map(({ taskId }) => nameOf.get(taskId));
    expect(new Set(doubted)).toEqual(new Set(Object.keys(ABSURD)));
  });

  it.each(Object.entries(ABSURD))(
    '%s: never stands behind a lower class than the one it states',
    (name, [priority]) => {
      const lower = PRIORITIES.slice(PRIORITIES.indexOf(priority) + 1).filter((each) => each !== 'trauma');
      for (const each of lower) expect(placeOf(name), `${name} before ${each}`).toBeLessThan(placeOf(`sound ${each}`));
    },
  );

  it('do not burden the window: a text of megabytes is not sent to it', async () => {
    expect(JSON.stringify(rows).length).toBeLessThan(200_000);
    const next = await call('readNext', {});
    expect(next.status).toBe('opened');
  });

  it('can be asked why they stand where they stand', async () => {
    for (const { taskId } of rows) expect((await call('whyHere', { taskId })).status).toBe('here');
  });
});
