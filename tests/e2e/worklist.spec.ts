import { expect, test, type Page, type Request } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Worklist' });
const row = (page: Page, taskId: string) => grid(page).locator(`[data-task="${taskId}"]`);
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const callsOf = (name: string) => door.world.calls.filter((call) => call.name === name).map(({ request }) => request);
const openList = async (page: Page) => {
  await page.goto(door.url);
  await expect(row(page, 'task-0')).toBeVisible();
};

/** Cells under these headings whose words do not stand there whole. */
const cutCells = (page: Page, headings: readonly string[]): Promise<readonly string[]> =>
  page.getByRole('grid', { name: 'Worklist' }).evaluate((grid, names) => {
    const heads = [...grid.querySelectorAll('[role=columnheader]')].map((head) => head.textContent ?? '');
    const isCut = (element: Element) => element.scrollWidth > element.clientWidth && element.clientWidth > 0;
    return [...grid.querySelectorAll('[role=row][data-task]')].flatMap((row) =>
      [...row.querySelectorAll('[role=gridcell]')].flatMap((cell, at) =>
        names.includes(heads[at] ?? '') && [cell, ...cell.querySelectorAll('*')].some(isCut)
          ? [`${heads[at] ?? ''}: ${cell.textContent ?? ''}`]
          : [],
      ),
    );
  }, headings);

for (const size of [
  { width: 1366, height: 768 },
  { width: 2560, height: 1440 },
]) {
  test(`lists, reasons and acts fit at ${size.width}x${size.height}, and can be used by everyone`, async ({ page }) => {
    await page.setViewportSize(size);
    door.world.savedLists = [
      {
        id: 'kids',
        name: 'Unreported paediatric MR brain from an ED, older than an hour',
        filter: {
          words: '',
          siteIds: [],
          modalities: ['MR'],
          bodyParts: ['brain'],
          priorities: [],
          patientClasses: ['emergency'],
          state: 'unreported',
          ageToYears: 17,
          olderThanMinutes: 60,
          hasWarnings: false,
        },
      },
    ];
    const lateBy = [59, 23 * 60 + 59, 3 * 24 * 60].map((minutes) => Date.now() - (minutes + 0.5) * 60_000);
    door.world.rows = door.world.rows.map((each, at) =>
      lateBy[at] === undefined ? each : { ...each, dueAt: lateBy[at] },
    );
    await openList(page);
    await expectSound(page);
    await expect(grid(page)).toContainText('Overdue 23:59 h');
    expect(await cutCells(page, ['Priority', 'Age, sex', 'Images', 'Due', 'Place'])).toEqual([]);
    for (const [key, name] of [
      ['w', 'Why here?'],
      ['e', 'Escalate'],
      ['l', 'Save list'],
    ] as const) {
      if (size.width > 2000 && name === 'Escalate') continue;
      await page.keyboard.press(key);
      await expect(dialog(page, name)).toBeVisible();
      await expectSound(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });

  test(`the board fits at ${size.width}x${size.height}, and can be used by everyone`, async ({ page }) => {
    await page.setViewportSize(size);
    await openList(page);
    await page.keyboard.press('b');
    await expect(dialog(page, 'Shift board')).toContainText('Reading time waiting');
    await expectSound(page);
    for (const tab of ['Breaches and forecast', 'Fairness ledger', 'Rules']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectSound(page);
    }
  });
}

test('“Why?” says it in one sentence, with the facts and whom an escalation would push back', async ({ page }) => {
  await openList(page);
  await row(page, 'task-4').getByRole('button', { name: 'Why?' }).click();
  const why = dialog(page, 'Why here?');
  await expect(why).toContainText('STAT, due in 19 min, about 7 min to read: it should be begun now.');
  await expect(why.getByRole('row', { name: /Reading time/ })).toContainText('7 min sooner');
  await expect(why.getByRole('list', { name: 'Pushed back by an escalation' })).toContainText(
    '1 place and 7 min later',
  );
  await expect(why).toContainText('the due time lies before the order time');
  await expect(why).toContainText('Ken Ono declined it: own relative');
  await why.getByRole('button', { name: 'Escalate' }).click();
  await dialog(page, 'Escalate').getByRole('textbox', { name: 'Reason' }).fill('patient worse');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(callsOf('escalate')).toEqual([{ taskId: 'task-4', reason: 'patient worse' }]);
  await expect(row(page, 'task-4')).toContainText('Escalated');
});

test('an escalation that would harm an equal emergency is refused with the reason', async ({ page }) => {
  door.world.escalationRefusal = 'it would make an equal emergency late: STAT of Mercy General would wait 7 min longer';
  await openList(page);
  await row(page, 'task-4').focus();
  await page.keyboard.press('e');
  await dialog(page, 'Escalate').getByRole('textbox', { name: 'Reason' }).fill('asked twice');
  await page.keyboard.press('Enter');
  await expect(dialog(page, 'Escalate')).toContainText('it would make an equal emergency late');
});

test('a list says how many readings it has once that is known, and time alone puts readings on one', async ({
  page,
}) => {
  await page.clock.install();
  let letGo = () => undefined as void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/api/worklist.get', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(door.url);
  const list = (name: string) => page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name });
  await expect(list('All')).toBeVisible();
  await page.clock.runFor(5000);
  await expect(list('All')).not.toHaveText(/0/);
  letGo();
  await expect(row(page, 'task-0')).toBeVisible();
  await page.clock.runFor(5000);
  await expect(list('All')).toHaveText(/60$/);
  const overdue = Number(/\d+$/.exec((await list('Overdue').textContent()) ?? '')?.[0]);
  // Somebody is there: the screen does not lock.
  for (let minutes = 0; minutes < 12; minutes += 4) {
    await page.keyboard.press('Shift');
    await page.clock.runFor(4 * 60_000);
  }
  // The stroke code that was due in eleven minutes.
  await expect(list('Overdue')).toHaveText(new RegExp(`${overdue + 1}$`));
});

test('an emergency that comes in at the head lets the list glide as one, from where it was to where it belongs', async ({
  page,
}) => {
  await openList(page);
  const before = await row(page, 'task-0').boundingBox();
  const heightPx = before?.height ?? 0;
  // Every animation stands still at its beginning until the test lets it go on.
  await page.evaluate(() => {
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...given) {
      const made = animate.apply(this, given);
      made.pause();
      return made;
    };
  });
  const last = door.world.rows.at(-1)!;
  door.world.rows = [{ ...last, priority: 'stroke' }, ...door.world.rows.slice(0, -1)];
  door.emit({ type: 'worklist-changed' });
  await expect(row(page, last.taskId)).toHaveAttribute('aria-rowindex', '2');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(1);
  expect((await row(page, 'task-0').boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 1);
  await page.evaluate(() => {
    for (const moving of document.getAnimations()) moving.currentTime = 1000;
  });
  expect((await row(page, 'task-0').boundingBox())?.y).toBeCloseTo((before?.y ?? 0) + heightPx, 1);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  expect((await row(page, 'task-0').boundingBox())?.y).toBeCloseTo((before?.y ?? 0) + heightPx, 1);
});

test('a change that is told along with its event is shown without asking; one that does not follow is asked for', async ({
  page,
}) => {
  // Whether the list is asked for again once the events are followed depends on which was first; what comes last is this.
  const upToDate = page.waitForResponse(/discrepancies\.list$/u);
  const asks: Request[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('worklist.get')) asks.push(request);
  });
  await openList(page);
  await upToDate;
  const answers = await Promise.all(asks.map((request) => request.response()));
  const { revision } = (await answers.at(-1)!.json()) as { revision: string };
  const asked = () => callsOf('worklist').length - answers.length;
  const [rows, last] = [door.world.rows, door.world.rows.at(-1)!];
  const list = {
    at: Date.now(),
    revision: 'told',
    rows: [{ ...last, priority: 'stroke' as const }],
    kept: [
      [-1, 1],
      [0, rows.length - 1],
    ] as [number, number][],
    hubReachable: true,
    siteTroubles: [],
    picking: 'free' as const,
  };
  door.emit({ type: 'worklist-changed', told: { since: revision, list } });
  await expect(row(page, last.taskId)).toHaveAttribute('aria-rowindex', '2');
  expect(asked()).toBe(0);
  await row(page, last.taskId).focus();
  const focused = { ...list, revision: 'of the row stood on', rows: [{ ...last, priority: 'stat' as const }] };
  door.emit({ type: 'worklist-changed', told: { since: 'told', list: focused } });
  await expect.poll(asked).toBe(1);
  door.emit({ type: 'worklist-changed', told: { since: 'of another list', list } });
  await expect.poll(asked).toBe(2);
});

test('what is not for this reader can be hidden and shown again, crossed out with the reason', async ({ page }) => {
  await openList(page);
  await expect(row(page, 'task-5')).toContainText('Not for you: not licensed for Kentucky until 2026-12-01');
  await page.keyboard.press('u');
  await expect(row(page, 'task-5')).toHaveCount(0);
  await expect(page.getByText('59 of 60 readings')).toBeVisible();
  await page.keyboard.press('u');
  await expect(row(page, 'task-5')).toBeVisible();
});

test('a filter becomes a list with a name, and a digit brings it back', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('l');
  const save = dialog(page, 'Save list');
  await save.getByRole('textbox', { name: 'Name' }).fill('MR brain, ED');
  await save.getByRole('combobox', { name: 'State' }).selectOption('unreported');
  await save.getByRole('textbox', { name: 'Body part or exam' }).fill('brain');
  await save.getByRole('textbox', { name: 'Older than, minutes' }).fill('10');
  await save.getByRole('button', { name: 'Save list' }).click();
  const tab = page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name: /MR brain, ED/ });
  await expect(tab).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/^\d+ of 60 readings$/)).toBeVisible();
  expect(door.world.savedLists[0]).toMatchObject({
    name: 'MR brain, ED',
    filter: { state: 'unreported', bodyParts: ['brain'], olderThanMinutes: 10 },
  });
  await page.keyboard.press('1');
  await expect(page.getByText('60 readings', { exact: true })).toBeVisible();
  await page.keyboard.press('4');
  await expect(tab).toHaveAttribute('aria-pressed', 'true');
});

test('a case is handed over to a named reader, and declined with a reason that is asked for once', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await page.keyboard.press('Control+Shift+H');
  const over = dialog(page, 'Hand over');
  await over.getByRole('combobox', { name: 'To' }).selectOption('dr-ray');
  await over.getByRole('button', { name: 'Hand over' }).click();
  await expect(grid(page)).toBeVisible();
  expect(callsOf('handOver')).toEqual([{ taskId: 'task-0', readerId: 'dr-ray', reason: '' }]);

  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  await page.keyboard.press('Control+Shift+X');
  const decline = dialog(page, 'Decline this case');
  await decline.getByRole('button', { name: 'Decline' }).click();
  await expect(decline).toContainText('Say why, in a few words.');
  await decline.getByRole('textbox', { name: 'Reason' }).fill('own relative');
  await page.keyboard.press('Enter');
  await expect(grid(page)).toBeVisible();
  expect(callsOf('decline')).toEqual([{ taskId: 'task-1', reason: 'own relative' }]);
  await expect(row(page, 'task-1')).toContainText('Declined by you');
});

test('where the group reads in turn, taking one out of turn asks for a reason', async ({ page }) => {
  door.world.picking = 'with-reason';
  await openList(page);
  await row(page, 'task-6').dblclick();
  const pick = dialog(page, 'Take a case out of turn');
  await pick.getByRole('textbox', { name: 'Reason' }).fill('asked for by name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  expect(callsOf('openCase')).toEqual([{ taskId: 'task-6', readOnly: false, pickReason: 'asked for by name' }]);
});

test('where nobody picks, a case chosen by hand is opened only to look', async ({ page }) => {
  door.world.picking = 'never';
  await openList(page);
  await row(page, 'task-7').dblclick();
  await expect(page.getByText('Case opened to look only.')).toBeVisible();
});

test('a STAT breaks in with sound and a notice that names no patient; the rest waits for the end of the case', async ({
  page,
}) => {
  await page.context().grantPermissions(['notifications'], { origin: new URL(door.url).origin });
  await page.addInitScript(() => {
    const shown: unknown[] = [];
    const tones: number[] = [];
    Object.assign(globalThis, { shown, tones });
    globalThis.Notification = class extends EventTarget {
      static readonly permission = 'granted';
      static readonly requestPermission = () => Promise.resolve('granted' as const);
      constructor(title: string, options: NotificationOptions) {
        super();
        shown.push({ title, ...options });
      }
    } as unknown as typeof Notification;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      tones.push(this.frequency.value);
      start.call(this, when);
    };
  });
  const [stat, routine] = [door.world.rows[2]!, door.world.rows[40]!];
  door.world.rows = door.world.rows.filter((each) => each !== stat && each !== routine);
  await openList(page);
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
  door.world.rows = [...door.world.rows, stat, { ...routine, state: 'ready' }];
  door.emit({ type: 'worklist-changed' });
  await expect(page.getByRole('status').filter({ hasText: 'STAT has arrived' })).toBeVisible();
  const told = await page.evaluate(() => JSON.stringify((globalThis as unknown as { shown: unknown }).shown));
  expect(told).toContain('Overread: STAT');
  for (const secret of [stat.patient.name.split('^')[0]!, stat.patient.mrn, stat.accessionNumber!, stat.siteName])
    expect(told).not.toContain(secret);
  expect(await page.evaluate(() => (globalThis as unknown as { tones: number[] }).tones)).toEqual([784, 988]);
  expect(JSON.parse(told)).toHaveLength(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeVisible();
  await expect(page.getByText('1 interruption in 1 h')).toBeVisible();
});

test('the board shows every reader the same: hours, minutes, breaches, forecast, and who went around the order', async ({
  page,
}) => {
  await openList(page);
  await page.keyboard.press('b');
  const board = dialog(page, 'Shift board');
  await expect(board.getByRole('region', { name: 'Readers' })).toContainText('9.5 h in, 0.5 h left');
  await expect(board).toContainText('Late in the shift, after hour 9: no case of 15 min or more is pushed');
  await expect(board).toContainText(/Break until \d\d:\d\d/);
  await expect(board.getByRole('region', { name: 'To interrupt' })).toContainText(
    'Dana Lee is asked to set aside MR brain with and without contrast (Routine) and needs about 12 min.',
  );
  await page.getByRole('tab', { name: 'Breaches and forecast' }).click();
  await expect(board.getByRole('region', { name: 'About to breach' })).toContainText('9 min');
  await expect(board.getByRole('region', { name: 'Forecast' }).getByRole('row')).toHaveCount(7);
  await page.getByRole('tab', { name: 'Fairness ledger' }).click();
  await expect(board.getByRole('region', { name: 'Fairness ledger' })).toContainText(
    'Ken Ono took out of turn: CT abdomen and pelvis with intravenous contrast, Harbor Regional Medical Center. Reason: the referrer asked for me',
  );
});

test('a rule is rehearsed on last night’s list, side by side, before it can be switched on', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('b');
  await page.getByRole('tab', { name: 'Rules' }).click();
  const rules = page.getByRole('region', { name: 'Rules' });
  const switchOn = rules.getByRole('button', { name: 'Switch on' });
  await expect(switchOn).toBeDisabled();
  await rules.getByRole('textbox', { name: 'STAT' }).fill('60');
  await expect(switchOn).toBeDisabled();
  await rules.getByRole('button', { name: 'Rehearse on last night' }).click();
  await expect(rules.getByRole('table', { name: 'Rehearsal' }).getByRole('row', { name: /^STAT/ })).toContainText(
    '10 → 5',
  );
  await expectSound(page);
  await switchOn.click();
  await expect(switchOn).toBeDisabled();
  expect(door.world.rules.turnaroundMinutes.stat).toBe(60);
});
