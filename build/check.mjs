// `npm run check`: types, lint, canary, unused code, format, suppressions; one line each, details of what failed.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const bin = (name) => `${ROOT}node_modules/.bin/${name}`;

/** May only fall: a suppression less is a line to change here, a suppression more is a failed check. */
const MOST_SUPPRESSIONS = 6;

// The longest first, so that the two lanes end together.
const steps = [
  ['types', bin('tsc'), ['-b']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['unused code', bin('knip'), ['--no-progress']],
  ['format', bin('oxfmt'), ['--check', '.']],
  ['canary', bin('vitest'), ['run', '--project', 'unit', 'tests/architecture']],
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

/** Comments that silence a check. Each says why on its own line, after `--` (lint) or a colon or dash (types). */
function checkSuppressions() {
  const found = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && path !== 'build/check.mjs' && !path.startsWith('tests/architecture/canary/'))
    .flatMap((path) => suppressionsIn(path));
  const bare = found.filter(({ text }) => !REASONED.test(text));
  const isFine = bare.length === 0 && found.length <= MOST_SUPPRESSIONS;
  process.stdout.write(
    `${isFine ? 'ok  ' : 'FAIL'} suppressions: ${found.length} of at most ${MOST_SUPPRESSIONS}, ${bare.length} without a reason\n`,
  );
  if (!isFine) for (const { place, text } of bare.length > 0 ? bare : found) process.stdout.write(`${place} ${text}\n`);
  return isFine;
}

const SUPPRESSION = /(?:oxlint|eslint)-disable|@ts-(?:expect-error|ignore|nocheck)/;
const REASONED = /(?:oxlint|eslint)-disable\S* \S.* -- \S|(?:@ts-expect-error)(?: --|:| -) \S/;

function suppressionsIn(path) {
  let text;
  try {
    text = readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return []; // tracked, but deleted in the working tree
  }
  return text
    .split('\n')
    .map((line, index) => ({ place: `${path}:${index + 1}`, text: line.trim() }))
    .filter((line) => SUPPRESSION.test(line.text));
}

const results = [checkSuppressions()];
// Two at a time: more only makes a small machine slower.
const waiting = [...steps];
await Promise.all(
  [1, 2].map(async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await run(step));
  }),
);
process.exitCode = results.every(Boolean) ? 0 : 1;
