import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;
test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const openList = async (page: Page) => {
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1)).toBeVisible();
};
const openCase = (page: Page): Promise<void> => readFirst(page, door.url);
const requests = (name: string) => door.world.calls.filter((each) => each.name === name).map(({ request }) => request);

test('a finding is marked by key: one act records it and writes the sentence into the report', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('F9');
  const dialog = page.getByRole('dialog', { name: 'Critical result' });
  await expect(dialog.getByRole('textbox', { name: 'Finding' })).toBeFocused();
  await page.keyboard.type('Acute subdural haematoma');
  await page.keyboard.press('Control+Enter');
  await dialog.getByRole('combobox', { name: 'Name' }).fill('Dr. Anneliese Rao-Winterbottom');
  await expect(dialog.getByRole('textbox', { name: 'Role' })).toHaveValue('ED physician');
  await dialog.getByRole('checkbox', { name: 'They read it back' }).check();
  await dialog.getByRole('button', { name: 'Record' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Impression' })).toHaveValue(
    'Critical result (red): Acute subdural haematoma. Recorded.',
  );
  await expect(page.getByRole('status').filter({ hasText: 'Critical result recorded' })).toContainText(
    'Confirmed by read-back',
  );
  expect(requests('recordCritical')).toMatchObject([
    {
      level: 'red',
      finding: 'Acute subdural haematoma',
      told: { name: 'Dr. Anneliese Rao-Winterbottom', role: 'ED physician', how: 'phone', readBack: true },
    },
  ]);
  const saved = JSON.stringify(requests('saveDraft').at(-1));
  expect(saved).toContain('Critical result (red)');
  expect(saved).toContain('"textSource":"macro"');
});

test('without words or a person nothing is recorded, and what was typed stays', async ({ page }) => {
  await openCase(page);
  await page.getByRole('button', { name: 'Critical', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Critical result' });
  await dialog.getByRole('button', { name: 'Record' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Say what was found.');
  await dialog.getByRole('textbox', { name: 'Finding' }).fill('Free air');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Say who was told');
  await expect(dialog.getByRole('textbox', { name: 'Finding' })).toHaveValue('Free air');
  expect(requests('recordCritical')).toEqual([]);
});

test('handed to the support desk the reader reads on; the board counts it until a call was read back', async ({
  page,
}) => {
  await openCase(page);
  await page.keyboard.press('F9');
  const dialog = page.getByRole('dialog', { name: 'Critical result' });
  await dialog.getByRole('radio', { name: /^Orange/ }).check();
  await dialog.getByRole('textbox', { name: 'Finding' }).fill('Free air');
  await dialog.getByRole('button', { name: 'Support desk calls' }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Critical: 1' })).toBeVisible();
  await page.keyboard.press('h');
  const desk = page.getByRole('dialog', { name: 'Support desk' });
  const toCall = desk.getByRole('region', { name: 'Calls to place' });
  await expect(toCall).toContainText('+1 555 0101');
  await toCall.getByRole('button', { name: /^Record the call/ }).click();
  await toCall.getByRole('checkbox', { name: 'They read it back' }).check();
  await toCall.getByRole('button', { name: 'Record the call', exact: true }).click();
  await expect(toCall).toContainText('No call is waiting.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Critical: 0' })).toBeVisible();
  await page.keyboard.press('Alt+c');
  await expect(page.getByRole('dialog', { name: 'Critical results' })).toContainText(
    'Every critical result has been confirmed.',
  );
});

test('what ran out unconfirmed is an alarm on every screen, without a patient in it', async ({ page }) => {
  door.world.isCriticalLate = true;
  await openCase(page);
  await page.keyboard.press('F9');
  const dialog = page.getByRole('dialog', { name: 'Critical result' });
  await dialog.getByRole('textbox', { name: 'Finding' }).fill('Free air');
  await dialog.getByRole('button', { name: 'Support desk calls' }).click();
  const alarm = page.getByRole('alert').filter({ hasText: 'not confirmed in time' });
  await expect(alarm).toBeVisible();
  await expect(alarm).not.toContainText('DOE');
  await page.keyboard.press('Alt+c');
  await expect(page.getByRole('dialog', { name: 'Critical results' })).toContainText('Overdue');
});

test('follow-up and questions go from the case by key', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('Shift+F9');
  const follow = page.getByRole('dialog', { name: 'Recommend follow-up' });
  await follow.getByRole('textbox', { name: 'What' }).fill('CT chest');
  await follow.getByLabel('By', { exact: true }).fill('2027-06-01');
  await follow.getByRole('textbox', { name: 'Why' }).fill('7 mm nodule');
  await follow.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByRole('textbox', { name: 'Impression' })).toHaveValue('Recommendation: CT chest.');
  expect(requests('recommend')).toMatchObject([
    { what: 'CT chest', why: '7 mm nodule', dueAt: Date.UTC(2027, 5, 1, 12) },
  ]);
  await expect(follow).toBeHidden();
  await page.keyboard.press('F8');
  const ask = page.getByRole('dialog', { name: 'Ask the site' });
  await ask.getByRole('textbox').fill('Was there a fall?');
  await ask.getByRole('button', { name: 'Send' }).click();
  await expect(ask).toBeHidden();
  expect(requests('askSite')).toMatchObject([{ text: 'Was there a fall?' }]);
});

test('the desk makes a link and a code, shows them once, and forgets them with the desk', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('h');
  const desk = page.getByRole('dialog', { name: 'Support desk' });
  await desk.getByRole('button', { name: 'New link for Hill Clinic' }).click();
  await expect(desk.getByText('12345678')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await expect(desk.getByText('New link for Hill Clinic')).toBeVisible();
  await expect(desk.getByText('12345678')).toBeHidden();
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });

    test('form, board and desk fit, and can be used by everyone', async ({ page }) => {
      await openCase(page);
      await page.keyboard.press('F9');
      const dialog = page.getByRole('dialog', { name: 'Critical result' });
      await expect(dialog.getByText('on call now')).toBeVisible();
      await expectSound(page);
      await dialog.getByRole('textbox', { name: 'Finding' }).fill('Free air');
      await dialog.getByRole('button', { name: 'Support desk calls' }).click();
      await expect(dialog).toBeHidden();
      await page.keyboard.press('Shift+F9');
      await expect(page.getByRole('dialog', { name: 'Recommend follow-up' })).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+c');
      const board = page.getByRole('dialog', { name: 'Critical results' });
      await board.getByRole('button', { name: /^Record a call/ }).click();
      await expectSound(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('h');
      await expect(
        page.getByRole('dialog', { name: 'Support desk' }).getByText('Images missing.').first(),
      ).toBeVisible();
      await expectSound(page);
    });
  });
}
