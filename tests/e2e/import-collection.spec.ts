import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { lacks, TESTDATA } from '#tests/support/peers.ts';
import { enter } from '#tests/support/read-case.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

let workstation: StartedProgram;
let folder: string;

test.skip(lacks('testdata', 'chromium'), 'peers are missing');

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-import-'));
  workstation = await startProgram('workstation', [
    '--headless',
    '--data',
    join(folder, 'data'),
    '--import',
    join(TESTDATA, 'dicom'),
  ]);
});
test.afterAll(async () => {
  expect(await workstation?.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

test('the whole collection becomes a site: studies become readings, broken files are named, cases open one after another', async ({
  page,
}) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await enter(page, workstation.url);
  const grid = page.getByRole('grid', { name: 'Worklist' });
  await expect
    .poll(async () => Number(await grid.getAttribute('aria-rowcount')), { timeout: 120_000 })
    .toBeGreaterThan(80);

  const imported = (await page.evaluate(async () => {
    const answer = await fetch('/api/sites.imported-folders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    return answer.json();
  })) as { folders: { files: number; problems: { file: string; reason: string }[] }[] };
  const [first] = imported.folders;
  expect(first!.files).toBeGreaterThan(700);
  expect(first!.problems.length).toBeGreaterThan(0);
  for (const { file, reason } of first!.problems) {
    expect(file).not.toBe('');
    expect(reason).not.toBe('');
  }

  // Whatever the files hold, each case shows images or says in words why not, and the next one still opens.
  for (let step = 0; step < 12; step += 1) {
    await grid.locator('[role=row][data-task]').first().focus();
    for (let down = 0; down < step * 9; down += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('region', { name: 'Viewer' });
    await expect(viewer).toBeVisible();
    await expect
      .poll(async () => (await viewer.locator('canvas, [role=alert], [role=status], [data-pane]').count()) > 0)
      .toBe(true);
    await page.keyboard.press('Escape');
    await expect(grid).toBeVisible();
  }
  expect(faults).toEqual([]);
});
