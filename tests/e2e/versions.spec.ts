import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { lacks } from '#tests/support/peers.ts';
import { openSignedCase, SIGNED_IMPRESSION, SIGNED_REPORT, signFirstCase } from '#tests/support/signed-case.ts';

test.skip(lacks('chromium'), 'peers are missing');

let door: FakeDoor;
test.beforeEach(async ({ page }) => {
  door = await openFakeDoor({ rows: 6 });
  door.world.pin = '2468';
  await page.goto(door.url);
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
});
test.afterEach(() => door.stop());

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name });

/** The same case once more, after the window was loaded anew or left it. */
async function openSignedCaseAgain(page: Page): Promise<void> {
  const report = page.getByRole('button', { name: 'Addendum' });
  const list = page.getByRole('grid', { name: 'Worklist' });
  await expect(report.or(list)).toBeVisible();
  if (await report.isVisible()) return;
  const [taskId] = door.world.versions.keys();
  const row = door.world.rows.find((other) => other.taskId === taskId);
  await list
    .getByRole('row', { name: new RegExp(row?.patient.name.split('^')[0] ?? '', 'i') })
    .filter({ hasText: 'Done' })
    .first()
    .dblclick();
  await expect(report).toBeVisible();
}

test('a signature counts down in sight and is taken back by key; the case comes back with its text', async ({
  page,
}) => {
  door.world.undoMs = 60_000;
  await signFirstCase(page);
  const undo = page.getByRole('group', { name: 'Undo signature' });
  await expect(undo).toContainText(/Leaves in (60|5\d) s/);
  await expect(undo.getByRole('button', { name: /Undo/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Findings' })).toHaveValue('No haemorrhage.');
  await expect(undo).toBeHidden();
});

test('a signature made before the window was loaded anew still counts down and is taken back', async ({ page }) => {
  door.world.undoMs = 120_000;
  await signFirstCase(page);
  const undo = page.getByRole('group', { name: 'Undo signature' });
  await expect(undo).toBeVisible();
  await page.reload();
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
  await expect(undo).toContainText(/Leaves in \d+ s/);
  await undo.getByRole('button', { name: /Undo/ }).click();
  await expect(page.getByRole('textbox', { name: 'Findings' })).toHaveValue('No haemorrhage.');
  await expect(undo).toBeHidden();
  await page.reload();
  await expect(
    page.getByRole('region', { name: 'Report' }).or(page.getByRole('grid', { name: 'Worklist' })),
  ).toBeVisible();
  await expect(undo).toBeHidden();
});

test('what is typed of an addendum is there again after the window was loaded anew, and gone once it is signed', async ({
  page,
}) => {
  await openSignedCase(page, door);
  await page.keyboard.press('Alt+a');
  const dialog = dialogOf(page, 'Add an addendum');
  const addendum = dialog.getByRole('textbox', { name: 'Addendum' });
  await expect(dialog.getByRole('note')).toHaveCount(0);
  await addendum.fill('Compared with 2024: unchanged.');
  await expect(dialog.getByRole('status', { name: 'Draft' })).toContainText('Saved');
  await page.reload();
  await openSignedCaseAgain(page);
  await page.keyboard.press('Alt+a');
  await expect(addendum).toHaveValue('Compared with 2024: unchanged.');
  await expect(dialog.getByRole('note')).toContainText('What you typed and did not sign is back, as saved');
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await openSignedCaseAgain(page);
  await page.keyboard.press('Alt+a');
  await expect(addendum).toHaveValue('');
});

test('the reason of a withdrawal is kept when its dialog is closed at once', async ({ page }) => {
  await openSignedCase(page, door);
  const dialog = dialogOf(page, 'Withdraw the report');
  const open = async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Withdraw');
    await page.keyboard.press('Enter');
  };
  await open();
  await dialog.getByRole('textbox', { name: 'Why it is withdrawn' }).fill('Another patient');
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await open();
  await expect(dialog.getByRole('textbox', { name: 'Why it is withdrawn' })).toHaveValue('Another patient');
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
});

test('a correction begun on a version that is not the newest any more says so, and can be begun anew', async ({
  page,
}) => {
  await openSignedCase(page, door);
  await page.keyboard.press('Alt+r');
  const dialog = dialogOf(page, 'Correct the report');
  await dialog.getByRole('textbox', { name: 'Findings' }).fill('No haemorrhage on the right.');
  await expect(dialog.getByRole('status', { name: 'Draft' })).toContainText('Saved');
  await page.keyboard.press('Escape');
  for (const [taskId, versions] of door.world.versions) {
    const body = structuredClone(SIGNED_REPORT.body);
    body.sections[1] = { ...SIGNED_IMPRESSION, text: 'Normal for age.' };
    const second = { ...SIGNED_REPORT, body, reportUuid: 'of-another', version: 2, state: 'corrected' as const };
    door.world.versions.set(taskId, [second, ...versions]);
  }
  await page.keyboard.press('Alt+r');
  const newer = dialog.getByRole('note', { name: 'Newer version' });
  await expect(newer).toHaveText('This was begun on version 1; version 2 was signed since. Compare before you sign.');
  const difference = dialog.getByRole('group', { name: 'Difference' });
  await expect(difference.locator('del').first()).toHaveText('left.');
  await dialog.getByRole('button', { name: 'Start anew from version 2' }).click();
  await expect(newer).toBeHidden();
  await expect(dialog.getByRole('textbox', { name: 'Findings' })).toHaveValue('No haemorrhage on the left.');
  await expect(dialog.getByRole('textbox', { name: 'Impression' })).toHaveValue('Normal for age.');
});

test('an addendum to a delivered case is written and signed by keyboard', async ({ page }) => {
  await openSignedCase(page, door);
  await page.keyboard.press('Alt+a');
  const dialog = dialogOf(page, 'Add an addendum');
  await dialog.getByRole('textbox', { name: 'Addendum' }).fill('Compared with 2024: unchanged.');
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect([...door.world.versions.values()].flat()[0]).toMatchObject({
    version: 2,
    state: 'appended',
    addenda: [{ text: 'Compared with 2024: unchanged.' }],
  });
});

test('a correction shows what was taken out and put in before it is signed, and asks why', async ({ page }) => {
  await openSignedCase(page, door);
  await page.keyboard.press('Alt+r');
  const dialog = dialogOf(page, 'Correct the report');
  await dialog.getByRole('textbox', { name: 'Findings' }).fill('No haemorrhage on the right.');
  const difference = dialog.getByRole('group', { name: 'Difference' });
  await expect(difference.locator('del')).toHaveText('left.');
  await expect(difference.locator('ins')).toHaveText('right.');
  await expect(dialog.getByRole('button', { name: 'Sign correction' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Why it is corrected' }).fill('Wrong side');
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect([...door.world.versions.values()].flat().map(({ version, state }) => `${version} ${state}`)).toEqual([
    '2 corrected',
    '1 final',
  ]);
});

test('a second reader who was first is told of, and nothing is overwritten', async ({ page }) => {
  await openSignedCase(page, door);
  await page.keyboard.press('Alt+a');
  const dialog = dialogOf(page, 'Add an addendum');
  await dialog.getByRole('textbox', { name: 'Addendum' }).fill('Mine.');
  for (const [taskId, versions] of door.world.versions) {
    door.world.versions.set(taskId, [
      { ...SIGNED_REPORT, reportUuid: 'of-another', version: 2, state: 'corrected' },
      ...versions,
    ]);
  }
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('another version of this report was signed meanwhile');
  await expect(dialog.getByRole('textbox', { name: 'Addendum' })).toHaveValue('Mine.');
});

test('what the hub did not take stands with what happened and what to do', async ({ page }) => {
  door.world.waiting = [
    {
      reportUuid: 'r-1',
      taskId: 't-1',
      state: 'set-aside',
      problem: 'superseded',
      patientName: 'Doe^Jane',
      examText: 'CT head',
      siteName: 'Mercy',
      text: 'The report.',
    },
  ];
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Signed here');
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page, 'Signed here, not on the hub');
  await expect(dialog).toContainText('Another version was signed first.');
  await expect(dialog.getByRole('button', { name: 'Discard' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Why it is discarded' }).fill('Copied into an addendum');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toContainText('Everything signed here is on the hub.');
});
