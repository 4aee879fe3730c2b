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
  type WrittenVolume,
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

async function openStudy(
  volumes: readonly WrittenVolume[],
  query?: string,
  initScript?: 'keep-contexts',
): Promise<Page> {
  const paths = new Set(volumes.map((volume) => writeVolume(scratch, volume)));
  opened = await openViewer(browser, join(scratch, 'page'), [...paths], {
    ...(query !== undefined && { query }),
    ...(initScript && { initScript }),
  });
  await opened.page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
  await opened.page.getByRole('region', { name: 'Viewer' }).focus();
  return opened.page;
}

/** It has no size of its own. */
const HERE = { state: 'attached' } as const;

function open(acquisition: Acquisition): Promise<Page> {
  count += 1;
  return openStudy([{ study: `2.25.7001${count}`, acquisition }]);
}

const plane = (page: Page, name: PlaneName) => page.locator(`[data-plane="${name}"]`);

/** All slices are here and every plane on screen is painted in its final resolution. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panes = [...document.querySelectorAll<HTMLElement>('[data-plane], [data-rendering]')];
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
    await page.keyboard.press('Shift+P');
    await plane(page, 'axial').getByText('MinIP 30 mm').waitFor();
    await settled(page);
    expect(await brightSpot(page, 'axial', 20)).toBeUndefined();
    await page.keyboard.press('Shift+P');
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
    await page.keyboard.press('Shift+J');
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

  it('are a stage of the hanging for CT of the chest, left out where the series is no volume', async () => {
    const facts = { StudyDescription: 'CT chest', SeriesDescription: 'Soft tissue' };
    const page = await openStudy([{ study: '2.25.70101', acquisition: AXIAL, facts }]);
    await page.keyboard.press(',');
    await settled(page);
    expect(await page.locator('[data-plane]').count()).toBe(3);
    await page.keyboard.press('.');
    expect(await page.locator('[data-plane]').count()).toBe(0);
    await page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
    await opened?.close();
    const tilted = await openStudy([{ study: '2.25.70102', acquisition: TILTED, facts }]);
    await tilted.keyboard.press(',');
    await tilted.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
    expect(await tilted.locator('[data-plane]').count()).toBe(0);
  }, 60_000);

  it('too large for memory are made coarser and say so; landmarks stay where they are', async () => {
    const page = await openStudy([{ study: '2.25.70103', acquisition: AXIAL }], 'volume-limit=200000');
    await openPlanes(page);
    await plane(page, 'coronal').getByText('Coarser than the images: 2 × 2 pixels to one').waitFor();
    await clickPlace(page, 'coronal', LANDMARK.at);
    await clickPlace(page, 'axial', LANDMARK.at);
    for (const name of NAMES) await expectLandmark(page, name, LANDMARK, 180);
    await page.keyboard.press('y');
    await page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
  }, 60_000);

  it('outlive the loss of every graphics context, with the same view; the stacks come back behind them', async () => {
    const page = await openStudy([{ study: '2.25.70104', acquisition: AXIAL }], '', 'keep-contexts');
    await openPlanes(page);
    await clickPlace(page, 'coronal', LANDMARK.at);
    const before = await at(page);
    await page.evaluate(() => {
      const { keptContexts } = window as unknown as { keptContexts: WebGL2RenderingContext[] };
      for (const context of keptContexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await page.keyboard.press('2');
    await settled(page);
    await page.keyboard.press('1');
    await settled(page);
    expect(await at(page)).toEqual(before);
    await expectLandmark(page, 'axial', LANDMARK, 200);
    await page.keyboard.press('Escape');
    await page.locator('[data-pane="pane-1"][data-index="20"]').waitFor();
  }, 60_000);

  it('leave a reference line where the active stack cuts the other', async () => {
    const study = '2.25.70105';
    const facts = { StudyDescription: 'CT chest' };
    const page = await openStudy([
      { study, acquisition: AXIAL, facts },
      { study, n: 2, acquisition: SAGITTAL, facts },
    ]);
    await page.getByRole('combobox', { name: 'Layout' }).selectOption('1x2');
    await page.locator('[data-pane="pane-2"]').click();
    await page.getByRole('button', { name: /^Series 2/ }).click();
    await page.locator('[data-pane="pane-2"][data-index]').waitFor();
    await page.locator('[data-pane="pane-1"]').click();
    await page.keyboard.press('Home');
    // The first axial slice lies 79.25 of 81 mm below the upper edge of the sagittal image.
    const line = page.locator('[data-pane="pane-2"] [data-reference-line="pane-1"] line');
    await line.waitFor(HERE);
    await page.locator('[data-pane="pane-1"][data-index="0"]').waitFor();
    const y = async () => Number(await line.getAttribute('y1'));
    expect(await line.getAttribute('y2')).toBe(await line.getAttribute('y1'));
    const low = await y();
    await page.keyboard.press('End');
    await page.locator('[data-pane="pane-1"][data-index="40"]').waitFor();
    const high = await y();
    const [width = 0, height = 0] = await page
      .locator('[data-pane="pane-2"]')
      .evaluate((pane) => [pane.clientWidth, pane.clientHeight]);
    // 80 mm on an image of 96 × 81 mm that fits its pane.
    const mmPerPixelThere = Math.max(96 / width, 81 / height);
    expect((low - high) * mmPerPixelThere).toBeCloseTo(80, 0);
    await page.keyboard.press('Shift+G');
    expect(await line.count()).toBe(0);
  }, 60_000);

  it('are fused with PET of the same frame of reference: uptake by weight told, more or less of it by key', async () => {
    const study = '2.25.70106';
    const frame = { FrameOfReferenceUID: '2.25.70106.9' };
    const uptake: Ball = { at: [-24, 14, -16], radiusMm: 8, hu: 0 };
    const page = await openStudy([
      { study, acquisition: AXIAL, balls: [LANDMARK], facts: { ...frame, StudyDescription: 'CT chest' } },
      {
        study,
        n: 2,
        // Coarser, from the head down, every slice with a rescale of its own: 6 g/ml inside, nothing outside.
        acquisition: {
          ...REVERSED,
          first: [-46, -46, 40],
          step: [0, 0, -4],
          columns: 24,
          rows: 24,
          count: 21,
          columnMm: 4,
          rowMm: 4,
        },
        balls: [{ ...uptake, hu: 3000 - 1024 }],
        background: -1024,
        facts: {
          ...frame,
          Modality: 'PT',
          SOPClassUID: '1.2.840.10008.5.1.4.1.1.128',
          Units: 'GML',
          RescaleIntercept: 0,
        },
        each: (index) => ({ RescaleSlope: index % 2 === 0 ? 0.002 : 0.0020001 }),
      },
    ]);
    await page.getByRole('button', { name: /^Series 1/ }).click();
    await openPlanes(page);
    await clickPlace(page, 'coronal', uptake.at);
    await clickPlace(page, 'axial', uptake.at);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();
    await page.keyboard.press('Shift+D');
    await plane(page, 'axial').getByText('PT: SUVbw 0 to 7, 50 %').waitFor();
    await settled(page);
    await plane(page, 'axial').getByText('At the cross 0 HU, SUVbw 6').waitFor();
    for (const name of NAMES) {
      const spot = await brightSpot(page, name, 60);
      const wanted = await expectedAt(page, name, uptake.at);
      const mm = await mmPerPixel(page, name);
      expect(Math.abs(spot!.x - wanted.x) * mm, `${name} across`).toBeLessThan(3);
      expect(Math.abs(spot!.y - wanted.y) * mm, `${name} down`).toBeLessThan(3);
    }
    // Red at 6 of 7 is full: half of it at 50 %, three quarters at 75 %.
    expect(await brightSpot(page, 'axial', 140)).toBeUndefined();
    for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift+W');
    await plane(page, 'axial').getByText('PT: SUVbw 0 to 7, 70 %').waitFor();
    await settled(page);
    expect(await brightSpot(page, 'axial', 140)).toBeDefined();
    await page.keyboard.press('Shift+D');
    await settled(page);
    expect(await brightSpot(page, 'axial', 60)).toBeUndefined();
  }, 60_000);

  it('are not fused with what lies in another frame of reference', async () => {
    const study = '2.25.70107';
    const page = await openStudy([
      { study, acquisition: AXIAL, facts: { StudyDescription: 'CT chest' } },
      { study, n: 2, acquisition: AXIAL, facts: { Modality: 'PT', Units: 'GML', FrameOfReferenceUID: '2.25.70107.8' } },
    ]);
    await page.getByRole('button', { name: /^Series 1/ }).click();
    await openPlanes(page);
    await page.keyboard.press('Shift+D');
    expect(await page.locator('html').getAttribute('data-problems')).toContain(
      'Nothing to fuse: this study has no PET in the same frame of reference.',
    );
  }, 60_000);

  it('have a rendering beside them: what lies in front hides what lies behind, from every side', async () => {
    // Two balls one behind the other as seen from the front, apart as seen from the left.
    const front: Ball = { at: [0, -30, 0], radiusMm: 8, hu: 1000 };
    const behind: Ball = { at: [0, 25, 20], radiusMm: 8, hu: 1000 };
    const page = await openStudy([{ study: '2.25.70108', acquisition: AXIAL, balls: [front, behind] }]);
    await openPlanes(page);
    await page.keyboard.press('Shift+Y');
    const rendering = page.locator('[data-rendering="Bone"]');
    await rendering.getByRole('img', { name: 'Top H, right L, bottom F, left R' }).waitFor(HERE);
    await settled(page);
    const spotOf = () =>
      rendering.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let [left, right, top] = [canvas.width, 0, canvas.height];
        for (let at = 0; at < data.length; at += 4) {
          if (data[at]! < 60) continue;
          const x = (at / 4) % canvas.width;
          [left, right] = [Math.min(left, x), Math.max(right, x)];
          top = Math.min(top, Math.floor(at / 4 / canvas.width));
        }
        return { across: right - left, middle: (left + right) / 2 - canvas.width / 2, top: top - canvas.height / 2 };
      });
    const fromFront = await spotOf();
    expect(Math.abs(fromFront.middle)).toBeLessThan(3);
    // Turned to the right by a quarter: the right side of the patient comes to the front, the back to the left.
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Shift+A');
    await settled(page);
    await rendering.getByRole('img', { name: 'Top H, right A, bottom F, left P' }).waitFor(HERE);
    const fromSide = await spotOf();
    // 16 mm across become 16 + 55.
    expect(fromSide.across / fromFront.across).toBeCloseTo(71 / 16, 0);
    await page.keyboard.press('Shift+Y');
    await page.locator('[data-rendering="Soft tissue"]').waitFor();
    await page.keyboard.press('Shift+Y');
    await page.keyboard.press('Shift+Y');
    expect(await page.locator('[data-rendering]').count()).toBe(0);
  }, 60_000);
});
