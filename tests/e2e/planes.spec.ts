import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound } from '#tests/support/sound-screen.ts';
import { AXIAL, LANDMARK, LESSER, TILTED, writeVolume } from '#tests/support/volume-phantom.ts';

let disc: DiscReading;

test.skip(lacks('chromium'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

/** A body around the landmarks: an image of nothing is no first image. */
const BALLS = [LANDMARK, LESSER, { at: [0, 0, 0], radiusMm: 40, hu: 250 }] as const;

const PATIENT = {
  PatientName: 'PHANTOM^PLANES',
  PatientID: 'PHANTOM-1',
  PatientBirthDate: '19600101',
  PatientSex: 'O',
  StudyDate: '20260301',
  StudyTime: '101500',
  StudyDescription: 'CT chest',
  AccessionNumber: 'PLANES1',
};

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    const study = '2.25.70020';
    writeVolume(folder, {
      study,
      acquisition: AXIAL,
      balls: BALLS,
      facts: { ...PATIENT, SeriesDescription: 'Soft tissue' },
    });
    writeVolume(folder, {
      study,
      n: 2,
      acquisition: TILTED,
      balls: BALLS,
      facts: { ...PATIENT, SeriesDescription: 'Tilted' },
    });
  });
});
test.afterAll(() => disc?.stop());

const viewer = (page: Page) => page.getByRole('region', { name: 'Viewer' });
/** Letters of the edges that lie on words in a corner of their pane. */
const lettersOnWords = (page: Page): Promise<readonly string[]> =>
  viewer(page)
    .locator('[data-plane]')
    .evaluateAll((panes) =>
      panes.flatMap((pane) => {
        const boxes = (part: string) =>
          [...pane.querySelectorAll(part)].flatMap((element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return [...range.getClientRects()].map((box) => ({ box, text: element.textContent ?? '' }));
          });
        const words = boxes('[data-corner] > div');
        return boxes('[data-edge]').flatMap(({ box, text }) =>
          words
            .filter(
              ({ box: { left, right, top, bottom } }) =>
                left < box.right && right > box.left && top < box.bottom && bottom > box.top,
            )
            .map((word) => `${text} on ${word.text}`),
        );
      }),
    );
const plane = (page: Page, name: string) => page.getByRole('group', { name: `${name} plane` });

async function openCase(page: Page): Promise<void> {
  await disc.open(page, 'phantom');
  await viewer(page).focus();
}
async function openPlanes(page: Page): Promise<void> {
  await openCase(page);
  await viewer(page)
    .getByRole('button', { name: /Soft tissue/ })
    .click();
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(plane(page, 'Axial')).toHaveAttribute('data-loaded', '41');
}

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });
    test('the planes fit, say what they show and can be used by everyone', async ({ page }) => {
      await openPlanes(page);
      await page.keyboard.press('u');
      for (const name of ['Axial', 'Sagittal', 'Coronal']) {
        await expect(plane(page, name)).toBeVisible();
        await expect(plane(page, name).getByText('MIP 3 mm')).toBeVisible();
        await expect(plane(page, name).getByText('PHANTOM, PLANES')).toBeVisible();
      }
      await expectSound(page);
      expect(await lettersOnWords(page)).toEqual([]);
      await page.keyboard.press('Shift+Y');
      await expect(page.getByRole('group', { name: 'Volume rendering, Bone' })).toBeVisible();
      await expectSound(page);
      expect(await lettersOnWords(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await expect(plane(page, 'Sagittal')).toBeHidden();
      await expect(plane(page, 'Axial').getByRole('img', { name: /^Scale / })).toBeVisible();
      await expectSound(page);
    });
  });
}

test('Escape goes from the large plane to all, to the images, and only then to the list', async ({ page }) => {
  await openPlanes(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(plane(page, 'Coronal')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(plane(page, 'Coronal')).toBeHidden();
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});

test('a series that is no volume is refused with the reason, its images stay', async ({ page }) => {
  await openPlanes(page);
  await viewer(page)
    .getByRole('button', { name: /Tilted/ })
    .click();
  await expect(plane(page, 'Axial')).toBeHidden();
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(page.getByRole('status').filter({ hasText: 'gantry tilt' })).toBeVisible();
  await expect(page.locator('[data-pane][aria-current=true]')).toHaveAttribute('aria-label', /Tilted/);
});

test('planes are found among the commands', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Search commands' }).fill('planes (MPR)');
  await page.keyboard.press('Enter');
  await expect(plane(page, 'Axial')).toBeVisible();
});

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
/** Across a plane, to both sides of its middle. */
async function dragAcross(page: Page, name: string): Promise<void> {
  const box = (await plane(page, name).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 50, y - 15);
  await page.mouse.down();
  await page.mouse.move(x + 50, y + 15, { steps: 4 });
  await page.mouse.up();
}

test('a length on an oblique plane is a sentence of the findings, and the way back opens that plane at that place', async ({
  page,
}) => {
  await openPlanes(page);
  // Two steps towards the feet, the coronal plane turned by ten degrees and three steps to the back.
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(plane(page, 'Coronal')).toHaveAttribute('aria-current', 'true');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('m');
  await dragAcross(page, 'Coronal');
  const drawn = page.locator('[data-plane="coronal"] [data-plane-length]');
  const mm = Math.hypot(100, 30) * Number(await plane(page, 'Coronal').getAttribute('data-mm-per-pixel'));
  await expect(drawn).toHaveCount(1);
  expect(Number(await drawn.getAttribute('data-plane-length'))).toBeCloseTo(mm, 1);
  const there = (await plane(page, 'Axial').getAttribute('data-at'))!;
  await page.keyboard.press('Alt+m');
  const words = `${mm.toFixed(0)} mm (series 1, oblique coronal plane)`;
  await expect(findings(page)).toHaveValue(words);
  const wayBack = page
    .getByRole('list', { name: 'Measurements sent as data' })
    .getByRole('button', { name: `Show Length ${words}` });
  await expect(wayBack).toBeVisible();
  await expect(page.getByRole('region', { name: 'Report' }).getByText(/^Saved/)).toBeVisible();

  const expectThere = async () => {
    await expect(plane(page, 'Coronal')).toHaveAttribute('aria-current', 'true');
    await expect(plane(page, 'Coronal').getByText('Coronal, oblique')).toBeVisible();
    await expect(plane(page, 'Axial')).toHaveAttribute('data-at', there);
    await expect(drawn).toHaveCount(1);
    expect(Number(await drawn.getAttribute('data-plane-length'))).toBeCloseTo(mm, 1);
  };
  // From the same planes elsewhere, and from the images.
  await viewer(page).focus();
  await page.keyboard.press('Shift+Z');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
  await expect(drawn).toHaveCount(0);
  await wayBack.click();
  await expectThere();
  await viewer(page).focus();
  await page.keyboard.press('y');
  await expect(plane(page, 'Axial')).toBeHidden();
  await wayBack.click();
  await expectThere();
  await expectSound(page);
  // In a new window the draft is all that is left of it.
  await page.reload();
  await openCase(page);
  await wayBack.click();
  await expectThere();
});

test('planes that are saved as they are seen hang so when the case is opened again', async ({ page }) => {
  await openPlanes(page);
  await page.keyboard.press('5');
  await page.keyboard.press('u');
  await page.keyboard.press('u');
  await page.keyboard.press('Shift+X');
  await page.keyboard.press('i');
  await page.keyboard.press('n');
  const asSaved = async (isEnlarged: boolean) => {
    for (const name of isEnlarged ? ['Sagittal'] : ['Axial', 'Sagittal', 'Coronal']) {
      await expect(plane(page, name)).toHaveAttribute('data-window-center', '480');
      await expect(plane(page, name)).toHaveAttribute('data-window-width', '2500');
      await expect(plane(page, name).getByText('MinIP 5 mm')).toBeVisible();
      // Of small panes only for those who look for it.
      await expect(plane(page, name).getByText(/inverted/)).toBeAttached();
    }
  };
  await asSaved(false);
  const saveAs = async (name: string) => {
    await viewer(page).focus();
    await page.keyboard.press('Shift+S');
    await page.keyboard.type(name);
    const saved = page.waitForResponse((response) => response.url().endsWith('/hangings.save'));
    await page.keyboard.press('Enter');
    expect((await saved).ok()).toBe(true);
  };
  const openAgain = async (name: string) => {
    await page.reload();
    await openCase(page);
    await expect(page.getByRole('button', { name: `Hanging: ${name}` })).toBeVisible();
  };
  await saveAs('Low planes');
  await openAgain('Low planes');
  await asSaved(false);
  await viewer(page).focus();
  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await expect(plane(page, 'Axial')).toBeHidden();
  await saveAs('Low sagittal');
  await page.keyboard.press('Shift+H');
  await page.getByRole('button', { name: 'Delete Low planes' }).click();
  // Escape leaves the list of hangings, neither the large plane nor the case.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Hangings' })).toBeHidden();
  await expect(plane(page, 'Axial')).toBeHidden();
  await asSaved(true);
  await openAgain('Low sagittal');
  await asSaved(true);
  await expect(plane(page, 'Axial')).toBeHidden();
  await viewer(page).focus();
  await page.keyboard.press('Shift+H');
  await page.getByRole('button', { name: 'Delete Low sagittal' }).click();
  await expect(page.getByRole('button', { name: 'Delete Low sagittal' })).toBeHidden();
});
