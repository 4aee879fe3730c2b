import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { SIGNED_IMPRESSION, SIGNED_REPORT } from '#tests/support/signed-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async () => {
  door = await openFakeDoor({ rows: 6 });
});
test.afterEach(() => door.stop());

const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });

test('the prior report stands beside the report, and is carried over as unchanged only by an act', async ({ page }) => {
  await readFirst(page, door.url);
  await findings(page).fill('New right frontal haematoma.');
  const notes = page.getByRole('region', { name: 'Clinical notes' });
  // The latest stands open.
  await expect(notes.getByText('FINDINGS: No hemorrhage.')).toBeVisible();
  await expect(findings(page)).toHaveValue('New right frontal haematoma.');
  const carry = notes.getByRole('button', { name: 'Carry over as unchanged (Alt U)' });
  await expectSound(page);
  await carry.focus();
  await page.keyboard.press('Alt+u');
  const both = 'New right frontal haematoma.\nUnchanged since 2024-03-02: No hemorrhage.';
  await expect(findings(page)).toHaveValue(both);
  await findings(page).press('ControlOrMeta+z');
  await expect(findings(page)).toHaveValue('New right frontal haematoma.');
});

test('who signed a preliminary report sees word by word what the final reader changed', async ({ page }) => {
  const [findingsSection] = SIGNED_REPORT.body.sections;
  if (findingsSection === undefined) throw new Error('no findings');
  const final = {
    ...SIGNED_REPORT,
    reportUuid: 'report-2',
    version: 2,
    signedBy: 'Mora^Ana',
    body: {
      ...SIGNED_REPORT.body,
      sections: [{ ...findingsSection, text: 'Small haemorrhage on the left.' }, SIGNED_IMPRESSION],
    },
  };
  door.world.versions.set('t-1', [final, { ...SIGNED_REPORT, state: 'preliminary' }]);
  door.world.discrepancies = [
    {
      id: 'd1',
      taskId: 't-1',
      category: 'major',
      comment: 'Look at the left side again.',
      examText: 'CT head',
      siteName: 'Mercy General',
      finalReader: 'Mora^Ana',
      at: Date.now(),
    },
  ];
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Differences from my preliminary');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Final reports that differ from your preliminary ones' });
  await dialog.getByRole('button', { name: 'Show what was changed' }).press('Enter');
  const difference = dialog.getByRole('group', { name: 'Difference' });
  await expect(difference.locator('del')).toHaveText('No');
  await expect(difference.locator('ins')).toHaveText('Small');
  await expectSound(page);
});
