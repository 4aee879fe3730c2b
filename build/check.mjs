// `npm run check`: types, lint, canary, unused code, format, side by side; one line each, details of what failed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const bin = (name) => `${ROOT}node_modules/.bin/${name}`;

const steps = [
  ['types', bin('tsc'), ['-b']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['canary', bin('vitest'), ['run', '--project', 'unit', 'tests/architecture']],
  ['unused code', bin('knip'), []],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
];

const run = ([name, command, args]) =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('close', (code) => {
      process.stdout.write(
        `${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
      );
      if (code !== 0) process.stdout.write(`${output.trim()}\n`);
      resolve(code === 0);
    });
  });

const results = [];
// Two at a time: more only makes a small machine slower.
const waiting = [...steps];
await Promise.all(
  [1, 2].map(async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
