// `node build/run.mjs PROGRAM …`: brings the bundle up to date and runs one program of dist/node in this process.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, ...argv] = process.argv.slice(2);
const NEEDS_RENDERER = new Set(['workstation', 'bench']);

// Called off while it is still being bundled: nothing was begun.
const SERVES = new Set(['workstation', 'hub', 'gateway']);
const callOff = () => process.exit(0);
if (SERVES.has(program)) for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, callOff);

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
const exitCode = main(argv);
for (const signal of ['SIGTERM', 'SIGINT']) process.off(signal, callOff);
process.exitCode = await exitCode;
