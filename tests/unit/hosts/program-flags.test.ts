import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { main as gateway } from '#electron/hosts/cli/gateway.ts';
import { main as hub } from '#electron/hosts/cli/hub.ts';
import { main as workstation } from '#electron/hosts/cli/workstation.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const PROGRAMS = { workstation, hub, gateway } as const;
type Program = keyof typeof PROGRAMS;

let said: { readonly stdout: string[]; readonly stderr: string[] };
beforeEach(() => {
  said = { stdout: [], stderr: [] };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream].push(String(text));
      return true;
    });
  }
});
/** A program that got as far as its port listens for signals, which here are for the test runner. */
const others = process.listeners('SIGTERM').concat(process.listeners('SIGINT'));
afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    for (const listener of process.listeners(signal)) if (!others.includes(listener)) process.off(signal, listener);
  }
});

/** The one line with which a program does not start: exit code 2, nothing on stdout. */
async function refusal(program: Program, argv: readonly string[]): Promise<string> {
  const exitCode = await PROGRAMS[program](argv);
  vi.restoreAllMocks();
  expect(exitCode).toBe(2);
  expect(said.stdout).toEqual([]);
  const text = said.stderr.join('');
  expect(text).toMatch(/^(overread|hub|gateway): [^\n]+\n$/);
  return text;
}

/** Flags with which the program would start. */
const flagsOf = (program: Program, folder: string): string[] =>
  ({
    workstation: ['--headless', '--data', join(folder, 'data')],
    hub: ['--database', `sqlite:${join(folder, 'hub.sqlite')}`],
    gateway: ['--fhir', 'http://127.0.0.1:9/fhir'],
  })[program];

async function takenPort() {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    free: () => new Promise((closed) => server.close(closed)),
  };
}

describe.each(['workstation', 'hub', 'gateway'] as const)(
  'the %s does not start, and says why in one line,',
  (name) => {
    it('with a flag it does not know', async () => {
      expect(await refusal(name, ['--prot', '0'])).toContain("Unknown option '--prot'");
    });

    it('with a configuration that is not there', async () => {
      const folder = tempFolder();
      const flags = [...flagsOf(name, folder), ...(name === 'hub' ? ['--port', '0'] : []), '--config'];
      expect(await refusal(name, [...flags, join(folder, 'nowhere.json')])).toContain('nowhere.json');
    });

    it.each([
      ['{', 'config.json'],
      ['{"hubb": {}}', 'hubb'],
      [
        '{"sites": [{"id": "a", "name": "A", "dicomweb": {"url": "http://h", "auth": {"basic": {"user": "u", "password": {"env": "NOT_SET_ANYWHERE"}}}}}]}',
        'NOT_SET_ANYWHERE',
      ],
    ])('with the configuration %s', async (text, word) => {
      const folder = tempFolder();
      const config = join(folder, 'config.json');
      writeFileSync(config, text);
      const flags = [...flagsOf(name, folder), ...(name === 'hub' ? ['--port', '0'] : []), '--config', config];
      expect(await refusal(name, flags)).toContain(word);
    });
  },
);

describe.each(['workstation', 'hub'] as const)('the %s refuses', (name) => {
  it.each(['65536', '-1', '80a', '1e3', ''])('the port "%s"', async (port) => {
    expect(await refusal(name, [...flagsOf(name, tempFolder()), `--port=${port}`])).toContain('--port must be');
  });

  it('a port that is in use', async () => {
    const { port, free } = await takenPort();
    try {
      const flags = [...flagsOf(name, tempFolder()), '--port', String(port)];
      expect(await refusal(name, flags)).toContain(`port ${port} is in use`);
    } finally {
      await free();
    }
  });
});

describe('the gateway refuses', () => {
  it.each([
    [[], '--fhir is missing'],
    [['--fhir', 'http://127.0.0.1:9/fhir'], '--config is missing'],
    [['--fhir', 'hub', '--config', 'c.json'], '--fhir must be an http or https address, not hub'],
    [['--fhir', 'file:///etc', '--config', 'c.json'], '--fhir must be'],
  ])('%j', async (argv, line) => {
    expect(await refusal('gateway', argv)).toContain(line);
  });
});
