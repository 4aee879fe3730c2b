import { expect, test, type Page } from '@playwright/test';

import { startOnDisc, type DiscReading } from '#tests/support/disc-reading.ts';
import { OBLONG_CT, RADIOGRAPH, writePhantom } from '#tests/support/measured-phantom.ts';
import { lacks } from '#tests/support/peers.ts';
import { waitForImages } from '#tests/support/read-case.ts';

const PIN = '246802';
const WORDS = 'Small old lacunar infarct in the left thalamus.';

let disc: DiscReading;

test.skip(lacks('chromium'), 'peers are missing');

test.beforeAll(async () => {
  disc = await startOnDisc((folder) => {
    const patient = { PatientName: 'Effort^Test', PatientID: 'E-1', PatientSex: 'F', PatientBirthDate: '19610203' };
    writePhantom(folder, '1.2.826.0.1.3680043.10.91', {
      ...RADIOGRAPH,
      ...patient,
      StudyDescription: 'CHEST 2 VIEWS',
      BodyPartExamined: 'CHEST',
    });
    writePhantom(folder, '1.2.826.0.1.3680043.10.92', {
      ...OBLONG_CT,
      ...patient,
      StudyDescription: 'CT HEAD WITHOUT CONTRAST',
      BodyPartExamined: 'HEAD',
    });
  });
});
test.afterAll(() => disc?.stop());

/** Every key that goes down, modifiers too, except those of the words and the PIN. */
async function countKeys(
  page: Page,
): Promise<{ readonly count: () => Promise<number>; type(text: string): Promise<void> }> {
  await page.evaluate(() => {
    Object.assign(globalThis, { keysDown: 0 });
    window.addEventListener('keydown', () => ((globalThis as unknown as { keysDown: number }).keysDown += 1), true);
  });
  let typed = 0;
  return {
    count: async () => (await page.evaluate(() => (globalThis as unknown as { keysDown: number }).keysDown)) - typed,
    async type(text) {
      typed += text.length;
      await page.keyboard.type(text);
    },
  };
}

test('a normal chest radiograph takes at most six keys, a CT of the head with one finding at most twelve', async ({
  page,
}) => {
  await disc.enter(page);
  await expect(page.getByRole('grid', { name: 'Worklist' }).getByRole('row', { name: /^Effort/i })).toHaveCount(2, {
    timeout: 120_000,
  });
  await expect(page.getByRole('button', { name: 'Read next' })).toBeEnabled({ timeout: 60_000 });
  const pressed: Record<string, number> = {};
  const { count, type } = await countKeys(page);
  for (let reading = 0; reading < 2; reading += 1) {
    const before = await count();
    await page.keyboard.press('n');
    await waitForImages(page);
    const title = await page.getByRole('region', { name: 'Report' }).getByRole('heading', { level: 2 }).innerText();
    if (title === 'Chest radiograph') await page.keyboard.press('Alt+w');
    else {
      await page.keyboard.press('Alt+e');
      await expect(page.getByRole('textbox', { name: 'Findings' })).toBeFocused();
      await type(WORDS);
      await page.keyboard.press('Alt+d');
      await page.keyboard.press('Alt+d');
    }
    await expect(page.getByRole('textbox', { name: 'Impression' })).not.toHaveValue('');
    await page.keyboard.press('F12');
    const dialog = page.getByRole('dialog', { name: 'Sign report' });
    await expect(dialog.getByRole('textbox', { name: 'PIN' })).toBeFocused();
    await type(PIN);
    await expect(dialog.getByRole('button', { name: 'Sign and return' })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    pressed[title] = (await count()) - before;
  }
  expect(Object.keys(pressed).toSorted()).toEqual(['CT head', 'Chest radiograph']);
  expect(pressed['Chest radiograph']).toBeLessThanOrEqual(6);
  expect(pressed['CT head']).toBeLessThanOrEqual(12);
  process.stdout.write(`keys pressed: ${JSON.stringify(pressed)}\n`);
});
