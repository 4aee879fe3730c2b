import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import type { Page } from '@playwright/test';

import { withCases } from './case-bench.ts';
import { table } from './runs.ts';
import type { Workplace } from './open-workplace.ts';

const USAGE = 'usage: bench -- memory [--slices N] [--cases N] [--case-slices N] [--json FILE]';
const MEGABYTE = 1024 * 1024;
/** What one window may hold of images, and what it needs besides: page, code, decoders, the browser's own. */
const IMAGES_MB = 1024;
const REST_MB = 512;
/** Ten cases on, the window may have grown by this part of one case's pixels; more is a leak. */
const GROWTH_PART = 0.25;

interface Memory {
  /** JavaScript objects and the buffers they hold, after collection. */
  readonly heapMb: number;
  /** The window's process as the machine counts it (proportional set size). */
  readonly processMb: number;
}

/** `bench -- memory`: a CT of 1 GB opened and scrolled through, then cases in a row. */
export async function benchMemory(argv: readonly string[]): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const { slices, cases, caseSlices } = options;
  const began = loadavg();
  const large = await withCases([{ key: 'LARGE', slices }], (workplace) => measureLarge(workplace, slices));
  const row = await withCases([{ key: 'ROW', slices: caseSlices }], (workplace) => measureRow(workplace, cases));
  const budgetMb = IMAGES_MB + REST_MB;
  const most = Math.max(...large.map(({ processMb }) => processMb));
  const caseMb = (caseSlices * 512 * 512 * 2) / MEGABYTE;
  const [early, last] = [row[Math.min(2, row.length - 1)], row.at(-1)];
  const growth = {
    heapMb: (last?.heapMb ?? 0) - (early?.heapMb ?? 0),
    processMb: (last?.processMb ?? 0) - (early?.processMb ?? 0),
  };
  const mb = (value: number) => `${value.toFixed(0)} MB`;
  const names = ['opened', 'at the first', 'at the last', 'back in the middle', 'on the list'];
  process.stdout.write(
    `${[
      `memory: CT of ${slices} slices, ${mb((slices * 512 * 512 * 2) / MEGABYTE)}; load average ${began[0]?.toFixed(2)} before, ${loadavg()[0]?.toFixed(2)} after`,
      table([
        ['', 'heap and buffers', 'process'],
        ...large.map((at, index) => [names[index] ?? '', mb(at.heapMb), mb(at.processMb)]),
      ]),
      `most: ${mb(most)} of ${mb(budgetMb)} (${IMAGES_MB} MB images and ${REST_MB} MB besides): ${(most / budgetMb).toFixed(2)}×`,
      `${cases} cases of ${caseSlices} slices (${mb(caseMb)} each) in a row, on the list after each:`,
      table([
        ['case', 'heap and buffers', 'process'],
        ...row.map((at, index) => [String(index + 1), mb(at.heapMb), mb(at.processMb)]),
      ]),
      `growth from the third to the last: heap ${mb(growth.heapMb)}, process ${mb(growth.processMb)}; limit ${mb(caseMb * GROWTH_PART)}: ${(growth.heapMb / (caseMb * GROWTH_PART)).toFixed(2)}×`,
    ].join('\n')}\n\n`,
  );
  if (options.json !== undefined) {
    const written = { benchmark: 'memory', slices, budgetMb, mostMb: most, large, cases, caseSlices, row, growth };
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
        slices: { type: 'string', default: '2000' },
        cases: { type: 'string', default: '10' },
        'case-slices': { type: 'string', default: '200' },
      },
    });
    const [slices, cases, caseSlices] = [values.slices, values.cases, values['case-slices']].map(Number);
    const isCount = (value: number | undefined): value is number => Number.isInteger(value) && (value ?? 0) > 0;
    return isCount(slices) && isCount(cases) && isCount(caseSlices)
      ? { json: values.json, slices, cases, caseSlices }
      : undefined;
  } catch {
    return undefined;
  }
}

async function measureLarge({ openNextAndStay, returnToList, page }: Workplace, slices: number): Promise<Memory[]> {
  await openNextAndStay();
  const measured = [await memoryOf(page)];
  for (const index of [0, slices - 1, Math.floor(slices / 2)]) {
    await standAt(page, index, slices);
    measured.push(await memoryOf(page));
  }
  await returnToList();
  measured.push(await memoryOf(page));
  return measured;
}

async function measureRow({ openNext, page }: Workplace, cases: number): Promise<Memory[]> {
  const measured: Memory[] = [];
  for (let index = 0; index < cases; index += 1) {
    await openNext();
    await page.waitForFunction(() => performance.getEntriesByName('overread:next-ready').length > 0);
    measured.push(await memoryOf(page));
  }
  return measured;
}

/** Scrolls there by tens, as Page Down does, each image shown before the next step. */
async function standAt(page: Page, index: number, slices: number): Promise<void> {
  await page.evaluate(
    async ({ target, count }) => {
      const region = document.querySelector<HTMLElement>('[aria-label="Viewer"]');
      const pane = document.querySelector<HTMLElement>('[data-pane="pane-1"]');
      if (!region || !pane) throw new Error('no pane');
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const shown = () => Number(pane.dataset['index']);
      const isThere = () => Math.abs(shown() - target) < 10;
      while (!isThere()) {
        const wanted = Math.min(count - 1, Math.max(0, shown() + (target > shown() ? 10 : -10)));
        region.dispatchEvent(
          new KeyboardEvent('keydown', { key: target > shown() ? 'PageDown' : 'PageUp', bubbles: true }),
        );
        while (shown() !== wanted) await frame();
      }
    },
    { target: index, count: slices },
  );
}

async function memoryOf(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as {
    readonly usedSize: number;
    readonly backingStorageSize?: number;
  };
  await session.detach();
  return { heapMb: (usage.usedSize + (usage.backingStorageSize ?? 0)) / MEGABYTE, processMb: await processMb(page) };
}

/** The largest renderer process of this browser: the window's own. */
async function processMb(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) return Number.NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.flatMap(({ type, id }) => (type === 'renderer' ? [setSizeMb(id)] : []));
  return Math.max(...sizes);
}

function setSizeMb(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
