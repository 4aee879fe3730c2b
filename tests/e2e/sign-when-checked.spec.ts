import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(() => door.stop());

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Sign report' });
const signed = () => door.world.calls.filter(({ name }) => name === 'signReport');

/** A report whose checks are under way until the answer is let go; the PIN is typed and Enter pressed meanwhile. */
async function signBeforeChecked(page: Page, impression: string): Promise<() => void> {
  let letGo = () => undefined as void;
  const isHeld = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/api/report.check', async (route) => {
    await isHeld;
    await route.continue();
  });
  await page.goto(door.url);
  await page.getByRole('grid', { name: 'Worklist' }).locator('[data-task="task-0"]').waitFor();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Findings' }).fill('Dense MCA.');
  await page.getByRole('textbox', { name: 'Impression' }).fill(impression);
  await page.keyboard.press('F12');
  await expect(dialog(page)).toContainText('Checking the report…');
  await expect(dialog(page).getByRole('button', { name: 'Sign and return' })).toBeDisabled();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  return letGo;
}

test('who signs before the checks are done waits for them, and is signed when nothing is found', async ({ page }) => {
  const letGo = await signBeforeChecked(page, 'Stroke.');
  await expect(dialog(page).getByRole('button', { name: 'Sign and return' })).toHaveAttribute('data-loading', 'true');
  expect(signed()).toEqual([]);
  letGo();
  await expect(page.getByRole('status').filter({ hasText: 'Signed. 4 deliveries under way' })).toBeVisible();
  expect(signed()).toHaveLength(1);
});

test('what stands in the way stops the signature that was asked for before it was known', async ({ page }) => {
  const letGo = await signBeforeChecked(page, '');
  expect(signed()).toEqual([]);
  letGo();
  await expect(dialog(page).getByText('The impression is empty.')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Sign and return' })).toBeDisabled();
  await expect(dialog(page).getByRole('textbox', { name: 'PIN' })).toHaveValue('2468');
  expect(signed()).toEqual([]);
});
