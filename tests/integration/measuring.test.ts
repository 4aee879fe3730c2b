import { existsSync } from 'node:fs';

import type { Browser, Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import { BLOCK, OBLONG_CT, RADIOGRAPH, writePhantom } from '#tests/support/measured-phantom.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { launchChromium, readCanvas } from '#tests/support/viewer-harness/open-viewer.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('measuring in a browser: skipped, chromium is not here\n');

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

const viewer = viewerInBrowser(isHere);

const open = (
  files: readonly string[],
  {
    isByCard = false,
    priors = [],
    by,
  }: { readonly isByCard?: boolean; readonly priors?: readonly string[]; readonly by?: Browser } = {},
): Promise<Page> => viewer.show(files, { isByCard, priors }, by);

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The painted block's edges on screen, from the pixels that are bright; image edges of a block `side` pixels wide. */
async function paintedBlock(page: Page, paneId = 'pane-1'): Promise<Box> {
  const { width, height, rgb } = await readCanvas(page, paneId);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < width * height; at += 1) {
    if (rgb[at * 3]! < 128) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  const pane = await page.locator(`[data-pane="${paneId}"]`).boundingBox();
  if (!pane || right < 0) throw new Error('no block is painted');
  return { left: left + pane.x, top: top + pane.y, right: right + pane.x, bottom: bottom + pane.y };
}

/** Where an image pixel's place lies on screen, in an image that is neither turned nor mirrored. */
const onScreen = ({ left, top, right, bottom }: Box, column: number, row: number) => ({
  x: left + ((column - BLOCK.left + 0.5) / BLOCK.side) * (right - left),
  y: top + ((row - BLOCK.top + 0.5) / BLOCK.side) * (bottom - top),
});

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}
const words = (page: Page, kind: string) =>
  page.locator(`[data-measuring=layer] [data-kind=${kind}] tspan`).allTextContents();
const list = (page: Page) => page.getByRole('region', { name: 'Measurements' });
const numberIn = (text: string | undefined) => Number(/[\d.]+/.exec(text ?? '')?.[0]);

describe.skipIf(!isHere)('measuring on the screen', () => {
  it.each([{ isByCard: false }, { isByCard: true }])(
    'of the painted block is right, on pixels that are not square (card: $isByCard)',
    async ({ isByCard }) => {
      const page = await open(writePhantom(viewer.scratch(), '2.25.9001', OBLONG_CT), { isByCard });
      const block = await paintedBlock(page);
      const middle = (block.top + block.bottom) / 2;
      await page.keyboard.press('m');
      await drag(page, { x: block.left, y: middle }, { x: block.right, y: middle });
      // Ten columns of 0.8 mm; half a pixel is 0.4 mm.
      expect(Math.abs(numberIn((await words(page, 'length'))[0]) - 8)).toBeLessThanOrEqual(0.4);
      await page.keyboard.press('Shift+M');
      await drag(page, { x: block.left + 5, y: block.top }, { x: block.left + 5, y: block.bottom });
      // Ten rows of 0.5 mm.
      expect(Math.abs(numberIn((await words(page, 'length'))[0]) - 5)).toBeLessThanOrEqual(0.25);

      await page.keyboard.press('Shift+M');
      await page.keyboard.press('b');
      await drag(page, onScreen(block, 19.6, 9.6), onScreen(block, 29.4, 19.4));
      // 0 … 99 more than −24 HU: mean 49.5, SD √((100² − 1) / 12) = 28.87.
      expect((await words(page, 'rectangle')).slice(1)).toEqual(['mean 25.5 HU, SD 28.9', 'min −24, max 75, 100 px']);

      await page.keyboard.press('q');
      const pixel = onScreen(block, 24, 13);
      await page.mouse.click(pixel.x, pixel.y);
      // Row 3, column 4 of the block: 1034 − 1024.
      expect(await words(page, 'probe')).toEqual(['10 HU']);
    },
  );

  it('is right where there is no WebGL2', async () => {
    const plain = await launchChromium(['--disable-3d-apis']);
    const page = await open(writePhantom(viewer.scratch(), '2.25.9013', OBLONG_CT), { by: plain });
    const block = await paintedBlock(page);
    await page.keyboard.press('b');
    await drag(page, onScreen(block, 19.6, 9.6), onScreen(block, 29.4, 19.4));
    expect((await words(page, 'rectangle')).slice(1)).toEqual(['mean 25.5 HU, SD 28.9', 'min −24, max 75, 100 px']);
    await page.close();
    await plain.close();
  });

  it('draws angles, Cobb angles, two diameters and free outlines by drags and clicks', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9002', OBLONG_CT));
    const block = await paintedBlock(page);
    const at = (column: number, row: number) => onScreen(block, column, row);
    await page.keyboard.press('a');
    await drag(page, at(20, 40), at(10, 40));
    // 10 columns of 0.8 mm beside 16 rows of 0.5 mm: 45°.
    await page.mouse.move(at(20, 24).x, at(20, 24).y);
    await page.mouse.click(at(20, 24).x, at(20, 24).y);
    expect(Math.abs(numberIn((await words(page, 'angle'))[0]) - 45)).toBeLessThanOrEqual(0.3);

    await page.keyboard.press('c');
    await drag(page, at(30, 30), at(50, 30));
    await drag(page, at(30, 60), at(40, 44));
    expect(Math.abs(numberIn((await words(page, 'cobb'))[0]) - 45)).toBeLessThanOrEqual(0.3);

    await page.keyboard.press('d');
    await drag(page, at(5, 5), at(15, 5));
    await drag(page, at(10, 2), at(13, 8));
    // 10 × 0.8 mm, and 6 × 0.5 mm at right angles to it, wherever the pointer ended.
    expect((await words(page, 'bidirectional'))[0]).toMatch(/^[78]\.\d × (2\.9|3\.[01]) mm$/);

    await page.keyboard.press('l');
    await page.mouse.move(at(19.6, 9.6).x, at(19.6, 9.6).y);
    await page.mouse.down();
    for (const [column, row] of [
      [24.4, 9.6],
      [24.4, 14.4],
      [19.6, 14.4],
    ] as const)
      await page.mouse.move(at(column, row).x, at(column, row).y);
    await page.mouse.up();
    // Five by five pixels: 0 … 4, 10 … 14, … 44 more than −24 HU; mean 22.
    expect((await words(page, 'freehand')).slice(1)).toEqual(['mean −2.0 HU, SD 14.2', 'min −24, max 20, 25 px']);
  });

  it('goes along when the image is moved, turned and mirrored', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9003', OBLONG_CT));
    const block = await paintedBlock(page);
    await page.keyboard.press('b');
    await drag(page, { x: block.left, y: block.top }, { x: block.right, y: block.bottom });
    await page.keyboard.press('r');
    await page.keyboard.press('h');
    await page.mouse.move(500, 500);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(540, 470, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    const pane = await page.locator('[data-pane="pane-1"]').boundingBox();
    const drawn = page.locator('[data-kind=rectangle] path').last();
    const farthestEdge = async () => {
      const now = await paintedBlock(page);
      const numbers = ((await drawn.getAttribute('d')) ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
      const across = numbers.filter((_, at) => at % 2 === 0).map((x) => x + (pane?.x ?? 0));
      const down = numbers.filter((_, at) => at % 2 === 1).map((y) => y + (pane?.y ?? 0));
      const edges = [
        now.left - Math.min(...across),
        now.right - Math.max(...across),
        now.top - Math.min(...down),
        now.bottom - Math.max(...down),
      ];
      return Math.max(...edges.map(Math.abs));
    };
    await expect.poll(farthestEdge).toBeLessThanOrEqual(1);
    const turned = await paintedBlock(page);
    expect(Math.abs(turned.right - turned.left - (block.right - block.left))).toBeGreaterThan(10);
  });

  it('is a list: what is chosen comes on screen, can be named, deleted, and brought back', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9004', OBLONG_CT, 6));
    const block = await paintedBlock(page);
    const index = await page.locator('[data-pane="pane-1"]').getAttribute('data-index');
    await page.keyboard.press('m');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 40, 40));
    const row = list(page).getByRole('button', { name: /^Length 1[56]\.\d mm, series 4, image 53$/ });
    await row.waitFor();
    await page.keyboard.press('Home');
    await page.locator('[data-pane="pane-1"][data-index="0"]').waitFor();
    await expect.poll(() => page.locator('[data-measurement]').count()).toBe(0);
    await page.keyboard.press('Shift+L');
    await page.keyboard.press('Enter');
    await page.locator(`[data-pane="pane-1"][data-index="${index}"]`).waitFor();
    await page.locator('[data-measurement][data-selected=true]').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Viewer');

    await page.keyboard.press('Shift+T');
    await page.keyboard.type('Target 1');
    await page.keyboard.press('Enter');
    expect(await words(page, 'length')).toContain('Target 1');
    await page.keyboard.press('Delete');
    await list(page).waitFor({ state: 'detached' });
    expect(await page.locator('[data-measurement]').count()).toBe(0);
    await page.keyboard.press('Control+z');
    await list(page).getByText('Target 1').waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await list(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+y');
    await row.waitFor();
  });

  it('can be taken hold of and moved, with every tool', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9005', OBLONG_CT));
    const block = await paintedBlock(page);
    await page.keyboard.press('m');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 40, 40));
    await page.keyboard.press('w');
    const width = await page.locator('[data-pane="pane-1"]').getAttribute('data-window-width');
    await drag(page, onScreen(block, 40, 40), onScreen(block, 30, 40));
    expect(Math.abs(numberIn((await words(page, 'length'))[0]) - 8)).toBeLessThanOrEqual(0.2);
    expect(await page.locator('[data-pane="pane-1"]').getAttribute('data-window-width')).toBe(width);
    await drag(page, onScreen(block, 50, 50), onScreen(block, 60, 50));
    await expect.poll(() => page.locator('[data-pane="pane-1"]').getAttribute('data-window-width')).not.toBe(width);
  });

  it('lets Escape drop what is only half drawn', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9006', OBLONG_CT));
    const block = await paintedBlock(page);
    await page.keyboard.press('a');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 10, 40));
    expect(await page.locator('[data-kind=angle]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-kind=angle]').count()).toBe(0);
    expect(await list(page).count()).toBe(0);
  });

  it('on a radiograph is at the detector until the reader calibrates it', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9007', RADIOGRAPH));
    const block = await paintedBlock(page);
    await page.keyboard.press('m');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 40, 40));
    expect(await words(page, 'length')).toEqual(['4.0 mm at detector']);
    await page.keyboard.press('Shift+C');
    await drag(page, onScreen(block, 20, 30), onScreen(block, 40, 30));
    await page.getByRole('textbox', { name: 'This line is so long, in mm' }).fill('3');
    await page.keyboard.press('Enter');
    await expect.poll(() => words(page, 'length')).toEqual(['3.0 mm, calibrated by reader']);
    await page.getByText('Distances calibrated by reader').waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await expect.poll(() => words(page, 'length')).toEqual(['4.0 mm at detector']);
  });

  it('refuses to calibrate what the file has calibrated', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9008', OBLONG_CT));
    const block = await paintedBlock(page);
    await page.keyboard.press('Shift+C');
    await drag(page, onScreen(block, 20, 30), onScreen(block, 40, 30));
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.locator('html').getAttribute('data-problems')).toContain('Nothing was calibrated');
  });

  it('puts words beside an arrow', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9009', OBLONG_CT));
    const block = await paintedBlock(page);
    await page.keyboard.press('t');
    await drag(page, onScreen(block, 20, 30), onScreen(block, 40, 40));
    await page.getByRole('textbox', { name: 'Text of the arrow' }).fill('Fracture?');
    await page.keyboard.press('Enter');
    expect(await words(page, 'arrow')).toEqual(['Fracture?']);
    // The keys are the viewer's again.
    await page.keyboard.press('m');
    await page.locator('button[aria-pressed=true][aria-label="Measure length"]').waitFor();
  });

  it('shows true size by the ruler that was held to this display, and magnifies from the image’s own pixels', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9010', OBLONG_CT));
    await page.keyboard.press('Shift+O');
    // 400 CSS pixels are 100 mm: the block of 8 by 5 mm is 32 by 20 pixels.
    await page.getByRole('textbox', { name: 'Hold a ruler to the bar: its length in mm' }).fill('100');
    await page.keyboard.press('Enter');
    const size = async () => {
      const { left, top, right, bottom } = await paintedBlock(page);
      return [Math.abs(right - left - 32), Math.abs(bottom - top - 20)].every((off) => off <= 1);
    };
    await expect.poll(size).toBe(true);
    const block = await paintedBlock(page);
    await page.keyboard.press('g');
    await page.mouse.move((block.left + block.right) / 2, (block.top + block.bottom) / 2);
    await page.mouse.down();
    const lens = page.getByRole('img', { name: 'Magnifier' });
    await lens.waitFor();
    const lit = () =>
      lens.evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        return data.filter((value, at) => at % 4 === 0 && value > 127).length;
      });
    // Three times as wide and as high.
    await expect.poll(async () => Math.abs((await lit()) - 96 * 60) / (96 * 60)).toBeLessThan(0.06);
    await page.mouse.up();
    await lens.waitFor({ state: 'detached' });
  });

  it('leaves nothing of one patient in another’s case', async () => {
    const files = [
      ...writePhantom(viewer.scratch(), '2.25.9011', OBLONG_CT),
      ...writePhantom(viewer.scratch(), '2.25.9012', OBLONG_CT),
    ];
    const { page } = await viewer.open(files, { isIdle: true });
    await page.waitForFunction(() => 'harness' in window);
    const show = (studyInstanceUid: string) =>
      page.evaluate((uid) => {
        window.harness.show([{ studyInstanceUid: uid, role: 'current', description: '' }]);
      }, studyInstanceUid);
    const painted = (sop: string) => page.locator(`[data-pane="pane-1"][data-sop-instance-uid="${sop}"]`).waitFor();
    await show('2.25.9011');
    await painted('2.25.9011.4.1');
    await page.getByRole('region', { name: 'Viewer' }).focus();
    const block = await paintedBlock(page);
    await page.keyboard.press('m');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 40, 40));
    await list(page).waitFor();
    await show('2.25.9012');
    await painted('2.25.9012.4.1');
    expect(await list(page).count()).toBe(0);
    expect(await page.locator('[data-measurement]').count()).toBe(0);
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+y');
    expect(await list(page).count()).toBe(0);
    // The tool of the last case went with it: the left button windows again.
    const width = await page.locator('[data-pane="pane-1"]').getAttribute('data-window-width');
    await drag(page, onScreen(block, 20, 40), onScreen(block, 40, 40));
    await expect.poll(() => page.locator('[data-pane="pane-1"]').getAttribute('data-window-width')).not.toBe(width);
  });

  it('of a lesion on both studies makes a pair, which says what it was and can be parted', async () => {
    const [current, prior] = ['2.25.9041', '2.25.9042'];
    const files = [
      ...writePhantom(viewer.scratch(), current, OBLONG_CT),
      ...writePhantom(viewer.scratch(), prior, {
        ...OBLONG_CT,
        PixelSpacing: [0.5, 0.5],
        FrameOfReferenceUID: '2.25.77.2',
        StudyDate: '20250303',
      }),
    ];
    const page = await open(files, { priors: [prior] });
    await page.locator('[data-pane="pane-2"][data-sop-instance-uid]').waitFor();
    const across = async (paneId: string) => {
      const { left, right, top, bottom } = await paintedBlock(page, paneId);
      const middle = (top + bottom) / 2;
      await drag(page, { x: left, y: middle }, { x: right, y: middle });
    };
    await page.keyboard.press('m');
    await across('pane-1');
    await page.keyboard.press('Shift+B');
    expect(await page.locator('html').getAttribute('data-problems')).toContain('Measure the lesion the same way');
    await across('pane-2');
    await page.keyboard.press('Shift+B');
    const rows = list(page).getByRole('button', { name: /^Length/ });
    await expect.poll(() => rows.count()).toBe(2);
    const [was, is] = [rows.filter({ hasText: 'Lesion 1, before' }), rows.filter({ hasText: /before \d/ })];
    await was.waitFor();
    // Ten columns of 0.8 mm now, of 0.5 mm then: 60 % more, give or take half a pixel each.
    const change = Number(/\+(\d+) %/.exec((await is.getAttribute('aria-label')) ?? '')?.[1]);
    expect(change).toBeGreaterThan(45);
    expect(change).toBeLessThan(78);
    await page.keyboard.press('Shift+B');
    await expect.poll(() => was.count()).toBe(0);
    await page.keyboard.press('Control+z');
    await was.waitFor();
  });
});
