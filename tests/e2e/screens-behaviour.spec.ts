import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { imagesAreHere } from '#tests/support/read-case.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Worklist' });
const openList = async (page: Page) => {
  await page.goto(door.url);
  await expect(
    grid(page)
      .getByRole('row', { name: /^DOE, Jane/ })
      .first(),
  ).toBeVisible();
};
const openCase = async (page: Page) => {
  await openList(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await imagesAreHere(page);
};
const findings = (page: Page) => page.getByRole('textbox', { name: 'Findings' });
const callsOf = (name: string) => door.world.calls.filter((call) => call.name === name);
const savedText = (role: string) =>
  [...door.world.drafts.values()][0]?.body.sections.find((section) => section.role === role)?.text;

test('the list shows true positions, keeps one row in the tab order, and moves by arrow keys through all rows', async ({
  page,
}) => {
  await openList(page);
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '61');
  const first = grid(page).locator('[aria-rowindex="2"]');
  await expect(first).toHaveAttribute('tabindex', '0');
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(grid(page).locator('[aria-rowindex="3"]')).toBeFocused();
  await page.keyboard.press('End');
  await expect(grid(page).locator('[aria-rowindex="61"]')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  expect(callsOf('openCase')[0]?.request).toEqual({ taskId: 'task-0', readOnly: false });
});

test('a row under the pointer stays where it is when the order changes, and moves once it is left', async ({
  page,
}) => {
  await openList(page);
  const third = grid(page).locator('[data-task="task-2"]');
  await third.hover();
  const before = await third.boundingBox();
  door.world.rows = [...door.world.rows].reverse();
  door.emit({ type: 'worklist-changed' });
  await expect(grid(page).locator('[data-task="task-59"]')).toHaveAttribute('aria-rowindex', '2');
  expect(await third.boundingBox()).toEqual(before);
  await expect(third).toHaveAttribute('aria-rowindex', '4');
  await page.getByRole('heading', { name: 'Overread' }).hover();
  await expect(third).toHaveCount(0);
});

test('a row that has left the list stays under the pointer and says so', async ({ page }) => {
  await openList(page);
  const third = grid(page).locator('[data-task="task-2"]');
  await third.hover();
  door.world.rows = door.world.rows.filter((row) => row.taskId !== 'task-2');
  door.emit({ type: 'worklist-changed' });
  await expect(third).toContainText('No longer on the list');
});

test('“Why?” gives the reasons of that row', async ({ page }) => {
  await openList(page);
  await grid(page).locator('[data-task="task-5"]').getByRole('button', { name: 'Why?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Why here?' });
  await expect(dialog).toContainText('not licensed for Kentucky until 2026-12-01');
  await expect(dialog).toContainText('about 7 min to read: it should be begun now.');
});

test('filters narrow the list and Escape clears them', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('/');
  await page.keyboard.type('jane head');
  await expect(page.getByText('6 of 60 readings')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('60 readings', { exact: true })).toBeVisible();
});

test('a case held by another is opened only to look', async ({ page }) => {
  await openList(page);
  await grid(page).locator('[data-task="task-3"]').dblclick();
  await expect(findings(page)).not.toBeEditable();
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toHaveCount(0);
});

test('what is typed is saved by itself and is there again after the case was left', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('Dense MCA.');
  await expect(page.getByRole('region', { name: 'Report' }).getByText(/^Saved \d\d:\d\d:\d\d$/)).toBeVisible();
  expect(savedText('findings')).toBe('Dense MCA.');
  await page.keyboard.press('Escape');
  await expect(findings(page)).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeVisible();
  expect(callsOf('returnToList')).toHaveLength(1);
  await page.keyboard.press('n');
  await expect(findings(page)).toHaveValue('Dense MCA.');
});

test('letters type in the report and are keys nowhere else in it', async ({ page }) => {
  await openCase(page);
  await page.keyboard.press('Alt+3');
  await expect(findings(page)).toBeFocused();
  await page.keyboard.type('nnn ?wid');
  await expect(findings(page)).toHaveValue('nnn ?wid');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F6');
  await expect(page.getByRole('region', { name: 'Viewer' })).toBeFocused();
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('region', { name: 'Clinical notes' })).toBeFocused();
});

test('a full disk is said at once, and leaving asks before text is lost', async ({ page }) => {
  await openCase(page);
  door.world.isDiskFull = true;
  await findings(page).fill('Only in this window.');
  await expect(page.getByText('Not saved: The disk is full. Your text is kept in this window.')).toBeVisible();
  await page.getByRole('button', { name: 'Return to list' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your last changes are not saved' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(findings(page)).toHaveValue('Only in this window.');
  door.world.isDiskFull = false;
  await expect(page.getByText(/^Saved/)).toBeVisible();
});

test('a report saved by another window is not overwritten until the reader says so', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('first');
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const [taskId, draft] = [...door.world.drafts][0]!;
  door.world.drafts.set(taskId, { ...draft, revision: 9 });
  await findings(page).fill('mine');
  await expect(page.getByText(/^Another window saved/)).toBeVisible();
  expect(savedText('findings')).toBe('first');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  expect(savedText('findings')).toBe('mine');
});

test('when the workstation dies the images are hidden and the text is kept, and saved when it is back', async ({
  page,
}) => {
  await openCase(page);
  await door.die();
  await expect(page.getByRole('alert').filter({ hasText: 'Connection to the workstation lost' })).toBeVisible();
  await expect(page.getByText('Images are hidden until the workstation answers.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Viewer' })).toBeHidden();
  await findings(page).fill('typed while away');
  await door.revive();
  await expect(page.getByRole('region', { name: 'Viewer' })).toBeVisible();
  await expect.poll(() => savedText('findings')).toBe('typed while away');
});

test('an impression is drafted from the findings by key, and signed only after it was confirmed', async ({ page }) => {
  await openCase(page);
  const impression = page.getByRole('textbox', { name: 'Impression' });
  await findings(page).fill('No fracture. Acute left subdural haematoma of 9 mm.');
  await page.keyboard.press('Alt+d');
  await expect(impression).toHaveValue('Acute left subdural haematoma of 9 mm.');
  await expect(impression).toHaveAccessibleDescription(/not yet confirmed/);
  await page.keyboard.press('Alt+d');
  await expect(impression).not.toHaveAccessibleDescription(/confirmed/);
  await expect(impression).toHaveValue('Acute left subdural haematoma of 9 mm.');
  await expect
    .poll(() => [...door.world.drafts.values()][0]?.body.sections.find(({ role }) => role === 'impression')?.textSource)
    .toBe('typed');
  // What a person wrote stays.
  await impression.fill('Subdural haematoma.');
  await page.keyboard.press('Alt+d');
  await expect(page.getByText('The impression is written already.')).toBeVisible();
  await expect(impression).toHaveValue('Subdural haematoma.');
});

test('a lost claim is said, switches signing off, and keeps the text', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('kept');
  door.emit({ type: 'claim-lost', taskId: 'task-0' });
  await expect(page.getByRole('alert').filter({ hasText: 'The claim on this case was lost' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign', exact: true })).toBeDisabled();
  await expect(findings(page)).toHaveValue('kept');
});

test('locking hides everything behind the PIN and keeps the text', async ({ page }) => {
  await openCase(page);
  await findings(page).fill('kept');
  await page.keyboard.press('F12');
  await expect(page.getByRole('dialog', { name: 'Sign report' })).toBeVisible();
  door.world.isLocked = true;
  door.emit({ type: 'session-locked' });
  await expect(page.getByRole('form', { name: 'Locked' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('DOE, Jane')).toBeHidden();
  await page.getByRole('textbox', { name: 'PIN' }).fill('0000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not the PIN.')).toBeVisible();
  await page.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(findings(page)).toHaveValue('kept');
});

test('signing needs a fit report and the right PIN, then returns to the list with “Read next” at hand', async ({
  page,
}) => {
  await openCase(page);
  await findings(page).fill('Dense MCA.');
  await page.keyboard.press('F12');
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await expect(dialog.getByText('The impression is empty.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Sign and return' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Impression' }).fill('Stroke.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Checks found nothing to ask about.')).toBeVisible();
  await page.keyboard.type('1111');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That is not your PIN. Nothing was signed.')).toBeVisible();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Signed. 4 deliveries under way' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Read next' })).toBeFocused();
  const request = callsOf('signReport').at(-1)?.request as { contextKeys: Record<string, string>; fence: string };
  const key = 'task-0|patient-0|1.2.826.0.1.3680043.10.1.0';
  expect(request.contextKeys).toEqual({ viewer: key, notes: key, report: key });
});

for (const [answer, words] of [
  [{ status: 'claim-lost' }, 'the claim on this case was lost'],
  [{ status: 'context-mismatch' }, 'do not show the same case'],
  [{ status: 'already-signed' }, 'already has a signed report'],
  [{ status: 'wait', seconds: 30 }, 'Try again in 30 s.'],
] as const) {
  test(`signing answered “${answer.status}” says what happened and keeps the text`, async ({ page }) => {
    door.world.signAnswer = answer;
    await openCase(page);
    await findings(page).fill('kept');
    await page.getByRole('textbox', { name: 'Impression' }).fill('kept too');
    await page.keyboard.press('F12');
    const dialog = page.getByRole('dialog', { name: 'Sign report' });
    await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText(words);
    await page.keyboard.press('Escape');
    await expect(findings(page)).toHaveValue('kept');
  });
}

test('signed while the hub is away is said as such', async ({ page }) => {
  door.world.signAnswer = { status: 'signed-here' };
  await openCase(page);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Stroke.');
  await page.keyboard.press('F12');
  await expect(page.getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Signed on this workstation' })).toBeVisible();
});

test('the first signature chooses the PIN, in the dialog that signs', async ({ page }) => {
  door.world.pin = undefined;
  await openCase(page);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Stroke.');
  await page.keyboard.press('F12');
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await expect(dialog).toContainText('choose a PIN');
  await expect(dialog.getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type('975');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('At least 4 characters.');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Signed.' })).toBeVisible();
  expect(door.world.pin).toBe('9753');
});

test('deliveries show their proof, and a refused one can be sent again', async ({ page }) => {
  await openCase(page);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Stroke.');
  await page.keyboard.press('F12');
  await expect(page.getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Deliveries' });
  await expect(panel.getByText('ACK-hl7-20261121021407-0001')).toBeVisible();
  await expect(panel.getByText('Needs a person: patient unknown at the site')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Deliveries: 1 need a person' })).toBeVisible();
  await panel.getByRole('button', { name: 'Retry DICOM to Mercy General' }).click();
  await expect(panel.getByText('ACK-after-retry')).toBeVisible();
});

test('a stuck delivery says what happened and what a person can do, by key as well', async ({ page }) => {
  await openCase(page);
  await page.getByRole('textbox', { name: 'Impression' }).fill('Stroke.');
  await page.keyboard.press('F12');
  await expect(page.getByRole('textbox', { name: 'PIN' })).toBeFocused();
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Deliveries' });
  await panel.getByRole('button', { name: 'Details of DICOM to Mercy General' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delivery' });
  await expect(dialog).toContainText('Sent. Refused. patient unknown at the site');
  await expect(dialog).toContainText('A900 patient unknown');
  await expect(dialog).toContainText('Ask the site why it refuses');
  await page.evaluate(() => {
    window.print = () => {
      document.title =
        document.querySelector('[data-print]')?.textContent?.includes('FINDINGS') === true ? 'printed' : '';
    };
  });
  await dialog.getByRole('button', { name: 'Print' }).click();
  await expect(page).toHaveTitle('printed');
  await expect(page.locator('[data-print]')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Send by Folder instead' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText('Sent another way')).toBeVisible();
});

test('a dialog has the focus before the next key can arrive, and leaves it where the reader puts it', async ({
  page,
}) => {
  await openList(page);
  const focused = await page.evaluate(async () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
    // Drawn in a microtask of the key itself: a key already waiting in the queue comes after it, and before any timer.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    const first = document.activeElement?.ariaLabel;
    document.querySelector<HTMLElement>('[role=dialog] button')?.focus();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return [first, document.activeElement?.ariaLabel];
  });
  expect(focused).toEqual(['Search commands', 'Close']);
});

test('the palette finds a command by its words and hands over to what it opens', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
  await page.keyboard.type('sett');
  await page.keyboard.press('Enter');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  await expect(settings.locator(':focus')).toHaveCount(1);
  await expect(settings).toContainText('Not cleared for primary diagnosis');
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Window and level');
});

test('an imported folder tells which files were left out and why', async ({ page }) => {
  await openList(page);
  await page.getByRole('button', { name: 'Import folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import folder' });
  await dialog.getByRole('textbox', { name: 'Folder path' }).fill('/media/disc');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Disc of today: 2 studies with 40 images from 42 files.')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Files left out' })).toContainText('IM00017: Ends in the middle');
});

test('opening marks the key press, and the report says when it accepts typing', async ({ page }) => {
  await openCase(page);
  const marks = await page.evaluate(() =>
    performance.getEntriesByType('mark').map((mark) => ({
      name: mark.name,
      at: mark.startTime,
      detail: (mark as PerformanceMark).detail as unknown,
    })),
  );
  const opened = marks.find(({ name }) => name === 'overread:open');
  const ready = marks.find(({ name }) => name === 'overread:report-ready');
  const detail = { studyInstanceUid: '1.2.826.0.1.3680043.10.1.0' };
  expect(opened?.detail).toEqual(detail);
  expect(ready?.detail).toEqual(detail);
  expect(ready!.at).toBeGreaterThan(opened!.at);
});

test('who asks for the report before it stands goes there once it does', async ({ page }) => {
  await openList(page);
  await page.evaluate(() => {
    const screen = document.querySelector('main[data-idle]')!;
    new MutationObserver((_, watch) => {
      watch.disconnect();
      if (document.querySelector('[data-region=report]') !== null) throw new Error('too late to ask');
      const key = new KeyboardEvent('keydown', { key: '3', code: 'Digit3', altKey: true, bubbles: true });
      document.activeElement!.dispatchEvent(key);
    }).observe(screen, { attributeFilter: ['data-idle'] });
  });
  await page.keyboard.press('n');
  await expect(findings(page)).toBeFocused();
});

test('every name of the published surface is on the reading screen', async ({ page }) => {
  await openCase(page);
  await expect(page.getByRole('region', { name: 'Viewer', exact: true })).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Clinical notes', exact: true })).toMatchAriaSnapshot(`
    - region "Clinical notes":
      - heading "Clinical notes"
      - heading /Contrast reaction/
      - list
      - heading /Allergies/
      - list
      - heading "Reason for exam"
      - list
      - heading "History"
      - paragraph: Not given
  `);
  const report = page.getByRole('region', { name: 'Report', exact: true });
  for (const name of ['Technique', 'Comparison', 'Findings', 'Impression', 'Midline shift']) {
    await expect(report.getByRole('textbox', { name, exact: true })).toHaveCount(1);
  }
  await expect(report.getByRole('combobox', { name: 'Hemorrhage' })).toHaveValue('none');
  await expect(report.getByRole('button', { name: 'Sign', exact: true })).toBeEnabled();
});
