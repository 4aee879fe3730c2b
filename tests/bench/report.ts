import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { chromium, type Browser, type Page } from '@playwright/test';

import { ROOT } from '#electron/hosts/paths.ts';
import type { ReportBody, ReportSection } from '#shared/reporting/report.ts';

import { table } from './runs.ts';
import { PARTS, traceKeys, type KeyWork } from './key-trace.ts';

const USAGE = 'usage: bench -- report [--words N] [--fields N] [--keys N] [--json FILE]';
/** One frame at 60 Hz (issue of the report: p95 key to paint). */
const LIMIT_MS = 16;
/** Behind the pause after which a draft is saved: its work is no key's. */
const SETTLE_MS = 1200;

interface KeyCost {
  readonly where: string;
  /** Main-thread work of one key until it is painted, milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly oursP95Ms: number;
  /** Medians, as `PARTS` has them. */
  readonly partsMs: readonly number[];
  /** What ran between two keys: saving. */
  readonly betweenMs: number;
  readonly runsMs: readonly number[];
}

/** `bench -- report`: what a key costs the page's main thread in a long report, against one frame. */
export async function benchReport(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      words: { type: 'string' },
      fields: { type: 'string' },
      keys: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const [words, fields, keys] = [Number(values.words ?? 3000), Number(values.fields ?? 60), Number(values.keys ?? 100)];
  if (![words, fields, keys].every((each) => Number.isInteger(each) && each > 0)) {
    process.stderr.write(`bench: ${USAGE}\n`);
    return 2;
  }
  const before = loadavg();
  const costs = await measureKeys(longReport(words, fields), keys);
  process.stdout.write(
    `report: ${words} words, ${fields} fields, ${keys} keys each; main-thread work from key to paint, load ${before.map((each) => each.toFixed(1)).join(' ')}\n` +
      `${table([
        ['where', 'median', 'p95', 'limit', 'ratio', 'script p95', 'script/style/layout/paint/browser', 'between'],
        ...costs.map(({ where, p50Ms, p95Ms, oursP95Ms, partsMs, betweenMs }) => [
          where,
          `${p50Ms} ms`,
          `${p95Ms} ms`,
          `${LIMIT_MS} ms`,
          (p95Ms / LIMIT_MS).toFixed(2),
          `${oursP95Ms} ms`,
          partsMs.join(' '),
          `${betweenMs} ms`,
        ]),
      ])}\n`,
  );
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ words, fields, keys, limitMs: LIMIT_MS, costs }, null, 2)}\n`);
  return 0;
}

const SENTENCE = 'The liver measures 14 cm and is of even density without a focal lesion or dilated ducts. ';
const wordsOf = (count: number): string =>
  SENTENCE.repeat(Math.ceil(count / SENTENCE.trim().split(' ').length))
    .split(' ')
    .slice(0, count)
    .join(' ');

/** Most of the words in the findings, the fields over ten sections. */
function longReport(words: number, fields: number): ReportBody {
  const perSection = Math.ceil(fields / 10);
  const part = (at: number, role: ReportSection['role'], count: number): ReportSection => ({
    id: `s${at}`,
    title: role === 'findings' ? 'Findings' : role === 'impression' ? 'Impression' : `Part ${at}`,
    role,
    text: wordsOf(count),
    textSource: 'typed',
    fields: Array.from({ length: Math.max(0, Math.min(perSection, fields - at * perSection)) }, (_, nth) => ({
      id: `f${at}-${nth}`,
      label: `Field ${at * perSection + nth + 1}`,
      unit: 'mm',
      value: '12',
      source: 'typed',
    })),
  });
  const small = Math.floor(words / 30);
  const others = Array.from({ length: 8 }, (_, at) => part(at, 'other', small));
  return {
    templateId: 'bench',
    title: 'A long report',
    sections: [...others, part(8, 'findings', words - 9 * small), part(9, 'impression', small)],
  };
}

async function measureKeys(body: ReportBody, keys: number): Promise<KeyCost[]> {
  process.env['OVERREAD_RENDERER'] ??= join(ROOT, 'dist', 'renderer');
  const { openFakeDoor } = await import('#tests/support/fake-door/fake-door.ts');
  const door = await openFakeDoor({ rows: 5 });
  const browser = await chromium.launch({
    executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const draft = { revision: 1, savedAt: Date.now(), body: structuredClone(body) as never };
    for (const { taskId } of door.world.rows) door.world.drafts.set(taskId, draft);
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(120_000);
    await page.goto(door.url);
    await page.getByRole('grid', { name: 'Worklist' }).waitFor();
    await page.keyboard.press('n');
    const findings = page.getByRole('textbox', { name: 'Findings' });
    await findings.waitFor();
    await wait(SETTLE_MS);
    return [
      await measureAt(page, 'middle of the findings', 'textarea[data-section="findings"]', 0.5, keys),
      await measureAt(page, 'end of the findings', 'textarea[data-section="findings"]', 1, keys),
      await measureAt(page, 'impression', 'textarea[data-section="impression"]', 1, keys),
      await measureAt(page, 'a field', '[data-field="f5-0"]', 1, keys),
      await measureBare(browser, body, keys),
    ];
  } finally {
    await browser.close();
    await door.stop();
  }
}

/** As many words in a bare text box: what the browser takes by itself, on this machine and under its load. */
async function measureBare(browser: Browser, body: ReportBody, keys: number): Promise<KeyCost> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.setContent(
    '<textarea data-section="findings" style="width: 320px; field-sizing: content; font: 16px sans-serif"></textarea>',
  );
  const words = body.sections.map(({ text }) => text).join(' ');
  await page.locator('textarea').evaluate((box, text) => {
    (box as HTMLTextAreaElement).value = text;
  }, words);
  return measureAt(page, 'a bare text box (the browser alone)', 'textarea', 0.5, keys);
}

async function measureAt(page: Page, where: string, selector: string, part: number, keys: number): Promise<KeyCost> {
  await page.locator(selector).evaluate((box, at) => {
    const text = box as HTMLTextAreaElement;
    text.focus();
    const caret = Math.floor(text.value.length * at);
    text.setSelectionRange(caret, caret);
  }, part);
  await wait(SETTLE_MS);
  const typed = Array.from({ length: keys }, (_, key) =>
    selector.includes('field') ? '3' : (LETTERS[key % LETTERS.length] ?? 'a'),
  );
  const { keys: work, betweenMs } = await traceKeys(page, typed);
  const total = (each: KeyWork) => PARTS.reduce((sum, part) => sum + each[part], 0);
  return {
    where,
    p50Ms: at(0.5, work.map(total)),
    p95Ms: at(0.95, work.map(total)),
    oursP95Ms: at(
      0.95,
      work.map(({ scriptMs }) => scriptMs),
    ),
    partsMs: PARTS.map((part) =>
      at(
        0.5,
        work.map((each) => each[part]),
      ),
    ),
    betweenMs: at(0.5, betweenMs),
    runsMs: work.map((each) => rounded(total(each))),
  };
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function at(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

const LETTERS = 'no focal lesion '.split('').map((letter) => (letter === ' ' ? 'Space' : letter));
