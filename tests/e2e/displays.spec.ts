import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { AXIAL, LANDMARK, LESSER, writeVolume } from '#tests/support/volume-phantom.ts';

let disc: DiscReading;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

const BALLS = [LANDMARK, LESSER, { at: [0, 0, 0], radiusMm: 40, hu: 250 }] as const;
const FACTS = {
  PatientName: 'PHANTOM^DESK',
  PatientID: 'PHANTOM-9',
  PatientBirthDate: '19600101',
  PatientSex: 'O',
  StudyDate: '20260301',
  StudyTime: '101500',
  StudyDescription: 'CT chest',
  AccessionNumber: 'DESK1',
  SeriesDescription: 'Soft tissue',
};

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    writeVolume(folder, { study: '2.25.70090', acquisition: AXIAL, balls: BALLS, facts: FACTS });
  });
});
test.afterAll(() => disc?.stop());

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const firstPane = (page: Page) => viewer(page).locator('[data-pane=pane-1]');
const sayings = (page: Page) => page.getByText(/^Desk (saved|opened)/);

/** The digits of the pattern are known then: 1 to 9, 1, 2. */
const knowDigits = (page: Page) =>
  page.addInitScript(() => {
    const real = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = (<Array extends ArrayBufferView>(array: Array): Array => {
      if (array instanceof Uint8Array && array.length === 11) {
        for (let at = 0; at < 11; at += 1) array[at] = at;
        return array;
      }
      return real(array as never) as never;
    }) as typeof crypto.getRandomValues;
  });

test('a display is not for diagnosis until its check has been passed, by keys alone', async ({ page }) => {
  await knowDigits(page);
  await disc.open(page, 'phantom');
  await expect(firstPane(page)).toContainText('Not for diagnosis');
  await page.keyboard.press('F10');
  const dialog = page.getByRole('dialog', { name: 'Display check' });
  await expect(dialog.getByRole('img', { name: /^Pattern/ })).toBeVisible();
  for (const size of [
    { width: 2560, height: 1440 },
    { width: 1366, height: 768 },
  ]) {
    await page.setViewportSize(size);
    await expectSound(page);
  }
  // In a bright room nothing passes, whatever is seen.
  await page.keyboard.type('12345678912y3');
  await expect(dialog.getByText('Not for diagnosis on this display: the room is too bright.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Not for diagnosis: the room is too bright.')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(dialog.getByText(/^Type the 11 digits/)).toBeVisible();
  await page.keyboard.type('1234');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('4567891-y1');
  await expect(dialog.getByText('This display passed: 10 of 11 digits seen. Kept with the shift.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(firstPane(page)).not.toContainText('Not for diagnosis');
  // It holds for the shift, not for the window.
  await page.reload();
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await expect(page.getByText('Check display')).toHaveCount(0);
});

test('two windows of images stand on one decoded volume, and the desk brings both back by one key', async ({
  page,
  context,
}) => {
  const fetched: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/pixels/')) fetched.push(pathname);
  });
  await disc.open(page, 'phantom');
  const openMore = async () => {
    const opening = page.waitForEvent('popup');
    await page.keyboard.press('Control+F7');
    const opened = await opening;
    await expect(firstPane(opened)).toHaveAttribute('data-loaded', String(AXIAL.count));
    return opened;
  };
  const first = await openMore();
  const before = fetched.length;
  const second = await openMore();
  expect(fetched).toHaveLength(before);
  for (const images of [first, second]) expect(images.workers().map((worker) => worker.url())).toEqual([]);

  // The same bytes: what is written in one window's memory is read in the other's.
  await viewer(second).focus();
  await second.keyboard.press('y');
  await expect(second.getByRole('group', { name: 'Coronal plane' })).toHaveAttribute(
    'data-loaded',
    String(AXIAL.count),
  );
  expect(fetched).toHaveLength(before);

  // The window that fetched first may go: the other goes on.
  await first.close();
  await second.keyboard.press('y');
  await viewer(second).focus();
  await second.keyboard.press('End');
  await expect(firstPane(second)).toHaveAttribute('data-index', String(AXIAL.count - 1));
  expect(fetched).toHaveLength(before);

  await openMore();
  await page.bringToFront();
  await page.keyboard.press('Shift+F7');
  await expect(sayings(page)).toHaveText('Desk saved: this window and 2 windows of images.');
  await page.keyboard.press('F7');
  await expect(sayings(page)).toHaveText('Desk opened: 2 windows of images.');
  await expect.poll(() => context.pages().map((one) => new URL(one.url()).search)).toHaveLength(3);
  const imagesWindows = () => context.pages().filter((one) => one !== page);
  for (const opened of imagesWindows())
    await expect(firstPane(opened)).toHaveAttribute('data-loaded', String(AXIAL.count));

  // The key pressed while the windows are still closing brings them back all the same.
  const closing = imagesWindows().map((one) => one.close());
  await page.keyboard.press('F7');
  await Promise.all(closing);
  await expect
    .poll(() => imagesWindows().map((one) => new URL(one.url()).searchParams.get('window')))
    .toEqual(['images', 'images']);
  for (const opened of imagesWindows())
    await expect(firstPane(opened)).toHaveAttribute('data-loaded', String(AXIAL.count));
});
