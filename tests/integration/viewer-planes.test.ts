import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import {
  AXIAL,
  LANDMARK,
  LESSER,
  PRONE,
  REVERSED,
  SAGITTAL,
  TILTED,
  writeVolume,
  type Acquisition,
  type Ball,
  type Place,
} from '#tests/support/volume-phantom.ts';
import { buildHarnessPage } from '#tests/support/viewer-harness/build-page.ts';
import { launchChromium, openViewer, type OpenViewer } from '#tests/support/viewer-harness/open-viewer.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('planes in a browser: skipped, chromium is not here\n');

let browser: Browser;
let scratch = '';
let opened: OpenViewer | undefined;
let count = 0;

beforeAll(async () => {
  if (!isHere) return;
  scratch = mkdtempSync(join(tmpdir(), 'viewer-planes-'));
  await buildHarnessPage(join(scratch, 'page'));
  browser = await launchChromium();
}, 120_000);
afterEach(async () => {
  expect(opened?.complaints).toEqual([]);
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await browser?.close();
  if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
});

type PlaneName = 'axial' | 'coronal' | 'sagittal';
/** What right and down on the screen are in the patient, by radiological convention. */
const ON_SCREEN: Record<PlaneName, { right: Place; down: Place }> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};
const NAMES = Object.keys(ON_SCREEN) as PlaneName[];

async function open(acquisition: Acquisition, balls?: readonly Ball[]): Promise<Page> {
  count += 1;
  const path = writeVolume(scratch, { study: `2.25.7001${count}`, acquisition, ...(balls && { balls }) });
  opened = await openViewer(browser, join(scratch, 'page'), [path]);
  await opened.page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
  await opened.page.getByRole('region', { name: 'Viewer' }).focus();
  return opened.page;
}

const plane = (page: Page, name: PlaneName) => page.locator(`[data-plane="${name}"]`);

/** All slices are here and every plane on screen is painted in its final resolution. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panes = [...document.querySelectorAll<HTMLElement>('[data-plane]')];
    return (
      panes.length > 0 &&
      panes.every((pane) => pane.dataset['loaded'] === pane.dataset['total']) &&
      panes.every((pane) => pane.querySelector('canvas')?.dataset['painted'] === 'fully')
    );
  });
}
async function openPlanes(page: Page): Promise<void> {
  await page.keyboard.press('y');
  await settled(page);
}

const dot = (a: Place, b: Place): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const at = async (page: Page): Promise<Place> => {
  const [x = 0, y = 0, z = 0] = ((await plane(page, 'axial').getAttribute('data-at')) ?? '').split(' ').map(Number);
  return [x, y, z];
};
const mmPerPixel = async (page: Page, name: PlaneName) =>
  Number(await plane(page, name).getAttribute('data-mm-per-pixel'));

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly pixels: number;
}
/** The middle of what is at least so bright on a plane, from the middle of its pane; CSS pixels. */
const brightSpot = (page: Page, name: PlaneName, least: number): Promise<Spot | undefined> =>
  page.evaluate(
    ([id, from]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-plane="${id}"] canvas`);
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('no canvas');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let [x, y, pixels] = [0, 0, 0];
      for (let index = 0; index < data.length; index += 4) {
        if (data[index]! < from) continue;
        x += (index / 4) % canvas.width;
        y += Math.floor(index / 4 / canvas.width);
        pixels += 1;
      }
      if (pixels === 0) return undefined;
      return { x: x / pixels + 0.5 - canvas.width / 2, y: y / pixels + 0.5 - canvas.height / 2, pixels };
    },
    [name, least] as const,
  );

/** Where a place of the patient lies on a plane, from the middle of the pane: there the middle of the phantom is. */
async function expectedAt(page: Page, name: PlaneName, [x, y, z]: Place): Promise<{ x: number; y: number }> {
  const { right, down } = ON_SCREEN[name];
  const mm = await mmPerPixel(page, name);
  return { x: dot([x, y, z], right) / mm, y: dot([x, y, z], down) / mm };
}

async function clickPlace(page: Page, name: PlaneName, place: Place): Promise<void> {
  const box = await plane(page, name).boundingBox();
  if (!box) throw new Error('no plane');
  const spot = await expectedAt(page, name, place);
  await page.mouse.click(box.x + box.width / 2 + spot.x, box.y + box.height / 2 + spot.y);
  await settled(page);
}

/** A pixel or two: a click is a whole pixel, a ball has voxels of up to two millimetres. */
const NEAR_MM = 1.2;

async function expectLandmark(page: Page, name: PlaneName, { at: place }: Ball, least: number): Promise<void> {
  const spot = await brightSpot(page, name, least);
  const wanted = await expectedAt(page, name, place);
  const mm = await mmPerPixel(page, name);
  expect(spot, `${name} shows it`).toBeDefined();
  expect(Math.abs(spot!.x - wanted.x) * mm, `${name} across`).toBeLessThan(NEAR_MM);
  expect(Math.abs(spot!.y - wanted.y) * mm, `${name} down`).toBeLessThan(NEAR_MM);
}

describe.skipIf(!isHere)('planes through a volume', () => {
  it.each([
    ['axial slices from the feet up', AXIAL],
    ['axial slices from the head down', REVERSED],
    ['slices of a patient lying on the belly', PRONE],
    ['sagittal slices', SAGITTAL],
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
    await plane(page, 'axial').getByRole('img', { name: 'Top A, right L, bottom P, left R' }).waitFor();
    await plane(page, 'coronal').getByRole('img', { name: 'Top H, right L, bottom F, left R' }).waitFor();
    await plane(page, 'sagittal').getByRole('img', { name: 'Top H, right P, bottom F, left A' }).waitFor();
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
});
