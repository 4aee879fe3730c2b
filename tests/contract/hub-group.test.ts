import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openHubLink } from '#electron/adapters/fhir-client/open-hub-link.ts';
import { FhirError } from '#shared/fhir/fhir-client.ts';
import { enterDoor } from '#tests/support/door-client.ts';
import { until } from '#tests/support/intake-rig.ts';
import { lacks } from '#tests/support/peers.ts';
import { startPostgres, type Postgres } from '#tests/support/postgres.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

import { readingTask } from './hub-support.ts';

const TOKEN = 'a-token-for-the-readers-of-mercy';
const GROUP = 'a-token-for-the-group';

/** The programs as a group runs them: two hubs, one database, readers with tokens. */
describe.skipIf(lacks('postgresql'))('npm run hub on PostgreSQL', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'overread-hub-group-'));
  const environment = { MERCY_TOKEN: TOKEN, GROUP_TOKEN: GROUP };
  const config = join(folder, 'hub.json');
  const running: StartedProgram[] = [];
  let postgres: Postgres;
  let database: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    database = await postgres.database();
    const tokens = [
      { token: { env: 'MERCY_TOKEN' }, reader: 'dr-lee', sites: ['mercy'] },
      { token: { env: 'GROUP_TOKEN' }, sites: 'all' },
    ];
    writeFileSync(config, JSON.stringify({ hub: { fhir: 'embedded', access: { tokens } } }));
    for (let hubs = 0; hubs < 2; hubs += 1) running.push(await startHub());
  }, 180_000);
  afterAll(async () => {
    await Promise.all(running.map((program) => program.kill()));
    postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const startHub = () => startProgram('hub', ['--port', '0', '--database', database, '--config', config], environment);
  const link = (hub: StartedProgram | undefined, token: string) =>
    openHubLink({
      baseUrl: hub?.url ?? '',
      fetch: (request) => fetch(request),
      auth: { bearer: token },
      timeoutMs: 20_000,
    });
  const taskOf = (site: string): Task =>
    readingTask({ requester: { identifier: { system: 'urn:overread:site', value: site }, display: site } }) as never;

  it('serves one list from two hubs, to each caller the sites that are theirs', async () => {
    const [one, other] = running;
    await link(one, GROUP).fhir.create(taskOf('mercy'));
    await link(other, GROUP).fhir.create(taskOf('lake'));
    expect(await link(other, TOKEN).fhir.search('Task', {})).toHaveLength(1);
    expect(await link(one, GROUP).fhir.search('Task', {})).toHaveLength(2);
    await expect(link(one, 'nobody').fhir.search('Task', {})).rejects.toThrow(FhirError);
  });

  it('lets a workstation in by the token of its configuration, and it claims on one hub what was written on the other', async () => {
    const file = join(folder, 'workstation.json');
    const hub = { fhir: running[0]?.url, auth: { token: { env: 'MERCY_TOKEN' } } };
    writeFileSync(
      file,
      JSON.stringify({ reader: { id: 'dr-lee', name: 'Lee^Dana' }, hub, sites: [{ id: 'mercy', name: 'Mercy' }] }),
    );
    const argv = ['--headless', '--data', join(folder, 'data'), '--config', file];
    const workstation = await startProgram('workstation', argv, environment);
    running.push(workstation);
    const call = await enterDoor(workstation.url);
    await until(
      () => call('worklist', {}),
      ({ rows }) => rows.length === 1,
    );
    const written = await link(running[1], GROUP).fhir.create(taskOf('mercy'));
    await until(
      () => call('worklist', {}),
      ({ rows }) => rows.length === 2,
    );
    const read = await call('readNext', {});
    if (read.status !== 'opened') throw new Error(read.status);
    const held = await link(running[1], GROUP).fhir.read<Task>('Task', read.case.taskId);
    expect(held).toMatchObject({ status: 'in-progress', owner: { identifier: { value: 'dr-lee' } } });
    // Somebody at the other hub takes the second: the first workstation sees who.
    const rest = (await link(running[1], GROUP).fhir.search<Task>('Task', { status: 'ready' })).find(
      ({ requester }) => requester?.display === 'mercy',
    );
    expect([written.id, read.case.taskId]).toContain(rest?.id ?? written.id);
    await link(running[1], GROUP).fhir.update<Task>(
      {
        ...(rest ?? written),
        status: 'in-progress',
        owner: { identifier: { system: 'urn:overread:reader', value: 'dr-kim' }, display: 'Kim^Ana' },
      },
      (rest ?? written).meta?.versionId,
    );
    await until(
      () => call('worklist', {}),
      ({ rows }) => rows.some(({ claim }) => claim?.radiologistName === 'Kim^Ana'),
    );
  });

  it('finds everything again after a hub was killed, and says when a database cannot be reached', async () => {
    await running[1]?.kill();
    running[1] = await startHub();
    expect((await link(running[1], GROUP).fhir.search('Task', {})).length).toBe(3);
    const nowhere = startProgram('hub', ['--port', '0', '--database', 'postgres://overread:secret@127.0.0.1:1/hub']);
    await expect(nowhere).rejects.toThrow(/hub ended with 2: hub: cannot open the database 127.0.0.1:1\/hub: /);
    await expect(nowhere).rejects.not.toThrow(/secret/);
  });

  it('does not start with a token that is not there', async () => {
    const start = startProgram('hub', ['--port', '0', '--database', database, '--config', config], {
      GROUP_TOKEN: GROUP,
    });
    await expect(start).rejects.toThrow(
      /hub ended with 2: hub: hub.access: environment variable MERCY_TOKEN is not set/,
    );
  });
});
