import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { lacks } from '#tests/support/peers.ts';
import { enter, waitForRow } from '#tests/support/read-case.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';
import { ascii, element, part10, u16 } from '#tests/unit/dicom-file/write-dicom.ts';

let workstation: StartedProgram;
let folder: string;
let disc: string;

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
    element('7FE00010', 'OW', Buffer.alloc(SIZE * SIZE, number * 40)),
  ]);

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-import-'));
  disc = join(folder, 'Disc of Müller');
  mkdirSync(join(disc, 'IMAGES 1'), { recursive: true });
  for (const number of [1, 2, 3]) writeFileSync(join(disc, 'IMAGES 1', `IM 0000${number}`), slice(number));
  writeFileSync(join(disc, 'LETTER.TXT'), 'Dear colleague, thank you for reading this.');
  workstation = await startProgram('workstation', ['--headless', '--data', join(folder, 'data')]);
});
test.afterAll(async () => {
  await workstation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Import folder' });

test('a folder chosen in the browser becomes a site, and what was left out is named with its reason', async ({
  page,
}) => {
  await enter(page, workstation.url);
  await page.keyboard.press('i');
  await expect(dialogOf(page).getByRole('button', { name: 'Choose folder…' })).toBeVisible();
  await dialogOf(page).locator('input[type=file]').setInputFiles(disc);
  await expect(dialogOf(page).getByText('Folder Disc of Müller: 1 study with 3 images from 4 files.')).toBeVisible();
  const left = dialogOf(page).getByRole('list', { name: 'Files left out' }).getByRole('listitem');
  await expect(left).toHaveCount(1);
  await expect(left).toContainText(/LETTER\.TXT: .*DICOM/);
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
  await waitForRow(page, /^DISC, Dropped/);

  const kept = readdirSync(join(folder, 'data/dropped'), { recursive: true, encoding: 'utf8' });
  expect(kept.filter((name) => name.endsWith('IM 00003'))).toHaveLength(1);
  expect(kept.filter((name) => name.includes('.parts') || name.includes('.coming'))).toEqual([]);
});
