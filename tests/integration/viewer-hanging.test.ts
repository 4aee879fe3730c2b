import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildHarnessPage } from '#tests/support/viewer-harness/build-page.ts';
import type { Harness } from '#tests/support/viewer-harness/main.tsx';
import { launchChromium, openViewer, readCanvas, type OpenViewer } from '#tests/support/viewer-harness/open-viewer.ts';
import { axial, writeStudy } from '#tests/support/written-study.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('hangings in a browser: skipped, chromium is not here\n');

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

const HEAD = '2.25.801';
const HEAD_PRIOR = '2.25.802';
const BRAIN = '2.25.803';
const BREASTS = '2.25.804';
const BREASTS_PRIOR = '2.25.805';
const SECOND_HEAD = '2.25.806';
const ULTRASOUND = '2.25.807';
const CT = { Modality: 'CT', RescaleSlope: 1, RescaleIntercept: -1024, WindowCenter: 40, WindowWidth: 100 } as const;
const FIRST_SPACE = '2.25.81';
const SECOND_SPACE = '2.25.82';

function head(folder: string, study: string, space: string, firstMm: number): string {
  const common = { ...CT, StudyDescription: 'CT HEAD WO', FrameOfReferenceUID: space } as const;
  return writeStudy(folder, study, common, [
    { n: 1, count: 2, facts: { SeriesDescription: 'SCOUT', ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] } },
    { n: 2, count: 20, facts: { SeriesDescription: 'BONE', ConvolutionKernel: 'BONE' }, each: axial(2, firstMm) },
    { n: 3, count: 8, facts: { SeriesDescription: 'AX 5MM' }, each: axial(5, firstMm) },
  ]);
}

/** Detectors of two sizes: without a common scale the larger breast would look as small as the other. */
const breasts = (folder: string, study: string, number: number): string =>
  writeStudy(
    folder,
    study,
    {
      Modality: 'MG',
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.2',
      StudyDescription: 'MAMMO',
      WindowCenter: 120,
      WindowWidth: 255,
    },
    (
      [
        ['R', 'CC', 32],
        ['L', 'CC', 32],
        ['R', 'MLO', 48],
        ['L', 'MLO', 48],
      ] as const
    ).map(([ImageLaterality, ViewPosition, rows], at) => ({
      n: number + at,
      count: 1,
      rows,
      columns: 24,
      facts: { ImageLaterality, ViewPosition, ImagerPixelSpacing: [2, 2] },
    })),
  );

let browser: Browser;
let scratch = '';
let opened: OpenViewer;
let page: Page;

beforeAll(async () => {
  if (!isHere) return;
  scratch = mkdtempSync(join(tmpdir(), 'viewer-hanging-'));
  const files = join(scratch, 'files');
  const mr = { Modality: 'MR', StudyDescription: 'MRI BRAIN W WO', SOPClassUID: '1.2.840.10008.5.1.4.1.1.4' } as const;
  const sequence = (n: number, SeriesDescription: string) => ({
    n,
    count: 6,
    facts: { SeriesDescription },
    each: axial(5),
  });
  const paths = [
    head(files, HEAD, FIRST_SPACE, 0),
    head(files, HEAD_PRIOR, SECOND_SPACE, 12),
    head(files, SECOND_HEAD, FIRST_SPACE, 20),
    writeStudy(files, BRAIN, mr, [
      sequence(2, 'Ax T1'),
      sequence(3, 'Ax T2'),
      sequence(4, 'Ax FLAIR'),
      sequence(5, 'Ax T1 +C'),
    ]),
    writeStudy(files, ULTRASOUND, { Modality: 'US', StudyDescription: 'US LIVER' }, [{ n: 1, count: 14, facts: {} }]),
    breasts(files, BREASTS, 1),
    breasts(files, BREASTS_PRIOR, 11),
  ];
  await buildHarnessPage(join(scratch, 'page'));
  browser = await launchChromium();
  opened = await openViewer(browser, join(scratch, 'page'), paths, { isIdle: true });
  page = opened.page;
  await page.waitForFunction(() => 'harness' in window);
}, 120_000);
afterAll(async () => {
  if (!isHere) return;
  expect(opened.complaints).toEqual([]);
  await opened.close();
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function show(current: string, ...priors: readonly string[]): Promise<void> {
  const studies = [
    { studyInstanceUid: current, role: 'current' as const, description: '' },
    ...priors.map((studyInstanceUid) => ({ studyInstanceUid, role: 'prior' as const, description: '' })),
  ];
  await page.evaluate((shown) => window.harness.show(shown), studies);
  await page.locator('[data-pane][data-sop-instance-uid]').first().waitFor();
}
const pane = (number: number) => page.locator(`[data-pane="pane-${number}"]`);
const uidIn = (number: number) => pane(number).getAttribute('data-sop-instance-uid');
/** The series that stands in each pane, by the images that are painted there. */
async function seriesInPanes(): Promise<string[]> {
  const panes = page.locator('[data-pane]');
  return panes.evaluateAll((all) =>
    all.map((one) => {
      const parts = one.getAttribute('data-sop-instance-uid')?.split('.') ?? [];
      return parts.length === 0 ? '-' : `${parts[2]}.${parts[3]}`;
    }),
  );
}
const press = async (key: string) => {
  await page.getByRole('region', { name: 'Viewer' }).focus();
  await page.keyboard.press(key);
};
const block = () => page.getByRole('region', { name: 'Hanging' });

describe.skipIf(!isHere)('a hanging in the running window', () => {
  it('shows the thick soft series of a head beside the one of its prior, and says why by key', async () => {
    await show(HEAD, HEAD_PRIOR);
    await expect.poll(seriesInPanes).toEqual(['801.3', '802.3']);
    expect(await block().innerText()).toContain('CT head');
    await press('Shift+H');
    const panel = page.getByRole('dialog', { name: 'Hangings' });
    const first = panel.getByRole('button', { pressed: true });
    expect(await first.getAttribute('aria-label')).toMatch(
      /^CT head, because images are CT, the study description says “head”, /,
    );
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('scrolls both by an offset that is said where no frame of reference relates them', async () => {
    await pane(2)
      .getByText(/^Linked, offset \+12 mm$/)
      .waitFor({ state: 'attached' });
    const [one, other] = [await uidIn(1), await uidIn(2)];
    await press('ArrowDown');
    await expect.poll(() => uidIn(1)).not.toBe(one);
    await expect.poll(() => uidIn(2)).not.toBe(other);
    expect((await uidIn(2))?.split('.').at(-1)).toBe((await uidIn(1))?.split('.').at(-1));
  });

  it('keeps window and zoom of current and prior the same', async () => {
    await press('2');
    await expect.poll(() => pane(2).getAttribute('data-window-width')).toBe('80');
    expect(await pane(2).getAttribute('data-window-center')).toBe('40');
    await press('o');
    await expect.poll(() => pane(2).getByText('Zoom 100 %').count()).toBe(1);
  });

  it('goes to the bone stage by key, in a bone window', async () => {
    for (const _ of [1, 2, 3]) await press('.');
    await expect.poll(seriesInPanes).toEqual(['801.2', '802.2']);
    expect(await pane(1).getAttribute('data-window-width')).toBe('2500');
    expect(await block().innerText()).toMatch(/4\/\d Bone/);
  });

  it('scrolls to the same place of the body where the frame of reference is the same', async () => {
    await show(HEAD, SECOND_HEAD);
    await expect.poll(seriesInPanes).toEqual(['801.3', '806.3']);
    await press('End');
    await press('ArrowUp');
    // Slice 7 lies at 30 mm; the other's third lies there: 20, 25, 30.
    await expect.poll(() => uidIn(1)).toBe(`${HEAD}.3.7`);
    await expect.poll(() => uidIn(2)).toBe(`${SECOND_HEAD}.3.3`);
    expect(
      await pane(2)
        .getByText(/offset/)
        .count(),
    ).toBe(0);
  });

  it('shows a brain in four sequences and says which one is missing, in the pane and beside it', async () => {
    await show(BRAIN);
    await expect.poll(seriesInPanes).toEqual(['-', '803.4', '803.3', '803.2']);
    expect(await pane(1).innerText()).toContain('Diffusion: not in this study');
    expect(await block().getByRole('status').innerText()).toBe('Not in this case: Diffusion');
  });

  it('lays ultrasound pictures in a grid and turns it by pages', async () => {
    await show(ULTRASOUND);
    const pictures = async () =>
      (await page.locator('[data-pane]').evaluateAll((all) => all.map((one) => one.dataset['index']))).join(' ');
    await expect.poll(pictures).toBe('0 1 2 3 4 5');
    await press('PageDown');
    await expect.poll(pictures).toBe('6 7 8 9 10 11');
    await press('PageDown');
    await expect.poll(pictures).toBe('8 9 10 11 12 13');
    await press('PageUp');
    await expect.poll(pictures).toBe('2 3 4 5 6 7');
  });

  it('lays mammograms with their priors in one scale, chest walls together', async () => {
    await show(BREASTS, BREASTS_PRIOR);
    await expect
      .poll(seriesInPanes)
      .toEqual(['804.1', '804.2', '804.3', '804.4', '805.11', '805.12', '805.13', '805.14']);
    const bars = await page
      .locator('[data-pane] [aria-label^="Scale"]')
      .evaluateAll((all) =>
        all.map((one) => `${one.getAttribute('aria-label')} ${one.firstElementChild?.getBoundingClientRect().width}`),
      );
    expect(bars).toHaveLength(8);
    expect(new Set(bars).size).toBe(1);
    // The wedge is brightest at its right edge: there the right breast's chest wall touches the pane's edge.
    const { width, height, rgb } = await readCanvas(page, 'pane-1');
    const middle = Math.floor(height / 2) * width;
    const lit = Array.from({ length: width }, (_, x) => rgb[(middle + x) * 3]!).map((grey) => grey > 8);
    expect(lit.lastIndexOf(true)).toBeGreaterThanOrEqual(width - 3);
    expect(lit.indexOf(true)).toBeGreaterThan(10);
  });

  it('gives way to more or fewer panes and to another series by key, and says where there is no other', async () => {
    await show(HEAD);
    await expect.poll(seriesInPanes).toEqual(['801.3']);
    const layout = () => page.getByLabel('Layout').inputValue();
    await press('=');
    await expect.poll(layout).toBe('1x2');
    await press('=');
    await expect.poll(layout).toBe('2x1');
    await press('-');
    await press('-');
    await expect.poll(layout).toBe('1x1');
    await press('-');
    await press('<');
    await expect.poll(seriesInPanes).toEqual(['801.2']);
    await press('>');
    await expect.poll(seriesInPanes).toEqual(['801.3']);
    await press('>');
    const said = () => page.evaluate(() => (document.documentElement.dataset['problems'] ?? '').split('\n').slice(-2));
    await expect.poll(said).toEqual(['There is no layout of fewer panes.', 'This is the last series.']);
  });

  it('has what was drawn before on the images of both studies, and names what has no image here', async () => {
    const drawnOn = (nth: number, study: string, number: number) => ({
      id: `00000000-0000-4000-8000-00000000000${nth}`,
      image: {
        studyInstanceUid: study,
        seriesInstanceUid: `${study}.3`,
        sopInstanceUid: `${study}.3.${number}`,
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        label: `Series 3, image ${number}`,
      },
      kind: 'length' as const,
      points: [
        [2, 2],
        [6, 5],
      ] as const,
      text: '',
    });
    const before = [drawnOn(1, HEAD, 2), drawnOn(2, HEAD_PRIOR, 3), drawnOn(3, HEAD, 99)];
    await page.evaluate((drawn) => {
      window.harness.show(undefined);
      window.harness.drawBefore(drawn);
    }, before);
    await show(HEAD, HEAD_PRIOR);
    const rows = page.getByRole('region', { name: 'Measurements' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(2);
    const said = () => page.evaluate(() => (document.documentElement.dataset['problems'] ?? '').split('\n').at(-1));
    await expect
      .poll(said)
      .toBe('Kept with the draft but not shown: 1 drawing on images that are not here (Series 3, image 99).');
    await rows.first().getByRole('button').first().click();
    await expect.poll(() => page.locator('[data-measurement][data-selected=true]').count()).toBe(1);
    await page.evaluate(() => window.harness.drawBefore([]));
  });

  it('saves what is seen as a hanging of the reader, and hangs the next such case by it', async () => {
    await show(HEAD);
    await expect.poll(seriesInPanes).toEqual(['801.3']);
    await page.getByLabel('Layout').selectOption('1x2');
    await pane(2).click();
    await page.getByRole('button', { name: /^Series 2: BONE/ }).click();
    await expect.poll(() => uidIn(2)).toContain(`${HEAD}.2.`);
    await press('5');
    await press('Shift+S');
    await page.getByLabel('Save what I see as').fill('Head and bone');
    await page.keyboard.press('Enter');
    await show(SECOND_HEAD);
    await expect.poll(seriesInPanes).toEqual(['806.3', '806.2']);
    expect(await pane(2).getAttribute('data-window-width')).toBe('2500');
    expect(await block().innerText()).toContain('Head and bone');

    await press('Shift+H');
    await page.getByRole('button', { name: 'Edit Head and bone' }).click();
    await page.getByLabel('Name').fill('Knees only');
    await page.getByLabel(/^One of these words/).fill('knee');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('button', { name: 'Edit Knees only' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await show(HEAD);
    await expect.poll(seriesInPanes).toEqual(['801.3']);
    await press('Shift+H');
    await page.getByRole('button', { name: 'Delete Knees only' }).click();
    await page.getByRole('button', { name: 'Delete Knees only' }).waitFor({ state: 'detached' });
  });
});
