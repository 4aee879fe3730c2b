import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildHarnessPage } from '#tests/support/viewer-harness/build-page.ts';
import {
  launchChromium,
  openViewer,
  readCanvas,
  type OpenViewer,
  type ViewerOptions,
} from '#tests/support/viewer-harness/open-viewer.ts';

const TESTDATA = '../shared/testdata/dicom';
const isHere = existsSync(TESTDATA) && existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('viewer in a browser: skipped, test data or chromium is not here\n');

let browser: Browser;
let scratch = '';
const opened: OpenViewer[] = [];

beforeAll(async () => {
  if (!isHere) return;
  scratch = mkdtempSync(join(tmpdir(), 'viewer-'));
  await buildHarnessPage(join(scratch, 'page'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
});

async function open(paths: readonly string[], options?: ViewerOptions, by: Browser = browser): Promise<Page> {
  const viewer = await openViewer(
    by,
    join(scratch, 'page'),
    paths.map((path) => join(TESTDATA, path)),
    options,
  );
  opened.push(viewer);
  return viewer.page;
}
const painted = (page: Page, paneId = 'pane-1') => page.locator(`[data-pane="${paneId}"][data-sop-instance-uid]`);
const atIndex = (page: Page, index: number, paneId = 'pane-1') =>
  page.locator(`[data-pane="${paneId}"][data-index="${index}"]`).waitFor();
const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });

async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) {
    expect(one.complaints).toEqual([]);
    await one.close();
  }
}

describe.skipIf(!isHere)('the viewer', () => {
  it('opens a CT at its middle, marks the first image and the complete series, and complains of nothing', async () => {
    const page = await open(['ct-chest']);
    await painted(page).waitFor();
    await atIndex(page, 29);
    await page.locator('[data-pane="pane-1"][data-loaded="60"][data-total="60"]').waitFor();
    const marks = await page.evaluate(() =>
      performance
        .getEntriesByType('mark')
        .map((mark) => [mark.name, (mark as PerformanceMark).detail?.studyInstanceUid]),
    );
    const study = opened[0]?.source.studies()[0];
    expect(marks).toContainEqual(['overread:first-image', study]);
    expect(marks).toContainEqual(['overread:series-complete', study]);
    await closeAll();
  });

  it('scrolls by keys and wheel, and names the very instance that is painted', async () => {
    const page = await open(['ct-chest']);
    await painted(page).waitFor();
    await viewer(page).focus();
    const uid = () => page.locator('[data-pane="pane-1"]').getAttribute('data-sop-instance-uid');
    const numberOf = (sop: string | null) =>
      opened[0]?.source.metadata(opened[0].source.studies()[0]!).find((data) => data['00080018']?.Value?.[0] === sop)?.[
        '00200013'
      ]?.Value?.[0];
    await page.keyboard.press('Home');
    await atIndex(page, 0);
    const first = await uid();
    await page.keyboard.press('PageDown');
    await atIndex(page, 10);
    expect(Math.abs(Number(numberOf(await uid())) - Number(numberOf(first)))).toBe(10);
    await page.keyboard.press('ArrowUp');
    await atIndex(page, 9);
    await page.keyboard.press('End');
    await atIndex(page, 59);
    await page.locator('[data-pane="pane-1"]').hover();
    await page.mouse.wheel(0, -120);
    await atIndex(page, 57);
    expect(await page.getByText('Im 58/60').count()).toBe(1);
    await closeAll();
  });

  it('sets windows by number keys and by dragging, in the unit of the image', async () => {
    const page = await open(['ct-chest']);
    await painted(page).waitFor();
    await viewer(page).focus();
    // The words stand there before the picture does: what counts is that the picture follows.
    const isPicture = async (other: Uint8Array) =>
      Buffer.compare(Buffer.from(other), Buffer.from((await readCanvas(page)).rgb)) === 0;
    const ofFile = (await readCanvas(page)).rgb;
    await page.keyboard.press('2');
    await page.getByText('W 80 L 40 HU').waitFor({ state: 'attached' });
    await expect.poll(() => isPicture(ofFile), { timeout: 20_000 }).toBe(false);
    await page.keyboard.press('1');
    await page.getByText('W 2000 L -450 HU').waitFor({ state: 'attached' });
    await expect.poll(() => isPicture(ofFile), { timeout: 20_000 }).toBe(true);
    await page.mouse.move(700, 400);
    await page.mouse.down();
    await page.mouse.move(760, 430, { steps: 6 });
    await page.mouse.up();
    await page.getByText('W 2000 L -450 HU').waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+R');
    await page.getByText('W 2000 L -450 HU').waitFor({ state: 'attached' });
    await closeAll();
  });

  it('measures millimetres with one decimal', async () => {
    const page = await open(['ct-chest']);
    await painted(page).waitFor();
    await viewer(page).focus();
    await page.keyboard.press('o');
    await page.getByText(/^Zoom 100 %/).waitFor({ state: 'attached' });
    await page.keyboard.press('m');
    await page.mouse.move(600, 400);
    await page.mouse.down();
    await page.mouse.move(700, 400, { steps: 8 });
    await page.mouse.up();
    // 100 pixels of 0.78125 mm each.
    await page.getByText('78.1 mm', { exact: true }).waitFor({ state: 'attached' });
    await closeAll();
  });

  it('turns and mirrors as seen, in any order, and the letters at the edges go with the image', async () => {
    const page = await open(['ct-chest']);
    await painted(page).waitFor();
    await viewer(page).focus();
    // Clockwise from the top.
    let edges = ['A', 'L', 'P', 'R'];
    const steps: Readonly<Record<string, (before: string[]) => string[]>> = {
      r: ([top, right, bottom, left]) => [left!, top!, right!, bottom!],
      h: ([top, right, bottom, left]) => [top!, left!, bottom!, right!],
      v: ([top, right, bottom, left]) => [bottom!, right!, top!, left!],
    };
    for (const key of 'rhhvrrvhrvrhrrv') {
      await page.keyboard.press(key);
      edges = steps[key]!(edges);
      const [top, right, bottom, left] = edges;
      const name = `Top ${top}, right ${right}, bottom ${bottom}, left ${left}`;
      await page.getByRole('img', { name }).waitFor({ state: 'attached', timeout: 5000 });
    }
    await page.keyboard.press('ArrowDown');
    await atIndex(page, 30);
    expect(await page.locator('[aria-label^="Top"]').getAttribute('aria-label')).toMatch(
      new RegExp(`^Top ${edges[0]}, right ${edges[1]},`),
    );
    await page.keyboard.press('Shift+R');
    await page.getByRole('img', { name: 'Top A, right L, bottom P, left R' }).waitFor({ state: 'attached' });
    await closeAll();
  });

  it('draws by the processor where there is no WebGL2', async () => {
    const plain = await launchChromium(['--disable-3d-apis']);
    const page = await open(['ct-chest/ct-chest-031.dcm'], undefined, plain);
    await painted(page).waitFor();
    const { rgb } = await readCanvas(page);
    expect(new Set(rgb).size).toBeGreaterThan(100);
    await viewer(page).focus();
    await page.keyboard.press('h');
    await page.getByRole('img', { name: 'Top A, right R, bottom P, left L' }).waitFor({ state: 'attached' });
    await closeAll();
    await plain.close();
  });

  it('says in place why a frame cannot be shown', async () => {
    const page = await open(['corrupt/mr-truncated.dcm']);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/^Image \d+ of \d+ cannot be shown\n+.+/s);
    await closeAll();
  });

  it('lists what is no image for what it is', async () => {
    const page = await open(['sr', 'ct-chest/ct-chest-031.dcm']);
    await painted(page).waitFor();
    expect(await page.getByText('Structured report', { exact: false }).count()).toBeGreaterThan(0);
    await closeAll();
  });

  it('shows a series in the active pane from the list, by keyboard alone', async () => {
    const page = await open(['multiframe/us-echo-ybr422-17f.dcm', 'ct-chest/ct-chest-031.dcm']);
    await painted(page).waitFor();
    const before = await page.locator('[data-pane="pane-1"]').getAttribute('data-sop-instance-uid');
    const buttons = page.getByRole('navigation', { name: 'Series' }).getByRole('button', { pressed: false });
    await buttons.first().focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('[data-pane="pane-1"]').getAttribute('data-sop-instance-uid'))
      .not.toBe(before);
    await closeAll();
  });

  it('hangs the prior beside the current study and scrolls both by the same distance', async () => {
    const prior = '1.2.826.0.1.3680043.8.498.172569766509356227417197751';
    const page = await open(['ct-chest', 'geometry/ct-uneven'], { priors: [prior] });
    await painted(page, 'pane-1').waitFor();
    await painted(page, 'pane-2').waitFor();
    expect(await page.locator('[data-pane="pane-2"]').innerText()).toContain('Prior');
    expect(await page.getByRole('button', { name: 'Link scrolling', pressed: true }).count()).toBe(1);
    const indexOf = async (pane: string) =>
      Number(await page.locator(`[data-pane="${pane}"]`).getAttribute('data-index'));
    const [current, old] = [await indexOf('pane-1'), await indexOf('pane-2')];
    await viewer(page).focus();
    await page.keyboard.press('PageDown');
    await atIndex(page, current + 10);
    // Ten slices of 1 mm here are one or two of 5 to 10 mm there.
    await expect.poll(async () => Math.abs((await indexOf('pane-2')) - old)).toBeGreaterThan(0);
    expect(Math.abs((await indexOf('pane-2')) - old)).toBeLessThanOrEqual(2);
    await closeAll();
  });

  it('brings a lesion measured on both studies up on both sides', async () => {
    const prior = '1.2.826.0.1.3680043.8.498.172569766509356227417197751';
    const page = await open(['ct-chest', 'geometry/ct-uneven'], { priors: [prior] });
    await painted(page, 'pane-1').waitFor();
    await painted(page, 'pane-2').waitFor();
    const indexOf = async (pane: string) =>
      Number(await page.locator(`[data-pane="${pane}"]`).getAttribute('data-index'));
    await viewer(page).focus();
    await page.keyboard.press('m');
    for (const pane of ['pane-1', 'pane-2']) {
      const box = await page.locator(`[data-pane="${pane}"]`).boundingBox();
      const [x, y] = [box!.x + box!.width / 2, box!.y + box!.height / 2];
      await page.mouse.move(x - 30, y);
      await page.mouse.down();
      await page.mouse.move(x + 30, y, { steps: 4 });
      await page.mouse.up();
    }
    await page.keyboard.press('Shift+B');
    const lesion = page.getByRole('region', { name: 'Measurements' }).getByRole('button', { name: /before \d/ });
    await lesion.waitFor();
    const places = [await indexOf('pane-1'), await indexOf('pane-2')];
    await page.keyboard.press('End');
    await expect.poll(async () => [await indexOf('pane-1'), await indexOf('pane-2')]).not.toContain(places[1]);
    await lesion.click();
    await expect.poll(async () => [await indexOf('pane-1'), await indexOf('pane-2')]).toEqual(places);
    await closeAll();
  });

  it('plays a cine and stops', async () => {
    const page = await open(['multiframe/us-echo-ybr422-17f.dcm']);
    await painted(page).waitFor();
    await page.getByRole('button', { name: 'Play or pause' }).click();
    await atIndex(page, 5);
    await page.getByRole('button', { name: 'Play or pause', pressed: true }).click();
    await page.getByRole('button', { name: 'Play or pause', pressed: false }).waitFor();
    await closeAll();
  });

  it('lays out panes, keeps one active and maximises it by double click', async () => {
    const page = await open(['ct-chest', 'mr-brain']);
    await painted(page).waitFor();
    await page.getByLabel('Layout').selectOption('2x2');
    expect(await page.locator('[data-pane]').count()).toBe(4);
    await page.locator('[data-pane="pane-2"]').click();
    expect(await page.locator('[data-pane][aria-current="true"]').getAttribute('data-pane')).toBe('pane-2');
    await page.locator('[data-pane="pane-1"]').dblclick();
    expect(await page.locator('[data-pane]').count()).toBe(1);
    await page.locator('[data-pane="pane-1"]').dblclick();
    expect(await page.locator('[data-pane]').count()).toBe(4);
    await painted(page).waitFor();
    await closeAll();
  });

  it.each([
    [792, 700],
    [480, 400],
  ])('lets nothing overflow at %i by %i', async (width, height) => {
    const page = await open(['ct-chest'], { width, height });
    await painted(page).waitFor();
    const overflow = await page.evaluate(() => {
      const region = document.querySelector('[aria-label="Viewer"]')!;
      const edge = region.getBoundingClientRect();
      return [...region.querySelectorAll('button, select, [data-pane] div')]
        .map((element) => element.getBoundingClientRect())
        .filter((box) => box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1)).length;
    });
    expect(overflow).toBe(0);
    await closeAll();
  });
});
