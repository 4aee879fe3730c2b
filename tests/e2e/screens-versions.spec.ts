import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { openSignedCase, SIGNED_IMPRESSION, SIGNED_REPORT, signFirstCase } from '#tests/support/signed-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor();
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});
test.afterEach(() => door.stop());

const SIZES = [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
] as const;

/** Longer than any line: it must wrap, not stick out. */
const LONG =
  'Acute on chronic subdural haematoma along the left convexity, largest depth 14 mm, with midline shift. '.repeat(12);

async function runCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Two more versions by another reader, with much to show. */
function signTwoMore(): void {
  for (const [taskId, versions] of door.world.versions) {
    const [findings] = SIGNED_REPORT.body.sections;
    if (findings === undefined) throw new Error('no findings');
    const body = { ...SIGNED_REPORT.body, sections: [{ ...findings, text: LONG }, SIGNED_IMPRESSION] };
    const addenda = [{ text: LONG, signedBy: 'Mora^Ana', signedAt: SIGNED_REPORT.signedAt }];
    const corrected = {
      ...SIGNED_REPORT,
      reportUuid: 'v2',
      version: 2,
      state: 'corrected' as const,
      body,
      reason: LONG,
    };
    const appended = { ...SIGNED_REPORT, reportUuid: 'v3', version: 3, state: 'appended' as const, body, addenda };
    door.world.versions.set(taskId, [appended, corrected, ...versions]);
  }
}

for (const size of SIZES) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ viewport: size });

    test('what follows a signed report fits, and can be used by everyone', async ({ page }) => {
      await openSignedCase(page, door);

      await page.keyboard.press('Alt+a');
      const addendum = page.getByRole('dialog', { name: 'Add an addendum' });
      await expect(addendum.getByRole('textbox', { name: 'Addendum' })).toBeFocused();
      await expectSound(page);
      await addendum.getByRole('textbox', { name: 'Addendum' }).fill(LONG);
      await addendum.getByRole('textbox', { name: 'PIN' }).fill('1');
      await page.keyboard.press('Enter');
      await expect(addendum.getByText('That is not your PIN.')).toBeVisible();
      await expectSound(page);
      await close(page);

      await page.keyboard.press('Alt+r');
      const correct = page.getByRole('dialog', { name: 'Correct the report' });
      await correct.getByRole('textbox', { name: 'Findings' }).fill(LONG);
      await correct.getByRole('textbox', { name: 'Why it is corrected' }).fill('Wrong side');
      await expect(correct.getByRole('group', { name: 'Difference' }).locator('ins').first()).toBeVisible();
      await expectSound(page);
      await expect(correct.getByRole('status', { name: 'Draft' })).toContainText('Saved');
      await close(page);

      await runCommand(page, 'Withdraw');
      await expect(page.getByRole('dialog', { name: 'Withdraw the report' })).toBeVisible();
      await expectSound(page);
      await close(page);

      signTwoMore();
      await page.keyboard.press('Alt+r');
      await expect(correct.getByRole('note')).toHaveCount(2);
      await expectSound(page);
      door.world.amendments.set([...door.world.amendments.keys()][0] ?? '', { revision: 99 });
      await correct.getByRole('textbox', { name: 'Why it is corrected' }).fill('Wrong side, and wrong level');
      await expect(correct.getByRole('button', { name: 'Leave it as it is' })).toBeVisible();
      await expectSound(page);
      await close(page);

      await page.keyboard.press('Alt+v');
      const versions = page.getByRole('dialog', { name: 'Versions of this report' });
      await expect(versions.getByRole('article')).toHaveCount(3);
      await expectSound(page);
      await close(page);
    });

    test('what waits and what differs fits, and can be used by everyone', async ({ page }) => {
      const about = { taskId: 't-1', patientName: 'Doe^Jane', examText: 'CT head', siteName: 'Mercy General' };
      door.world.waiting = [
        { ...about, reportUuid: 'r-1', state: 'waiting', signedAt: SIGNED_REPORT.signedAt, text: LONG },
        { ...about, reportUuid: 'r-2', state: 'set-aside', problem: 'superseded', text: `FINDINGS\n${LONG}` },
      ];
      await runCommand(page, 'Signed here');
      const waiting = page.getByRole('dialog', { name: 'Signed here, not on the hub' });
      await expect(waiting.getByRole('article')).toHaveCount(2);
      await expectSound(page);
      await close(page);

      door.world.discrepancies = (['agreed', 'minor', 'major'] as const).map((category) => ({
        id: category,
        taskId: 't-1',
        category,
        comment: LONG,
        examText: 'CT head without contrast',
        siteName: 'Mercy General',
        finalReader: 'Mora^Ana',
        at: SIGNED_REPORT.signedAt,
      }));
      await runCommand(page, 'Differences from my');
      const differences = page.getByRole('dialog', { name: 'Final reports that differ from your preliminary ones' });
      await expect(differences.getByRole('article')).toHaveCount(3);
      await expectSound(page);
      await close(page);
    });

    test('the count-down of a signature fits beside a message, and can be used by everyone', async ({ page }) => {
      door.world.undoMs = 600_000;
      await signFirstCase(page);
      await expect(page.getByRole('group', { name: 'Undo signature' })).toBeVisible();
      await expectSound(page);
      door.world.isHubReachable = false;
      door.emit({ type: 'worklist-changed' });
      await expect(page.getByRole('alert').filter({ hasText: 'The hub cannot be reached' })).toBeVisible();
      await expect(page.getByRole('group', { name: 'Undo signature' })).toBeVisible();
      await expectSound(page);
    });
  });
}

for (const light of ['Dim', 'Light'] as const) {
  test(`the contrast of what follows a signed report holds in ${light.toLowerCase()} light, with the largest text`, async ({
    page,
  }) => {
    await page.keyboard.press('Control+,');
    await page.getByRole('radiogroup', { name: 'Light' }).getByText(light, { exact: true }).click();
    await page.getByText('130 %').click();
    await close(page);
    await openSignedCase(page, door);
    await page.keyboard.press('Alt+r');
    const correct = page.getByRole('dialog', { name: 'Correct the report' });
    await correct.getByRole('textbox', { name: 'Findings' }).fill('No haemorrhage on the right.');
    await expect(correct.getByRole('status', { name: 'Draft' })).toContainText('Saved');
    await close(page);
    signTwoMore();
    await page.keyboard.press('Alt+r');
    await expect(correct.getByRole('note', { name: 'Newer version' })).toBeVisible();
    await expectSound(page);
    await close(page);
    await page.keyboard.press('Alt+v');
    await expect(page.getByRole('dialog', { name: 'Versions of this report' }).getByRole('article')).toHaveCount(3);
    await expectSound(page);
  });
}
