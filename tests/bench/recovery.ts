import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { countOf } from '#shared/kernel/count-of.ts';
import { buildHarnessPage } from '#tests/support/viewer-harness/build-page.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { launchChromium, openViewer } from '#tests/support/viewer-harness/open-viewer.ts';
import { settled } from '#tests/support/viewer-harness/planes-page.ts';
import { writeVolume } from '#tests/support/volume-phantom.ts';

import { readRunOptions, type RunOptions } from './run-options.ts';
import { runsOf, table } from './runs.ts';

const USAGE = 'usage: bench -- recovery [--runs N] [--slices N] [--json FILE]';
/** The target: lost graphics are back with the same view within this. */
const LIMIT_MS = 2000;
const SIDE = 512;
const STUDY = '2.25.70401';
const LAYOUTS = [
  { name: 'one pane', panes: 1, layout: '1x1' },
  { name: 'four panes', panes: 4, layout: '2x2' },
  { name: 'nine panes', panes: 9, layout: '3x3' },
  { name: 'planes', panes: 1, layout: '1x1', isPlanes: true },
] as const;

/** `bench -- recovery`: from the loss of every graphics context to the same view on screen, against opening that study anew; drawn as by a card. */
export async function benchRecovery(argv: readonly string[]): Promise<number> {
  const options = readRunOptions(argv, { slices: 100, leastSlices: 3, most: Infinity });
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const { runs, slices } = options;
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-'));
  const browser = await launchChromium();
  try {
    await buildHarnessPage(join(folder, 'page'));
    const facts = { StudyDescription: 'CT chest' };
    // An image of nothing is no first image.
    const balls = [{ at: [0, 0, 0], radiusMm: 100, hu: 250 }] as const;
    const path = writeVolume(folder, { study: STUDY, acquisition: acquisition(slices), balls, facts });
    const before = loadavg();
    const [back, anew] = [new Map<string, number[]>(), [] as number[]];
    for (let run = 0; run < runs; run += 1) {
      for (const { name, ...arrangement } of LAYOUTS) {
        // A page of its own: the card of one that loses its graphics again and again is given up.
        const { page, close } = await openViewer(browser, join(folder, 'page'), [path], HOW);
        // The first opening of a page is not counted: its code is read then.
        await openStudy(page, slices);
        anew.push(await openStudy(page, slices));
        await arrange(page, arrangement);
        back.set(name, [...(back.get(name) ?? []), await loseGraphics(page)]);
        await close();
      }
    }
    return report(options, [...back], anew, { before, after: loadavg() });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const HOW = { initScript: 'keep-contexts', isByCard: true, isIdle: true } as const;

const acquisition = (count: number) => ({
  row: [1, 0, 0] as const,
  column: [0, 1, 0] as const,
  first: [-SIDE / 4, -SIDE / 4, -count / 2] as const,
  step: [0, 0, 1] as const,
  columns: SIDE,
  rows: SIDE,
  count,
  columnMm: 0.5,
  rowMm: 0.5,
});

/** From the call to the first image; then all of the series is waited for. */
async function openStudy(page: Page, slices: number): Promise<number> {
  const viewer = page.getByRole('region', { name: 'Viewer' });
  await page.evaluate(() => (window as unknown as { harness: Harness }).harness.show(undefined));
  await viewer.and(page.locator(':not([data-context-key])')).waitFor();
  await page.evaluate((study) => {
    const { harness } = window as unknown as { harness: Harness };
    for (const name of ['open', 'first-image', 'series-complete']) performance.clearMarks(`overread:${name}`);
    harness.show([{ studyInstanceUid: study, role: 'current', description: '' }]);
  }, STUDY);
  await page.locator(`[data-pane="pane-1"][data-loaded="${slices}"]`).waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('overread:first-image').length > 0);
  return between(page, 'open', 'first-image');
}

const between = (page: Page, from: string, to: string): Promise<number> =>
  page.evaluate(
    ([one, other]) => {
      const at = (name: string) => performance.getEntriesByName(`overread:${name}`).at(-1)?.startTime ?? Number.NaN;
      return at(other) - at(one);
    },
    [from, to] as const,
  );

async function arrange(page: Page, arrangement: { panes: number; layout: string; isPlanes?: boolean }): Promise<void> {
  const { panes, layout, isPlanes = false } = arrangement;
  await page.getByRole('combobox', { name: 'Layout' }).selectOption(layout);
  for (let at = 1; at <= panes; at += 1) {
    const pane = page.locator(`[data-pane="pane-${at}"]`);
    await pane.click();
    await page.getByRole('navigation', { name: 'Series' }).getByRole('button').first().click();
    await pane.and(page.locator('[data-index]')).waitFor();
  }
  if (!isPlanes) return;
  await page.getByRole('region', { name: 'Viewer' }).focus();
  await page.keyboard.press('y');
  await settled(page);
}

/** From the first context lost to every pane as it was, by the viewer's marks. */
async function loseGraphics(page: Page): Promise<number> {
  await page.evaluate(() => {
    for (const name of ['lost', 'back']) performance.clearMarks(`overread:graphics-${name}`);
    const { keptContexts } = window as unknown as { keptContexts: WebGL2RenderingContext[] };
    for (const context of keptContexts.splice(0)) context.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await page.waitForFunction(() => performance.getEntriesByName('overread:graphics-back').length > 0);
  return between(page, 'graphics-lost', 'graphics-back');
}

function report(
  { runs, slices, json }: RunOptions,
  back: readonly (readonly [name: string, ms: readonly number[]])[],
  openedMs: readonly number[],
  load: { readonly before: readonly number[]; readonly after: readonly number[] },
): number {
  const anew = runsOf(openedMs);
  const layouts = back.map(([name, ms]) => {
    const measured = runsOf(ms);
    return { name, ...measured, ratio: Math.round((measured.medianMs / anew.medianMs) * 100) / 100 };
  });
  process.stdout.write(
    `${[
      `recovery: ${countOf(slices, 'slice')}, every graphics context lost, target ${LIMIT_MS} ms; load average ${(load.before[0] ?? 0).toFixed(2)} before, ${(load.after[0] ?? 0).toFixed(2)} after`,
      table([
        ['', 'median', 'limit', 'ratio', 'runs (ms)'],
        ...layouts.map(({ name, medianMs, ratio, runsMs }) => [
          name,
          `${medianMs.toFixed(1)} ms`,
          `opened anew ${anew.medianMs.toFixed(1)} ms`,
          `${ratio.toFixed(2)}×`,
          runsMs.join(' '),
        ]),
        ['limit: opened anew', `${anew.medianMs.toFixed(1)} ms`, '', '', anew.runsMs.join(' ')],
      ]),
    ].join('\n')}\n\n`,
  );
  if (json !== undefined) {
    const written = { benchmark: 'recovery', runs, slices, limitMs: LIMIT_MS, layouts, anew, loadAverage: load };
    writeFileSync(json, `${JSON.stringify(written, undefined, 1)}\n`);
  }
  return 0;
}
