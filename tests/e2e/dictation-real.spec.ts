import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, expect, test, type Browser, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { waitForRow } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { joined, silence, spoken, writeWave } from '#tests/support/spoken.ts';
import { writeTinyTransducer } from '#tests/support/tiny-speech-model.ts';
import { writeStudy } from '#tests/support/written-study.ts';

test.skip(lacks('chromium', 'flite'), 'peers are missing');
test.describe.configure({ mode: 'serial', timeout: 300_000 });

let disc: DiscReading;
let folder: string;
let browser: Browser | undefined;

const chest = (root: string, uid: string, name: string) =>
  writeStudy(
    root,
    uid,
    {
      PatientName: name,
      PatientID: name,
      PatientBirthDate: '19600101',
      PatientSex: 'F',
      StudyDate: '20261120',
      StudyTime: '101500',
      StudyDescription: 'CT CHEST',
      BodyPartExamined: 'CHEST',
      Modality: 'CT',
    },
    [{ n: 1, count: 2, facts: { SeriesDescription: 'Axial' } }],
  );

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-dictated-'));
  disc = await startOnDisc((root) => {
    chest(root, '1.2.826.0.1.3680043.10.1.1', 'ALDER^ONE');
    chest(root, '1.2.826.0.1.3680043.10.1.2', 'BIRCH^TWO');
  });
});
test.afterEach(async () => {
  await browser?.close();
  browser = undefined;
});
test.afterAll(async () => {
  await disc.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A page whose microphone hears these one after the other, once; `pause` in seconds stands after each. */
async function openHearing(texts: readonly (readonly [text: string, pause: number])[]): Promise<Page> {
  const file = join(folder, 'microphone.wav');
  const parts = texts.flatMap(([text, pause]) => [spoken(folder, 'flite slt', text), silence(pause)]);
  writeWave(file, joined(silence(2), ...parts));
  browser = await chromium.launch({
    executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}%noloop`,
    ],
  });
  return (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
}

const report = (page: Page) => page.getByRole('region', { name: 'Report' });
const box = (page: Page, name: string) => report(page).getByRole('textbox', { name });
const heard = (page: Page) => report(page).getByRole('status', { name: 'Heard' });

test('a chest report is dictated from the list to its signature with push-to-talk and the PIN alone', async () => {
  const page = await openHearing([
    ['read next', 12],
    ['pleural effusion none', 2],
    ['the lungs are clear', 2],
    ['no pneumothorax', 2],
    ['go to impression', 2],
    ['no acute pulmonary embolism', 2],
    ['sign report', 3],
    ['confirm', 1],
  ]);
  await disc.enter(page);
  await waitForRow(page, /^ALDER/i);
  await page.keyboard.down('F3');
  await expect(box(page, 'Findings')).toBeVisible({ timeout: 60_000 });
  await expect(box(page, 'Findings')).toHaveValue(/The lungs are clear\. No pneumothorax\.$/, { timeout: 60_000 });
  await expect(box(page, 'Impression')).toHaveValue(/No acute pulmonary embolism\./, { timeout: 60_000 });
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  await page.keyboard.up('F3');
  await page.keyboard.type('4711');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});

const modelStatus = (page: Page) => page.getByRole('status', { name: 'Speech model' });
async function install(page: Page, path: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Folder of a speech model' }).fill(path);
  await page.keyboard.press('Enter');
}

test('a model that is broken, of another kind, without tokens or half copied is refused in words; a whole one hears free text', async () => {
  const page = await openHearing([
    ['my daughter plays the violin at school on saturday', 3],
    ['go to impression', 3],
  ]);
  await disc.open(page, 'BIRCH');
  await page.keyboard.press('Shift+F4');
  const dialog = page.getByRole('dialog', { name: 'Microphone' });
  await expect(modelStatus(page)).toHaveText('No model is installed.');
  const path = join(folder, 'tiny-model');

  writeTinyTransducer(path, ['small', 'calcified', 'nodule', 'in', 'the', 'lingula']);
  const tokens = readFileSync(join(path, 'tokens.txt'));
  rmSync(join(path, 'tokens.txt'));
  await install(page, path);
  await expect(modelStatus(page)).toContainText('tokens.txt is missing');
  writeFileSync(join(path, 'tokens.txt'), tokens);

  const encoder = readFileSync(join(path, 'encoder.onnx'));
  truncateSync(join(path, 'encoder.onnx'), 200);
  await install(page, path);
  await expect(modelStatus(page)).toContainText('encoder.onnx is not whole');
  writeFileSync(join(path, 'encoder.onnx'), '<html>not found</html>');
  await install(page, path);
  await expect(modelStatus(page)).toContainText('encoder.onnx is broken');
  writeFileSync(join(path, 'encoder.onnx'), encoder);
  await install(page, folder);
  await expect(modelStatus(page)).toContainText('The folder holds no model');
  await expectSound(page);

  await install(page, path);
  await expect(modelStatus(page)).toHaveText('tiny-model (streaming transducer) is ready.');
  await page.getByRole('combobox', { name: 'What hears' }).selectOption('model');
  await expect(dialog).toContainText('tiny-model hears text, grammar engine commands and fields');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // What stands there in grey while one speaks is gone a moment later: it is noted as it comes.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const partial = document.querySelector('[data-region=report] [role=status] [data-partial]');
      if (partial?.textContent) seen.push(partial.textContent);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.keyboard.down('F3');
  await expect(box(page, 'Findings')).toHaveValue(/Small calcified nodule in the lingula\.$/, { timeout: 60_000 });
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain(
    'small calcified nodule in the lingula',
  );
  // The stand-in model says the same of everything: a command is the grammar engine's to hear.
  await expect(heard(page)).not.toHaveText('Not understood');
  await page.keyboard.up('F3');
});

test('what the reader corrects in a model’s text is offered, learned and written right from then on', async () => {
  const page = await openHearing(Array.from({ length: 12 }, () => ['my daughter plays the violin', 6] as const));
  await disc.open(page, 'BIRCH');
  await page.keyboard.press('Shift+F4');
  await page.getByRole('combobox', { name: 'What hears' }).selectOption('model');
  await expect(modelStatus(page)).toHaveText('tiny-model (streaming transducer) is ready.');
  await page.keyboard.press('Escape');
  const text = box(page, 'Findings');
  await text.fill('');
  await page.keyboard.down('F3');
  await expect(text).toHaveValue(/Small calcified nodule in the lingula\.$/, { timeout: 60_000 });
  await page.keyboard.up('F3');
  await text.fill('Small calcified nodule in the lingular segment.');
  const offer = report(page).getByRole('list', { name: 'Learn these corrections' });
  await expect(offer.getByRole('listitem')).toContainText('Learn: “lingula” is lingular segment');
  await expectSound(page);
  await offer.getByRole('button', { name: /^Learn/ }).click();
  await expect(offer).toBeHidden();
  await text.press('End');
  await page.keyboard.down('F3');
  await expect(text).toHaveValue(/segment\. Small calcified nodule in the lingular segment\.$/, { timeout: 60_000 });
  await page.keyboard.up('F3');
  await page.reload();
  await disc.open(page, 'BIRCH');
  await page.keyboard.press('Shift+F4');
  await expect(page.getByRole('list', { name: 'My words' })).toHaveText(/lingular segment, said “lingula”/);
});
