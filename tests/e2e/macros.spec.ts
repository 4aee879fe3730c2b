import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor({ rows: 6 });
  door.world.macros = {
    own: [{ name: 'nl', text: 'The liver is normal. The gallbladder is unremarkable.' }],
    shared: [
      { name: 'ind', text: '{age} {sex} patient: {measurement}.' },
      { name: 'nl', text: 'Never written: the own one stands before it.' },
    ],
  };
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});
test.afterEach(() => door.stop());

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Macros' });
/** Each macro is a command once the report has asked for them. */
async function openCase(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/macros.get'));
  await page.keyboard.press('n');
  await expect(findings(page)).toBeVisible();
  await answered;
}

test('a short name and Tab write the text where the caret stands, and undo takes it back', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('Before .nl');
  await page.keyboard.press('Tab');
  await expect(findings(page)).toHaveValue('Before The liver is normal. The gallbladder is unremarkable.');
  await expect(findings(page)).toBeFocused();
  await page.keyboard.type(' After.');
  await expect(findings(page)).toHaveValue(/unremarkable\. After\.$/);
  await findings(page).fill('.nl');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(findings(page)).toHaveValue('.nl');
});

test('Tab behind anything else goes to the next field', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('Nothing.nl');
  await page.keyboard.press('Tab');
  await expect(findings(page)).toHaveValue('Nothing.nl');
  await expect(findings(page)).not.toBeFocused();
});

test('no normal of an organ that was removed is written', async ({ page }) => {
  await openCase(page);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Pain, status post cholecystectomy.');
  await findings(page).fill('.nl');
  await page.keyboard.press('Tab');
  await expect(findings(page)).toHaveValue('The liver is normal.');
  await expect(page.getByText('Left out, because the history says it was removed: gallbladder.')).toBeVisible();
});

test('variables are filled in from the case, and what is not known is left to be filled in', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('.ind');
  await page.keyboard.press('Tab');
  await expect(findings(page)).toHaveValue(/^(\d+-year-old|\{age\}) (female|male|\{sex\}) patient: \{measurement\}\.$/);
});

test('a macro is found in the palette and goes where the caret was', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('Seen. ');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('insert .nl');
  await page.keyboard.press('Enter');
  await expect(findings(page)).toHaveValue('Seen. The liver is normal. The gallbladder is unremarkable.');
  await expect(findings(page)).toBeFocused();
});

test('own macros are written, changed and deleted by key; shared ones are shown', async ({ page }) => {
  await page.keyboard.press('Alt+t');
  await expect(dialog(page).getByRole('list', { name: 'Shared macros' }).getByRole('listitem')).toHaveCount(2);
  await expectSound(page);
  await dialog(page).getByRole('textbox', { name: 'Short name' }).fill('.Neg Chest');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText('Letters, digits and hyphens, at most 30.')).toBeVisible();
  await dialog(page).getByRole('textbox', { name: 'Short name' }).fill('.Chest');
  await page.keyboard.press('Tab');
  await page.keyboard.type('No pneumothorax.');
  await dialog(page).getByRole('button', { name: 'Save macro' }).press('Enter');
  const own = dialog(page).getByRole('list', { name: 'My macros' }).getByRole('listitem');
  await expect(own).toHaveText([/^\.chest No pneumothorax\./, /^\.nl/]);
  await dialog(page).getByRole('button', { name: 'Edit .chest' }).press('Enter');
  await dialog(page).getByRole('textbox', { name: 'Text' }).fill('No effusion.');
  await dialog(page).getByRole('button', { name: 'Save macro' }).press('Enter');
  await expect(own.first()).toHaveText(/No effusion\./);
  await dialog(page).getByRole('button', { name: 'Delete .nl' }).press('Enter');
  await expect(own).toHaveCount(1);
  await expect.poll(() => door.world.macros.own).toEqual([{ name: 'chest', text: 'No effusion.' }]);
});
