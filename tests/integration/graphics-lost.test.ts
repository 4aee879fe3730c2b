import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import { readCanvas } from '#tests/support/viewer-harness/open-viewer.ts';
import { NAMES, openPlanes, plane, settled } from '#tests/support/viewer-harness/planes-page.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';
import { AXIAL, writeVolume } from '#tests/support/volume-phantom.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('lost graphics: skipped, chromium is not here\n');

const viewer = viewerInBrowser(isHere);
const pane = (page: Page, at: number) => page.locator(`[data-pane="pane-${at}"]`);

/** Every context there is, as a driver that starts anew takes them; resolves when the viewer says that it is back. */
async function loseGraphics(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const name of ['lost', 'back']) performance.clearMarks(`overread:graphics-${name}`);
    const { keptContexts } = window as unknown as { keptContexts: WebGL2RenderingContext[] };
    for (const context of keptContexts.splice(0)) context.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await page.waitForFunction(() =>
    ['lost', 'back'].every((name) => performance.getEntriesByName(`overread:graphics-${name}`).length === 1),
  );
}

/** What is painted in so many panes, and what stands over the pixels: words, drawings. */
async function seen(page: Page, panes: number) {
  const all = [];
  for (let at = 1; at <= panes; at += 1) {
    const drawn = await pane(page, at).evaluate((host: HTMLElement) => ({
      words: host.innerText,
      drawings: [...host.querySelectorAll('[data-measurement] path')].map((path) => path.getAttribute('d')),
    }));
    const { rgb } = await readCanvas(page, `pane-${at}`);
    all.push({ ...drawn, rgb: Buffer.from(rgb).toString('base64') });
  }
  return all;
}

async function drag(page: Page, at: number, [fromX, fromY]: readonly [number, number], dx: number, dy: number) {
  const box = (await pane(page, at).boundingBox())!;
  const [x, y] = [box.x + box.width * fromX, box.y + box.height * fromY];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 3 });
  await page.mouse.up();
}

/** Slice, window, zoom, place and turn of its own in each. */
async function arrange(page: Page, panes: number): Promise<void> {
  for (let at = 1; at <= panes; at += 1) {
    await pane(page, at).click();
    if (panes > 1) await page.getByRole('navigation', { name: 'Series' }).getByRole('button').first().click();
    await pane(page, at).and(page.locator('[data-index]')).waitFor();
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < at * 3; step += 1) await page.keyboard.press('ArrowDown');
    await page.locator(`[data-pane="pane-${at}"][data-index="${at * 3}"]`).waitFor();
    await page.keyboard.press(String(at + 1));
    await page.keyboard.press('z');
    await drag(page, at, [0.4, 0.4], 0, -10 * at);
    await page.keyboard.press('p');
    await drag(page, at, [0.5, 0.5], 12 * at, -7 * at);
    for (let turn = 0; turn < at; turn += 1) await page.keyboard.press('r');
    if (at % 2 === 0) await page.keyboard.press('h');
    await page.keyboard.press('m');
    await drag(page, at, [0.4, 0.4], 60, 25);
    await pane(page, at).locator('[data-kind=length]').waitFor({ state: 'attached' });
    await page.keyboard.press('w');
  }
}

describe.skipIf(!isHere)('after the graphics context was lost', () => {
  it.each([
    { panes: 1, layout: '1x1' },
    { panes: 4, layout: '2x2' },
  ])(
    'each of $panes panes has the same pixels, words and drawings',
    async ({ panes, layout }) => {
      const page = await viewer.show(['../shared/testdata/dicom/ct-chest'], {
        initScript: 'keep-contexts',
        isByCard: true,
      });
      await page.getByRole('combobox', { name: 'Layout' }).selectOption(layout);
      await arrange(page, panes);
      const before = await seen(page, panes);
      expect(new Set(before.map(({ rgb }) => rgb)).size).toBe(panes);
      await loseGraphics(page);
      expect(await seen(page, panes)).toEqual(before);
      // And it goes on from there.
      await page.getByRole('region', { name: 'Viewer' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.locator(`[data-pane="pane-${panes}"][data-index="${panes * 3 + 1}"]`).waitFor();
    },
    60_000,
  );

  it('again and again the processor paints, and slice, window, zoom and place stay', async () => {
    const page = await viewer.show(['../shared/testdata/dicom/ct-chest'], {
      initScript: 'keep-contexts',
      isByCard: true,
    });
    await arrange(page, 1);
    const [{ words, drawings } = { words: '', drawings: [] }] = await seen(page, 1);
    for (let loss = 0; loss < 3; loss += 1) await loseGraphics(page);
    const [after] = await seen(page, 1);
    expect(after).toMatchObject({ words, drawings });
    expect(new Set(Buffer.from(after?.rgb ?? '', 'base64')).size).toBeGreaterThan(100);
  }, 60_000);

  it('planes have the same pixels, and the stack behind them its own', async () => {
    const study = writeVolume(viewer.scratch(), { study: '2.25.70301', acquisition: AXIAL });
    const page = await viewer.show([study], { initScript: 'keep-contexts', isByCard: true });
    await arrange(page, 1);
    const stack = await seen(page, 1);
    await openPlanes(page);
    for (const key of ['ArrowDown', 'ArrowLeft', 'u']) await page.keyboard.press(key);
    await settled(page);
    const painted = () =>
      Promise.all(
        NAMES.map((name) =>
          plane(page, name)
            .locator('canvas')
            .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()),
        ),
      );
    const before = await painted();
    await loseGraphics(page);
    await settled(page);
    expect(await painted()).toEqual(before);
    await page.keyboard.press('y');
    await pane(page, 1).and(page.locator('[data-index="3"]')).waitFor();
    await expect.poll(() => seen(page, 1)).toEqual(stack);
  }, 60_000);
});
