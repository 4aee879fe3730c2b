import { expect, test } from '@playwright/test';

import { TEMPLATES } from '#tests/support/fake-door/believable-data.ts';
import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { openSignedCase } from '#tests/support/signed-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { NODULE_TEMPLATE, twoNodules } from '#tests/unit/reporting/nodule-report.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor({ rows: 6 });
  door.world.templates = [...TEMPLATES, NODULE_TEMPLATE];
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});
test.afterEach(() => door.stop());

for (const viewport of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });
    test('a wrong side in a field is corrected by key, as it was filled in', async ({ page }) => {
      await openSignedCase(page, door, twoNodules as Parameters<typeof openSignedCase>[2]);
      // Signed, it is only looked at.
      const report = page.getByRole('region', { name: 'Report' });
      await expect(report.getByRole('group', { name: 'Nodule 1' }).getByRole('textbox', { name: 'Side' })).toHaveValue(
        'left',
      );
      await expect(report.getByRole('button', { name: 'Add nodule' })).toHaveCount(0);
      await page.keyboard.press('Alt+r');
      const dialog = page.getByRole('dialog', { name: 'Correct the report' });
      const side = dialog.getByRole('group', { name: 'Nodule 1' }).getByRole('combobox', { name: 'Side' });
      await side.focus();
      await page.keyboard.press('r');
      const difference = dialog.getByRole('group', { name: 'Difference' });
      await expect(difference.locator('del')).toHaveText('left,');
      await expect(difference.locator('ins')).toHaveText('right,');
      await expect(dialog.getByRole('button', { name: 'Add nodule' })).toHaveCount(0);
      await expectSound(page);
      await dialog.getByRole('textbox', { name: 'Why it is corrected' }).fill('Wrong side');
      await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
      await page.keyboard.press('Enter');
      await expect(dialog).toBeHidden();
      const newest = [...door.world.versions.values()].flat().find(({ state }) => state === 'corrected');
      expect(newest?.body.sections[1]?.fields.find(({ id }) => id === 'nodules-1-side')).toMatchObject({
        value: 'right',
        source: 'typed',
      });
    });
  });
}
