import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, expect, test, type Browser, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { joined, silence, spoken, writeWave } from '#tests/support/spoken.ts';

test.skip(lacks('chromium', 'flite'), 'peers are missing');

let door: FakeDoor;
let folder: string;
let browser: Browser | undefined;
test.beforeEach(async () => {
  door = await openFakeDoor({ rows: 6 });
  folder = mkdtempSync(join(tmpdir(), 'overread-spoken-'));
});
test.afterEach(async () => {
  await browser?.close();
  browser = undefined;
  await door.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser whose microphone hears these utterances, one after the other, once. */
async function openCaseHearing(texts: readonly string[], flags: readonly string[] = ALLOWED): Promise<Page> {
  const file = join(folder, 'microphone.wav');
  const parts = texts.flatMap((text) => [spoken(folder, 'flite slt', text), silence(2)]);
  // The recogniser is loading while the file already plays.
  writeWave(file, joined(silence(6), ...parts, silence(1)));
  browser = await chromium.launch({
    executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}%noloop`,
      ...flags,
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(door.url);
  await page.getByRole('grid', { name: 'Worklist' }).waitFor();
  await page.keyboard.press('n');
  await expect(findings(page)).toBeVisible();
  return page;
}
const ALLOWED = ['--use-fake-ui-for-media-stream'];

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const impression = (page: Page) => page.getByRole('textbox', { name: 'Impression' });
const dictate = (page: Page) => page.getByRole('region', { name: 'Report' }).getByRole('button', { name: 'Dictate' });
const heard = (page: Page) => page.getByRole('status', { name: 'Heard' });

test('what is said lands at the caret, and a command moves it', async () => {
  const page = await openCaseHearing(['there is a small left pleural effusion', 'go to impression', 'no pneumothorax']);
  await findings(page).fill('Lungs are clear.');
  await dictate(page).click();
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('meter', { name: 'Microphone level' })).toBeVisible();
  await expect(findings(page)).toHaveValue(/^Lungs are clear\. There is a small left pleural effusion/);
  await expect(impression(page)).toBeFocused();
  await expect(impression(page)).toHaveValue(/No pneumothorax/);
  await expectSound(page);
  await dictate(page).click();
  await expect(dictate(page)).toHaveAttribute('aria-pressed', 'false');
});
