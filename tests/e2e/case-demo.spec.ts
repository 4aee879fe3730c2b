import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { acknowledgedRows, enter, waitForImages, writeReport } from '#tests/support/read-case.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

let workstation: StartedProgram;
let folder: string;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-demo-'));
  workstation = await startProgram('workstation', ['--headless', '--data', join(folder, 'data')]);
});
test.afterAll(async () => {
  await workstation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('with nothing configured the demo site’s night can be read, by keyboard alone', async ({ page }) => {
  expect(workstation.stdout).toHaveLength(1);
  await enter(page, workstation.url);
  const rows = page.getByRole('grid', { name: 'Worklist' }).getByRole('row');
  await expect.poll(() => rows.count(), { timeout: 120_000 }).toBeGreaterThan(8);
  await expect(page.getByRole('button', { name: 'Read next' })).toBeEnabled({ timeout: 120_000 });

  await page.keyboard.press('n');
  await waitForImages(page);
  await writeReport(page, 'As described below.', 'No acute finding.');
  await page.keyboard.press('F12');
  const choose = page.getByRole('dialog', { name: /PIN/ });
  const signing = page.getByRole('dialog', { name: 'Sign report' });
  await expect(choose.or(signing)).toBeVisible();
  if (await choose.isVisible()) {
    await page.keyboard.type('246802');
    await page.keyboard.press('Tab');
    await page.keyboard.type('246802');
    await page.keyboard.press('Enter');
  }
  await expect(signing).toBeVisible();
  await signing.getByRole('textbox', { name: 'PIN' }).focus();
  await page.keyboard.type('246802');
  await page.keyboard.press('Enter');
  await expect(signing).toBeHidden();

  await page
    .getByRole('button', { name: /Deliveries/ })
    .first()
    .click();
  const ledger = page.getByRole('region', { name: 'Deliveries' });
  await expect(acknowledgedRows(ledger).first()).toBeVisible({ timeout: 60_000 });
});

test('the stroke code of the night script arrives and goes to the top', async ({ page }) => {
  await workstation.stop();
  workstation = await startProgram('workstation', ['--headless', '--data', join(folder, 'data')]);
  await enter(page, workstation.url);
  const first = page.getByRole('grid', { name: 'Worklist' }).locator('[aria-rowindex="2"]');
  await expect(first).toContainText(/stroke/i, { timeout: 150_000 });
});
