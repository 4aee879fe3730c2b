import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import type { Page } from '@playwright/test';

import { withCases } from './case-bench.ts';
import { runsOf, table } from './runs.ts';

const USAGE = 'usage: bench -- scroll [--runs N] [--slices N] [--json FILE]';
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

/** `bench -- scroll`: one wheel step a frame through a whole decoded series and back. */
export async function benchScroll(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const { slices, runs } = options;
  const measured = await withCases([{ key: 'SCROLL', slices }], async ({ openNextAndStay, page }) => {
    await openNextAndStay();
    await scrollThrough(page, slices);
    const before = loadavg();
    const all: Measured[] = [];
    for (let run = 0; run < runs; run += 1)
      all.push(await withProcessorTime(page, (slices - 1) * 2, () => scrollThrough(page, slices)));
    return { all, loadAverage: { before, after: loadavg() } };
  });
  const result = summarise(measured.all);
  process.stdout.write(`${describe(result, slices, measured.loadAverage)}\n\n`);
  if (options.json !== undefined) {
    const written = { benchmark: 'scroll', runs, slices, loadAverage: measured.loadAverage, ...result };
    writeFileSync(options.json, `${JSON.stringify(written, undefined, 1)}\n`);
  }
  return 0;
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: 'string' },
        runs: { type: 'string', default: '5' },
        slices: { type: 'string', default: '300' },
      },
    });
    const [runs, slices] = [Number(values.runs), Number(values.slices)];
    return Number.isInteger(runs) && runs > 0 && Number.isInteger(slices) && slices > 2
      ? { json: values.json, runs, slices }
      : undefined;
  } catch {
    return undefined;
  }
}

/** From the first slice to the last and back, the next step as soon as the frame after the last one begins. */
function scrollThrough(page: Page, slices: number): Promise<ScrollRun> {
  return page.evaluate(async (count) => {
    const pane = document.querySelector<HTMLElement>('[data-pane="pane-1"]');
    const target = pane?.querySelector('canvas')?.parentElement;
    if (!pane || !target) throw new Error('no pane');
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const shown = () => Number(pane.dataset['index']);
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
        watcher.observe(pane, { attributeFilter: ['data-index'] });
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
  result: ReturnType<typeof summarise>,
  slices: number,
  load: { readonly before: readonly number[]; readonly after: readonly number[] },
): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const { step, idleFrame, processor, shareWithinOneFrame, longTasks } = result;
  const over = longTasks.flat().filter((duration) => duration > LONGEST_STEP_MS);
  return [
    `scroll: ${slices} slices there and back, one wheel step a frame; load average ${load.before[0]?.toFixed(2)} before, ${load.after[0]?.toFixed(2)} after`,
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
    `main thread over ${LONGEST_STEP_MS} ms, by the clock: ${over.length} times in ${(slices - 1) * 2 * longTasks.length} steps, longest ${Math.max(0, ...over)} ms`,
  ].join('\n');
}
