import { expect, test, type Page } from '@playwright/test';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { lacks } from '#tests/support/peers.ts';
import { enter, waitForImages, waitForRow } from '#tests/support/read-case.ts';
import { COLUMNS, ROWS, slowCodestream, slowRadiograph } from '#tests/support/slow-image.ts';
import { openSlowSite, type SlowSite } from '#tests/support/slow-site.ts';

const STUDY = '1.2.77';
const UIDS = { study: STUDY, series: `${STUDY}.1`, sop: `${STUDY}.1.1` };
const PATIENT = { PatientID: 'SLOW1', PatientName: 'SLOW^SIMON', StudyDate: '20261121', AccessionNumber: 'SLOW-1' };
const text = (vr: string, value: unknown) => ({ vr, Value: [value] });
const METADATA: DicomJson = {
  '00080005': text('CS', 'ISO_IR 192'),
  '00080016': text('UI', '1.2.840.10008.5.1.4.1.1.1.1'),
  '00080018': text('UI', UIDS.sop),
  '00080020': text('DA', PATIENT.StudyDate),
  '00080050': text('SH', PATIENT.AccessionNumber),
  '00080060': text('CS', 'DX'),
  '00080061': text('CS', 'DX'),
  '00100010': text('PN', { Alphabetic: PATIENT.PatientName }),
  '00100020': text('LO', PATIENT.PatientID),
  '0020000D': text('UI', STUDY),
  '0020000E': text('UI', UIDS.series),
  '00200013': text('IS', 1),
  '00201206': text('IS', 1),
  '00201208': text('IS', 1),
  '00280002': text('US', 1),
  '00280004': text('CS', 'MONOCHROME2'),
  '00280010': text('US', ROWS),
  '00280011': text('US', COLUMNS),
  '00280100': text('US', 16),
  '00280101': text('US', 12),
  '00280102': text('US', 11),
  '00280103': text('US', 0),
  '00281050': text('DS', 2048),
  '00281051': text('DS', 4096),
};
const ORDER = [
  'MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121020000||ORM^O01|E2E-SLOW|P|2.5.1',
  'PID|1||SLOW1^^^MERCY^MR||SLOW^SIMON||19500101|M',
  'PV1|1|E|ED^12^A',
  'ORC|NW|PL-SLOW|SLOW-1||SC||^^^^^S||20261121020000|||1234^House^Gregory',
  'OBR|1|PL-SLOW|SLOW-1|71045^Chest one view^C4||20261121020000|||||||Cough||||1234^House^Gregory||SLOW-1||||||||^^^^^S||||^Cough',
].join('\r');

test.skip(lacks('openssl'), 'peers are missing');

let site: SlowSite;

test.beforeAll(async () => {
  const facts = { ...PATIENT, WindowCenter: 2048, WindowWidth: 4096 };
  const file = slowRadiograph(UIDS, await slowCodestream(), facts);
  site = await openSlowSite({ order: ORDER, instances: [METADATA], fileOf: () => file });
});

test.afterAll(() => site.close());

/** Greys of the preview at the middles of its quarters: upper left, upper right, lower left, lower right. */
const quarters = (page: Page) =>
  page.locator('canvas[data-preview-columns]').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const context = canvas.getContext('2d');
    const at = (x: number, y: number) => context?.getImageData(width * x, height * y, 1, 1).data[0] ?? -1;
    return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
  });

test('an image on a slow line is seen in a lower resolution, said to be so, until it is there in full', async ({
  page,
}) => {
  await enter(page, site.url);
  const row = await waitForRow(page, /^SLOW, SIMON/i);
  // Until its images are known to be complete at the site it is not given.
  await expect(row).toHaveAttribute('data-waiting', 'false');
  await row.press('Enter');

  const preview = page.locator('canvas[data-preview-columns]');
  await expect(preview).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Lower resolution' })).toHaveText(
    'Lower resolution: image 1 of 1 is still coming in full',
  );
  // Finer when more has come.
  await expect(preview).toHaveAttribute('data-preview-columns', String(COLUMNS / 2));
  // The picture of `slowPixels`, by its own window of 0 to 4095: 400 + 3.5 a column + 0.8 a row + noise of 64.
  const grey = (x: number, y: number) => ((400 + 3.5 * x * COLUMNS + 0.8 * y * ROWS + 32) / 4096) * 255;
  const expected = [grey(0.25, 0.25), grey(0.75, 0.25), grey(0.25, 0.75), grey(0.75, 0.75)];
  for (const [nth, value] of (await quarters(page)).entries()) expect(Math.abs(value - expected[nth]!)).toBeLessThan(8);

  const pane = page.locator('[data-pane="pane-1"]');
  const marks = () => page.evaluate(() => performance.getEntriesByName('overread:first-image').length);
  const isPainted = async () => (await pane.getAttribute('data-sop-instance-uid')) !== null;
  expect([await marks(), await isPainted()]).toEqual([0, false]);

  // Neither measured nor windowed: nothing is there to be.
  const box = (await preview.boundingBox())!;
  const drag = async () => {
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 4 });
    await page.mouse.up();
  };
  await page.getByRole('region', { name: 'Viewer' }).focus();
  const before = await quarters(page);
  await drag();
  await page.keyboard.press('l');
  await drag();
  expect(await quarters(page)).toEqual(before);
  await expect(pane.locator('svg line, svg polyline')).toHaveCount(0);
  expect([await marks(), await isPainted()]).toEqual([0, false]);

  site.letGo();
  await waitForImages(page);
  await expect(pane).toHaveAttribute('data-sop-instance-uid', UIDS.sop);
  await expect(preview).toHaveCount(0);
  await expect(page.getByText('Lower resolution')).toHaveCount(0);
  await expect(pane).toHaveAttribute('data-window-width', '4096');
  await expect(pane.locator('svg line, svg polyline')).toHaveCount(0);
  // One connection for everything.
  expect(site.connections()).toBe(1);
});
