// `npm test`: peers, check, build, unit, contract, integration, e2e. Ends with one plain line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundleElectron, bundleNode, bundleRenderer, ROOT } from './bundle.mjs';
import { provision } from './provision.mjs';

const results = mkdtempSync(join(tmpdir(), 'overread-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
const env = {
  ...process.env,
  // No test may download Electron's runtime.
  ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '/nonexistent',
  OVERREAD_BUNDLED: '1',
};

const run = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(join(ROOT, 'node_modules/.bin', command), args, { cwd: ROOT, stdio: 'inherit', env });
    child.on('close', resolve);
  });

function say(text) {
  process.stdout.write(`\n== ${text}\n`);
}

function countOne(name, isPassed) {
  totals[isPassed ? 'passed' : 'failed'] += 1;
  if (!isPassed) process.stdout.write(`FAILED: ${name}\n`);
}

async function vitest(project) {
  say(project);
  const file = join(results, `${project}.json`);
  const code = await run('vitest', [
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return countOne(`${project} did not run`, code === 0);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  // A file that fails to load has no failed test of its own.
  if (code !== 0 && report.numFailedTests === 0) countOne(`${project} suite`, false);
}

async function playwright(project, workers) {
  say(`e2e, ${project}`);
  const file = join(results, `e2e-${project}.json`);
  env.PLAYWRIGHT_JSON_OUTPUT_NAME = file;
  const code = await run('playwright', ['test', '--project', project, '--workers', String(workers)]);
  if (!existsSync(file)) return countOne(`e2e, ${project}: did not run`, code === 0);
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  totals.passed += stats.expected + stats.flaky;
  totals.failed += stats.unexpected;
  totals.skipped += stats.skipped;
  if (code !== 0 && stats.unexpected === 0) countOne(`e2e, ${project}: suite`, false);
}

say('peers');
const absent = provision();
if (process.env.CI === 'true') countOne(`peers missing: ${absent.join(' ')}`, absent.length === 0);

say('check');
countOne(
  'npm run check',
  (await new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'build/check.mjs')], { cwd: ROOT, stdio: 'inherit', env });
    child.on('close', resolve);
  })) === 0,
);

say('build');
await bundleNode();
await bundleElectron();
await bundleRenderer();

for (const project of ['unit', 'contract', 'integration']) await vitest(project);
await playwright('together', 2);
await playwright('alone', 1);

rmSync(results, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
