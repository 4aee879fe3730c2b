import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { enter, waitForImages, waitForRow } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { AXIAL, LANDMARK, LESSER, TILTED, writeVolume } from '#tests/support/volume-phantom.ts';

let workstation: StartedProgram;
let folder: string;
let state: Awaited<ReturnType<import('@playwright/test').BrowserContext['cookies']>> | undefined;

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
  folder = mkdtempSync(join(tmpdir(), 'overread-planes-'));
  const study = '2.25.70020';
  writeVolume(join(folder, 'disc'), {
    study,
    acquisition: AXIAL,
    balls: BALLS,
    facts: { ...PATIENT, SeriesDescription: 'Soft tissue' },
  });
  writeVolume(join(folder, 'disc'), {
    study,
    n: 2,
    acquisition: TILTED,
    balls: BALLS,
    facts: { ...PATIENT, SeriesDescription: 'Tilted' },
  });
  workstation = await startProgram('workstation', [
    '--headless',
    '--data',
    join(folder, 'data'),
    '--import',
    join(folder, 'disc'),
  ]);
});
test.afterAll(async () => {
  await workstation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const plane = (page: Page, name: string) => page.getByRole('group', { name: `${name} plane` });

async function openCase(page: Page): Promise<void> {
  await page.context().addCookies(state ?? []);
  await enter(page, state === undefined ? workstation.url : new URL(workstation.url).origin);
  state = await page.context().cookies();
  await (await waitForRow(page, /^phantom/i)).press('Enter');
  await waitForImages(page);
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
