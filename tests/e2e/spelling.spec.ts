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
const line = (page: Page) => page.getByRole('group', { name: 'Spelling' });

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`${size.width}x${size.height}: a misspelled word is named, corrected by key, kept by hand, and undone`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await findings(page).fill('Left hemorrage. No efusion. Told Mr. Xylander.');
    await expect(line(page)).toContainText('hemorrage: hemorrhage?');
    await expect(line(page)).toContainText('and 1 more');
    await expectSound(page);
    await findings(page).press('Alt+y');
    await expect(findings(page)).toHaveValue('Left hemorrhage. No efusion. Told Mr. Xylander.');
    await expect(line(page)).toContainText('efusion: effusion?');
    await line(page).getByRole('button', { name: 'Keep' }).press('Enter');
    await expect(line(page)).toHaveCount(0);
    await findings(page).press('ControlOrMeta+z');
    await expect(findings(page)).toHaveValue('Left hemorrage. No efusion. Told Mr. Xylander.');
  });
}

test('what is pasted is plain text', async ({ page }) => {
  await findings(page).focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/html', '<b onclick="alert(1)">Bold</b>');
    data.setData('text/plain', 'Bold\u0007 and\u00a0plain\u200b.');
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  });
  await expect(findings(page)).toHaveValue('Bold and plain.');
  await findings(page).press('ControlOrMeta+z');
  await expect(findings(page)).toHaveValue('');
});
