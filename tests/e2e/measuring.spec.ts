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
  disc = await startOnDisc(
    async (folder) => {
      const [study] = await writeDemoFolder(folder, ['cspine-fall']);
      family = study!.patient.name.split('^')[0]!;
    },
    { macros: [{ name: 'size', text: 'Nodule of {measurement}.' }] },
  );
});
test.afterAll(() => disc?.stop());

const openCase = (page: Page): Promise<void> => disc.open(page, family);
const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const list = (page: Page) => page.getByRole('region', { name: 'Measurements' });

/** A drag across the middle of the active pane, or so far below it: what was drawn before has kept its place. */
async function dragAcross(page: Page, below = 0): Promise<void> {
  const pane = await page.locator('[data-pane][aria-current=true]').boundingBox();
  if (!pane) throw new Error('no pane');
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2 + below];
  await page.mouse.move(x - 40, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 10, { steps: 4 });
  await page.mouse.up();
}

test('what was measured goes into the findings at the cursor, by key, with its image', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('Nodule , unchanged.');
  await findings(page).press('Home');
  // The browser tells of a moved caret later than it moves: what counts is where it stood when the box was left.
  await findings(page).evaluate((box: HTMLTextAreaElement) => {
    box.setSelectionRange('Nodule '.length, 'Nodule '.length);
    box.blur();
  });
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+m');
  await expect(page.getByText('There is no measurement to put into the report.')).toBeVisible();
  await page.keyboard.press('m');
  await dragAcross(page);
  const row = list(page).getByRole('button', { name: /^Length / });
  const place = /series \d+, image \d+$/.exec((await row.getAttribute('aria-label')) ?? '')?.[0] ?? 'no place';
  await page.keyboard.press('Alt+m');
  await expect(findings(page)).toHaveValue(/^Nodule \d+ mm \(series \d+, image \d+\), unchanged\.$/);
  await expect(findings(page)).toHaveValue(new RegExp(`\\(${place}\\)`));
  const keyImage = place.charAt(0).toUpperCase() + place.slice(1);
  await expect(page.getByRole('list', { name: 'Key images' }).getByText(keyImage)).toBeVisible();
  // A second time it stands behind the first, and the image is marked once.
  await page.keyboard.press('Alt+m');
  await expect(findings(page)).toHaveValue(/^Nodule \d+ mm \([^)]*\) \d+ mm \([^)]*\), unchanged\.$/);
  await expect(page.getByRole('list', { name: 'Key images' }).getByRole('listitem')).toHaveCount(1);
  // A macro that asks for it is given the same.
  await page.getByRole('textbox', { name: 'Impression' }).fill('.size');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Impression' })).toHaveValue(/^Nodule of \d+ mm \([^)]*\)\.$/);
});

test('keys work after a click on the image, and the sheet of keys names what measures', async ({ page }) => {
  await openCase(page);
  await page.locator('[data-pane][aria-current=true]').click();
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'Ellipse ROI' })).toHaveAttribute('aria-pressed', 'true');
  await page.locator('[data-pane][aria-current=true]').click();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog');
  for (const title of ['Probe a pixel', 'Measure Cobb angle', 'Calibrate by a line', 'Undo measuring', 'True size'])
    await expect(sheet.getByText(title)).toBeVisible();
  await expect(sheet.getByText('Measurement into the report')).toBeVisible();
});

test('a measurement half drawn is dropped by Escape before the case is left', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('a');
  await dragAcross(page, 60);
  await expect(page.locator('[data-kind=angle]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-kind=angle]')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });
    test('measurements, their list and the question fit, and can be used by everyone', async ({ page }) => {
      await openCase(page);
      await page.keyboard.press('b');
      await dragAcross(page, 60);
      await expect(list(page)).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('Shift+T');
      await expect(page.getByRole('textbox', { name: 'Label of the Rectangle ROI' })).toBeFocused();
      await expectSound(page);
    });
  });
}
