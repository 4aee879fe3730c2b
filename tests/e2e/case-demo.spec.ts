import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { acknowledgedRows, enter, waitForImages } from '#tests/support/read-case.ts';
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
  await page.keyboard.press('Alt+3');
  await tabTo(page, 'Findings');
  await page.keyboard.type('As described below.');
  await tabTo(page, 'Impression');
  await page.keyboard.type('No acute finding.');
  await page.keyboard.press('F12');
  const signing = page.getByRole('dialog', { name: 'Sign report' });
  // The first signature on this machine chooses the PIN.
  await expect(signing.getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type('246802');
  await page.keyboard.press('Enter');
  await expect(signing).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: /^Signed\./ })).toBeVisible();

  await page
    .getByRole('button', { name: /Deliveries/ })
    .first()
    .click();
  const ledger = page.getByRole('region', { name: 'Deliveries' });
  const deliveries = ledger.getByRole('row').filter({ hasText: /Mercy General|Harbor Clinic/ });
  await expect(deliveries.first()).toBeVisible();
  // Every channel of the site, each with its proof.
  await expect(acknowledgedRows(ledger)).toHaveCount(await deliveries.count(), { timeout: 60_000 });
});

test('the stroke code of the night script arrives and goes to the top', async ({ page }) => {
  await workstation.stop();
  workstation = await startProgram('workstation', ['--headless', '--data', join(folder, 'fresh')]);
  await enter(page, workstation.url);
  const first = page.getByRole('grid', { name: 'Worklist' }).locator('[role=row][aria-rowindex="2"]');
  await expect(first).toContainText(/trauma/i, { timeout: 60_000 });
  await expect(first).toContainText(/stroke/i, { timeout: 120_000 });
});

/** Moves the focus as a reader without a mouse does. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 20; step += 1) {
    if (await page.getByRole('textbox', { name: label }).evaluate((box) => box === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no textbox ${label} within reach of the Tab key`);
}
