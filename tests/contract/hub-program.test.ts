import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Task } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

import { readingTask } from './hub-support.ts';

describe('npm run hub', () => {
  let folder = '';
  let running: StartedProgram[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'overread-hub-program-'));
  });
  afterEach(async () => {
    await Promise.all(running.map((program) => program.kill()));
    running = [];
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (...argv: string[]): Promise<StartedProgram> => {
    const program = await startProgram('hub', argv);
    running.push(program);
    return program;
  };
  const clientOf = ({ url }: StartedProgram) =>
    createFhirClient({ baseUrl: url, fetch: (each) => fetch(each), timeoutMs: 20_000 });
  const refusal = async (...argv: string[]): Promise<string> => {
    try {
      await start(...argv);
    } catch (error) {
      return String(error);
    }
    throw new Error('the hub started');
  };

  it('prints one ready line, serves, stops cleanly on SIGTERM, and finds everything again', async () => {
    const database = `sqlite:${join(folder, 'deep', 'hub.db')}`;
    const first = await start('--port', '0', '--database', database);
    const written = await clientOf(first).create(readingTask() as unknown as Task);
    expect(await first.stop()).toBe(0);
    expect(first.stdout).toEqual([JSON.stringify({ event: 'ready', program: 'hub', url: first.url })]);
    const second = await start('--port', '0', '--database', database);
    expect(await clientOf(second).read('Task', written.id ?? '')).toEqual(written);
  });

  it('answers who comes before its database is open: come again', async () => {
    const silent = createServer();
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const database = `postgres://hub@127.0.0.1:${(silent.address() as AddressInfo).port}/hub`;
    const port = await freePort();
    const starting = refusal('--port', String(port), '--database', database);
    let answer: Response | undefined;
    while (answer === undefined) {
      answer = await fetch(`http://127.0.0.1:${port}/fhir/metadata`).catch(() => undefined);
    }
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    silent.close();
    expect(await starting).toContain('hub ended with');
  });

  it('keeps every write it acknowledged when it is killed in the middle of writing', async () => {
    const database = `sqlite:${join(folder, 'hub.db')}`;
    const first = await start('--port', '0', '--database', database);
    const client = clientOf(first);
    const acknowledged: string[] = [];
    let killed: Promise<void> | undefined;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let count = 0; ; count += 1) {
        const description = `${writer}-${count}`;
        try {
          await client.create(readingTask({ description }) as unknown as Task);
        } catch {
          return;
        }
        acknowledged.push(description);
        if (acknowledged.length === 60) killed = first.kill();
      }
    });
    await Promise.all(writers);
    await killed;
    const second = await start('--port', '0', '--database', database);
    const found = await clientOf(second).search<Task>('Task', {}, 10_000);
    expect(found.length).toBeGreaterThanOrEqual(60);
    const descriptions = new Set(found.map(({ description }) => description));
    expect(acknowledged.filter((description) => !descriptions.has(description))).toEqual([]);
  });

  it('answers only under its own address, and no web page', async () => {
    const { url } = await start('--port', '0', '--database', `sqlite:${join(folder, 'hub.db')}`);
    const statusWith = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${url}/metadata`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ host: 'evil.example' })).toBe(421);
    expect(await statusWith({ origin: 'http://evil.example' })).toBe(421);
  });

  it.each([
    [['--prot', '0'], '--prot'],
    [['--database', 'sqlite:x.db'], '--port is missing'],
    [['--port', '99999', '--database', 'sqlite:x.db'], '--port must be'],
    [['--port', '0', '--database', 'x.db'], '--database must be sqlite:FILE'],
    [['--port', '0', '--database', 'sqlite:/dev/null/hub.db'], 'cannot open the database'],
  ])('ends with 2 and one line for %j', async (argv, line) => {
    const said = await refusal(...argv);
    expect(said).toContain('hub ended with 2');
    expect(said).toContain(line);
  });

  it('ends with 2 and one line when the port is in use or the configuration is wrong', async () => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const { port } = taken.address() as AddressInfo;
    const database = ['--database', `sqlite:${join(folder, 'hub.db')}`];
    const said = await refusal('--port', String(port), ...database);
    await new Promise((closed) => taken.close(closed));
    expect(said).toContain(`hub ended with 2: hub: port ${port} is in use`);
    const config = join(folder, 'config.json');
    writeFileSync(config, '{"hubb": {}}');
    expect(await refusal('--port', '0', ...database, '--config', config)).toContain('hub ended with 2');
  });
});
