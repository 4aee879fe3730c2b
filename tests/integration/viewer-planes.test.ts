import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import {
  ANGLED,
  ANGLED_REVERSED,
  AXIAL,
  CORONAL,
  LANDMARK,
  LESSER,
  PRONE,
  REVERSED,
  SAGITTAL,
  TILTED,
  writeVolume,
  type Acquisition,
  type WrittenVolume,
} from '#tests/support/volume-phantom.ts';
import {
  NAMES,
  plane,
  settled,
  openPlanes,
  at,
  mmPerPixel,
  brightSpot,
  clickPlace,
  NEAR_MM,
  expectLandmark,
} from '#tests/support/viewer-harness/planes-page.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('planes in a browser: skipped, chromium is not here\n');

const viewer = viewerInBrowser(isHere);
let count = 0;

function openStudy(volumes: readonly WrittenVolume[], query?: string, initScript?: 'keep-contexts'): Promise<Page> {
  const paths = new Set(volumes.map((volume) => writeVolume(viewer.scratch(), volume)));
  return viewer.show([...paths], { ...(query !== undefined && { query }), ...(initScript && { initScript }) });
}

/** It has no size of its own. */
const HERE = { state: 'attached' } as const;

function open(acquisition: Acquisition): Promise<Page> {
  count += 1;
  return openStudy([{ study: `2.25.7001${count}`, acquisition }]);
}

describe.skipIf(!isHere)('planes through a volume', () => {
  it.each([
    ['axial slices from the feet up', AXIAL],
    ['axial slices from the head down', REVERSED],
    ['slices of a patient lying on the belly', PRONE],
    ['sagittal slices', SAGITTAL],
    ['coronal slices from the back to the front', CORONAL],
    ['slices angled against the patient', ANGLED],
    ['angled slices from the head down', ANGLED_REVERSED],
  ] as const)(
    'show landmarks where geometry says: %s',
    async (_, acquisition) => {
      const page = await open(acquisition);
      await openPlanes(page);
      // The coronal plane takes the crosshair to the landmark's height, the axial one to the landmark.
      await clickPlace(page, 'coronal', LANDMARK.at);
      await clickPlace(page, 'axial', LANDMARK.at);
      const crossed = await at(page);
      for (const axis of [0, 1, 2] as const) expect(Math.abs(crossed[axis] - LANDMARK.at[axis])).toBeLessThan(NEAR_MM);
      for (const name of NAMES) await expectLandmark(page, name, LANDMARK, 200);
      await clickPlace(page, 'sagittal', LESSER.at);
      await clickPlace(page, 'axial', LESSER.at);
      for (const name of NAMES) {
        await expectLandmark(page, name, LESSER, 80);
        // The bright one lies in none of these planes.
        expect(await brightSpot(page, name, 200)).toBeUndefined();
      }
    },
    60_000,
  );

  it('name the edges of each plane by radiological convention', async () => {
    const page = await open(PRONE);
    await openPlanes(page);
    await plane(page, 'axial').getByRole('img', { name: 'Top A, right L, bottom P, left R' }).waitFor(HERE);
    await plane(page, 'coronal').getByRole('img', { name: 'Top H, right L, bottom F, left R' }).waitFor(HERE);
    await plane(page, 'sagittal').getByRole('img', { name: 'Top H, right P, bottom F, left A' }).waitFor(HERE);
  }, 60_000);

  it('are refused with the reason where the gantry was tilted, and the stack stays', async () => {
    const page = await open(TILTED);
    await page.keyboard.press('y');
    await page.waitForFunction(() =>
      document.documentElement.dataset['problems']?.includes(
        'No planes of this series: its slices are sheared by 15.0° (gantry tilt).',
      ),
    );
    expect(await page.locator('[data-plane]').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-pane="pane-1"][data-index="21"]').waitFor();
  }, 60_000);

  it('are enlarged by a double click and back, and are left by Escape, one step at a time', async () => {
    const page = await open(AXIAL);
    await openPlanes(page);
    await plane(page, 'coronal').dblclick();
    await settled(page);
    expect(await page.locator('[data-plane]').count()).toBe(1);
    await page.keyboard.press('n');
    await plane(page, 'axial').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-plane]').count()).toBe(3);
    await plane(page, 'axial').dblclick();
    await plane(page, 'axial').dblclick();
    expect(await page.locator('[data-plane]').count()).toBe(3);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-plane]').count()).toBe(0);
    await page.locator('[data-pane="pane-1"][data-index="20"]').waitFor();
  }, 60_000);

  it('scroll by wheel and keys one slice at a time, to the feet, the back and the left', async () => {
    const page = await open(REVERSED);
    await openPlanes(page);
    const before = await at(page);
    await plane(page, 'axial').hover();
    await page.mouse.wheel(0, 60);
    await settled(page);
    expect((await at(page))[2]).toBeCloseTo(before[2] - 2, 3);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('n');
    await page.keyboard.press('ArrowDown');
    expect((await at(page))[0]).toBeCloseTo(before[0] + 1, 3);
    await page.keyboard.press('n');
    await page.keyboard.press('PageDown');
    await settled(page);
    const [x, y, z] = await at(page);
    expect([x - before[0], y - before[1], z - before[2]].map((value) => Number(value.toFixed(3)))).toEqual([1, 15, 0]);
    await page.keyboard.press('Home');
    await settled(page);
    expect((await at(page))[1]).toBeCloseTo(-47.25, 3);
  }, 60_000);

  it('share window and level, by preset and by drag', async () => {
    const page = await open(AXIAL);
    await openPlanes(page);
    await page.keyboard.press('5');
    for (const name of NAMES) {
      expect(await plane(page, name).getAttribute('data-window-center')).toBe('480');
      await plane(page, name).getByText('W 2500 L 480 HU').waitFor();
    }
    const box = (await plane(page, 'sagittal').boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(box.x + 130, box.y + 100);
    await page.mouse.up({ button: 'right' });
    await settled(page);
    expect(Number(await plane(page, 'axial').getAttribute('data-window-width'))).toBeGreaterThan(2500);
  }, 60_000);

  it('project a slab: highest, lowest and mean values within so many millimetres', async () => {
    const page = await open(AXIAL);
    await openPlanes(page);
    // 10 mm in front of the ball the axial plane is empty; 30 mm of slab reach it.
    await clickPlace(page, 'coronal', [0, 0, 12]);
    expect(await brightSpot(page, 'axial', 200)).toBeUndefined();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('u');
    await plane(page, 'axial').getByText('MIP 30 mm').waitFor();
    await settled(page);
    await expectLandmark(page, 'axial', LANDMARK, 200);
    await page.keyboard.press('Shift+X');
    await plane(page, 'axial').getByText('MinIP 30 mm').waitFor();
    await settled(page);
    expect(await brightSpot(page, 'axial', 20)).toBeUndefined();
    await page.keyboard.press('Shift+X');
    await plane(page, 'axial').getByText('Average 30 mm').waitFor();
    await settled(page);
    // About a third of the slab is ball: 1000 HU become about 300, far below the highest.
    expect(await brightSpot(page, 'axial', 150)).toBeUndefined();
    await expectLandmark(page, 'axial', LANDMARK, 60);
  }, 60_000);

  it('turn about each other: an oblique plane through both landmarks shows both', async () => {
    const page = await open(AXIAL);
    await openPlanes(page);
    await clickPlace(page, 'coronal', [0, 0, 0]);
    await clickPlace(page, 'axial', [30, -20, 0]);
    await page.keyboard.press('ArrowLeft');
    for (const name of ['coronal', 'sagittal'] as const)
      await plane(page, name)
        .getByText(/, oblique$/)
        .waitFor();
    await plane(page, 'coronal')
      .getByRole('img', { name: /^Top H, right L, bottom F, left R$/ })
      .waitFor(HERE);
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowLeft');
    await settled(page);
    // From (30, −20) to (−24, 14) the way goes 32° counter-clockwise of right; 35° pass it by three millimetres, within the ball.
    // Towards the feet of the bright one stands the lesser one, 40 mm below: both together lie lower than the bright one.
    const lower = async () => {
      const [all, bright] = [await brightSpot(page, 'coronal', 80), await brightSpot(page, 'coronal', 200)];
      return (all!.y - bright!.y) * (await mmPerPixel(page, 'coronal'));
    };
    expect(await lower()).toBeGreaterThan(8);
    await page.keyboard.press('Shift+Z');
    await settled(page);
    expect(Math.abs(await lower())).toBeLessThan(1);
  }, 60_000);

  it('measure millimetres of the patient, and refuse to in a slab', async () => {
    const page = await open(AXIAL);
    await openPlanes(page);
    await page.keyboard.press('m');
    const box = (await plane(page, 'sagittal').boundingBox())!;
    const mm = await mmPerPixel(page, 'sagittal');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - 60, y - 30);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 20, { steps: 3 });
    await page.mouse.up();
    const said = await page.locator('[data-plane-length]').getAttribute('data-plane-length');
    expect(Number(said)).toBeCloseTo(Math.hypot(120, 50) * mm, 1);
    // It stands in the list of measurements, and is the way back to its plane.
    await page.keyboard.press('y');
    await plane(page, 'sagittal').waitFor({ ...HERE, state: 'detached' });
    const row = page.getByRole('button', { name: /^Length .* mm, series .*, sagittal plane$/ });
    await row.click();
    await settled(page);
    expect(await plane(page, 'sagittal').getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[data-plane="sagittal"] [data-plane-length]').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await page.locator('[data-plane="sagittal"] [data-plane-length]').waitFor(HERE);
    await page.keyboard.press('u');
    await page.mouse.move(x - 60, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y, { steps: 3 });
    await page.mouse.up();
    expect(await page.locator('html').getAttribute('data-problems')).toContain('No length in a slab');
    expect(await page.locator('[data-plane="sagittal"] [data-plane-length]').count()).toBe(1);
    await page.keyboard.press('a');
    expect(await page.locator('html').getAttribute('data-problems')).toContain('Not on planes');
  }, 60_000);
});
