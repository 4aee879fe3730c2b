import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { waitForRow } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { AXIAL, LANDMARK, LESSER, writeVolume } from '#tests/support/volume-phantom.ts';

let disc: DiscReading;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

const BALLS = [LANDMARK, LESSER, { at: [0, 0, 0], radiusMm: 40, hu: 250 }] as const;
const FACTS = {
  PatientName: 'PHANTOM^TWICE',
  PatientID: 'PHANTOM-21',
  PatientBirthDate: '19600101',
  PatientSex: 'O',
  StudyDate: '20260301',
  StudyTime: '101500',
  StudyDescription: 'CT chest',
  AccessionNumber: 'TWICE1',
  SeriesDescription: 'Soft tissue',
};

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    writeVolume(folder, { study: '2.25.70210', acquisition: AXIAL, balls: BALLS, facts: FACTS });
  });
});
test.afterAll(() => disc?.stop());

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const pane = (page: Page) => viewer(page).locator('[data-pane=pane-1]');
const report = (page: Page) => page.getByRole('region', { name: 'Report' });
const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const rows = (page: Page) => page.getByRole('region', { name: 'Measurements' }).getByRole('listitem');
const sentBack = (page: Page) => report(page).getByRole('list', { name: 'Measurements sent as data' });
const elsewhere = (page: Page) => page.getByText('Images are on the other display.');

/** By its key, as a reader with more displays does it. */
async function openImages(page: Page): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('Control+F7');
  const images = await opening;
  await expect(pane(images)).toHaveAttribute('data-loaded', String(AXIAL.count));
  return images;
}

/** With the tool of that key, over the middle of the image. */
async function draw(page: Page, key: string, by: readonly [number, number]): Promise<void> {
  await viewer(page).focus();
  await page.keyboard.press(key);
  const box = (await pane(page).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - by[0], y - by[1]);
  await page.mouse.down();
  await page.mouse.move(x + by[0], y + by[1], { steps: 4 });
  await page.mouse.up();
}

const namesIn = (page: Page) =>
  rows(page)
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

test('what is measured in a window of images is in the report of the main one, and leads back there', async ({
  page,
}) => {
  await disc.open(page, 'phantom');
  const images = await openImages(page);
  await expect(elsewhere(page)).toBeVisible();
  await draw(images, 'm', [60, 15]);
  await expect(rows(images)).toHaveCount(1);
  await images.keyboard.press('Alt+m');
  await expect(findings(page)).toHaveValue(/^\d+ mm \(series \d+, image \d+\)$/);
  // Said where the reader looks.
  const sentence = await findings(page).inputValue();
  await expect(images.getByText(`In the findings: ${sentence}.`)).toBeVisible();
  await expect(sentBack(page).getByRole('listitem')).toHaveCount(1);

  // A grey level away from where it was drawn, by a key in the main window; back by the line of the report.
  await page.getByRole('region', { name: 'Notes' }).focus();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('End');
  await expect(pane(images)).toHaveAttribute('data-index', String(AXIAL.count - 1));
  await expect(images.locator('[data-measurement]')).toHaveCount(0);
  await sentBack(page)
    .getByRole('button', { name: /^Show Length/ })
    .click();
  await expect(images.locator('[data-measurement][data-kind=length][data-selected=true]')).toHaveCount(1);
  await expect(report(page).getByText(/^Saved/)).toBeVisible();
  for (const size of [
    { width: 1366, height: 768 },
    { width: 2560, height: 1440 },
  ]) {
    await images.setViewportSize(size);
    await expectSound(images);
  }
});

test('it stands again after the program was killed, and in the main window when the images come home', async ({
  page,
}) => {
  await disc.killAndStart();
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(1);
  const images = await openImages(page);
  await draw(images, 'e', [30, 25]);
  await expect(rows(images)).toHaveCount(2);
  const drawn = await namesIn(images);
  const closing = images.waitForEvent('close');
  await page.getByRole('button', { name: 'Bring the images back' }).click();
  await closing;
  await expect(rows(page)).toHaveCount(2);
  expect(await namesIn(page)).toEqual(drawn);
});

test('two windows of images show the same drawings, whichever they were drawn, dragged or deleted in', async ({
  page,
}) => {
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(2);
  const first = await openImages(page);
  const second = await openImages(page);
  await draw(first, 'b', [50, 40]);
  await expect(rows(second)).toHaveCount(3);
  expect(await namesIn(second)).toContain((await namesIn(first)).find((name) => name?.startsWith('Rectangle')));
  // What is undone in one is undone in the other; what the other was told is not its own to undo.
  await viewer(second).focus();
  await second.keyboard.press('ControlOrMeta+z');
  await viewer(first).focus();
  await first.keyboard.press('ControlOrMeta+z');
  await expect(rows(first)).toHaveCount(2);
  await expect(rows(second)).toHaveCount(2);
  await rows(second)
    .getByRole('button', { name: /^Delete Ellipse ROI/ })
    .click();
  await expect(rows(first)).toHaveCount(1);
  await expect(report(page).getByText(/^Saved/)).toBeVisible();
  await disc.killAndStart();
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(1);
});

test('the keys of report and list work in a window of images; what waits for the reader comes to the front', async ({
  page,
}) => {
  await page.addInitScript(() => {
    // Headless windows are all in front: what brings one there is counted.
    const known = window as unknown as { broughtForward: number };
    known.broughtForward = 0;
    window.focus = () => void (known.broughtForward += 1);
  });
  const broughtForward = () => page.evaluate(() => (window as unknown as { broughtForward: number }).broughtForward);
  await disc.open(page, 'phantom');
  const images = await openImages(page);
  await viewer(images).focus();
  // The image of the measurement is one already: another one is marked, once it is painted.
  await expect(pane(images)).toHaveAttribute('data-sop-instance-uid', /./);
  const measured = await pane(images).getAttribute('data-sop-instance-uid');
  await images.keyboard.press('ArrowDown');
  await expect(pane(images)).not.toHaveAttribute('data-sop-instance-uid', measured ?? '');
  await images.keyboard.press('Alt+k');
  await expect(report(page).getByRole('list', { name: 'Key images' }).getByRole('listitem')).toHaveCount(2);
  await expect(images.getByText(/^Key image: /)).toBeVisible();
  expect(await broughtForward()).toBe(0);
  await images.keyboard.press('Alt+3');
  await expect(findings(page)).toBeFocused();
  expect(await broughtForward()).toBe(1);
  await images.keyboard.press('F12');
  await expect(page.getByRole('dialog', { name: 'Sign report' })).toBeVisible();
  expect(await broughtForward()).toBe(2);
  // While it asks, the keys of the report wait; those of the images do not.
  await images.keyboard.press('Alt+k');
  await images.keyboard.press('Home');
  await expect(pane(images)).toHaveAttribute('data-index', '0');
  await expect(report(page).getByRole('list', { name: 'Key images' }).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Sign report' })).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('Invert greys');
  await page.keyboard.press('Enter');
  await expect(pane(images)).toContainText('inverted');
  await images.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await expect(images.getByText('No case is open.')).toBeVisible();
});

test('after the main window was loaded anew, what is drawn in the window of images is kept as before', async ({
  page,
}) => {
  await disc.open(page, 'phantom');
  const images = await openImages(page);
  await page.reload();
  await expect(images.getByText('No case is open.')).toBeVisible();
  await (await waitForRow(page, /^phantom/i)).press('Enter');
  await expect(elsewhere(page)).toBeVisible();
  await expect(pane(images)).toHaveAttribute('data-loaded', String(AXIAL.count));
  await expect(rows(images)).toHaveCount(1);
  await draw(images, 'b', [45, 30]);
  await expect(rows(images)).toHaveCount(2);
  await expect(images.getByRole('alert').filter({ hasText: 'is not kept' })).toHaveCount(0);
  await expect(report(page).getByText(/^Saved/)).toBeVisible();
  await images.close();
  await expect(rows(page)).toHaveCount(2);
});
