import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async () => {
  door = await openFakeDoor({ rows: 6 });
});
test.afterEach(() => door.stop());

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const impression = (page: Page) => page.getByRole('textbox', { name: 'Impression' });

async function openCase(page: Page): Promise<void> {
  await readFirst(page, door.url);
  await findings(page).fill('Acute subdural haematoma along the right convexity.');
}

test('an impression by the language model is marked as draft until it is confirmed, and undone by key', async ({
  page,
}) => {
  door.world.modelAnswer = {
    status: 'drafted',
    text: '<b>1.</b> Acute left subdural haematoma.',
    complaints: [{ code: 'contradiction-side', severity: 'warn', message: 'The impression says left.' }],
  };
  await openCase(page);
  await findings(page).press('Alt+j');
  await expect(impression(page)).toHaveValue('<b>1.</b> Acute left subdural haematoma.');
  await expect(page.getByText('The checks ask about one thing in it.')).toBeVisible();
  await expect(page.getByText('not yet confirmed: Alt D confirms.')).toBeVisible();
  await expectSound(page);
  await findings(page).press('ControlOrMeta+z');
  await expect(impression(page)).toHaveValue('');
  await page.keyboard.press('Alt+j');
  await expect(page.getByText('not yet confirmed: Alt D confirms.')).toBeVisible();
  await page.keyboard.press('Alt+d');
  await expect(page.getByText('not yet confirmed: Alt D confirms.')).toHaveCount(0);
});

test('what the language model does not do is said, and a written impression is left alone', async ({ page }) => {
  door.world.modelAnswer = { status: 'failed', reason: 'It did not answer in time.' };
  await openCase(page);
  await findings(page).press('Alt+j');
  await expect(page.getByRole('alert').getByText('It did not answer in time.')).toBeVisible();
  await impression(page).fill('My own.');
  await impression(page).press('Alt+j');
  await expect(page.getByText('The impression is written already.')).toBeVisible();
  await expect(impression(page)).toHaveValue('My own.');
});

test('without a configured model there is no such command', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('language model');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('option')).toHaveCount(0);
});
