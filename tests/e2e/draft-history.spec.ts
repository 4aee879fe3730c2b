import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor({ rows: 6 });
  await readFirst(page, door.url);
});
test.afterEach(() => door.stop());

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const impression = (page: Page) => page.getByRole('textbox', { name: 'Impression' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'History of this draft' });
const draftLine = (page: Page) => page.getByRole('status', { name: 'Draft' });

/** Three saved states: the first words, more words, other words. */
async function writeThreeStates(page: Page): Promise<void> {
  for (const [text, revision] of [
    ['Left basal ganglia haemorrhage.', 1],
    ['Left basal ganglia haemorrhage. Midline shift 4 mm.', 2],
    ['Nothing.', 3],
  ] as const) {
    await findings(page).fill(text);
    await expect.poll(() => [...door.world.drafts.values()][0]?.revision).toBe(revision);
  }
  await expect(draftLine(page)).toContainText('Saved');
}

test('an earlier state is seen with what it changes, restored by key, and the restoring is taken back', async ({
  page,
}) => {
  await writeThreeStates(page);
  await page.keyboard.press('Alt+h');
  await expect(dialog(page).getByRole('radio')).toHaveCount(3);
  await expect(dialog(page).getByRole('radio', { name: 'the text now' })).toBeVisible();
  const earlier = dialog(page).getByRole('radio', { name: '4 words added' });
  await expect(earlier).toBeChecked();
  const difference = dialog(page).getByRole('group', { name: 'Difference' });
  await expect(difference.locator('del')).toHaveText('Nothing.');
  await expect(difference.locator('ins')).toContainText('Left basal ganglia haemorrhage. Midline shift 4 mm.');
  await dialog(page).getByRole('combobox', { name: 'Difference' }).selectOption('What it changed when it was written');
  await expect(difference.locator('del')).toHaveCount(0);
  await expect(difference.locator('ins')).toContainText('Midline shift 4 mm.');
  await dialog(page).getByRole('button', { name: 'Restore this state' }).press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(findings(page)).toHaveValue('Left basal ganglia haemorrhage. Midline shift 4 mm.');
  await findings(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(findings(page)).toHaveValue('Nothing.');
  await page.keyboard.press('ControlOrMeta+y');
  await expect(findings(page)).toHaveValue('Left basal ganglia haemorrhage. Midline shift 4 mm.');
});

test('one undo goes through everything in the report, and the caret goes where it happened', async ({ page }) => {
  await findings(page).fill('Acute subdural haematoma.');
  await impression(page).focus();
  await page.keyboard.press('Alt+d');
  await expect(impression(page)).toHaveValue('Acute subdural haematoma.');
  await page.getByRole('combobox', { name: 'Template' }).selectOption({ index: 1 });
  await page.getByRole('combobox', { name: 'Template' }).press('ControlOrMeta+z');
  await expect(impression(page)).toHaveValue('Acute subdural haematoma.');
  await impression(page).press('ControlOrMeta+z');
  await expect(impression(page)).toHaveValue('');
  await expect(impression(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(findings(page)).not.toHaveValue('Acute subdural haematoma.');
  await expect(findings(page)).toBeFocused();
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`the history is a sound screen at ${size.width}x${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await writeThreeStates(page);
    await page.keyboard.press('Alt+h');
    await expect(dialog(page).getByRole('group', { name: 'Difference' })).toBeVisible();
    await expectSound(page);
  });
}
