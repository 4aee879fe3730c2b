import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { readCanvas } from '#tests/support/viewer-harness/open-viewer.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { axial, writeStudy } from '#tests/support/written-study.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';

const TESTDATA = '../shared/testdata/dicom';
const isHere = existsSync(TESTDATA) && existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('cases in the viewer: skipped, test data or chromium is not here\n');

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

const viewer = viewerInBrowser(isHere);

/** Two studies behind the door, none open: `[ct, mr]` as the harness takes them. */
async function idle() {
  const { page, source } = await viewer.open(
    ['ct-chest', 'mr-brain'].map((name) => join(TESTDATA, name)),
    { isIdle: true },
  );
  await page.waitForFunction(() => 'harness' in window);
  const [ct, mr] = source
    .studies()
    .map((studyInstanceUid) => [{ studyInstanceUid, role: 'current' as const, description: '' }]);
  if (!ct || !mr) throw new Error('two studies');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return { page, ct, mr, asked, source };
}
const painted = (page: Page) => page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
const instances = (asked: readonly string[]) => asked.filter((path) => /^\/(pixels|dicomweb)\//.test(path));

/** Whether any pane's picture holds anything but black, asked in the very turn in which the case on screen changes. */
const showAndLook = (page: Page, next: Parameters<Harness['show']>[0]) =>
  page.evaluate((studies) => {
    const region = document.querySelector('[aria-label="Viewer"]');
    if (!region) throw new Error('no viewer');
    const isBlack = (canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.every((value, at) => value === 0 || at % 4 === 3);
    };
    return new Promise<{ readonly panes: number; readonly lit: number }>((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        const canvases = [...document.querySelectorAll<HTMLCanvasElement>('[data-pane] > div:first-child canvas')];
        resolve({ panes: canvases.length, lit: canvases.filter((canvas) => !isBlack(canvas)).length });
      }).observe(region, { attributeFilter: ['data-context-key'] });
      window.harness.show(studies);
    });
  }, next);

describe.skipIf(!isHere)('a viewer that outlives cases', () => {
  it('paints a case that was made ready from memory, and asks the door for nothing more', async () => {
    const { page, ct, asked } = await idle();
    await page.evaluate((next) => window.harness.makeReady(next), ct);
    await page.waitForFunction(() => performance.getEntriesByName('overread:next-ready').length === 1);
    expect(await page.locator('[data-sop-instance-uid]').count()).toBe(0);
    const before = instances(asked).length;
    expect(before).toBeGreaterThan(0);
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    await page.waitForFunction(() => performance.getEntriesByName('overread:series-complete').length === 1);
    expect(instances(asked)).toHaveLength(before);
    const { rgb } = await readCanvas(page);
    expect(new Set(rgb).size).toBeGreaterThan(100);
  });

  it('goes on to the series nobody looks at behind a case that was made ready', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'overread-cases-'));
    const facts = { Modality: 'CT', SeriesDescription: 'Axial' };
    const all = [1, 2, 3, 4, 5, 6].map((n) => ({ n, count: 2, facts, each: axial(5, n) }));
    const path = writeStudy(folder, '1.2.88', {}, all);
    const { page } = await viewer.open([path], { isIdle: true });
    await page.waitForFunction(() => 'harness' in window);
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    const study = [{ studyInstanceUid: '1.2.88', role: 'current' as const, description: '' }];
    await page.evaluate((next) => window.harness.makeReady(next), study);
    await page.waitForFunction(() => performance.getEntriesByName('overread:next-ready').length === 1);
    const ofFirst = instances([...asked]).length;
    await page.evaluate((next) => window.harness.show(next), study);
    await painted(page);
    const series = () => [...asked].filter((each) => each.startsWith('/pixels/')).length;
    await expect.poll(series, { timeout: 20_000 }).toBe(all.length);
    expect(ofFirst).toBeLessThan(all.length);
    rmSync(folder, { recursive: true });
  });

  it('takes up a prior that another site gave after the case was opened, keeps what is on screen, and takes it off again', async () => {
    const { page, ct, mr } = await idle();
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    const pane = page.locator('[data-pane="pane-1"]');
    const shown = () => pane.getAttribute('data-sop-instance-uid');
    const first = await shown();
    await page.locator('[aria-label="Viewer"]').press('PageDown');
    await expect.poll(shown, { timeout: 20_000 }).not.toBe(first);
    const seen = await shown();
    const withPrior = [...ct, ...mr.map((study) => ({ ...study, role: 'prior' as const }))];
    const priors = page.getByRole('region', { name: /^Prior/ });
    await page.evaluate((next) => window.harness.show(next), withPrior);
    await priors.first().waitFor();
    expect(await shown()).toBe(seen);
    await page.evaluate((next) => window.harness.show(next), ct);
    await priors.first().waitFor({ state: 'detached' });
    await painted(page);
    expect(await priors.count()).toBe(0);
  });

  it('lets go of what was made ready for another case than the one opened', async () => {
    const { page, ct, mr, asked } = await idle();
    await page.evaluate((next) => window.harness.makeReady(next), mr);
    await page.waitForFunction(() => performance.getEntriesByName('overread:next-ready').length === 1);
    const before = instances(asked).length;
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    expect(instances(asked).length).toBeGreaterThan(before);
    const shown = await page.locator('[data-pane="pane-1"]').getAttribute('aria-label');
    expect(shown).toContain('60 images');
  });

  it('leaves no pixel of a case on any pane when it closes, nor when another takes its place', async () => {
    const { page, ct, mr } = await idle();
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    expect(await showAndLook(page, undefined)).toEqual({ panes: 1, lit: 0 });
    expect(await page.locator('[data-sop-instance-uid]').count()).toBe(0);

    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    const change = await showAndLook(page, mr);
    expect(change.lit).toBe(0);
    await painted(page);
  });

  it('knows which images were on screen', async () => {
    const { page, ct } = await idle();
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    const bar = page.getByRole('scrollbar', { name: 'Images of this series' });
    await expect.poll(() => bar.getAttribute('aria-valuetext')).toBe('Image 30 of 60, 1 seen, 60 loaded');
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-index="30"]').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('[data-index="29"]').waitFor();
    await expect.poll(() => bar.getAttribute('aria-valuetext')).toBe('Image 30 of 60, 2 seen, 60 loaded');
  });

  it('takes what comes late where it stands, marked until it was looked at', async () => {
    const { page, ct, source } = await idle();
    const numberOf = (json: DicomJson) => Number(json['00200013']?.Value?.[0]);
    source.haveOnly((json) => numberOf(json) % 2 === 0);
    await page.evaluate((next) => window.harness.show(next), ct);
    await painted(page);
    const pane = page.locator('[data-pane="pane-1"]');
    const shown = await pane.getAttribute('data-sop-instance-uid');
    expect(await pane.getAttribute('data-total')).toBe('30');

    source.haveOnly(() => true);
    await page.evaluate((uid) => window.harness.takeLate(uid), ct[0]!.studyInstanceUid);
    await page.locator('[data-pane="pane-1"][data-total="60"][data-loaded="60"]').waitFor();
    expect(await pane.getAttribute('data-sop-instance-uid')).toBe(shown);
    const entry = page.getByRole('button', { name: /60 images, 30 new$/ });
    expect(await entry.textContent()).toContain('30 new, not looked at');

    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: /60 images, 29 new$/ }).waitFor();
    const painted60 = await pane.getAttribute('data-sop-instance-uid');
    expect(painted60).not.toBe(shown);
    await expect.poll(() => page.evaluate(() => window.harness.seen())).toEqual([shown, painted60]);
  });
});
