import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import { reportObjects } from '#electron/adapters/dicom-objects/report-objects.ts';
import type { StudyInstanceUid } from '#shared/domain/identifiers.ts';
import type { KeyImage, ReportMeasurement } from '#shared/reporting/report.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { differenceInside, parsePnm, readCanvas } from '#tests/support/viewer-harness/open-viewer.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';
import { sampleBody, sampleReport } from '#tests/unit/reporting/sample-report.ts';

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

const DICOM = join(TESTDATA, 'dicom');
const isWithout = lacks('chromium', 'testdata', 'dcmtk', 'python3-pydicom');

const viewer = viewerInBrowser(!isWithout);

const open = (...files: readonly string[]): Promise<Page> => viewer.show(files);
const list = (page: Page) => page.getByRole('region', { name: 'Made by others' });
const drawn = (page: Page) => page.locator('[data-others]');
const shownSop = (page: Page) => page.locator('[data-pane="pane-1"]').getAttribute('data-sop-instance-uid');

/** What pydicom counts in the frames of a segmentation: pixels by the image each was made from, for one segment. */
const COUNTED = `
import json, sys, pydicom
seg = pydicom.dcmread(sys.argv[1])
size = seg.Rows * seg.Columns // 8
counts = {}
for at, group in enumerate(seg.PerFrameFunctionalGroupsSequence):
    frame = seg.PixelData[at * size:(at + 1) * size]
    if group.SegmentIdentificationSequence[0].ReferencedSegmentNumber == int(sys.argv[2]):
        sop = group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        counts[sop] = counts.get(sop, 0) + bin(int.from_bytes(frame, 'big')).count('1')
print(json.dumps(counts))`;

/** The area of what is drawn on the painted image, in its pixels: fills only, each corner by corner. */
const drawnArea = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-others] g path:last-of-type')]
      .flatMap((path) => (path.getAttribute('d') ?? '').split('M').filter((part) => part !== ''))
      .map((part) => part.split('L').map((pair) => pair.split(' ').map(Number)))
      .reduce((sum, points) => {
        const twice = points.reduce((all, [x = 0, y = 0], at) => {
          const [nextX = 0, nextY = 0] = points[(at + 1) % points.length] ?? [];
          return all + x * nextY - nextX * y;
        }, 0);
        return sum + twice / 2;
      }, 0),
  );

describe.skipIf(isWithout)('what others made, over the images', () => {
  it('draws each segment of a segmentation on the images it was made from, as many pixels as pydicom counts', async () => {
    const file = join(DICOM, 'pt-headneck/seg-tumor.dcm');
    const page = await open(join(DICOM, 'pt-headneck'));
    const counts = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', COUNTED, file, '2'], { encoding: 'utf8' }),
    ) as Record<string, number>;
    const row = list(page).getByRole('button', { name: /^Segmentation: Neoplasm, Secondary/ });
    expect(await row.getAttribute('aria-label')).toMatch(/QIICR.*by manual.*2015-07-13, on 9 images/);
    const seen: Record<string, number> = {};
    for (let image = 0; image < 9; image += 1) {
      const before = await shownSop(page);
      await row.click();
      await expect.poll(() => shownSop(page)).not.toBe(before);
      await drawn(page).first().waitFor();
      const sop = (await shownSop(page)) ?? '';
      if (counts[sop] !== undefined && (await drawn(page).count()) === 1) seen[sop] = Math.round(await drawnArea(page));
    }
    expect(Object.keys(seen).length).toBeGreaterThan(3);
    for (const [sop, area] of Object.entries(seen)) expect(area).toBe(counts[sop]);
  });

  it('takes it off the screen and puts it back, alone and all together, and keeps that for the case', async () => {
    const page = await open(join(DICOM, 'pt-headneck'));
    await list(page)
      .getByRole('button', { name: /^Segmentation: Neoplasm, Secondary/ })
      .click();
    await drawn(page).first().waitFor();
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('j');
    await expect.poll(() => drawn(page).count()).toBe(0);
    await page.keyboard.press('j');
    await drawn(page).first().waitFor();
    const one = list(page).getByRole('switch', { name: 'Show Segmentation: Neoplasm, Secondary' });
    await one.click();
    await expect.poll(() => page.locator('[data-others$="#1"]').count()).toBe(0);
    const studies = viewer
      .source()
      .studies()
      .map((studyInstanceUid) => ({
        studyInstanceUid,
        role: 'current' as const,
        description: '',
      }));
    await page.evaluate(() => window.harness.show(undefined));
    await page.evaluate((again) => window.harness.show(again), studies);
    await expect.poll(() => one.getAttribute('aria-checked')).toBe('false');
    await page.keyboard.press('Shift+J');
  });

  it('draws the overlay planes of a file, which are in no pixel of the image', async () => {
    const page = await open(join(DICOM, 'luts/mr-siemens-dicom-withoverlays.dcm'));
    await drawn(page).first().waitFor();
    const count = execFileSync(
      '/usr/bin/python3',
      [
        '-c',
        `import pydicom, sys
d = pydicom.dcmread(sys.argv[1])
groups = [g for g in range(0x6000, 0x6020, 2) if (g, 0x3000) in d]
print(sum(bin(int.from_bytes(d[g, 0x3000].value, 'big')).count('1') for g in groups))`,
        join(DICOM, 'luts/mr-siemens-dicom-withoverlays.dcm'),
      ],
      { encoding: 'utf8' },
    );
    expect(Math.round(await drawnArea(page))).toBe(Number(count));
    // Only where it is taken off the screen does the image say that something is not shown.
    const words = page.getByText('Overlay in the file not shown');
    expect(await words.count()).toBe(0);
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('j');
    await words.waitFor({ state: 'attached' });
    expect(await drawn(page).count()).toBe(0);
  });
});

describe.skipIf(isWithout)('a recording beside the images', () => {
  it('is drawn lead by lead as on paper, and closed by one key', async () => {
    const { page } = await viewer.open([join(DICOM, 'waveform/waveform-ecg.dcm')]);
    await page.getByRole('button', { name: 'Waveform: open the recording' }).waitFor();
    await page.getByRole('region', { name: 'Viewer' }).focus();
    await page.keyboard.press('Shift+E');
    const panel = page.getByRole('dialog', { name: 'Electrocardiogram' });
    // Twelve leads twice: 10 s of rhythm and 1.2 s of the median beat, as pydicom reads it.
    await expect.poll(() => panel.getByRole('img', { name: /^Lead .*, 10 seconds$/ }).count()).toBe(12);
    expect(await panel.getByRole('img', { name: /^Lead .*, 1\.2 seconds$/ }).count()).toBe(12);
    expect(await panel.textContent()).toContain('25 mm/s, 10 mm/mV');
    // Ten seconds at 25 mm/s are 250 mm, 945 nominal pixels.
    const width = (await panel.getByRole('img', { name: 'Lead I, 10 seconds' }).boundingBox())?.width ?? 0;
    expect(width).toBeCloseTo(945, 0);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
  });
});

/** A length across the middle of the pane. */
async function drawAcross(page: Page): Promise<void> {
  const pane = (await page.locator('[data-pane="pane-1"]').boundingBox())!;
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
  await page.keyboard.press('m');
  await page.mouse.move(x - 40, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 10, { steps: 4 });
  await page.mouse.up();
  await page.locator('[data-measurement]').waitFor();
}

/** What a report with this key image and this measurement leaves beside the images; the files, named by kind. */
function writeObjects(image: KeyImage, measurement: ReportMeasurement): string[] {
  // dcmtk opens no presentation state of a patient without a name.
  const study = {
    ...viewer.source().metadata(image.studyInstanceUid)[0],
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] },
  };
  const signed = sampleReport({
    studyInstanceUids: [image.studyInstanceUid as StudyInstanceUid],
    body: { ...sampleBody, keyImages: [image], measurements: [measurement] },
  });
  const objects = reportObjects({
    signed,
    canonical: '{}',
    signature: 'a..b',
    pdf: new Uint8Array([0x25, 0x50, 0x44, 0x46]),
    studyInstanceUid: image.studyInstanceUid as StudyInstanceUid,
    studyIndex: 0,
    study,
  });
  expect(objects.map(({ kind }) => kind)).toContain('presentation');
  return objects.map(({ kind, part10 }) => {
    const file = join(viewer.scratch(), `${kind}.dcm`);
    writeFileSync(file, part10);
    return file;
  });
}

/** Both ends of what the presentation state drew, in the pane. */
const lineOfState = (page: Page) =>
  page.evaluate(() => {
    const line = document.querySelector<SVGPathElement>(
      '[data-others][data-kind="Presentation state"] path:last-of-type',
    );
    const matrix = line?.getCTM();
    const [from, to] = (line?.getAttribute('d') ?? '').slice(1).split('L');
    const at = (pair = '') => {
      const [px = 0, py = 0] = pair.split(' ').map(Number);
      const point = new DOMPoint(px, py).matrixTransform(matrix ?? undefined);
      return [point.x, point.y];
    };
    return [at(from), at(to)];
  });

function expectSameLine(back: readonly (readonly number[])[], path: string | null): void {
  const before = [...(path ?? '').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, px, py]) => [Number(px), Number(py)]);
  for (const [index, point] of back.entries())
    for (const axis of [0, 1]) expect(point[axis]).toBeCloseTo(before[index]?.[axis] ?? Number.NaN, 0);
}

describe.skipIf(isWithout)('what we write, read back', () => {
  const CT = join(DICOM, 'ct-chest/ct-chest-030.dcm');

  it('shows an image as it was seen: to us the same picture, to dcmtk within a grey level', async () => {
    const first = await open(CT);
    await first.keyboard.press('3');
    await first.keyboard.press('i');
    await first.keyboard.press('r');
    await first.keyboard.press('h');
    await first.keyboard.press('o');
    await drawAcross(first);
    const image = (await first.evaluate(() => window.harness.shownImage())) as KeyImage;
    const { measurement } = (await first.evaluate(() => window.harness.measurementForReport())) as {
      measurement: ReportMeasurement;
    };
    const path = await first.locator('[data-measurement] path').first().getAttribute('d');
    const picture = await readCanvas(first);
    const files = writeObjects(image, measurement);

    execFileSync('dcmp2pgm', [
      '-p',
      join(viewer.scratch(), 'presentation.dcm'),
      CT,
      join(viewer.scratch(), 'seen.pgm'),
    ]);
    const theirs = parsePnm(new Uint8Array(readFileSync(join(viewer.scratch(), 'seen.pgm'))));
    const difference = differenceInside(picture, theirs);
    expect(difference.worst).toBeLessThanOrEqual(1);

    const again = await open(CT, ...files);
    await expect.poll(() => drawn(again).count()).toBe(3);
    await again.keyboard.press('Shift+P');
    await expect.poll(async () => Buffer.compare((await readCanvas(again)).rgb, picture.rgb)).toBe(0);
    const ours = again.locator('[data-others][data-kind="Presentation state"] path').last();
    expect(await ours.getAttribute('d')).not.toBeNull();
    const back = await lineOfState(again);
    expectSameLine(back, path);
    await again.keyboard.press('j');
    await expect.poll(() => drawn(again).count()).toBe(0);
    expect(
      await list(again)
        .getByRole('button', { name: /^Structured report: Imaging Measurement Report/ })
        .count(),
    ).toBe(1);
    expect(
      await list(again)
        .getByRole('button', { name: /^Key images: Of Interest/ })
        .count(),
    ).toBe(1);
  });

  it('shows a colour image as it was seen: area, turn and drawing, in its own colours', async () => {
    const COLOUR = join(DICOM, 'color/examples-rgb-color.dcm');
    const first = await open(COLOUR);
    await first.keyboard.press('h');
    await first.keyboard.press('r');
    await first.keyboard.press('o');
    await drawAcross(first);
    const image = (await first.evaluate(() => window.harness.shownImage())) as KeyImage;
    expect(image.presentation).toBeDefined();
    const { measurement } = (await first.evaluate(() => window.harness.measurementForReport())) as {
      measurement: ReportMeasurement;
    };
    const path = await first.locator('[data-measurement] path').first().getAttribute('d');
    const picture = await readCanvas(first);
    const files = writeObjects(image, measurement);

    const again = await open(COLOUR, ...files);
    await expect.poll(() => drawn(again).count()).toBe(3);
    // Whatever was changed since: it is seen in its own colours again.
    await again.keyboard.press('i');
    await again.keyboard.press('Shift+P');
    await expect.poll(async () => Buffer.compare((await readCanvas(again)).rgb, picture.rgb)).toBe(0);
    expectSameLine(await lineOfState(again), path);
    expect(await list(again).innerText()).not.toContain('not applied');
  });
});
