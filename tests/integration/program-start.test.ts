import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { temporaryFolder } from '#tests/support/intake-rig.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

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

/** What a program said that did not start. */
const refusal = (...start: Parameters<typeof startProgram>): Promise<string> =>
  startProgram(...start).then(
    (program) => {
      running = program;
      throw new Error(`the ${start[0]} started`);
    },
    (error: unknown) => String(error),
  );

const flagsOf = (program: 'workstation' | 'hub' | 'gateway'): string[] =>
  ({
    workstation: ['--headless', '--data', join(folder.path, 'data')],
    hub: ['--port', '0', '--database', `sqlite:${join(folder.path, 'hub.sqlite')}`],
    gateway: ['--fhir', 'http://127.0.0.1:9/fhir'],
  })[program];

describe('a program ends with 2 and one line', () => {
  it.each(['workstation', 'hub', 'gateway'] as const)(
    'when the order port of a site is in use: %s',
    async (program) => {
      const taken = createServer();
      await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
      const { port } = taken.address() as AddressInfo;
      const config = join(folder.path, 'config.json');
      writeFileSync(
        config,
        JSON.stringify({ sites: [{ id: 'mercy', name: 'Mercy', orders: { hl7: { listen: port } } }] }),
      );
      const said = await refusal(program, [...flagsOf(program), '--config', config]);
      await new Promise((closed) => taken.close(closed));
      expect(said).toContain(`${program} ended with 2`);
      expect(said).toContain(`: port ${port} for the orders of mercy is in use`);
    },
  );

  it('when another workstation holds the data folder, or a folder to import is not there', async () => {
    const missing = join(folder.path, 'no-such-disc');
    expect(await refusal('workstation', [...flagsOf('workstation'), '--import', missing])).toMatch(
      /ended with 2: .*--import .*no-such-disc: There is no such folder/s,
    );
    running = await startProgram('workstation', flagsOf('workstation'));
    const second = await startProgram('workstation', flagsOf('workstation')).catch(String);
    expect(second).toContain('ended with 2: overread: Overread is already running with this data folder');
  });

  it('when folders are to be imported beside a hub elsewhere', async () => {
    const config = join(folder.path, 'config.json');
    writeFileSync(config, JSON.stringify({ hub: { fhir: 'http://127.0.0.1:9/fhir' } }));
    const argv = [...flagsOf('workstation'), '--config', config, '--import', folder.path];
    expect(await refusal('workstation', argv)).toContain('a workstation with a hub of its own');
  });
});

it('a gateway starts although its hub is away', async () => {
  const config = join(folder.path, 'config.json');
  writeFileSync(config, JSON.stringify({ sites: [{ id: 'mercy', name: 'Mercy', orders: { hl7: { listen: 0 } } }] }));
  running = await startProgram('gateway', [...flagsOf('gateway'), '--config', config]);
  expect(running.url).toBe('http://127.0.0.1:9/fhir');
  expect(await running.stop()).toBe(0);
});
