import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { AXIAL, LANDMARK, LESSER, TILTED, writeVolume } from '#tests/support/volume-phantom.ts';

let disc: DiscReading;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

/** A body around the landmarks: an image of nothing is no first image. */
const BALLS = [LANDMARK, LESSER, { at: [0, 0, 0], radiusMm: 40, hu: 250 }] as const;

const PATIENT = {
  PatientName: 'PHANTOM^PLANES',
  PatientID: 'PHANTOM-1',
  PatientBirthDate: '19600101',
  PatientSex: 'O',
  StudyDate: '20260301',
  StudyTime: '101500',
  StudyDescription: 'CT chest',
  AccessionNumber: 'PLANES1',
};

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    const study = '2.25.70020';
    writeVolume(folder, {
      study,
      acquisition: AXIAL,
      balls: BALLS,
      facts: { ...PATIENT, SeriesDescription: 'Soft tissue' },
    });
    writeVolume(folder, {
      study,
      n: 2,
      acquisition: TILTED,
      balls: BALLS,
      facts: { ...PATIENT, SeriesDescription: 'Tilted' },
    });
  });
});
test.afterAll(() => disc?.stop());

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const plane = (page: Page, name: string) => page.getByRole('group', { name: `${name} plane` });

async function openCase(page: Page): Promise<void> {
  await disc.open(page, 'phantom');
  await viewer(page).focus();
}
async function openPlanes(page: Page): Promise<void> {
  await openCase(page);
  await viewer(page)
    .getByRole('button', { name: /Soft tissue/ })
    .click();
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(plane(page, 'Axial')).toHaveAttribute('data-loaded', '41');
}

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });
    test('the planes fit, say what they show and can be used by everyone', async ({ page }) => {
      await openPlanes(page);
      await page.keyboard.press('u');
      for (const name of ['Axial', 'Sagittal', 'Coronal']) {
        await expect(plane(page, name)).toBeVisible();
        await expect(plane(page, name).getByText('MIP 3 mm')).toBeVisible();
        await expect(plane(page, name).getByText('PHANTOM, PLANES')).toBeVisible();
      }
      await expectSound(page);
      await page.keyboard.press('Shift+Y');
      await expect(page.getByRole('group', { name: 'Volume rendering, Bone' })).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('Enter');
      await expect(plane(page, 'Sagittal')).toBeHidden();
      await expect(plane(page, 'Axial').getByRole('img', { name: /^Scale / })).toBeVisible();
      await expectSound(page);
    });
  });
}

test('Escape goes from the large plane to all, to the images, and only then to the list', async ({ page }) => {
  await openPlanes(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(plane(page, 'Coronal')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(plane(page, 'Coronal')).toBeHidden();
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});

test('a series that is no volume is refused with the reason, its images stay', async ({ page }) => {
  await openPlanes(page);
  await viewer(page)
    .getByRole('button', { name: /Tilted/ })
    .click();
  await expect(plane(page, 'Axial')).toBeHidden();
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(page.getByRole('alert').filter({ hasText: 'gantry tilt' })).toBeVisible();
  await expect(page.locator('[data-pane][aria-current=true]')).toHaveAttribute('aria-label', /Tilted/);
});

test('planes are found among the commands', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('planes (MPR)');
  await page.keyboard.press('Enter');
  await expect(plane(page, 'Axial')).toBeVisible();
});
