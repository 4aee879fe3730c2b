import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
  door.world.elsewhere = [
    {
      patientId: 'p-lex',
      siteId: 'lex',
      siteName: 'Lexington',
      strength: 'probable',
      evidence: ['same name', 'same birth date', 'same sex', 'same phone number'],
      isUsed: false,
    },
  ];
  door.world.priorsElsewhere = [
    {
      description: 'CT head at the time of the fall',
      modality: 'CT',
      date: '2023-01-05',
      hasReport: false,
      at: { siteId: 'lex', siteName: 'Lexington' },
    },
  ];
});
test.afterEach(async () => {
  await door.stop();
});

const notes = (page: Page) => page.getByRole('region', { name: 'Clinical notes' });

test('a possible record at another site is shown with its evidence, accepted and taken back by keys alone', async ({
  page,
}) => {
  await readFirst(page, door.url);
  await expect(notes(page)).toContainText('Possibly the same patient at Lexington');
  await expect(notes(page)).toContainText('same name, same birth date, same sex, same phone number');
  await expect(notes(page)).not.toContainText('CT head at the time of the fall');
  await expectSound(page);
  await notes(page).getByRole('button', { name: 'Same patient: Lexington' }).focus();
  await page.keyboard.press('Enter');
  await expect(notes(page)).toContainText('Same patient at Lexington, by Dana Lee');
  await expect(notes(page)).toContainText('CT head at the time of the fall');
  await expect(notes(page)).toContainText('at Lexington');
  expect(door.world.calls.findLast(({ name }) => name === 'decideElsewhere')?.request).toMatchObject({
    patientId: 'p-lex',
    verdict: 'same',
    evidence: ['same name', 'same birth date', 'same sex', 'same phone number'],
  });
  await expectSound(page);
  await notes(page).getByRole('button', { name: 'Take back: Lexington' }).focus();
  await page.keyboard.press('Enter');
  await expect(notes(page)).toContainText('Possibly the same patient at Lexington');
  await expect(notes(page)).not.toContainText('CT head at the time of the fall');
});

test('a certain record says why it is used, and what came of asking there', async ({ page }) => {
  door.world.elsewhere = door.world.elsewhere.map((record) => ({
    ...record,
    strength: 'certain',
    evidence: ['same personal number of US'],
    isUsed: true,
    asked: { at: Date.now(), outcome: 'answered', count: 2 },
  }));
  await readFirst(page, door.url);
  await expect(notes(page)).toContainText('Same patient at Lexington');
  await expect(notes(page)).toContainText(/same personal number of US · asked .+, answer 2 exams/);
  await expect(notes(page).getByRole('button', { name: 'Not the same: Lexington' })).toBeVisible();
});
