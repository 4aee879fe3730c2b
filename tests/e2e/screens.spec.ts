import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { imagesAreHere } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const SIZES = [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const;

const openList = async (page: Page) => {
  await page.goto(door.url);
  await expect(
    page
      .getByRole('grid', { name: 'Worklist' })
      .getByRole('row', { name: /^DOE, Jane/ })
      .first(),
  ).toBeVisible();
};
const openCase = async (page: Page) => {
  await openList(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await imagesAreHere(page);
};
const shoot = async (page: Page, name: string) => {
  const folder = process.env['OVERREAD_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

for (const size of SIZES) {
  const label = `${size.width}x${size.height}`;
  test.describe(label, () => {
    test.use({ viewport: size });

    test('the worklist fits, and can be used by everyone', async ({ page }) => {
      await openList(page);
      await expectSound(page);
      const edges = await page.evaluate(() =>
        [1, 2, 3].map((place) => {
          const row = document.querySelector(`[role=row][aria-rowindex="${place}"]`);
          return [...(row?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().left));
        }),
      );
      // Header and rows stand on one grid.
      expect(edges[1]).toEqual(edges[0]);
      expect(edges[2]).toEqual(edges[0]);
      await shoot(page, `worklist-${label}`);
    });

    test('the reading screen fits, and can be used by everyone', async ({ page }) => {
      await openCase(page);
      await expectSound(page);
      await shoot(page, `reading-${label}`);
    });

    test('signing, deliveries and the dialogs fit, and can be used by everyone', async ({ page }) => {
      await openCase(page);
      await page.getByRole('textbox', { name: 'Findings' }).fill('Dense right MCA.');
      await page.keyboard.press('F12');
      const dialog = page.getByRole('dialog', { name: 'Sign report' });
      await expect(dialog.getByText('Must be fixed')).toBeVisible();
      await expect(dialog.getByText('Please check')).toBeVisible();
      await expect(dialog.getByRole('textbox', { name: 'PIN' })).toBeFocused();
      await expectSound(page);
      await shoot(page, `sign-${label}`);
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Impression' }).fill('Acute right MCA stroke.');
      await page.keyboard.press('F12');
      await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('region', { name: 'Deliveries' })).toBeVisible();
      await expectSound(page);
      await shoot(page, `deliveries-${label}`);
      if (size.width > 2000) return;
      for (const [key, name] of [
        ['?', 'Keyboard shortcuts'],
        ['Control+k', 'Commands'],
        ['Control+,', 'Settings'],
        ['i', 'Import folder'],
        ['w', 'Why here?'],
      ] as const) {
        await page.keyboard.press(key);
        await expect(page.getByRole('dialog', { name })).toBeVisible();
        await expectSound(page);
        await shoot(page, `${name.toLowerCase().replaceAll(/\W+/g, '-')}-${label}`);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    });
  });
}

for (const light of ['Dim', 'Light'] as const) {
  test(`all contrast holds in ${light.toLowerCase()} light, and with the largest text`, async ({ page }) => {
    await openList(page);
    await page.keyboard.press('Control+,');
    await page.getByRole('radiogroup', { name: 'Light' }).getByText(light, { exact: true }).click();
    await page.getByText('130 %').click();
    await page.keyboard.press('Escape');
    await expectSound(page);
    await shoot(page, `worklist-${light.toLowerCase()}`);
    await page.keyboard.press('n');
    await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
    await expectSound(page);
    await shoot(page, `reading-${light.toLowerCase()}`);
  });
}

test('an empty list says what happens next, and a lost hub says so', async ({ page }) => {
  door.world.rows = [];
  door.world.isHubReachable = false;
  door.world.siteTroubles = [{ siteName: 'Mercy General', code: 'unreachable' }];
  await page.goto(door.url);
  await expect(page.getByText('Nothing is waiting to be read.')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('The hub cannot be reached');
  await expect(page.getByRole('list', { name: 'Sites that do not answer' })).toContainText('Mercy General');
  await expectSound(page);
  await shoot(page, 'empty');
});

test('the window’s title never names a patient', async ({ page }) => {
  await openCase(page);
  await expect(page).toHaveTitle('Overread');
});
