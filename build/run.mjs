// `node build/run.mjs PROGRAM …`: brings the bundle up to date and runs one program of dist/node in this process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, ...argv] = process.argv.slice(2);
const NEEDS_RENDERER = new Set(['workstation', 'bench']);

const { ROOT, bundleNode, bundleRenderer } = await import('./bundle.mjs');
if (process.env.OVERREAD_BUNDLED !== '1') {
  await bundleNode();
  if (NEEDS_RENDERER.has(program)) await bundleRenderer();
}
const file = join(ROOT, 'dist/node', `${program}.mjs`);
if (!existsSync(file)) {
  process.stderr.write(`no such program: ${program}\n`);
  process.exit(2);
}
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(argv);
