import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { writeDemoFolder } from '#tests/support/demo-folder.ts';
import { lacks } from '#tests/support/peers.ts';
import { enter, waitForImages, waitForRow } from '#tests/support/read-case.ts';
import { expectSound, readByOcr } from '#tests/support/sound-screen.ts';
import { startProgram, type StartedProgram } from '#tests/support/start-program.ts';

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

let workstation: StartedProgram;
let folder: string;
let names: Map<string, string>;

test.skip(lacks('chromium', 'tesseract'), 'peers are missing');
test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overread-screens-'));
  const studies = await writeDemoFolder(
    join(folder, 'disc'),
    CASES.map(({ key }) => key),
  );
  names = new Map(studies.map(({ key, patient }) => [key, patient.name.split('^')[0]!]));
  workstation = await startProgram('workstation', [
    '--headless',
    '--data',
    join(folder, 'data'),
    '--import',
    join(folder, 'disc'),
  ]);
});
test.afterAll(async () => {
  await workstation?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let state: { cookies: Parameters<import('@playwright/test').BrowserContext['addCookies']>[0] } | undefined;

for (const size of SIZES) {
  const label = `${size.width}x${size.height}`;
  test.describe(label, () => {
    test.use({ viewport: size });
    for (const { key, what } of CASES) {
      test(`the reading screen with ${what} is sound, and reads as it says`, async ({ page, context }) => {
        if (state === undefined) {
          await enter(page, workstation.url);
          state = { cookies: await context.cookies() };
        } else {
          await context.addCookies(state.cookies);
          await enter(page, new URL(workstation.url).origin);
        }
        const family = names.get(key)!;
        await (await waitForRow(page, new RegExp(`^${family}`, 'i'))).press('Enter');
        await waitForImages(page);
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
