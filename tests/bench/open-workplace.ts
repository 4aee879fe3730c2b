import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type Page } from '@playwright/test';

import { sendMllp } from '#electron/adapters/hl7-mllp/send-mllp.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startProgram } from '#tests/support/start-program.ts';

import type { BenchArchive } from './bench-archive.ts';

/** Milliseconds from the key or click to the marks of the public surface. */
export interface Opening {
  readonly firstImageMs: number;
  readonly seriesCompleteMs: number;
  /** The clinical notes stand beside the images. */
  readonly notesCompleteMs: number;
}

/** A workstation with its page, on the list; every case is returned to the list before the next is opened. */
export interface Workplace {
  /** `priority` is ORC-7.6: S, A or R; `told`: further segments of the message. */
  order(key: string, priority: 'S' | 'A' | 'R', told?: readonly string[]): Promise<void>;
  /** Resolves when these readings are ready to be read. */
  waitForReadings(keys: readonly string[]): Promise<void>;
  /** Resolves when the images were fetched ahead. */
  waitUntilHere(key: string): Promise<void>;
  isHere(key: string): Promise<boolean>;
  /** Once the images of the next case were made ready in the window. */
  openNext(): Promise<Opening>;
  openRow(key: string): Promise<Opening>;
  /** The case stays open. */
  openNextAndStay(): Promise<Opening>;
  returnToList(): Promise<void>;
  readonly page: Page;
  close(): Promise<void>;
}

const LONG_MS = 180_000;
/** What a row says of images that were fetched ahead. */
const HERE = 'Opens now';

export async function openWorkplace(archive: BenchArchive): Promise<Workplace> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await furnish(archive, folder, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function furnish(
  archive: BenchArchive,
  folder: string,
  closing: (() => unknown)[],
): Promise<Omit<Workplace, 'close'>> {
  const ordersPort = await freePort();
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      reader: { id: 'dr-bench', name: 'Bench^Dana', licences: [{ region: 'US-OH', until: '2099-01-01' }] },
      sites: [
        {
          id: 'bench',
          name: 'Bench',
          region: 'US-OH',
          dicomweb: {
            url: archive.dicomwebUrl,
            auth: { basic: { user: archive.user, password: { env: 'OVERREAD_BENCH_PASSWORD' } } },
          },
          orders: { hl7: { listen: ordersPort }, unordered: 'ignore' },
        },
      ],
    }),
  );
  const workstation = await startProgram(
    'workstation',
    ['--headless', '--host', 'browser', '--data', join(folder, 'data'), '--config', config],
    // The bundle is the one this benchmark came from.
    { OVERREAD_BENCH_PASSWORD: archive.password, OVERREAD_BUNDLED: '1' },
  );
  closing.push(() => workstation.stop());
  const browser = await chromium.launch({
    executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  closing.push(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
  page.setDefaultTimeout(LONG_MS);
  await page.goto(workstation.url);
  const grid = page.getByRole('grid', { name: 'Worklist' });
  await grid.waitFor();
  const row = (key: string) => grid.getByRole('row', { name: new RegExp(`^BENCH, ${key},`, 'i') });

  async function staying(open: () => Promise<void>): Promise<Opening> {
    await page.evaluate(() => {
      for (const name of ['open', 'first-image', 'series-complete', 'notes-complete'])
        performance.clearMarks(`overread:${name}`);
    });
    await open();
    return marksOf(page);
  }

  async function returnToList(): Promise<void> {
    await page.getByRole('button', { name: 'Return to list' }).first().click();
    await grid.waitFor();
  }

  async function opening(open: () => Promise<void>): Promise<Opening> {
    const marks = await staying(open);
    await returnToList();
    return marks;
  }

  async function readNext(): Promise<void> {
    await page.waitForFunction(() => performance.getEntriesByName('overread:next-ready').length > 0);
    await page.evaluate(() => performance.clearMarks('overread:next-ready'));
    await page.getByRole('button', { name: 'Read next' }).click();
  }

  return {
    async order(key, priority, told = []) {
      const answer = await sendMllp({
        host: '127.0.0.1',
        port: ordersPort,
        message: orm(key, priority, told),
        timeoutMs: 20_000,
      });
      if (!answer.ok) throw new Error(`the order was not taken: ${answer.code}`);
    },
    async waitForReadings(keys) {
      for (const key of keys) await row(key).and(page.locator('[data-waiting=false]')).waitFor();
    },
    waitUntilHere: (key) => row(key).filter({ hasText: HERE }).waitFor(),
    isHere: async (key) => (await row(key).innerText()).includes(HERE),
    openNext: () => opening(readNext),
    openNextAndStay: () => staying(readNext),
    returnToList,
    page,
    openRow: (key) => opening(() => row(key).dblclick()),
  };
}

async function marksOf(page: Page): Promise<Opening> {
  const handle = await page.waitForFunction(() => {
    const last = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime;
    const [opened, first, complete, notes] = [
      'overread:open',
      'overread:first-image',
      'overread:series-complete',
      'overread:notes-complete',
    ].map(last);
    if (opened === undefined || first === undefined || complete === undefined || notes === undefined) return undefined;
    return { firstImageMs: first - opened, seriesCompleteMs: complete - opened, notesCompleteMs: notes - opened };
  });
  const marks = await handle.jsonValue();
  if (marks === undefined) throw new Error('the page set no marks');
  return marks;
}

function orm(key: string, priority: string, told: readonly string[]): Uint8Array {
  const segments = [
    `MSH|^~\\&|EHR|BENCH|OVERREAD|GROUP|20260101020000||ORM^O01|BENCH-${key}|P|2.5.1`,
    `PID|1||${key}^^^BENCH^MR||BENCH^${key}||19500101|O`,
    'PV1|1|E|ED^12^A',
    `ORC|NW|PL-${key}|${key}||SC||^^^^^${priority}||20260101020000|||1234^House^Gregory`,
    `OBR|1|PL-${key}|${key}|71250^CT chest without contrast^C4||20260101020000|||||||Benchmark||||1234^House^Gregory||${key}||||||||^^^^^${priority}||||^Cough`,
    ...told,
  ];
  return new TextEncoder().encode(`${segments.join('\r')}\r`);
}
