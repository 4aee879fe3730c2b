import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { imagesAreHere, readFirst } from '#tests/support/read-case.ts';
import { SIGNED_IMPRESSION, SIGNED_REPORT } from '#tests/support/signed-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

const PIN = '2468';
const UNCHANGED = 'I have looked at the images myself and agree with this report, first written by Mora, Ana.';
const CHANGED =
  'I have looked at the images myself. Mora, Ana wrote this report first; I have changed it, and agree with it as it stands here.';

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor({ rows: 6 });
  const { body } = structuredClone(SIGNED_REPORT);
  door.world.attests = {
    firstReader: 'Mora^Ana',
    state: 'preliminary',
    before: { ...body, sections: [...body.sections.slice(0, 1), SIGNED_IMPRESSION] },
    unchanged: UNCHANGED,
    changed: CHANGED,
  };
  await readFirst(page, door.url);
  // Nothing is signed before the images have their place on screen.
  await imagesAreHere(page);
});
test.afterEach(() => door.stop());

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Sign report' });
const attestation = (page: Page) => dialog(page).getByRole('figure', { name: 'Attestation' });
const pin = (page: Page) => dialog(page).getByRole('textbox', { name: 'PIN' });

/** What was asked for with every signature, in order. */
const signatures = () =>
  door.world.calls
    .filter(({ name }) => name === 'signReport')
    .map(({ request }) => request as { readonly kind?: string; readonly attestation?: string });

async function signWithPin(page: Page): Promise<void> {
  await expect(pin(page)).toBeFocused();
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
}

test('a preliminary report is made final by key, with the sentence that stood in the box', async ({ page }) => {
  await expect(page.getByRole('textbox', { name: 'Findings' })).toHaveValue('No haemorrhage on the left.');
  await page.keyboard.press('F12');
  await expect(attestation(page)).toContainText(UNCHANGED);
  await signWithPin(page);
  await expect(dialog(page)).toBeHidden();
  expect(signatures().map(({ attestation: text }) => text)).toEqual([UNCHANGED]);
});

test('a text that was changed is attested as changed, and a space put in changes nothing', async ({ page }) => {
  const findings = page.getByRole('textbox', { name: 'Findings' });
  await findings.press('End');
  await page.keyboard.type(' ');
  await page.keyboard.press('F12');
  await expect(attestation(page)).toContainText(UNCHANGED);
  await page.keyboard.press('Escape');
  await findings.press('End');
  await page.keyboard.type('Old infarct.');
  await page.keyboard.press('F12');
  await expect(attestation(page)).toContainText(CHANGED);
  await signWithPin(page);
  await expect(dialog(page)).toBeHidden();
  expect(signatures().map(({ attestation: text }) => text)).toEqual([CHANGED]);
});

test('a report that stays preliminary is not attested', async ({ page }) => {
  await page.keyboard.press('F12');
  await expect(attestation(page)).toBeVisible();
  const kind = dialog(page).getByRole('combobox', { name: 'Sign as' });
  await kind.focus();
  await page.keyboard.type('Pre');
  await expect(kind).toHaveValue('preliminary');
  await expect(attestation(page)).toHaveCount(0);
  await pin(page).focus();
  await signWithPin(page);
  await expect(dialog(page)).toBeHidden();
  expect(signatures()).toMatchObject([{ kind: 'preliminary' }]);
  expect(signatures()[0]?.attestation).toBeUndefined();
});

test('another sentence than the one shown is shown first, and signed only then', async ({ page }) => {
  await page.keyboard.press('F12');
  await expect(attestation(page)).toContainText(UNCHANGED);
  const others = 'Confirmed after Mora, Ana.';
  if (door.world.attests !== undefined) door.world.attests = { ...door.world.attests, unchanged: others };
  await signWithPin(page);
  await expect(dialog(page).getByRole('alert').filter({ hasText: 'Read the attestation above' })).toBeVisible();
  await expect(attestation(page)).toContainText(others);
  await pin(page).focus();
  await signWithPin(page);
  await expect(dialog(page)).toBeHidden();
  expect(signatures().map(({ attestation: text }) => text)).toEqual([UNCHANGED, others]);
});

for (const viewport of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });
    test('the box fits, also with all that a difference asks for, and can be read by everyone', async ({ page }) => {
      await page.keyboard.press('F12');
      await expect(attestation(page)).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: 'Findings' }).fill('Haemorrhage on the right.');
      door.world.signAnswer = { status: 'discrepancy-needed', firstReader: 'Mora^Ana' };
      await page.keyboard.press('F12');
      await expect(attestation(page)).toContainText(CHANGED);
      await signWithPin(page);
      await expect(
        dialog(page).getByRole('combobox', { name: 'Difference from the preliminary report' }),
      ).toBeVisible();
      await expect(attestation(page)).toBeVisible();
      await expectSound(page);
    });
  });
}
