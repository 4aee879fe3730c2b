import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { temporaryFolder } from '#tests/support/intake-rig.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

/** The programs give themselves two seconds (program-life.ts); the rest is for a machine that is busy with other tests. */
const LIMIT_MS = 5000;

let folder: ReturnType<typeof temporaryFolder>;
let running: StartedProgram | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await running?.kill();
  running = undefined;
  folder.remove();
});

async function start(...[program, argv]: Parameters<typeof startProgram>): Promise<StartedProgram> {
  return (running = await startProgram(program, argv));
}
/** The exit code, or that it was not had in time. */
const endOf = (stopping: Promise<unknown>) => Promise.race([stopping, wait(LIMIT_MS, 'still running', { ref: false })]);

/** Resolves when the program has logged such a line. */
function logged(program: StartedProgram, words: RegExp): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (program.stderr.some((line) => words.test(line))) resolve();
    };
    program.child.stderr?.on('data', () => setImmediate(look));
    look();
  });
}

/** An archive that takes requests and never answers. */
async function silentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  const asked = once(server, 'connection');
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`,
    asked,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('SIGTERM ends the workstation with 0', () => {
  it('before it is ready, without a line on stdout', async () => {
    const argv = ['build/run.mjs', 'workstation', '--headless', '--data', join(folder.path, 'data')];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
    const exited = once(child, 'exit');
    await once(child.stderr, 'data');
    child.kill('SIGTERM');
    expect(await endOf(exited)).toEqual([0, null]);
    expect(said).toEqual([]);
  });

  it('as soon as it is ready', async () => {
    const program = await start('workstation', ['--headless', '--data', join(folder.path, 'data')]);
    expect(await endOf(program.stop())).toBe(0);
    expect(program.stdout).toHaveLength(1);
  });

  it('and so does SIGINT, also when it comes twice, as npm passes it on', async () => {
    const program = await start('workstation', ['--headless', '--data', join(folder.path, 'data')]);
    const exited = once(program.child, 'exit');
    program.child.kill('SIGINT');
    program.child.kill('SIGINT');
    expect(await endOf(exited)).toEqual([0, null]);
  });

  it('sent to the npm that started it', async () => {
    const argv = ['start', '--', '--headless', '--data', join(folder.path, 'data')];
    const npm = spawn('npm', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    const exited = once(npm, 'exit');
    const lines = createInterface({ input: npm.stdout });
    for await (const line of lines) if (line.includes('"ready"')) break;
    npm.kill('SIGTERM');
    expect(await endOf(exited)).toEqual([0, null]);
    // It is gone, not only left behind: its data folder is free.
    await start('workstation', ['--headless', '--data', join(folder.path, 'data')]);
  });

  it('while the studies of the demo are being made, and again in the night that is continued', async () => {
    for (const state of ['begun', 'continued']) {
      const program = await start('workstation', ['--headless', '--data', join(folder.path, 'data')]);
      // The first study is there, the next is being made.
      await logged(program, /folder\.scanned.*"count":[1-9]/);
      expect([state, await endOf(program.stop())]).toEqual([state, 0]);
    }
  });
});

describe('SIGTERM ends with 0, although a site’s archive never answers,', () => {
  it.each(['workstation', 'hub', 'gateway'] as const)('the %s', async (name) => {
    const archive = await silentServer();
    try {
      const config = join(folder.path, 'config.json');
      writeFileSync(config, JSON.stringify({ sites: [{ id: 'far', name: 'Far', dicomweb: { url: archive.url } }] }));
      const flags = {
        workstation: ['--headless', '--data', join(folder.path, 'data')],
        hub: ['--port', '0', '--database', `sqlite:${join(folder.path, 'hub.sqlite')}`],
        // Nor does its hub.
        gateway: ['--fhir', archive.url.replace('dicom-web', 'fhir')],
      }[name];
      const program = await start(name, [...flags, '--config', config]);
      await archive.asked;
      expect(await endOf(program.stop())).toBe(0);
      expect(program.stdout).toHaveLength(1);
    } finally {
      archive.close();
    }
  });
});
