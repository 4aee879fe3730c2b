import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import type { Page } from '@playwright/test';

import { countOf } from '#shared/kernel/count-of.ts';

import { withCases } from './case-bench.ts';
import { runsOf, table } from './runs.ts';

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

/** `bench -- scroll`: one wheel step a frame through a whole decoded series and back, then its window dragged; in so many panes that scroll together. */
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
    const layouts = [];
    for (const count of panes) {
      await showIn(page, count);
      const before = loadavg();
      const [all, drags]: [Measured[], WindowDrag[]] = [[], []];
      for (let run = 0; run < runs; run += 1) {
        all.push(await withProcessorTime(page, (slices - 1) * 2, () => scrollThrough(page, slices)));
        drags.push(await dragWindow(page));
      }
      layouts.push({ panes: count, all, drags, loadAverage: { before, after: loadavg() } });
    }
    return layouts;
  });
  const results = measured.map(({ all, drags, ...layout }) => ({
    ...layout,
    ...summarise(all),
    drag: summariseDrags(drags),
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

interface WindowDrag {
  /** Windows shown a second. */
  readonly perSecond: number;
  readonly longTasksMs: readonly number[];
}
const DRAG_STEPS = 120;

/** The window of the first pane dragged by the left button, the next step as soon as the last one is shown. */
async function dragWindow(page: Page): Promise<WindowDrag> {
  await page.getByRole('button', { name: 'Window and level', exact: true }).click();
  const box = await page.locator('[data-pane="pane-1"]').boundingBox();
  if (box === null) throw new Error('no pane');
  const [x, y] = [box.x + box.width / 4, box.y + box.height / 2];
  const tasks = await page.evaluateHandle(() => {
    const durations: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) durations.push(entry.duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    return { durations, observer };
  });
  const shown = () =>
    page
      .locator('[data-pane="pane-1"] [data-window-width], [data-pane="pane-1"][data-window-width]')
      .first()
      .getAttribute('data-window-width');
  await page.mouse.move(x, y);
  await page.mouse.down();
  const before = await shown();
  const began = performance.now();
  for (let step = 1; step <= DRAG_STEPS; step += 1) {
    await page.mouse.move(x + (step <= DRAG_STEPS / 2 ? step : DRAG_STEPS - step) * 2, y);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    if (step === DRAG_STEPS / 2 && (await shown()) === before) throw new Error('the window was not dragged');
  }
  const seconds = (performance.now() - began) / 1000;
  await page.mouse.up();
  const longTasksMs = await tasks.evaluate(({ durations, observer }) => {
    for (const entry of observer.takeRecords()) durations.push(entry.duration);
    observer.disconnect();
    return durations;
  });
  return { perSecond: DRAG_STEPS / seconds, longTasksMs };
}

const summariseDrags = (drags: readonly WindowDrag[]) => ({
  perSecond: runsOf(drags.map(({ perSecond }) => perSecond)),
  longTasks: drags.map(({ longTasksMs }) => longTasksMs.map(Math.round)),
});

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

function describe(
  result: ReturnType<typeof summarise> & {
    readonly panes: number;
    readonly drag: ReturnType<typeof summariseDrags>;
    readonly loadAverage: { readonly before: readonly number[]; readonly after: readonly number[] };
  },
  slices: number,
): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const { panes, drag, loadAverage: load, step, idleFrame, processor, shareWithinOneFrame, longTasks } = result;
  const over = (all: readonly (readonly number[])[]) => all.flat().filter((duration) => duration > LONGEST_STEP_MS);
  const [scrolled, dragged] = [over(longTasks), over(drag.longTasks)];
  const idlePerSecond = 1000 / idleFrame.medianMs;
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
    `window dragged: ${drag.perSecond.medianMs.toFixed(1)} a second, ${(drag.perSecond.medianMs / idlePerSecond).toFixed(2)}× the frames of an idle page; main thread over ${LONGEST_STEP_MS} ms ${dragged.length} times in ${DRAG_STEPS * drag.longTasks.length} steps, longest ${Math.max(0, ...dragged)} ms`,
  ].join('\n');
}
