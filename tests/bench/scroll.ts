import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import type { Page } from '@playwright/test';

import { countOf } from '#shared/kernel/count-of.ts';

import { withCases } from './case-bench.ts';
import { driveFrames, openEmptyViewports, type Driven, type Frames } from './frames.ts';
import { runsOf, table, type Runs } from './runs.ts';

const USAGE = 'usage: bench -- scroll [--runs N] [--slices N] [--panes 1,4,9] [--json FILE]';
/** No work of the window's main thread may take longer (issue of the target; milliseconds). */
const LONGEST_STEP_MS = 50;

interface ScrollRun {
  /** From the wheel's event to the pane naming the slice it shows; one a step. */
  readonly stepMs: readonly number[];
  /** How many frames began until then. */
  readonly frames: readonly number[];
  readonly longTasksMs: readonly number[];
  /** A frame of the same page with nothing to do. */
  readonly idleFrameMs: number;
}

/** What the main thread itself worked for one step, whoever else had the machine meanwhile; milliseconds of processor. */
async function withProcessorTime(page: Page, steps: number, work: () => Promise<ScrollRun>) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await taskSeconds();
  const run = await work();
  const processorMs = ((await taskSeconds()) - before) * 1000;
  await session.detach();
  return { ...run, processorMs: processorMs / steps };
}
type Measured = ScrollRun & { readonly processorMs: number };

/**
 * `bench -- scroll`: one wheel step after the other through a whole decoded series and back; then frames a second while it is scrolled and
 * its window dragged with every frame, against those of empty cornerstone viewports of the same number and size; in so many panes that
 * scroll together.
 */
export async function benchScroll(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const { slices, runs, panes } = options;
  const measured = await withCases([{ key: 'SCROLL', slices }], async ({ openNextAndStay, page }) => {
    await openNextAndStay();
    await scrollThrough(page, slices);
    const empty = await openEmptyViewports(page);
    const layouts = [];
    for (const count of panes) {
      await showIn(page, count);
      const before = loadavg();
      const all: Measured[] = [];
      const frames: Record<Driven, Frames[]> = { scroll: [], window: [], empty: [] };
      for (let run = 0; run < runs; run += 1) {
        all.push(await withProcessorTime(page, (slices - 1) * 2, () => scrollThrough(page, slices)));
        frames.scroll.push(await driveFrames(page, 'scroll', (slices - 1) * 2));
        frames.window.push(await dragWindow(page));
        frames.empty.push(await empty.like(page, DRAG_STEPS));
      }
      layouts.push({ panes: count, all, frames, loadAverage: { before, after: loadavg() } });
    }
    await empty.close();
    return layouts;
  });
  const results = measured.map(({ all, frames, ...layout }) => ({
    ...layout,
    ...summarise(all),
    frames: {
      scroll: summariseFrames(frames.scroll, frames.empty),
      window: summariseFrames(frames.window, frames.empty),
    },
  }));
  for (const result of results) process.stdout.write(`${describe(result, slices)}\n\n`);
  if (options.json !== undefined) {
    const written = { benchmark: 'scroll', runs, slices, layouts: results };
    writeFileSync(options.json, `${JSON.stringify(written, undefined, 1)}\n`);
  }
  return 0;
}

/** The one series in every pane of a layout of so many, linked. */
async function showIn(page: Page, panes: number): Promise<void> {
  await page.getByRole('combobox', { name: 'Layout' }).selectOption(LAYOUT_OF[panes] ?? '1x1');
  for (const pane of await page.locator('[data-pane]').all()) {
    await pane.click();
    await page.getByRole('navigation', { name: 'Series' }).getByRole('button').first().click();
    await pane.and(page.locator('[data-index]')).waitFor();
  }
  const link = page.getByRole('button', { name: 'Link scrolling' });
  if (panes > 1 && (await link.getAttribute('aria-pressed')) === 'false') await link.click();
  await page.locator('[data-pane="pane-1"]').click();
}

const LAYOUT_OF: Readonly<Record<number, string>> = { 1: '1x1', 4: '2x2', 9: '3x3' };

const DRAG_STEPS = 120;

/** In the first pane, by the left button. */
async function dragWindow(page: Page): Promise<Frames> {
  await page.getByRole('button', { name: 'Window and level', exact: true }).click();
  return driveFrames(page, 'window', DRAG_STEPS);
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'string' },
        runs: { type: 'string', default: '5' },
        slices: { type: 'string', default: '300' },
        panes: { type: 'string', default: '1,4,9' },
      },
    });
    const [runs, slices] = [Number(values.runs), Number(values.slices)];
    const panes = values.panes.split(',').map(Number);
    const isMeant = Number.isInteger(runs) && runs > 0 && Number.isInteger(slices) && slices > 2;
    return isMeant && panes.every((count) => count in LAYOUT_OF)
      ? { json: values.json, runs, slices, panes }
      : undefined;
  } catch {
    return undefined;
  }
}

/** From the first slice to the last and back, the next step as soon as the frame after the last one begins. */
function scrollThrough(page: Page, slices: number): Promise<ScrollRun> {
  return page.evaluate(async (count) => {
    const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
    const target = panes[0]?.querySelector('canvas')?.parentElement;
    if (!target) throw new Error('no pane');
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const indices = () => new Set(panes.map(({ dataset }) => Number(dataset['index'])));
    /** The slice that every pane shows; none while they differ. */
    const shown = () => (indices().size === 1 ? Number(panes[0]?.dataset['index']) : Number.NaN);
    const longTasksMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasksMs.push(entry.duration);
    });

    let frameCount = 0;
    let isCounting = true;
    const countFrames = () => {
      frameCount += 1;
      if (isCounting) requestAnimationFrame(countFrames);
    };
    const stepMs: number[] = [];
    const frames: number[] = [];
    const step = async (by: 1 | -1) => {
      const wanted = shown() + by;
      const changed = new Promise<void>((resolve) => {
        const watcher = new MutationObserver(() => {
          if (shown() !== wanted) return;
          watcher.disconnect();
          resolve();
        });
        for (const pane of panes) watcher.observe(pane, { attributeFilter: ['data-index'] });
      });
      const [began, framesBefore] = [performance.now(), frameCount];
      const lines = { deltaY: by, deltaMode: WheelEvent.DOM_DELTA_LINE, bubbles: true, cancelable: true };
      target.dispatchEvent(new WheelEvent('wheel', lines));
      await changed;
      stepMs.push(performance.now() - began);
      frames.push(frameCount - framesBefore);
      await frame();
    };

    await frame();
    const idleBegan = performance.now();
    const IDLE_FRAMES = 60;
    for (let index = 0; index < IDLE_FRAMES; index += 1) await frame();
    const idleFrameMs = (performance.now() - idleBegan) / IDLE_FRAMES;

    while (shown() > 0) await step(-1);
    stepMs.length = 0;
    frames.length = 0;
    observer.observe({ entryTypes: ['longtask'] });
    requestAnimationFrame(countFrames);
    for (let index = 1; index < count; index += 1) await step(1);
    for (let index = 1; index < count; index += 1) await step(-1);
    isCounting = false;
    for (const entry of observer.takeRecords()) longTasksMs.push(entry.duration);
    observer.disconnect();
    return { stepMs, frames, longTasksMs, idleFrameMs };
  }, slices);
}

function summarise(all: readonly Measured[]) {
  const at = (values: readonly number[], share: number) =>
    values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
  const idle = runsOf(all.map(({ idleFrameMs }) => idleFrameMs));
  const median = runsOf(all.map(({ stepMs }) => at(stepMs, 0.5)));
  const late = runsOf(all.map(({ stepMs }) => at(stepMs, 0.95)));
  const withinAFrame = all.map(({ frames }) => frames.filter((count) => count <= 1).length / frames.length);
  return {
    idleFrame: idle,
    step: { median, p95: late, ratioToIdleFrame: Math.round((median.medianMs / idle.medianMs) * 100) / 100 },
    processor: runsOf(all.map(({ processorMs }) => processorMs)),
    shareWithinOneFrame: withinAFrame,
    longTasks: all.map(({ longTasksMs }) => longTasksMs.map(Math.round)),
  };
}

/** Frames a second, against those of empty viewports. */
function summariseFrames(driven: readonly Frames[], empty: readonly Frames[]) {
  const [ours, theirs] = [driven, empty].map((runs) => runsOf(runs.map(({ perSecond }) => perSecond))) as [Runs, Runs];
  return {
    perSecond: { median: ours.medianMs, runs: ours.runsMs },
    emptyPerSecond: { median: theirs.medianMs, runs: theirs.runsMs },
    ratio: Math.round((ours.medianMs / theirs.medianMs) * 100) / 100,
    longTasks: driven.map(({ longTasksMs }) => longTasksMs.map(Math.round)),
  };
}
type Summary = ReturnType<typeof summariseFrames>;

function describe(
  result: ReturnType<typeof summarise> & {
    readonly panes: number;
    readonly frames: { readonly scroll: Summary; readonly window: Summary };
    readonly loadAverage: { readonly before: readonly number[]; readonly after: readonly number[] };
  },
  slices: number,
): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const { panes, frames, loadAverage: load, step, idleFrame, processor, shareWithinOneFrame, longTasks } = result;
  const over = (all: readonly (readonly number[])[]) => all.flat().filter((duration) => duration > LONGEST_STEP_MS);
  const scrolled = over(longTasks);
  const dragged = (of: Summary) =>
    `main thread over ${LONGEST_STEP_MS} ms ${countOf(over(of.longTasks).length, 'time')}, longest ${Math.max(0, ...over(of.longTasks))} ms`;
  return [
    `scroll: ${countOf(panes, 'pane')}, ${slices} slices there and back, one wheel step a frame; load average ${load.before[0]?.toFixed(2)} before, ${load.after[0]?.toFixed(2)} after`,
    table([
      ['', 'median', 'limit', 'ratio', 'runs (ms)'],
      [
        'step, median',
        ms(step.median.medianMs),
        `idle frame ${ms(idleFrame.medianMs)}`,
        `${step.ratioToIdleFrame.toFixed(2)}×`,
        step.median.runsMs.join(' '),
      ],
      ['step, 95th of 100', ms(step.p95.medianMs), '', '', step.p95.runsMs.join(' ')],
      ['main thread a step, processor time', ms(processor.medianMs), '', '', processor.runsMs.join(' ')],
      ['idle frame', ms(idleFrame.medianMs), '', '', idleFrame.runsMs.join(' ')],
    ]),
    `shown within one frame: ${shareWithinOneFrame.map((share) => `${(share * 100).toFixed(1)} %`).join(' ')}`,
    `main thread over ${LONGEST_STEP_MS} ms, by the clock: ${scrolled.length} times in ${(slices - 1) * 2 * longTasks.length} steps, longest ${Math.max(0, ...scrolled)} ms`,
    table([
      ['frames a second', 'median', 'limit', 'ratio', 'runs'],
      ...(['scroll', 'window'] as const).map((kind) => [
        kind === 'scroll' ? 'one wheel step a frame' : 'window dragged',
        frames[kind].perSecond.median.toFixed(1),
        `empty ${countOf(panes, 'viewport')} ${frames[kind].emptyPerSecond.median.toFixed(1)}`,
        `${frames[kind].ratio.toFixed(2)}×`,
        frames[kind].perSecond.runs.join(' '),
      ]),
    ]),
    `scrolled a step a frame: ${dragged(frames.scroll)}; window dragged: ${dragged(frames.window)}`,
  ].join('\n');
}
