import { expect, test, type Page } from '@playwright/test';

import { openFakeDoor, type FakeDoor } from '#tests/support/fake-door/fake-door.ts';
import { readFirst } from '#tests/support/read-case.ts';
import { expectSound } from '#tests/support/sound-screen.ts';

let door: FakeDoor;

test.beforeEach(async () => {
  door = await openFakeDoor();
});
test.afterEach(async () => {
  await door.stop();
});

const notes = (page: Page) => page.getByRole('region', { name: 'Clinical notes' });
const open = (page: Page): Promise<void> => readFirst(page, door.url);

test('a fact is searched for and goes into the report with its source, by keys alone', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Alt+f');
  await page.keyboard.type('penicillin');
  await expect(notes(page).getByText('1 found.')).toBeVisible();
  await expect(notes(page)).not.toContainText('Apixaban');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Alt+i');
  await expect(page.getByRole('status').filter({ hasText: 'In the report: Penicillin rash (HL7 order' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Comparison' })).toHaveValue(/Penicillin rash \(HL7 order, .+\)\./);
  await expectSound(page);
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('Escape');
  await expect(notes(page)).toContainText('Apixaban');
});

test('the request is graded with the reason, and the reader’s own grade takes its place', async ({ page }) => {
  await open(page);
  await expect(notes(page)).toContainText(/Request [A-D]/);
  await page.keyboard.press('Alt+g');
  const dialog = page.getByRole('dialog', { name: 'Grade the request' });
  await expectSound(page);
  await dialog.getByLabel('Grade').selectOption('D');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Illegible');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(notes(page)).toContainText(/Request D\s*Illegible \(Dana Lee; computed/);
  expect(door.world.calls.find(({ name }) => name === 'gradeRequisition')?.request).toMatchObject({ grade: 'D' });
});

test('a question to the site is put together from what the case lacks', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F8');
  const dialog = page.getByRole('dialog', { name: 'Ask the site' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  const canned = dialog.getByRole('list', { name: 'Questions for this case' }).getByRole('button');
  const words = await canned.first().textContent();
  await expectSound(page);
  await canned.first().click();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toBeHidden();
  expect(door.world.calls.find(({ name }) => name === 'askSite')?.request).toMatchObject({ text: words });
  await expect(notes(page)).toContainText(/Asked of the site/);
  await expect(notes(page)).toContainText(/asked .+ by Dana Lee, no answer yet/);
  await expectSound(page);
  const asked = door.world.calls.find(({ name }) => name === 'askSite')?.request as
    | { readonly uuid: string }
    | undefined;
  await page.evaluate(
    async ([id]) =>
      fetch('/api/question.answer', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, text: 'Fell this morning', by: 'Nurse Ames' }),
      }),
    [asked?.uuid],
  );
  await expect(notes(page)).toContainText('Fell this morning');
  await expect(notes(page)).not.toContainText('no answer yet');
});

test('what was said of other exams is shown for a reason', async ({ page }) => {
  await open(page);
  await expect(notes(page)).not.toContainText('Chest pain in March');
  await page.keyboard.press('Alt+o');
  const dialog = page.getByRole('dialog', { name: 'Notes of other exams' });
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await expectSound(page);
  await page.keyboard.type('Course of the mass');
  await page.keyboard.press('Enter');
  await expect(notes(page)).toContainText('Chest pain in March');
  expect(door.world.calls.find(({ name }) => name === 'notesOutsideOrder')?.request).toMatchObject({
    reason: 'Course of the mass',
  });
});

test('what was before stands on one line of time, with what to compare first and what is not here', async ({
  page,
}) => {
  const source = 'Site FHIR';
  door.world.facts = [
    { kind: 'reason', label: 'Reason', text: 'Hemorrhage? Compare with MRI 3/2023', source: 'HL7 order' },
    { kind: 'prior-report', label: 'XR hand', text: 'No fracture.', source, at: Date.parse('2025-06-01T08:00:00Z') },
    { kind: 'procedure', label: 'Craniotomy', text: 'completed', source, at: Date.parse('2023-09-01T08:00:00Z') },
  ];
  await open(page);
  const before = notes(page)
    .getByRole('listitem')
    .filter({ has: page.getByText(/^\d{4}-\d{2}(-\d{2})?$/) });
  await expect(before).toHaveText([
    /^2025-06-01.*another region, another modality · no images, report.*XR hand/s,
    /^2024-03-02.*Compare first: same region, same modality · no images, report/s,
    /^2023-09-01.*Craniotomy completed/s,
    /^2023-03.*3\/2023.*mentioned, not here: HL7 order · not asked for yet/s,
  ]);
  // Readable at once: the one to compare with first stands open, and what it says of today's question is marked.
  await expect(notes(page).getByText('No hemorrhage.')).toBeVisible();
  await expect(notes(page).locator('mark')).toHaveText(/No hemorrhage/);
  await expect(notes(page).getByText('No fracture.')).toBeHidden();
  await expectSound(page);
});

test('what the hub learned of the patient meanwhile takes the place of the notes shown, and the text stays', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('textbox', { name: 'Findings' }).fill('Dense right MCA.');
  await expect(notes(page)).not.toContainText('Latex');
  const { onScreen } = door.world;
  if (onScreen === undefined) throw new Error('no case on screen');
  const latex = { kind: 'allergy' as const, label: 'Latex', text: 'hives', source: 'Site FHIR' };
  door.world.onScreen = { ...onScreen, notes: { ...onScreen.notes, facts: [...onScreen.notes.facts, latex] } };
  door.world.tell({ type: 'notes-changed', taskId: onScreen.taskId });
  await expect(notes(page)).toContainText('Latex hives');
  await expect(page.getByRole('textbox', { name: 'Findings' })).toHaveValue('Dense right MCA.');
});
