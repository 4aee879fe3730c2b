import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import { BLOCK, OBLONG_CT, writePhantom } from '#tests/support/measured-phantom.ts';
import { readCanvas } from '#tests/support/viewer-harness/open-viewer.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';
import { axial, writeStudy } from '#tests/support/written-study.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('tools in a browser: skipped, chromium is not here\n');

const viewer = viewerInBrowser(isHere);

const open = (files: readonly string[]): Promise<Page> => viewer.show(files);
const pane = (page: Page) => page.locator('[data-pane="pane-1"]');
const boxOf = async (page: Page) => {
  const box = await pane(page).boundingBox();
  if (!box) throw new Error('no pane');
  return box;
};

/** Where an image pixel of a picture of 64 × 64 lies, by the block that is painted bright. */
async function placeOf(page: Page, column: number, row: number): Promise<{ x: number; y: number }> {
  const { width, height, rgb } = await readCanvas(page);
  const lit = Array.from({ length: width * height }, (_, at) => at).filter((at) => rgb[at * 3]! >= 128);
  const columns = lit.map((at) => at % width);
  const rows = lit.map((at) => Math.floor(at / width));
  const ends = (all: number[]) => [Math.min(...all), Math.max(...all) + 1] as const;
  const [[left, right], [top, bottom]] = [ends(columns), ends(rows)];
  const box = await boxOf(page);
  return {
    x: box.x + left + ((column - BLOCK.left + 0.5) / BLOCK.side) * (right - left),
    y: box.y + top + ((row - BLOCK.top + 0.5) / BLOCK.side) * (bottom - top),
  };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

describe.skipIf(!isHere)('a tool on the screen', () => {
  it('sets the window to the values inside a region, and leaves no measurement', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9101', OBLONG_CT));
    const [from, to] = [await placeOf(page, 19.6, 9.6), await placeOf(page, 29.4, 19.4)];
    await page.keyboard.press('x');
    await drag(page, from, to);
    // The block's 100 values are −24 … 75 HU.
    await expect.poll(() => pane(page).getAttribute('data-window-width')).toBe('100');
    expect(await pane(page).getAttribute('data-window-center')).toBe('26');
    expect(await page.getByRole('region', { name: 'Measurements' }).count()).toBe(0);
  });

  it('fits a pane that became narrower while a frame was on its way', async () => {
    const page = await open(writePhantom(viewer.scratch(), '2.25.9103', OBLONG_CT));
    const zoom = async () => /\d+ %/.exec((await pane(page).getByText(/^Zoom/).textContent()) ?? '')?.[0];
    const wide = await zoom();
    await page.evaluate(() => {
      const held: FrameRequestCallback[] = [];
      const real = globalThis.requestAnimationFrame.bind(globalThis);
      globalThis.requestAnimationFrame = (paint) => held.push(paint);
      globalThis.addEventListener('let-frames-go', () => {
        globalThis.requestAnimationFrame = real;
        for (const paint of held) real(paint);
      });
    });
    await page.keyboard.press('i');
    await page.setViewportSize({ width: 520, height: 1000 });
    await expect.poll(() => boxOf(page).then(({ width }) => width)).toBeLessThan(520);
    await page.evaluate(() => globalThis.dispatchEvent(new Event('let-frames-go')));
    await expect.poll(zoom).not.toBe(wide);
    // 64 columns of 0.8 mm and 64 rows of 0.5 mm, whole in the pane; zoom is screen pixels a row.
    const box = await boxOf(page);
    const mmPerPixel = Math.max((64 * 0.8) / box.width, (64 * 0.5) / box.height);
    expect(Number.parseInt((await zoom()) ?? '', 10)).toBeCloseTo((0.5 / mmPerPixel) * 100, -1);
  });

  it('labels vertebrae one after the other once the first is named', async () => {
    const page = await open(
      writePhantom(viewer.scratch(), '2.25.9102', { ...OBLONG_CT, ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }),
    );
    const at = [await placeOf(page, 40, 20), await placeOf(page, 40, 35), await placeOf(page, 40, 8)];
    await page.keyboard.press('Shift+V');
    await page.mouse.click(at[0]!.x, at[0]!.y);
    await page.getByRole('textbox', { name: /^Which vertebra/ }).fill('l3');
    await page.keyboard.press('Enter');
    await page.mouse.click(at[1]!.x, at[1]!.y);
    const words = page.locator('[data-kind=vertebra] tspan');
    await expect.poll(() => words.allTextContents()).toEqual(['L3', 'L4']);
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => words.allTextContents()).toEqual(['L3']);
    await page.mouse.click(at[2]!.x, at[2]!.y);
    await expect.poll(() => words.allTextContents()).toEqual(['L3', 'L2']);
  });

  it('scrolls fast with Shift and by a drag over the whole pane', async () => {
    const path = writeStudy(viewer.scratch(), '2.25.9103', { Modality: 'CT' }, [
      { n: 1, count: 240, facts: {}, each: axial(1) },
    ]);
    const page = await open([path]);
    await page.keyboard.press('Home');
    await page.locator('[data-pane="pane-1"][data-index="0"]').waitFor();
    const { x, y, width, height } = await boxOf(page);
    await page.mouse.move(x + width / 2, y + 4);
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 60);
    await page.keyboard.up('Shift');
    await page.locator('[data-pane="pane-1"][data-index="5"]').waitFor();
    await page.keyboard.press('Home');
    await page.locator('[data-pane="pane-1"][data-index="0"]').waitFor();
    await page.keyboard.press('s');
    await drag(page, { x: x + width / 2, y: y + 1 }, { x: x + width / 2, y: y + height - 1 });
    await expect.poll(async () => Number(await pane(page).getAttribute('data-index'))).toBeGreaterThan(230);
  });

  it('states the uptake of a PET image under the pointer, and the reason where there is none', async () => {
    const pet = {
      Modality: 'PT',
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.128',
      Units: 'BQML',
      DecayCorrection: 'ADMIN',
      CorrectedImage: ['ATTN', 'DECY'],
      RescaleSlope: 1,
      RescaleIntercept: 0,
      PatientWeight: 80,
      // 1000 g of body for each Bq: a stored value of 1034 is an SUV of 1.034.
      RadiopharmaceuticalInformationSequence: [{ RadionuclideTotalDose: 80_000_000 }],
    } as const;
    const page = await open(writePhantom(viewer.scratch(), '2.25.9104', pet));
    const pixel = await placeOf(page, 24, 13);
    await page.keyboard.press('q');
    await page.mouse.click(pixel.x, pixel.y);
    await expect.poll(() => page.locator('[data-kind=probe] tspan').allTextContents()).toEqual(['1.03 SUVbw']);
    await page.keyboard.press('2');
    await page.getByText(/^W 5 L 2.5 SUVbw/).waitFor({ state: 'attached' });

    const { PatientWeight: _, ...weightless } = pet;
    const refused = await open(writePhantom(viewer.scratch(), '2.25.9105', weightless));
    await refused.getByText('No SUV: the patient’s weight is missing').waitFor({ state: 'attached' });
  });
});
