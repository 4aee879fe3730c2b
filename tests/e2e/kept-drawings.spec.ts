import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { sign } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { AXIAL, LANDMARK, LESSER, writeVolume } from '#tests/support/volume-phantom.ts';

let disc: DiscReading;

test.skip(lacks('chromium', 'dcmtk'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

const BALLS = [LANDMARK, LESSER, { at: [0, 0, 0], radiusMm: 40, hu: 250 }] as const;
const FACTS = {
  PatientName: 'PHANTOM^DRAWN',
  PatientID: 'PHANTOM-17',
  PatientBirthDate: '19600101',
  PatientSex: 'O',
  StudyDate: '20260301',
  StudyTime: '101500',
  StudyDescription: 'CT chest',
  AccessionNumber: 'DRAWN1',
  SeriesDescription: 'Soft tissue',
};

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    writeVolume(folder, { study: '2.25.70170', acquisition: AXIAL, balls: BALLS, facts: FACTS });
  });
});
test.afterAll(() => disc?.stop());

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
const report = (page: Page) => page.getByRole('region', { name: 'Report' });
const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const list = (page: Page) => page.getByRole('region', { name: 'Measurements' });
const rows = (page: Page) => list(page).getByRole('listitem');
const saved = (page: Page) => expect(report(page).getByText(/^Saved/)).toBeVisible();

async function dragAcross(page: Page, selector: string, by: readonly [number, number]): Promise<void> {
  const box = (await page.locator(selector).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - by[0], y - by[1]);
  await page.mouse.down();
  await page.mouse.move(x + by[0], y + by[1], { steps: 4 });
  await page.mouse.up();
}
const PANE = '[data-pane][aria-current=true]';

/** Where the grips of each drawing lie on its image, millimetres from the middle, drawing by drawing as the list has them. */
async function grips(page: Page): Promise<readonly (readonly number[])[]> {
  const all: number[][] = [];
  for (const row of await rows(page).all()) {
    await row.getByRole('button').first().click();
    await expect(row).toHaveAttribute('aria-current', 'true');
    await expect(page.locator('[data-selected=true] circle').first()).toBeAttached();
    all.push(
      await page.locator(PANE).evaluate((pane) => {
        const mm = Number(pane.getAttribute('data-mm-per-pixel'));
        const layer = pane.querySelector('[data-measuring=layer]')!;
        const circles = [...pane.querySelectorAll('[data-selected=true] circle')];
        return circles.flatMap((circle) => [
          (Number(circle.getAttribute('cx')) - layer.clientWidth / 2) * mm,
          (Number(circle.getAttribute('cy')) - layer.clientHeight / 2) * mm,
        ]);
      }),
    );
  }
  return all;
}

/** What the list says of them, and where they lie. */
const drawn = async (page: Page) => ({
  names: await rows(page)
    .getByRole('button')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
  grips: await grips(page),
});

/** A hundredth of an image pixel and less: they are 1 by 1.5 mm. */
const CLOSE_MM = 0.01;
function expectSame(now: Awaited<ReturnType<typeof drawn>>, before: Awaited<ReturnType<typeof drawn>>): void {
  expect(now.names).toEqual(before.names);
  expect(now.grips.map(({ length }) => length)).toEqual(before.grips.map(({ length }) => length));
  const off = now.grips.flat().map((value, index) => Math.abs(value - before.grips.flat()[index]!));
  expect(Math.max(...off)).toBeLessThan(CLOSE_MM);
}

let before: Awaited<ReturnType<typeof drawn>>;
let sentence: string;

test('what was drawn stands again after the program was killed: in its place, linked with its sentence', async ({
  page,
}) => {
  await disc.open(page, 'phantom');
  await viewer(page).focus();
  await page.keyboard.press('m');
  await dragAcross(page, PANE, [60, 15]);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Alt+m');
  await expect(findings(page)).toHaveValue(/^\d+ mm \(series \d+, image \d+\)$/);
  sentence = await findings(page).inputValue();
  await viewer(page).focus();
  // Another image; what is drawn there goes into no sentence.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await dragAcross(page, PANE, [30, 25]);
  await expect(rows(page)).toHaveCount(2);
  await saved(page);
  before = await drawn(page);
  expect(before.names.filter((name) => name?.startsWith('Ellipse ROI'))[0]).toMatch(/HU/);

  await disc.killAndStart();
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(2);
  expectSame(await drawn(page), before);
  await expect(findings(page)).toHaveValue(sentence);
  // From the sentence to the drawing itself, from elsewhere.
  await viewer(page).focus();
  await page.keyboard.press('End');
  await expect(page.locator('[data-measurement]')).toHaveCount(0);
  await report(page)
    .getByRole('list', { name: 'Measurements sent as data' })
    .getByRole('button', { name: /^Show Length/ })
    .click();
  await expect(page.locator('[data-measurement][data-kind=length][data-selected=true]')).toHaveCount(1);
  await expectSound(page);
});

test('what came back can be dragged, taken back and deleted; that is kept too', async ({ page }) => {
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(2);
  await rows(page).getByRole('button').first().click();
  const grip = page.locator('[data-selected=true] circle').first();
  const box = (await grip.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 30, box.y + box.height / 2, { steps: 3 });
  await page.mouse.up();
  expect((await drawn(page)).grips[0]![0]).toBeLessThan(before.grips[0]![0]! - 1);
  await viewer(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  expectSame(await drawn(page), before);
  // Nothing is behind that: what came back is not taken away by taking back.
  await viewer(page).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rows(page)).toHaveCount(2);
  await rows(page)
    .getByRole('button', { name: /^Delete Ellipse ROI/ })
    .click();
  await expect(rows(page)).toHaveCount(1);
  await saved(page);
  await page.reload();
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).getByRole('button').first()).toHaveAttribute('aria-label', /^Length/);
});

test('a distance on planes stands again on its planes', async ({ page }) => {
  await disc.open(page, 'phantom');
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(page.getByRole('group', { name: 'Axial plane' })).toHaveAttribute('data-loaded', '41');
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('m');
  await dragAcross(page, '[data-plane=coronal]', [40, 20]);
  const line = page.locator('[data-plane=coronal] [data-plane-length]');
  await expect(line).toHaveCount(1);
  const facts = async () => [
    await line.getAttribute('data-plane-length'),
    await page.getByRole('group', { name: 'Coronal plane' }).getAttribute('data-at'),
  ];
  const drawnThere = await facts();
  await saved(page);
  await disc.killAndStart();
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(2);
  await rows(page)
    .getByRole('button', { name: /^Length .*coronal plane/ })
    .first()
    .click();
  await expect(line).toHaveCount(1);
  expect(await facts()).toEqual(drawnThere);
  await page.keyboard.press('Delete');
  await expect(line).toHaveCount(0);
  await saved(page);
});

test('a window of images that no main window opened shows what was drawn, and says that what is drawn there is not kept', async ({
  page,
  context,
}) => {
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(1);
  const images = await context.newPage();
  await images.goto(`${new URL(page.url()).origin}/?window=images`);
  await expect(rows(images)).toHaveCount(1);
  const words = images.getByRole('alert').filter({ hasText: 'is not kept' });
  await expect(words).toHaveCount(0);
  await rows(images).getByRole('button').first().click();
  await expect(images.locator('[data-measurement]')).toHaveCount(1);
  await rows(images)
    .getByRole('button', { name: /^Delete Length/ })
    .click();
  await expect(words).toBeVisible();
  const closing = images.waitForEvent('close');
  await images.close();
  await closing;
  await expect(rows(page)).toHaveCount(1);
});

test('signed, each measurement of the report leaves once, and nothing of what was only drawn', async ({ page }) => {
  await disc.open(page, 'phantom');
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Nothing acute.');
  await saved(page);
  await sign(page, '246802');
  const { reports } = disc;
  const written = () => (existsSync(reports) ? readdirSync(reports).filter((name) => name.endsWith('.dcm')) : []);
  const measurementReports = () =>
    written()
      .map((name) => spawnSync('dsrdump', ['+Pc', '+Pl', join(reports, name)], { encoding: 'utf8' }).stdout)
      .filter((text) => text.includes('Imaging Measurement Report'));
  await expect.poll(() => measurementReports().length, { timeout: 60_000 }).toBe(1);
  const [text = ''] = measurementReports();
  expect(text.match(/<(?:contains|has obs context|inferred from)? ?NUM:|NUM:\(/g)).toHaveLength(1);
  expect(text).toMatch(/NUM:\(410668003,SCT,"Length"\)/);
});
