import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';

let door: FakeDoor;

test.skip(lacks('chromium'), 'peers are missing');
test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Worklist' });
const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const patient = (page: Page) => page.locator('header[aria-label=Patient]');
const elsewhere = (page: Page) => page.getByText('Images are on the other display.');
const callsOf = (name: string) => door.world.calls.filter((call) => call.name === name);

const openList = async (page: Page) => {
  await page.goto(door.url);
  await expect(
    grid(page)
      .getByRole('row', { name: /^DOE, Jane/ })
      .first(),
  ).toBeVisible();
};
const openCase = async (page: Page, taskId: string) => {
  await grid(page).locator(`[data-task="${taskId}"]`).dblclick();
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
};
const keyOf = (page: Page) => viewer(page).getAttribute('data-context-key');

/** As a reader does it: the command in the main window opens the other one. */
async function openImages(page: Page): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').or(page.getByRole('textbox')).last().fill('Images on another');
  await page.keyboard.press('Enter');
  return opening;
}

test('the images go to a second window, under the same patient line, and come back', async ({ page }) => {
  await openList(page);
  await openCase(page, 'task-0');
  await expect(viewer(page)).toBeVisible();
  const images = await openImages(page);
  await expect(viewer(images)).toBeVisible();
  await expect(patient(images)).toContainText('DOE, Jane');
  for (const word of ['MRN 700100', 'CT head without contrast', 'Mercy General']) {
    await expect(patient(images)).toContainText(word);
    await expect(patient(page)).toContainText(word);
  }
  await expect(images.getByRole('region', { name: 'Report' })).toHaveCount(0);
  await expect(images.getByRole('grid')).toHaveCount(0);
  await expect(elsewhere(page)).toBeVisible();
  await expect(viewer(page)).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Findings' })).toBeVisible();

  const closing = images.waitForEvent('close');
  await page.getByRole('button', { name: 'Bring the images back' }).click();
  await closing;
  await expect(viewer(page)).toBeVisible();
  await expect(elsewhere(page)).toHaveCount(0);
});

test('the next case is made ready again where the images are, as soon as they come home', async ({ page }) => {
  await openList(page);
  const images = await openImages(page);
  await openCase(page, 'task-0');
  await expect(elsewhere(page)).toBeVisible();
  await expect.poll(() => keyOf(images)).toContain('task-0|');
  // Of the main window itself: the other one asks too.
  const asked = page.waitForRequest((request) => request.url().endsWith('/case.next'), { timeout: 60_000 });
  await page.getByRole('button', { name: 'Bring the images back' }).click();
  await expect(viewer(page)).toBeVisible();
  await asked;
});

test('the second window follows the main one from case to case, and is calm when there is none', async ({ page }) => {
  await openList(page);
  const images = await openImages(page);
  await expect(images.getByText('No case is open. Images appear here as soon as one is.')).toBeVisible();
  await openCase(page, 'task-0');
  await expect.poll(() => keyOf(images)).toContain('task-0|');
  await page.getByRole('button', { name: 'Return to list' }).click();
  await expect(images.getByText('No case is open.')).toBeVisible();
  await expect(viewer(images)).toHaveCount(0);
  // Only looked at: nothing is claimed, and the images come all the same.
  await openCase(page, 'task-3');
  await expect.poll(() => keyOf(images)).toContain('task-3|');
  await expect(patient(images)).toContainText('YAMADA');
  await page.getByRole('button', { name: 'Return to list' }).click();
  await expect(images.getByText('No case is open.')).toBeVisible();
  expect(door.world.onScreen).toBeUndefined();
});

test('a window that is told of one case and given another shows neither', async ({ page }) => {
  await openList(page);
  const images = await openImages(page);
  await openCase(page, 'task-0');
  await expect.poll(() => keyOf(images)).toContain('task-0|');
  // The workstation speaks of another patient than the main window.
  const other = door.world.onScreen!;
  door.world.onScreen = { ...other, contextKey: 'task-9|somebody-else|1.2.3' };
  door.world.tell({ type: 'case-changed' });
  await expect(images.getByText('Opening the case…')).toBeVisible();
  await expect(viewer(images)).toHaveCount(0);
  await expect(patient(images)).toHaveCount(0);
  door.world.onScreen = other;
  door.world.tell({ type: 'case-changed' });
  await expect.poll(() => keyOf(images)).toContain('task-0|');
});

test('a lock blanks the second window, and an unlock brings the case back', async ({ page }) => {
  await openList(page);
  const images = await openImages(page);
  await openCase(page, 'task-0');
  await expect(viewer(images)).toBeVisible();
  await page.keyboard.press('Control+l');
  await expect(images.getByText('Locked. Unlock in the main window.')).toBeVisible();
  await expect(viewer(images)).toHaveCount(0);
  await expect(images.getByText('DOE')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect.poll(() => keyOf(images)).toContain('task-0|');
});

test('signing takes the key of the images from the second window', async ({ page }) => {
  await openList(page);
  const images = await openImages(page);
  await openCase(page, 'task-0');
  await expect.poll(() => keyOf(images)).toContain('task-0|');
  await page.getByRole('textbox', { name: 'Impression' }).fill('Normal.');
  await page.keyboard.press('F12');
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await dialog.getByRole('button', { name: 'Sign and return' }).click();
  await expect(dialog).toBeHidden();
  const [signed] = callsOf('signReport');
  const key = 'task-0|patient-0|1.2.826.0.1.3680043.10.1.0';
  expect(signed?.request).toMatchObject({ contextKeys: { viewer: key, notes: key, report: key } });
  await expect(images.getByText('No case is open.')).toBeVisible();
});

test('a second window that does not answer counts as no images, and signing says so', async ({ page }) => {
  await openList(page);
  await openCase(page, 'task-0');
  // A window that says it has the images and then falls silent.
  const dead = await page.context().newPage();
  await dead.goto(`${door.url}icon-of-nothing`);
  await dead.evaluate(() => {
    new BroadcastChannel('overread-viewer').postMessage({
      from: 'images',
      type: 'shows',
      windowId: 'dead',
      contextKey: 'task-0|patient-0|1.2.826.0.1.3680043.10.1.0',
    });
  });
  await page.bringToFront();
  await expect(elsewhere(page)).toBeVisible();
  await page.getByRole('textbox', { name: 'Impression' }).fill('Normal.');
  await page.keyboard.press('F12');
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await dialog.getByRole('button', { name: 'Sign and return' }).click();
  await expect(dialog.getByRole('alert')).toContainText('no images of this case are on screen');
  expect(callsOf('signReport')).toEqual([]);
  await dialog.getByRole('button', { name: 'Go on editing' }).click();
  await expect(viewer(page)).toBeVisible();
});

test('a second window stays empty when the main one goes away', async ({ page, context }) => {
  await openList(page);
  const images = await context.newPage();
  await images.goto(`${door.url}?window=images`);
  await openCase(page, 'task-0');
  await expect(viewer(images)).toBeVisible();
  await page.reload();
  await expect(grid(page)).toBeVisible();
  await expect(images.getByText('No case is open.')).toBeVisible();
  await expect.poll(() => door.world.onScreen).toBeUndefined();
});

test('a second window hears the workstation through the one that opened it, and by itself once that is gone', async ({
  page,
}) => {
  await openList(page);
  const images = await openImages(page);
  await openCase(page, 'task-0');
  await expect.poll(() => keyOf(images)).toContain('task-0|');
  expect(door.eventStreams()).toBe(1);
  const itsOwn = images.waitForResponse(/\/events$/u);
  await page.goto('about:blank');
  await itsOwn;
  await expect(images.getByText('No case is open.')).toBeVisible();
  door.world.isLocked = true;
  door.emit({ type: 'session-locked' });
  await expect(images.getByText('Locked. Unlock in the main window.')).toBeVisible();
});
