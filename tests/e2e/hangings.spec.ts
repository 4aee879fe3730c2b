import { expect, test, type Page } from '@playwright/test';

import { writeDemoFolder } from '#tests/support/demo-folder.ts';
import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let disc: DiscReading;
let family: string;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  disc = await startOnDisc(async (folder) => {
    const [study] = await writeDemoFolder(folder, ['mr-stroke']);
    family = study!.patient.name.split('^')[0]!;
  });
});
test.afterAll(() => disc?.stop());

const openCase = (page: Page): Promise<void> => disc.open(page, family);
const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Hangings' });

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });
    test('the list of hangings is sound, says why, and closes by Escape', async ({ page }) => {
      await openCase(page);
      await viewer(page).focus();
      await page.keyboard.press('Shift+H');
      await expect(panel(page).getByRole('button', { pressed: true })).toBeFocused();
      await expect(panel(page).getByRole('button', { pressed: true })).toHaveAccessibleName(
        /^MR brain, because images are MR/,
      );
      await expectSound(page);
      await page.keyboard.press('Escape');
      await expect(panel(page)).toBeHidden();
      await expect(viewer(page)).toBeFocused();
    });
  });
}

test('a hanging is chosen from the list by its number', async ({ page }) => {
  await openCase(page);
  await viewer(page).focus();
  await page.keyboard.press('Shift+H');
  const second = panel(page)
    .getByRole('button', { name: /, because / })
    .nth(1);
  const name = /^(.*?), because /.exec((await second.getAttribute('aria-label')) ?? '')?.[1] ?? 'none';
  await page.keyboard.press('2');
  await expect(panel(page)).toBeHidden();
  await expect(page.getByRole('button', { name: `Hanging: ${name}`, exact: true })).toBeVisible();
});

test('a hanging is chosen from the commands, by name', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('hang as MR');
  await page.getByRole('option', { name: 'Hang as MR', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Hanging: MR', exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('hang as CT head');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'CT head does not fit this case.' })).toBeVisible();
});

test('what is seen is saved by key, edited and there again in a new window', async ({ page }) => {
  await openCase(page);
  await viewer(page).focus();
  await page.keyboard.press('Shift+S');
  await page.keyboard.type('My brain');
  const saved = page.waitForResponse((response) => response.url().endsWith('/hangings.save'));
  await page.keyboard.press('Enter');
  expect((await saved).ok()).toBe(true);
  await expect(panel(page)).toBeHidden();

  await page.keyboard.press('Shift+H');
  await page.getByRole('button', { name: 'Edit My brain' }).click();
  const form = page.getByRole('form', { name: 'Edit My brain' });
  await form.getByLabel('Name').fill('My own brain');
  await expectSound(page);
  const changed = page.waitForResponse((response) => response.url().endsWith('/hangings.save'));
  await page.keyboard.press('Enter');
  await changed;
  await page.reload();

  await openCase(page);
  await expect(page.getByRole('button', { name: 'Hanging: My own brain' })).toBeVisible();
  await viewer(page).focus();
  await page.keyboard.press('Shift+H');
  await page.getByRole('button', { name: 'Delete My own brain' }).click();
  await expect(page.getByRole('button', { name: 'Delete My own brain' })).toBeHidden();
});
