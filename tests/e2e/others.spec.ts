import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import type { RadiologistId, StudyInstanceUid } from '#shared/domain/identifiers.ts';
import { textOf } from '#shared/dicom/study-summary.ts';
import { writeDemoFolder } from '#tests/support/demo-folder.ts';
import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { sign, waitForImages, waitForRow, writeReport } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { openPixelSource } from '#tests/support/viewer-harness/pixel-source.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';

let disc: DiscReading;
let family: string;

test.skip(lacks('chromium', 'dcmtk'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

/** Every image of the disc is a key image of somebody else, with a length drawn on it. */
function writeForeignObjects(disc: string): void {
  const source = openPixelSource([disc]);
  for (const studyInstanceUid of source.studies()) {
    const metadata = source.metadata(studyInstanceUid);
    const images = metadata.map((instance) => ({
      studyInstanceUid,
      seriesInstanceUid: textOf(instance['0020000E']) ?? '',
      sopInstanceUid: textOf(instance['00080018']) ?? '',
      sopClassUid: textOf(instance['00080016']) ?? '',
      label: 'Image',
    }));
    const signed = sampleReport({
      signedBy: { id: 'dr-mora' as RadiologistId, name: 'Mora^Ana' },
      studyInstanceUids: [studyInstanceUid as StudyInstanceUid],
      body: {
        ...sampleBody,
        keyImages: images.map((image) => ({ ...image, note: 'Compare next time' })),
        measurements: images.map((image, index) => ({
          trackingUuid: `11111111-2222-4333-8444-${String(index).padStart(12, '0')}`,
          image,
          words: 'Length 12 mm',
          shape: 'POLYLINE' as const,
          points: [
            [100, 100],
            [130, 120],
          ] as const,
          numbers: [{ quantity: 'length' as const, value: 12, unit: 'mm' }],
        })),
      },
    });
    const objects = reportObjects({
      signed,
      canonical: '{}',
      signature: '',
      pdf: new Uint8Array([0x25, 0x50, 0x44, 0x46]),
      studyInstanceUid: studyInstanceUid as StudyInstanceUid,
      studyIndex: 0,
      study: metadata[0],
    });
    for (const { kind, part10 } of objects)
      if (kind === 'measurements' || kind === 'key-images') writeFileSync(join(disc, `${kind}.dcm`), part10);
  }
}

test.beforeAll(async () => {
  disc = await startOnDisc(async (folder) => {
    const [study] = await writeDemoFolder(folder, ['cspine-fall']);
    family = study!.patient.name.split('^')[0]!;
    writeForeignObjects(folder);
  });
});
test.afterAll(() => disc?.stop());

const openCase = (page: Page): Promise<void> => disc.open(page, family);
const list = (page: Page) => page.getByRole('region', { name: 'Made by others' });
const drawn = (page: Page) => page.locator('[data-others]');

test('what others made lies over the images and is gone by one key, one piece or all, also when the case is opened again', async ({
  page,
}) => {
  await openCase(page);
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  const report = list(page).getByRole('button', { name: /^Structured report: Imaging Measurement Report/ });
  await expect(report).toContainText(/MORA, Ana/);
  await expect(drawn(page)).not.toHaveCount(0);
  await expect(drawn(page).getByText('Length 12 mm').first()).toBeVisible();
  await expect(
    drawn(page)
      .getByText(/^Key image of MORA, Ana.*: Compare next time$/)
      .first(),
  ).toBeVisible();

  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Shift+J');
  await expect(list(page).getByRole('switch', { name: 'Show what others made' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(page.locator('[data-others][data-kind="Key images"]')).toHaveCount(0);
  await expect(page.locator('[data-others][data-kind="Structured report"]')).not.toHaveCount(0);
  await page.keyboard.press('j');
  await expect(drawn(page)).toHaveCount(0);

  // First to the images, then out of the case.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await (await waitForRow(page, new RegExp(`^${family}`, 'i'))).press('Enter');
  await waitForImages(page);
  await expect(list(page).getByRole('switch', { name: 'Show what others made' })).toHaveAttribute(
    'aria-checked',
    'false',
  );
  await expect(drawn(page)).toHaveCount(0);
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });
    test('the list of what others made fits, and can be used by everyone', async ({ page }) => {
      await openCase(page);
      await expect(list(page)).toBeVisible();
      await expectSound(page);
    });
  });
}

test('a measurement put into the report leaves with its place, its image as key image with the note, and as it was seen', async ({
  page,
}) => {
  await openCase(page);
  await writeReport(page, 'A nodule.', 'Nodule.');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('m');
  const pane = (await page.locator('[data-pane][aria-current=true]').boundingBox())!;
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
  await page.mouse.move(x - 40, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 10, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press('Alt+m');
  const sent = page.getByRole('list', { name: 'Measurements sent as data' });
  await expect(sent.getByRole('listitem')).toHaveCount(1);
  const millimetres = /Length (\d+) mm/.exec(await sent.innerText())?.[1] ?? '';
  await page.keyboard.press('Alt+Shift+K');
  await page.keyboard.type('See the margin');
  await expectSound(page);
  await expect(page.getByRole('region', { name: 'Report' }).getByText(/^Saved/)).toBeVisible();
  await sign(page, '246802');

  const { reports } = disc;
  await expect
    .poll(() => (existsSync(reports) ? readdirSync(reports).filter((name) => name.endsWith('.dcm')) : []).length, {
      timeout: 60_000,
    })
    .toBe(5);
  const told = readdirSync(reports)
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => {
      const file = join(reports, name);
      const document = spawnSync('dsrdump', ['+Pc', '+Pl', file], { encoding: 'utf8' }).stdout;
      const state = spawnSync('dcmpschk', ['-v', file], { encoding: 'utf8' });
      return { file, document, state: `${state.stdout}${state.stderr}` };
    });
  const measured = told.find(({ document }) => document.includes('Imaging Measurement Report'))?.document ?? '';
  const number = /NUM:\(410668003,SCT,"Length"\)="([\d.]+)" \(mm,UCUM,"mm"\)/.exec(measured)?.[1];
  expect(Math.round(Number(number))).toBe(Number(millimetres));
  expect(measured).toMatch(/<inferred from SCOORD:=\(POLYLINE,/);
  const selection = told.find(({ document }) => document.includes('Key Object Selection'))?.document ?? '';
  expect(selection).toContain('See the margin');
  const words = told.map(({ file }) => execFileSync('dcmdump', ['+P', '0070,0006', file], { encoding: 'utf8' }));
  const presentation = words.findIndex((said) => said.includes(' mm'));
  expect(told[presentation]?.state).toContain('Test passed');
});
