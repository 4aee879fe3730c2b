import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { writeDemoFolder } from '#tests/support/demo-folder.ts';
import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { lacks } from '#tests/support/peers.ts';
import { expectSound, readByOcr } from '#tests/support/sound-screen.ts';

/** One study a modality; the name is the one in the study's header. */
const CASES = [
  { key: 'cspine-fall', what: 'CT' },
  { key: 'chest-pneumothorax', what: 'a chest radiograph' },
  { key: 'mr-stroke', what: 'MR' },
  { key: 'us-liver', what: 'ultrasound' },
] as const;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const;

let disc: DiscReading;
let names: Map<string, string>;

test.skip(lacks('chromium', 'tesseract'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  disc = await startOnDisc(async (folder) => {
    const studies = await writeDemoFolder(
      folder,
      CASES.map(({ key }) => key),
    );
    names = new Map(studies.map(({ key, patient }) => [key, patient.name.split('^')[0]!]));
  });
});
test.afterAll(() => disc?.stop());

for (const size of SIZES) {
  const label = `${size.width}x${size.height}`;
  test.describe(label, () => {
    test.use({ viewport: size });
    for (const { key, what } of CASES) {
      test(`the reading screen with ${what} is sound, and reads as it says`, async ({ page }) => {
        const family = names.get(key)!;
        await disc.open(page, family);
        const shots = process.env['OVERREAD_SHOTS'];
        if (shots !== undefined) await page.screenshot({ path: join(shots, `${key}-${label}.png`) });
        await expectSound(page);
        // What the accessibility tree says, the picture says too.
        for (const [part, words] of [
          [page.getByLabel('Patient'), family],
          [page.getByRole('region', { name: 'Clinical notes' }), 'Reason for exam'],
          [page.getByRole('region', { name: 'Report' }), 'Findings'],
        ] as const) {
          await expect(part).toContainText(words, { ignoreCase: true });
          expect((await readByOcr(part)).toLowerCase()).toContain(words.toLowerCase());
        }
        await page.keyboard.press('Escape');
        await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
      });
    }
  });
}
