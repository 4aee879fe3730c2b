import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

import { createFolderArchive } from '#electron/adapters/files/index.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { openInboxRig, type InboxRig } from '#tests/support/inbox-rig.ts';
import { ascii, element, part10, u16 } from '#tests/unit/dicom-file/write-dicom.ts';

const PHONE = { width: 390, height: 844 };
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const [STUDY, SERIES, IMAGE] = [
  '1.2.826.0.1.3680043.10.77.1',
  '1.2.826.0.1.3680043.10.77.2',
  '1.2.826.0.1.3680043.10.77.3',
];
const SIDE = 64;

/** Left half far below the window, right half in the very middle of it. */
function image(): Buffer {
  const pixels = Buffer.alloc(SIDE * SIDE * 2);
  for (let at = 0; at < SIDE * SIDE; at += 1) pixels.writeUInt16LE(at % SIDE < SIDE / 2 ? 0 : 1000, at * 2);
  return part10('1.2.840.10008.1.2.1', [
    element('00080016', 'UI', ascii(SECONDARY_CAPTURE)),
    element('00080018', 'UI', ascii(IMAGE!)),
    element('00080060', 'CS', ascii('OT')),
    element('00100010', 'PN', ascii('Doe^Jane')),
    element('0020000D', 'UI', ascii(STUDY!)),
    element('0020000E', 'UI', ascii(SERIES!)),
    element('00280002', 'US', u16(1)),
    element('00280004', 'CS', ascii('MONOCHROME2')),
    element('00280010', 'US', u16(SIDE)),
    element('00280011', 'US', u16(SIDE)),
    element('00280100', 'US', u16(16)),
    element('00280101', 'US', u16(16)),
    element('00280102', 'US', u16(15)),
    element('00280103', 'US', u16(0)),
    element('00281050', 'DS', ascii('1000')),
    element('00281051', 'DS', ascii('400')),
    element('7FE00010', 'OW', pixels),
  ]);
}

let rig: InboxRig;
let folder: string;
let report: string;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-inbox-'));
  writeFileSync(join(folder, 'image.dcm'), image());
  const archive = createFolderArchive({ dir: folder, log: silentLog });
  await archive.ready;
  rig = await openInboxRig({ archive });
  report = await rig.deliver('mercy', [
    {
      studyInstanceUid: STUDY!,
      seriesInstanceUid: SERIES!,
      sopInstanceUid: IMAGE!,
      sopClassUid: SECONDARY_CAPTURE,
      label: 'Series 2, image 14',
    },
  ]);
  await rig.ask('mercy');
});
test.afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});

async function enter(page: Page): Promise<void> {
  const { url, code } = await rig.invite();
  await page.goto(url);
  // As people type what they were told.
  await page.getByLabel('Code').fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await page.getByLabel('Your name and role').fill('Nurse Kim');
  await page.getByRole('button', { name: 'Open the reports' }).click();
  await expect(page.getByRole('heading', { name: 'Reports for Mercy General' })).toBeVisible();
}

test.describe('on a telephone, without any script', () => {
  test.use({ viewport: PHONE, javaScriptEnabled: false, isMobile: true, hasTouch: true });

  test('a site reads its report, looks at the key image, answers, confirms, and leaves', async ({ page }) => {
    await enter(page);
    expect(page.url()).toBe(`${rig.url}/`);
    expect(await page.title()).toBe('Reports');

    await page.getByLabel('Your answer').fill('At 01:10, after a fall');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await expect(page.getByText('Answered by Nurse Kim: At 01:10, after a fall')).toBeVisible();

    const critical = page.getByRole('listitem').filter({ hasText: 'Critical (red)' });
    await critical.getByRole('button', { name: 'I have read this' }).click();
    await expect(page.getByRole('heading', { name: 'Critical results to confirm' })).toBeHidden();
    await expect(page.getByText('Confirmed by Nurse Kim')).toBeVisible();

    await page.getByRole('link', { name: /order/ }).first().click();
    await expect(page).toHaveURL(`${rig.url}/reports/${report}`);
    await expect(page.getByRole('img', { name: 'Key image Series 2, image 14' })).toBeVisible();
    await page.getByRole('button', { name: 'I have read this' }).click();
    await expect(page.getByText('First opened by Nurse Kim.')).toBeVisible();
    expect((await rig.deliveryOf(report)).openedBy).toBe('Nurse Kim');

    await page.getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByText('You have left')).toBeVisible();
    await page.goto(`${rig.url}/reports/${report}`);
    await expect(page.getByText('You are not signed in here')).toBeVisible();
  });

  test('a wrong code says so in the form, and asking for a new one tells the desk', async ({ page }) => {
    const { url } = await rig.invite();
    await page.goto(url);
    await page.getByLabel('Code').fill('11111111');
    await page.getByLabel('Your name and role').fill('x');
    await page.getByRole('button', { name: 'Open the reports' }).click();
    await expect(page.getByRole('alert')).toContainText('That is not the code');
    await page.getByRole('button', { name: 'Ask for a new code' }).click();
    await expect(page.getByText('The support desk of the reading group has been told')).toBeVisible();
    expect((await rig.links.list()).links.some(({ codeAskedAt }) => codeAskedAt !== undefined)).toBe(true);
  });
});

for (const viewport of [PHONE, { width: 1366, height: 768 }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${viewport.width} wide, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test('every page can be used by everyone, nothing sticks out, and nothing is refused by its policy', async ({
        page,
      }) => {
        const problems: string[] = [];
        page.on('console', (message) => void problems.push(message.text()));
        page.on('pageerror', (error) => void problems.push(error.message));
        const { url } = await rig.invite();
        await page.goto(url);
        await sound(page);
        await enter(page);
        await sound(page);
        await page.goto(`${rig.url}/reports/${report}`);
        await sound(page);
        await page.goto(`${rig.url}/reports/nothing`);
        await sound(page);
        expect(problems.filter((text) => !text.includes('404'))).toEqual([]);
      });
    });
  }
}

/** No rule broken, and the page no wider than the screen. */
async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
  ).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

test('the key image is drawn in the window of its file, and carries no patient', async ({ page }) => {
  await enter(page);
  await page.goto(`${rig.url}/reports/${report}`);
  const picture = page.getByRole('img', { name: 'Key image Series 2, image 14' });
  const levels = await picture.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const canvas = document.createElement('canvas');
    canvas.width = element.naturalWidth;
    canvas.height = element.naturalHeight;
    const brush = canvas.getContext('2d')!;
    brush.drawImage(element, 0, 0);
    return [element.naturalWidth, brush.getImageData(5, 5, 1, 1).data[0], brush.getImageData(60, 5, 1, 1).data[0]];
  });
  // PS3.3 C.11.2.1.2.1: (1000 - 999.5) / 399 + 0.5 of 255.
  expect(levels).toEqual([SIDE, 0, 128]);
  const bytes = await page.request.get(`${rig.url}/reports/${report}/images/1.png`);
  expect((await bytes.body()).toString('latin1')).not.toContain('Doe');
});
