import { expect, test, type Page, type Request } from '@playwright/test';

import { writePart10 } from '#electron/demo-site/studies/dicom/part10.ts';
import type { DicomJson } from '#shared/dicom/dicom-json.ts';
import { lacks } from '#tests/support/peers.ts';
import { enter, waitForRow } from '#tests/support/read-case.ts';
import { openSlowSite, type SlowSite } from '#tests/support/slow-site.ts';

const STUDY = '1.2.78';
const MR = '1.2.840.10008.5.1.4.1.1.4';
const SERIES = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Large enough to last at the site's drips. */
const SIDE = 512;
const PATIENT = { PatientID: 'MANY1', PatientName: 'MANY^MARA', StudyDate: '20261121', AccessionNumber: 'MANY-1' };
const text = (vr: string, value: unknown) => ({ vr, Value: [value] });
const metadataOf = (nth: number): DicomJson => ({
  '00080005': text('CS', 'ISO_IR 192'),
  '00080016': text('UI', MR),
  '00080018': text('UI', `${STUDY}.${nth}.1`),
  '00080020': text('DA', PATIENT.StudyDate),
  '00080050': text('SH', PATIENT.AccessionNumber),
  '00080060': text('CS', 'MR'),
  '00080061': text('CS', 'MR'),
  '0008103E': text('LO', `AX T2 ${nth}`),
  '00100010': text('PN', { Alphabetic: PATIENT.PatientName }),
  '00100020': text('LO', PATIENT.PatientID),
  '0020000D': text('UI', STUDY),
  '0020000E': text('UI', `${STUDY}.${nth}`),
  '00200011': text('IS', nth),
  '00200013': text('IS', 1),
  '00201206': text('IS', SERIES.length),
  '00201208': text('IS', SERIES.length),
  '00280002': text('US', 1),
  '00280004': text('CS', 'MONOCHROME2'),
  '00280010': text('US', SIDE),
  '00280011': text('US', SIDE),
  '00280100': text('US', 16),
  '00280101': text('US', 12),
  '00280102': text('US', 11),
  '00280103': text('US', 0),
});
const fileOf = (sopInstanceUid: string): Uint8Array =>
  writePart10(
    {
      ...PATIENT,
      SOPClassUID: MR,
      SOPInstanceUID: sopInstanceUid,
      Modality: 'MR',
      StudyInstanceUID: STUDY,
      SeriesInstanceUID: sopInstanceUid.replace(/\.1$/, ''),
      InstanceNumber: 1,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIDE,
      Columns: SIDE,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
    },
    { kind: 'native', bytes: new Uint8Array(SIDE * SIDE * 2), vr: 'OW' },
  );
const ORDER = [
  'MSH|^~\\&|EHR|MERCY|OVERREAD|GROUP|20261121020000||ORM^O01|E2E-MANY|P|2.5.1',
  'PID|1||MANY1^^^MERCY^MR||MANY^MARA||19500101|F',
  'PV1|1|E|ED^12^A',
  'ORC|NW|PL-MANY|MANY-1||SC||^^^^^S||20261121020000|||1234^House^Gregory',
  'OBR|1|PL-MANY|MANY-1|70551^MR brain without contrast^C4||20261121020000|||||||Headache||||1234^House^Gregory||MANY-1||||||||^^^^^S||||^Headache',
].join('\r');

test.skip(lacks('openssl'), 'peers are missing');

let site: SlowSite;

test.beforeAll(async () => {
  site = await openSlowSite({ order: ORDER, instances: SERIES.map(metadataOf), fileOf });
});

test.afterAll(() => site.close());

/** The windows of images a desk may have beside the list. */
const WINDOWS = 3;

test('what is typed is kept while more series are on their way than a browser has connections, at a desk of four windows', async ({
  page,
  context,
}) => {
  const streams = { open: new Set<Request>(), most: 0 };
  const events = new Set<Page | null>();
  const ended = (request: Request) => streams.open.delete(request);
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/events') events.add(request.frame().page());
    if (!pathname.startsWith('/pixels/')) return;
    streams.open.add(request);
    streams.most = Math.max(streams.most, streams.open.size);
  });
  context.on('requestfinished', ended);
  context.on('requestfailed', ended);
  await enter(page, site.url);
  const row = await waitForRow(page, /^MANY, MARA/i);
  await expect(row).toHaveAttribute('data-waiting', 'false');
  await row.press('Enter');
  const findings = page.getByRole('region', { name: 'Report' }).getByRole('textbox', { name: 'Findings' });
  await expect(findings).toBeVisible();

  const isKept = async (words: string) => {
    const answered = page.waitForResponse(/draft\.save$/u);
    await findings.fill(words);
    expect((await answered).ok()).toBe(true);
  };

  // All nine side by side, none of them whole.
  const viewer = page.getByRole('region', { name: 'Viewer' });
  await expect(viewer.getByText('Image 1 of 1 is on its way')).toHaveCount(4);
  await viewer.focus();
  for (let step = 1; step <= 3; step += 1) await page.keyboard.press('=');
  for (const nth of [5, 6, 7, 8, 9]) {
    await page.locator(`[data-pane="pane-${nth}"]`).click();
    await page.getByRole('button', { name: `Series ${nth}: AX T2 ${nth}, 1 image` }).click();
  }
  await expect(viewer.getByText('Image 1 of 1 is on its way')).toHaveCount(9);
  await isKept('No acute finding.');

  for (let nth = 1; nth <= WINDOWS; nth += 1) {
    const opening = page.waitForEvent('popup');
    await page.keyboard.press('Control+F7');
    const images = await opening;
    await expect(images.getByText('Image 1 of 1 is on its way').first()).toBeVisible();
  }
  await isKept('No acute finding. No bleeding.');
  expect([streams.most, events.size]).toEqual([3, 1]);

  // Let go, they come one after the other until all are here.
  site.letGo();
  await page.bringToFront();
  await page.getByRole('button', { name: 'Bring the images back' }).click();
  await expect(viewer.getByText('Image 1 of 1 is on its way')).toHaveCount(0);
});
