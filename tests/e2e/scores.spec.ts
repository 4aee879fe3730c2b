import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Score or grade' });
const impression = (page: Page) => page.getByRole('textbox', { name: 'Impression' });

async function openScores(page: Page): Promise<void> {
  await page.goto(door.url);
  await expect(
    page
      .getByRole('grid', { name: 'Worklist' })
      .getByRole('row', { name: /^DOE, Jane/ })
      .first(),
  ).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Findings' })).toBeVisible();
  await page.keyboard.press('Alt+l');
  await expect(dialog(page).getByRole('combobox', { name: 'System' })).toBeFocused();
}

test('all keys stand on one sheet, and none means two things on one screen', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await openScores(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Keyboard shortcuts');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Window and level');
  const [height, shown] = await sheet.evaluate(({ scrollHeight, clientHeight }) => [scrollHeight, clientHeight]);
  expect(height).toBe(shown);
  const listed = await sheet.locator('section').evaluateAll((sections) =>
    sections.flatMap((section) => {
      const group = section.querySelector('h3')?.textContent ?? '';
      return [...section.querySelectorAll('dt')].flatMap((title) =>
        (title.nextElementSibling?.textContent ?? '')
          .split(' or ')
          .flatMap((keys) => {
            const [first, last] = keys.split(' to ').map(Number);
            return first && last ? Array.from({ length: last - first + 1 }, (_, at) => String(first + at)) : [keys];
          })
          .map((keys) => ({ group, keys, title: title.textContent ?? '' })),
      );
    }),
  );
  expect(listed.length).toBeGreaterThan(60);
  // The list and an open case are never before the reader at the same time; the viewer's keys count in the viewer only.
  const twice = listed.filter(({ group, keys, title }) =>
    listed.some(
      (other) =>
        other.title !== title &&
        other.keys === keys &&
        (other.group === group || (group !== 'Viewer' && other.group === 'Everywhere')),
    ),
  );
  expect(twice).toEqual([]);
});

test('a score is answered by key and stands in the impression with its edition', async ({ page }) => {
  await openScores(page);
  const system = dialog(page).getByRole('combobox', { name: 'System' });
  // The case is a head CT: the score of the stroke stands first.
  await expect(system).toHaveValue('aspects');
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('combobox', { name: 'Side' })).toBeFocused();
  await page.keyboard.type('R');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(dialog(page).getByRole('status')).toHaveText('9 of 10, 1 of 10 regions changed.');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(impression(page)).toHaveValue('ASPECTS (2000): 9 of 10, 1 of 10 regions changed (right; caudate).');
  await expect(page.getByText('In the impression: ASPECTS 9 of 10.')).toBeVisible();
});

test('a score stays with the report as data, and goes with its sentence by undo or by hand', async ({ page }) => {
  await openScores(page);
  await page.keyboard.press('Tab');
  await page.keyboard.type('R');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  const scores = page.getByRole('list', { name: 'Scores' });
  await expect(scores.getByRole('listitem')).toHaveText(/ASPECTS \(2000\): 9 of 10.*Side: Right/);
  await expect
    .poll(() => [...door.world.drafts.values()][0]?.body.scores)
    .toMatchObject([{ system: 'aspects', version: '2000', category: '9 of 10', inputs: [{ id: 'side' }, {}] }]);
  await impression(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(impression(page)).toHaveValue('');
  await expect(scores).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+y');
  await expectSound(page);
  await page.getByRole('button', { name: 'Remove score ASPECTS 9 of 10' }).press('Enter');
  await expect(impression(page)).toHaveValue('');
  await expect(scores).toHaveCount(0);
});

test('nothing goes into the report while a question is open, and a number out of range is said', async ({ page }) => {
  await openScores(page);
  await dialog(page).getByRole('combobox', { name: 'System' }).selectOption('ti-rads');
  await dialog(page).getByRole('combobox', { name: 'Composition' }).selectOption('spongiform');
  await expect(dialog(page).getByRole('combobox', { name: 'Echogenicity' })).toHaveCount(0);
  const size = dialog(page).getByRole('textbox', { name: 'Largest diameter, mm' });
  await size.fill('2000');
  await expect(dialog(page).getByText('A number from 1 to 200')).toBeVisible();
  await size.press('Enter');
  await expect(dialog(page).getByText('Not yet: answer every question above.')).toBeVisible();
  await size.fill('12,5');
  await expect(dialog(page).getByRole('status')).toHaveText('TR1, benign. No fine-needle aspiration.');
  await page.keyboard.press('Escape');
  await expect(impression(page)).toHaveValue('');
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`${size.width}x${size.height}: scores fit, and can be used by everyone`, async ({ page }) => {
    await page.setViewportSize(size);
    await openScores(page);
    for (const system of ['aast', 'ti-rads']) {
      await dialog(page).getByRole('combobox', { name: 'System' }).selectOption(system);
      if (system === 'aast') await dialog(page).getByRole('combobox', { name: 'Organ' }).selectOption('kidney');
      await expectSound(page);
    }
  });
}
