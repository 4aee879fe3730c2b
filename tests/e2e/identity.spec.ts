import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
  door.world.identity = {
    state: 'conflict',
    conflicts: [
      {
        key: 'name|order|Doe^Jane|images|ROE^RICHARD',
        fact: 'name',
        one: { source: 'order', value: 'Doe^Jane' },
        other: { source: 'images', value: 'ROE^RICHARD' },
        rule: 'other family name',
      },
      {
        key: 'birth-date|order|1952-03-04|images|1961-01-01',
        fact: 'birth-date',
        one: { source: 'order', value: '1952-03-04' },
        other: { source: 'images', value: '1961-01-01' },
        rule: 'other birth date',
      },
    ],
  };
});
test.afterEach(async () => {
  await door.stop();
});

const banner = (page: Page) => page.getByRole('alert').filter({ hasText: 'Is this one patient?' });
const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const open = (page: Page): Promise<void> => readFirst(page, door.url);
const callsOf = (name: string) => door.world.calls.filter((call) => call.name === name);

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`what contradicts itself is said in words over covered images, ${size.width} wide`, async ({ page }) => {
    await page.setViewportSize(size);
    await open(page);
    await expect(banner(page)).toContainText('Name: order says DOE, Jane, images say ROE, RICHARD');
    await expect(banner(page)).toContainText('Birth date: order says 1952-03-04, images say 1961-01-01');
    await expect(viewer(page)).toBeHidden();
    await expect(page.getByText('Images are covered: it is not certain whose they are.')).toBeVisible();
    expect(callsOf('imagesSeen')).toEqual([]);
    await expectSound(page);
  });
}

test('signing is off until the reader has decided, by keys alone', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toBeDisabled();
  await page.keyboard.press('F12');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(banner(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(banner(page).getByRole('button', { name: 'Same person: go on' })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Same person: go on' });
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await expectSound(page);
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Say why, in a few words.');
  await page.keyboard.type('Name changed, site called');
  await page.keyboard.press('Enter');
  await expect(banner(page)).toHaveCount(0);
  await expect(viewer(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toBeEnabled();
  expect(callsOf('decideIdentity').at(-1)?.request).toMatchObject({
    verdict: 'same-person',
    conflicts: ['name|order|Doe^Jane|images|ROE^RICHARD', 'birth-date|order|1952-03-04|images|1961-01-01'],
    reason: 'Name changed, site called',
  });
});

test('a case of somebody else goes back to the site, and the list is there again', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'Not this patient: ask the site' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The images show a child.');
  await expectSound(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Sent back' })).toBeVisible();
});

test('images stay covered until the site has said whose they are', async ({ page }) => {
  door.world.identity = { state: 'unread', conflicts: [] };
  await open(page);
  await expect(page.getByText('Images are covered until the site has said whose they are.')).toBeVisible();
  await expect(viewer(page)).toBeHidden();
  await expect(banner(page)).toHaveCount(0);
  door.world.identity = { state: 'agreed', conflicts: [] };
  await expect(viewer(page)).toBeVisible();
});

test('the window on the other display stays black, too', async ({ page }) => {
  await open(page);
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').or(page.getByRole('textbox')).last().fill('Images on another');
  await page.keyboard.press('Enter');
  const images = await opening;
  await expect(images.getByText('Images are covered: it is not certain whose they are.')).toBeVisible();
  await expect(viewer(images)).toHaveCount(0);
  await page.keyboard.press('Alt+s');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Same date of birth on paper');
  await page.keyboard.press('Enter');
  await expect(viewer(images)).toBeVisible();
});
