import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

import { expect, test, type Page } from '@playwright/test';
import PDFDocument from 'pdfkit';

import { textOfHtml } from '#shared/documents/html-text.ts';
import { listenForCallouts, type CalloutListener } from '#tests/support/callout-listener.ts';
import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { hostilePdf } from '#tests/support/hostile-pdf.ts';
import { inkOfSheet } from '#tests/support/ink-of-sheet.ts';
import { lacks } from '#tests/support/peers.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;
let listener: CalloutListener;

test.beforeEach(async () => {
  listener = await listenForCallouts();
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
  await listener.stop();
});

const address = () => listener.address;

const hostileHtml = () =>
  `<p>Seen by surgery<img src="${address()}/img" onerror="window.ran=1"><script>window.ran=1;fetch("${address()}/fetch")</script><iframe src="${address()}/frame"></iframe><svg onload="window.ran=1"><image href="${address()}/svg"/></svg><style>@import url(${address()}/css)</style><link rel=stylesheet href="${address()}/link">`;

const open = (page: Page): Promise<void> => readFirst(page, door.url);

test('a letter in PDF is drawn by key, and neither its script nor its links nor hostile markup in a note runs or calls out', async ({
  page,
}) => {
  const of = 'DiagnosticReport/letter';
  const source = 'Site FHIR';
  door.world.documents = {
    [of]: { contentType: 'application/pdf', data: (await hostilePdf(address())).toString('base64') },
  };
  door.world.facts = [
    {
      kind: 'document',
      label: 'Referral',
      text: 'attached: letter.pdf',
      source,
      picture: { contentType: 'application/pdf', of },
    },
    { kind: 'document', label: 'Consult', text: textOfHtml(hostileHtml()), source },
    // Markup that reached the screen unread: it stays letters.
    { kind: 'document', label: 'Raw', text: hostileHtml(), source },
  ];
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await open(page);
  const notes = page.getByRole('region', { name: 'Clinical notes' });
  await expect(notes).toContainText('Consult Seen by surgery');
  await expect(notes.getByRole('button', { name: 'Open Referral' })).toBeVisible();
  await page.keyboard.press('Alt+p');
  const dialog = page.getByRole('dialog', { name: 'Document' });
  await expect(dialog.getByRole('img', { name: /Page 1 of 1: Referral letter: fall from a ladder/ })).toBeVisible();
  // The area of 300 by 100 points on an A4 page of 595 by 842, and the letters.
  expect(await inkOfSheet(page)).toBeGreaterThan((300 * 100) / (595 * 842));
  expect(await inkOfSheet(page)).toBeLessThan(0.1);
  await expectSound(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(dialogs).toBe(0);
  expect(listener.heard).toEqual([]);
});

/** A letter set in a typeface that it brings along, with a picture, on so many pages. */
async function typesetPdf(pages: number): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', autoFirstPage: false });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((done) => pdf.on('end', done));
  pdf.registerFont('own', createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSerif-BoldItalic.ttf'));
  for (let page = 1; page <= pages; page += 1) {
    pdf.addPage();
    pdf.font('own').fontSize(40).text(`Größe 4 mm, page ${page}`);
    pdf.fontSize(14).text('Ωμέγα — Ёж — “quoted” '.repeat(30));
    pdf.image(BLACK_AND_WHITE_PNG, 72, 500, { width: 300, height: 150 });
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Two pixels: black beside white. */
const BLACK_AND_WHITE_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=',
  'base64',
);

/** Mean greys of a sheet in so many by so many fields, from its upper left. */
const FIELDS = 24;
const greysOf = (width: number, height: number, grey: (x: number, y: number) => number): readonly number[] =>
  Array.from({ length: FIELDS * FIELDS }, (_, field) => {
    const [left, top] = [field % FIELDS, Math.floor(field / FIELDS)];
    const [fromX, toX] = [left, left + 1].map((at) => Math.floor((at * width) / FIELDS));
    const [fromY, toY] = [top, top + 1].map((at) => Math.floor((at * height) / FIELDS));
    let sum = 0;
    for (let y = fromY!; y < toY!; y += 1) for (let x = fromX!; x < toX!; x += 1) sum += grey(x, y);
    return sum / ((toX! - fromX!) * (toY! - fromY!));
  });

test('a letter is drawn as another reader of PDF draws it, and what is not shown of it is told', async ({ page }) => {
  test.skip(lacks('poppler'), 'peers are missing');
  const [of, pages] = ['DiagnosticReport/letter', 32];
  const pdf = await typesetPdf(pages);
  door.world.documents = { [of]: { contentType: 'application/pdf', data: pdf.toString('base64') } };
  const picture = { contentType: 'application/pdf' as const, of };
  door.world.facts = [{ kind: 'document', label: 'Letter', text: 'attached', source: 'Site FHIR', picture }];
  await open(page);
  await page.keyboard.press('Alt+p');
  const dialog = page.getByRole('dialog', { name: 'Document' });
  await expect(dialog.getByRole('img', { name: /^Page 1 of 32: Größe 4 mm, page 1/ })).toBeVisible();
  await expect(dialog.getByRole('alert')).toHaveText('Not all of this document is shown: pages 31 to 32 are left out.');
  const drawn = await page.evaluate(() => {
    const canvas = document.querySelector('figure canvas');
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no sheet');
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    return { width, height, greens: Array.from({ length: width * height }, (_, at) => data[at * 4 + 1] ?? 0) };
  });
  const ours = greysOf(drawn.width, drawn.height, (x, y) => drawn.greens[y * drawn.width + x] ?? 0);
  const size = ['-scale-to-x', String(drawn.width), '-scale-to-y', String(drawn.height)];
  const pgm = execFileSync('pdftoppm', ['-gray', '-f', '1', '-l', '1', ...size, '-'], {
    input: pdf,
    maxBuffer: 2 ** 26,
  });
  const pixels = pgm.subarray(pgm.length - drawn.width * drawn.height);
  const theirs = greysOf(drawn.width, drawn.height, (x, y) => pixels[y * drawn.width + x] ?? 0);
  expect(Math.min(...theirs)).toBeLessThan(10);
  const worst = Math.max(...ours.map((grey, field) => Math.abs(grey - (theirs[field] ?? 0))));
  expect(worst).toBeLessThan(8);
});

test('a document that is damaged is said to be, and the next one is drawn', async ({ page }) => {
  const [broken, scan] = ['DiagnosticReport/broken', 'DiagnosticReport/scan'];
  const source = 'HL7 result';
  await page.goto(door.url);
  const picture = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 });
    canvas.getContext('2d')?.fillRect(0, 0, 100, 100);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  door.world.documents = {
    [broken]: { contentType: 'application/pdf', data: Buffer.from('%PDF-1.4 /Encrypt 1 0 R').toString('base64') },
    [scan]: { contentType: 'image/png', data: picture },
  };
  door.world.facts = [
    {
      kind: 'document',
      label: 'Fax',
      text: 'attached',
      source,
      picture: { contentType: 'application/pdf', of: broken },
    },
    { kind: 'document', label: 'Scan', text: 'attached', source, picture: { contentType: 'image/png', of: scan } },
  ];
  await open(page);
  await page.keyboard.press('Alt+p');
  const dialog = page.getByRole('dialog', { name: 'Document' });
  await expect(dialog.getByRole('alert')).toContainText('cannot be drawn');
  await expectSound(page);
  await dialog.getByLabel('Document of this case').selectOption({ label: 'Scan (HL7 result)' });
  await expect(dialog.getByRole('img', { name: 'Page 1 of 1' })).toBeVisible();
  expect(await inkOfSheet(page)).toBeCloseTo(0.5, 1);
});
