import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { chromium, expect, type Page } from '@playwright/test';
import type { Bundle, Task } from 'fhir/r4';

import { createFhirClient } from '#electron/adapters/fhir-client/create-fhir-client.ts';
import type { SiteId, TaskId } from '#shared/domain/identifiers.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import { readingTaskFromFhir } from '#shared/fhir/reading-task-from-fhir.ts';
import { readingTaskToFhir } from '#shared/fhir/reading-task-to-fhir.ts';
import type { FhirClient } from '#shared/fhir/fhir-client.ts';
import { DAY_MS, MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { readingTask } from '#tests/support/reading-tasks.ts';
import { startProgram } from '#tests/support/start-program.ts';

import { runsOf, type Runs } from './runs.ts';
import { painted, threadWork, type ThreadWork } from './thread-work.ts';

/** Milliseconds: of work of the page's main thread, but for the first rows, which are by the clock on the wall. */
export interface WindowHalf {
  readonly rows: number;
  readonly firstRowsWallMs: Runs;
  /** Until the rows have glided to their new places. */
  readonly reorderWork: Runs;
  /** The same where the system asks for no motion: what is left is the new order itself. */
  readonly stillReorderWork: Runs;
  readonly filterWork: Runs;
  /** The same browser under the same load, without any program: as many rows as are in sight, of as many bare cells, replaced by others. */
  readonly bareRowsWork: Runs;
}

/** One frame at 60 Hz. */
export const FRAME_MS = 16;
const BUNDLE_SIZE = 250;
const LONG_MS = 240_000;
const SETTLE_MS = 400;
/** Due earlier by so much, a reading goes before one of its class: nearer ones keep their order. */
const EARLIER_MS = 20 * MINUTE_MS;
/** A change has come, been drawn and settled within it; whole seconds, so that as many ticks of the clock fall into each. */
const CHANGE_MS = 3000;

/** A real hub with so many readings, a real workstation on it, and its page in a browser. */
export async function measureWindow(rows: number, runs: number): Promise<WindowHalf> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-list-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = `sqlite:${join(folder, 'hub.sqlite')}`;
    const hub = await startProgram('hub', ['--port', '0', '--database', database], { OVERREAD_BUNDLED: '1' });
    closing.push(() => hub.kill());
    const fhir = createFhirClient({ baseUrl: hub.url, fetch: (request) => fetch(request), timeoutMs: LONG_MS });
    await fill(fhir, rows);
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ reader: { id: 'dr-bench', name: 'Bench^Dana' }, hub: { fhir: hub.url } }));
    const argv = ['--headless', '--host', 'browser', '--data', join(folder, 'data'), '--config', config];
    const workstation = await startProgram('workstation', argv, { OVERREAD_BUNDLED: '1' });
    closing.push(() => workstation.kill());
    const browser = await chromium.launch({
      executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    closing.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(LONG_MS);
    await page.goto(workstation.url);
    await firstRow(page).waitFor();
    const firstRowsWallMs = await measureFirstRows(page, runs);
    const work = await threadWork(page);
    const [moving, still] = await measureReorders(page, work, fhir, runs);
    const filterWork = runsOf(await measureFilter(page, work, runs));
    const drawn = await page.locator('[role=row][data-task]').count();
    const bare = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const bareRowsWork = runsOf(await measureBareRows(bare, await threadWork(bare), drawn, runs));
    return {
      rows,
      firstRowsWallMs,
      reorderWork: runsOf(moving),
      stillReorderWork: runsOf(still),
      filterWork,
      bareRowsWork,
    };
  } finally {
    for (const step of closing.toReversed()) await step();
  }
}

const firstRow = (page: Page) => page.locator('[role=row][aria-rowindex="2"]');

async function fill(fhir: FhirClient, rows: number): Promise<void> {
  const now = Date.now() as EpochMs;
  for (let from = 0; from < rows; from += BUNDLE_SIZE) {
    const entry = Array.from({ length: Math.min(BUNDLE_SIZE, rows - from) }, (_, at) => ({
      resource: readingTaskToFhir(benchReading(from + at, now)),
      request: { method: 'POST', url: 'Task' } as const,
    }));
    const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry };
    await fhir.transaction(bundle);
  }
}

const SITES = ['Mercy General', 'St. Luke', 'Harbor Regional', 'Hill Clinic'];
const EXAMS = [
  { text: 'CT head without contrast', modality: 'CT', bodyPart: 'HEAD' },
  { text: 'Chest 2 views', modality: 'DX', bodyPart: 'CHEST' },
  { text: 'MR brain with and without contrast', modality: 'MR', bodyPart: 'BRAIN' },
];

function benchReading(number: number, now: EpochMs) {
  const siteName = SITES[number % SITES.length] ?? '';
  return readingTask(`b${number}`, {
    id: '' as TaskId,
    version: '',
    siteId: `site-${number % SITES.length}` as SiteId,
    siteName,
    exam: EXAMS[number % EXAMS.length] ?? EXAMS[0]!,
    // The emergencies are few, as on any list.
    priority: number % 50 === 0 ? 'stat' : (PRIORITIES[3 + (number % 3)] ?? 'routine'),
    reason: 'Left weakness, last well 01:10',
    authoredOn: (now - number * 1000) as EpochMs,
    dueAt: (now + (30 + number) * MINUTE_MS) as EpochMs,
  });
}

/** By the clock on the wall, from the reload to the frame with the first rows: a new page begins its own count of work. */
async function measureFirstRows(page: Page, runs: number): Promise<Runs> {
  const wall: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await page.reload({ waitUntil: 'commit' });
    await firstRow(page).waitFor();
    await painted(page);
    wall.push(performance.now() - began);
  }
  return runsOf(wall);
}

/**
 * One reading of the far end becomes a stroke code at the hub and goes to the head of the list: in turn with motion and without, so that both meet the same
 * page. Nothing is asked of the page meanwhile; the seconds that the rows' clocks count down are measured alone, over as long a time, and taken off.
 */
async function measureReorders(
  page: Page,
  work: ThreadWork,
  fhir: FhirClient,
  runs: number,
): Promise<readonly [moving: number[], still: number[]]> {
  const tasks = await fhir.search<Task>('Task', { priority: 'routine' }, 4 * runs + 2);
  const [moving, still] = [[], []] as [number[], number[]];
  const began = Date.now() + DAY_MS;
  await wait(CHANGE_MS);
  for (const [nth, task] of tasks.entries()) {
    const isStill = still.length < moving.length;
    if (still.length === runs) break;
    await page.emulateMedia({ reducedMotion: isStill ? 'reduce' : 'no-preference' });
    await painted(page);
    await wait(SETTLE_MS);
    const reading = readingTaskFromFhir(task);
    if (!reading.ok) throw new Error(reading.error.reason);
    const idle = await work.during(() => wait(CHANGE_MS));
    const total = await work.during(async () => {
      const dueAt = (began - nth * EARLIER_MS) as EpochMs;
      const changed = readingTaskToFhir({ ...reading.value, priority: 'stroke', dueAt }, task);
      await fhir.update<Task>(changed, reading.value.version);
      await wait(CHANGE_MS);
    });
    const row = page.locator(`[id="worklist-${reading.value.id}"]`);
    // Came too late to be within the measurement: it says nothing.
    const isIn = (await row.count()) === 1;
    await expect(row).toHaveAttribute('aria-rowindex', '2');
    if (isIn) (isStill ? still : moving).push(Math.max(0, total - idle));
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  return [moving, still];
}

/** One more letter in the search field, from the key to the painted list; what asking for the painted frame costs is taken off. */
async function measureFilter(page: Page, work: ThreadWork, runs: number): Promise<number[]> {
  const measured: number[] = [];
  await page.keyboard.press('/');
  for (let run = 0; run < runs; run += 1) {
    await page.getByLabel('Search the worklist').fill('');
    await wait(SETTLE_MS);
    const asking = await work.during(() => painted(page));
    for (const letter of ['b', 'r']) {
      const total = await work.during(async () => {
        await page.keyboard.press(letter);
        await painted(page);
      });
      measured.push(Math.max(0, total - asking));
    }
  }
  return measured;
}

const CELLS = 12;

async function measureBareRows(page: Page, work: ThreadWork, drawn: number, runs: number): Promise<number[]> {
  await page.setContent('<div id="rows" style="font: 13px sans-serif"></div>');
  const replace = (run: number) =>
    page.evaluate(
      ({ rows, cells, seed }) => {
        const cell = (row: number, column: number) =>
          `<div style="overflow:hidden;white-space:nowrap">Reading ${seed} ${row * cells + column}</div>`;
        const row = (at: number) =>
          `<div style="display:grid;grid-template-columns:repeat(${cells},1fr);height:32px;contain:strict">${Array.from({ length: cells }, (_, column) => cell(at, column)).join('')}</div>`;
        const list = document.getElementById('rows');
        if (list !== null) list.innerHTML = Array.from({ length: rows }, (_, at) => row(at)).join('');
      },
      { rows: drawn, cells: CELLS, seed: run },
    );
  const measured: number[] = [];
  for (let run = 0; run < runs + 1; run += 1) {
    const asking = await work.during(() => painted(page));
    const total = await work.during(async () => {
      await replace(run);
      await painted(page);
    });
    if (run > 0) measured.push(Math.max(0, total - asking));
    await wait(SETTLE_MS);
  }
  return measured;
}
