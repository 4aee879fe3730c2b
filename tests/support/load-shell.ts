import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build, type Plugin } from 'esbuild';

import type { FakeElectron } from './fake-electron.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const HOST = fileURLToPath(new URL('../../electron/hosts/electron/', import.meta.url));

/** A change made to the shell's source on purpose: the checks must notice it. */
export interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface OpenedDoor {
  readonly requests: string[];
  closed: number;
}

declare global {
  var overreadFakes: { electron: FakeElectron['electron']; door: OpenedDoor } | undefined;
}

function stand(mutation: Mutation | undefined, names: readonly string[]): Plugin {
  return {
    name: 'stand-ins',
    setup(bundler) {
      bundler.onResolve({ filter: /^electron$/ }, () => ({ path: 'electron', namespace: 'stand-in' }));
      bundler.onResolve({ filter: /compose\/open-workstation/ }, () => ({
        path: 'workstation',
        namespace: 'stand-in',
      }));
      bundler.onResolve({ filter: /compose\/data-folder/ }, () => ({ path: 'data-folder', namespace: 'stand-in' }));
      bundler.onLoad({ filter: /^electron$/, namespace: 'stand-in' }, () => ({
        contents: names.map((name) => `export const ${name} = globalThis.overreadFakes.electron.${name};`).join('\n'),
      }));
      bundler.onLoad({ filter: /^workstation$/, namespace: 'stand-in' }, () => ({
        contents: `export async function openWorkstation() {
          const { door } = globalThis.overreadFakes;
          return {
            fetch: async (request) => { door.requests.push(request.url); return new Response('inside'); },
            close: async () => { door.closed += 1; },
          };
        }`,
      }));
      bundler.onLoad({ filter: /^data-folder$/, namespace: 'stand-in' }, () => ({
        contents: `export const holdDataFolder = (path) => ({ path, release: () => undefined });`,
      }));
      if (mutation === undefined) return;
      bundler.onLoad({ filter: new RegExp(`${mutation.file.replace('.', '\\.')}$`) }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(mutation.from))
          throw new Error(`mutation does not apply to ${mutation.file}: ${mutation.from}`);
        return { contents: source.replace(mutation.from, mutation.to), loader: 'ts' };
      });
    },
  };
}

/** Runs the real main and the real preload against the stand-in, optionally with one mutation. */
export async function loadShell(fake: FakeElectron, mutation?: Mutation): Promise<OpenedDoor> {
  const door: OpenedDoor = { requests: [], closed: 0 };
  globalThis.overreadFakes = { electron: fake.electron, door };
  const argv = process.argv;
  process.argv = ['electron'];
  // Inside the project, so that its packages are found.
  mkdirSync(DIST, { recursive: true });
  const folder = mkdtempSync(join(DIST, 'shell-'));
  try {
    for (const entry of ['main.ts', 'preload.ts']) {
      const outfile = join(folder, entry.replace('.ts', '.mjs'));
      await build({
        entryPoints: [join(HOST, entry)],
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        packages: 'external',
        logLevel: 'silent',
        absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
        plugins: [stand(mutation, Object.keys(fake.electron))],
      });
      await import(/* @vite-ignore */ pathToFileURL(outfile).href);
    }
    // `start` runs behind whenReady: let its promises settle.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    return door;
  } finally {
    process.argv = argv;
    rmSync(folder, { recursive: true, force: true });
  }
}
