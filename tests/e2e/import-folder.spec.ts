import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { enter, waitForRow, writeReport } from '#tests/support/read-case.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { ascii, element, part10, u16 } from '#tests/unit/dicom-file/write-dicom.ts';

let workstation: StartedProgram;
let folder: string;
let disc: string;
/** One window for all: its address lets in once. */
let page: Page;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

const ROOT_UID = '1.2.826.0.1.3680043.10.77';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const SIZE = 16;

/** One slice of nobody, written by hand. */
const slice = (number: number): Buffer =>
  part10(EXPLICIT_LITTLE_ENDIAN, [
    element('00080016', 'UI', ascii('1.2.840.10008.5.1.4.1.1.7')),
    element('00080018', 'UI', ascii(`${ROOT_UID}.3.${number}`)),
    element('00080020', 'DA', ascii('20261121')),
    element('00080060', 'CS', ascii('OT')),
    element('00081030', 'LO', ascii('Dropped disc')),
    element('00100010', 'PN', ascii('Disc^Dropped')),
    element('00100020', 'LO', ascii('D-77')),
    element('0020000D', 'UI', ascii(`${ROOT_UID}.1`)),
    element('0020000E', 'UI', ascii(`${ROOT_UID}.2`)),
    element('00200013', 'IS', ascii(String(number))),
    element('00280002', 'US', u16(1)),
    element('00280004', 'CS', ascii('MONOCHROME2')),
    element('00280010', 'US', u16(SIZE)),
    element('00280011', 'US', u16(SIZE)),
    element('00280100', 'US', u16(8)),
    element('00280101', 'US', u16(8)),
    element('00280102', 'US', u16(7)),
    element('00280103', 'US', u16(0)),
    // Not one flat grey: the mark of the first image asks for a picture.
    element(
      '7FE00010',
      'OW',
      Uint8Array.from({ length: SIZE * SIZE }, (_, at) => (at * number) % 256),
    ),
  ]);

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'overread-import-'));
  disc = join(folder, 'Disc of Müller');
  mkdirSync(join(disc, 'IMAGES 1'), { recursive: true });
  for (const number of [1, 2, 3]) writeFileSync(join(disc, 'IMAGES 1', `IM 0000${number}`), slice(number));
  writeFileSync(join(disc, 'LETTER.TXT'), 'Dear colleague, thank you for reading this.');
  // With a site of its own the workstation plays no demo night beside the test.
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'notes.txt'), 'nothing here');
  workstation = await startProgram('workstation', ['--headless', '--data', join(folder, 'data'), '--import', other]);
  page = await (await browser.newContext()).newPage();
  await enter(page, workstation.url);
});
test.afterAll(async () => {
  await page?.context().close();
  await workstation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const keptFiles = () => readdirSync(join(folder, 'data/dropped'), { recursive: true, encoding: 'utf8' });
const dialog = () => page.getByRole('dialog', { name: 'Import folder' });

test('a folder chosen in the browser becomes a site, and what was left out is named with its reason', async () => {
  await page.keyboard.press('i');
  await expect(dialog().getByRole('button', { name: 'Choose folder…' })).toBeVisible();
  await dialog().locator('input[type=file]').setInputFiles(disc);
  await expect(dialog().getByText('Folder Disc of Müller: 1 study with 3 images from 4 files.')).toBeVisible();
  const left = dialog().getByRole('list', { name: 'Files left out' }).getByRole('listitem');
  await expect(left).toHaveCount(1);
  await expect(left).toContainText(/LETTER\.TXT: .*DICOM/);
  await dialog().getByRole('button', { name: 'Done' }).click();
  await waitForRow(page, /^DISC, Dropped/);

  const kept = keptFiles();
  expect(kept.filter((name) => name.endsWith('IM 00003'))).toHaveLength(1);
  expect(kept.filter((name) => name.includes('.parts') || name.includes('.coming'))).toEqual([]);
});

test('files dropped on the window are imported too', async () => {
  const bytes = slice(9).toString('base64');
  await page.evaluate((base64) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([content], 'one.dcm'));
    transfer.items.add(new File(['no image'], 'two.txt'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(dialog().getByText('Folder Dropped files: 1 study with 1 image from 2 files.')).toBeVisible();
  await expect(dialog().getByRole('list', { name: 'Files left out' })).toContainText('two.txt');
  await dialog().getByRole('button', { name: 'Done' }).click();
});

test('an import that is cancelled leaves nothing behind', async () => {
  const before = keptFiles().filter((name) => name.includes('IM 0000'));
  await page.route('**/import/**/IM%2000002', (route) => new Promise(() => void route));
  await page.keyboard.press('i');
  await dialog().locator('input[type=file]').setInputFiles(disc);
  await expect(dialog().getByText(/ of 4 files brought here/)).toBeVisible();
  const dropping = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  expect((await dropping).status()).toBe(200);
  await expect(dialog()).toBeHidden();
  await page.unroute('**/import/**/IM%2000002');
  expect(keptFiles().filter((name) => name.includes('IM 0000'))).toEqual(before);
});

test('its images stand in a second window, and the report is signed against them', async () => {
  const images = await page.context().newPage();
  await images.goto(new URL('/?window=images', workstation.url).href);
  await expect(images.getByText('No case is open.')).toBeVisible();
  await page.bringToFront();
  await (await waitForRow(page, /^DISC, Dropped/)).dblclick();
  await expect(page.getByText('Images are on the other display.')).toBeVisible();
  await images.bringToFront();
  await expect(images.locator('header[aria-label=Patient]')).toContainText('DISC, Dropped');
  await images.waitForFunction(() => performance.getEntriesByName('overread:first-image').length > 0);
  expect(await page.evaluate(() => performance.getEntriesByName('overread:first-image').length)).toBe(0);

  await page.bringToFront();
  await writeReport(page, 'A pattern of greys.', 'Nobody is ill.');
  await page.keyboard.press('F12');
  const signing = page.getByRole('dialog', { name: 'Sign report' });
  await signing.getByRole('textbox', { name: 'PIN' }).fill('246802');
  await signing.getByRole('button', { name: 'Sign and return' }).click();
  await expect(signing).toBeHidden();
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await expect(images.getByText('No case is open.')).toBeVisible();
  await expect(images.getByRole('region', { name: 'Viewer' })).toHaveCount(0);
});
