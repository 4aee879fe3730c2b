import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { listenForCallouts, type CalloutListener } from '#tests/support/callout-listener.ts';
import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { hostilePdf } from '#tests/support/hostile-pdf.ts';
import { inkOfSheet } from '#tests/support/ink-of-sheet.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { ascii, element, part10, u16 } from '#tests/unit/dicom-file/write-dicom.ts';

test.skip(lacks('chromium'), 'peers are missing');

const ROOT_UID = '1.2.826.0.1.3680043.10.78';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const SIZE = 64;

let listener: CalloutListener;
let reading: DiscReading;

const ofStudy = (
  sopClass: string,
  series: number,
  modality: string,
  title: string,
  others: readonly Buffer[],
): Buffer =>
  part10(EXPLICIT_LITTLE_ENDIAN, [
    element('00080016', 'UI', ascii(sopClass)),
    element('00080018', 'UI', ascii(`${ROOT_UID}.${series}.1`)),
    element('00080020', 'DA', ascii('20261121')),
    element('00080030', 'TM', ascii('011200')),
    element('00080060', 'CS', ascii(modality)),
    element('00081030', 'LO', ascii('CT HEAD')),
    element('0008103E', 'LO', ascii(title)),
    element('00100010', 'PN', ascii('Letter^Ann')),
    element('00100020', 'LO', ascii('L-78')),
    element('0020000D', 'UI', ascii(`${ROOT_UID}.9`)),
    element('0020000E', 'UI', ascii(`${ROOT_UID}.${series}`)),
    element('00200011', 'IS', ascii(String(series))),
    element('00200013', 'IS', ascii('1')),
    ...others,
  ]);

const CDA =
  '<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge</title><component><structuredBody><component><section><title>Course</title><text><paragraph>Fell from a ladder.<img src="http://127.0.0.1:1/x"/></paragraph></text></section></component></structuredBody></component></ClinicalDocument>';

/** Black on its left half, white on its right: a page that no window may grey. */
const page8 = (pages = 1) => [
  element('00280002', 'US', u16(1)),
  element('00280004', 'CS', ascii('MONOCHROME2')),
  ...(pages === 1 ? [] : [element('00280008', 'IS', ascii(String(pages)))]),
  element('00280010', 'US', u16(SIZE)),
  element('00280011', 'US', u16(SIZE)),
  element('00280100', 'US', u16(8)),
  element('00280101', 'US', u16(8)),
  element('00280102', 'US', u16(7)),
  element('00280103', 'US', u16(0)),
  element(
    '7FE00010',
    'OW',
    Uint8Array.from({ length: SIZE * SIZE * pages }, (_, at) => (at % SIZE < SIZE / 2 ? 0 : 255)),
  ),
];

test.beforeAll(async () => {
  listener = await listenForCallouts();
  const pdf = await hostilePdf(listener.address);
  reading = await startOnDisc((disc) => {
    const folder = join(disc, 'IMAGES');
    mkdirSync(folder);
    const capture = '1.2.840.10008.5.1.4.1.1.7';
    writeFileSync(join(folder, '1'), ofStudy(capture, 1, 'CT', 'Axial', page8()));
    writeFileSync(join(folder, '2'), ofStudy(capture, 2, 'OT', 'Scanned requisition', page8()));
    const letter = [
      element('00420010', 'ST', ascii('Referral letter')),
      element('00420011', 'OB', pdf.length % 2 === 0 ? pdf : Buffer.concat([pdf, Buffer.from([0])])),
      element('00420012', 'LO', ascii('application/pdf')),
    ];
    writeFileSync(join(folder, '3'), ofStudy('1.2.840.10008.5.1.4.1.1.104.1', 3, 'DOC', 'Letter', letter));
    const cda = [
      element('00420010', 'ST', ascii('Discharge summary')),
      element('00420011', 'OB', ascii(CDA)),
      element('00420012', 'LO', ascii('text/XML')),
    ];
    writeFileSync(join(folder, '4'), ofStudy('1.2.840.10008.5.1.4.1.1.104.2', 4, 'DOC', 'Summary', cda));
    writeFileSync(join(folder, '5'), ofStudy(`${capture}.2`, 5, 'OT', 'Scanned consent', page8(3)));
  });
});
test.afterAll(async () => {
  await reading.stop();
  await listener.stop();
});

test('a PDF and a scanned page inside the study open among its documents, with source and time, and nothing in them runs or calls out', async ({
  page,
}) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await reading.open(page, 'Letter');
  const notes = page.getByRole('region', { name: 'Clinical notes' });
  await expect(notes.getByText('in the study: application/pdf')).toBeVisible();
  await expect(notes.locator('li', { hasText: 'Referral letter' })).toContainText(/DICOM header · 2026-11-21 01:12/);
  await notes.getByRole('button', { name: 'Open Referral letter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Document' });
  await expect(dialog.getByRole('img', { name: /Page 1 of 1: Referral letter: fall from a ladder/ })).toBeVisible();
  // The area of 300 by 100 points on an A4 page of 595 by 842, and the letters.
  expect(await inkOfSheet(page)).toBeGreaterThan((300 * 100) / (595 * 842));
  expect(await inkOfSheet(page)).toBeLessThan(0.1);
  await expectSound(page);
  await dialog.getByLabel('Document of this case').selectOption({ label: 'Scanned requisition (DICOM header)' });
  await expect(dialog.getByRole('img', { name: 'Page 1 of 1' })).toBeVisible();
  await expect.poll(() => inkOfSheet(page)).toBeCloseTo(0.5, 1);
  expect(dialogs).toBe(0);
  expect(listener.heard).toEqual([]);
});

test('a letter in words inside the study opens as its words, and every page of a scanned document is there', async ({
  page,
}) => {
  await reading.open(page, 'Letter');
  const notes = page.getByRole('region', { name: 'Clinical notes' });
  await notes.getByRole('button', { name: 'Open Discharge summary' }).click();
  const dialog = page.getByRole('dialog', { name: 'Document' });
  await expect(dialog.getByRole('article', { name: 'Text of the document' })).toHaveText(
    /Discharge\s+Course\s+Fell from a ladder\./,
  );
  await expectSound(page);
  await dialog.getByLabel('Document of this case').selectOption({ label: 'Scanned consent (DICOM header)' });
  for (const name of ['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3'])
    await expect(dialog.getByRole('img', { name })).toBeVisible();
  await expectSound(page);
});
