import { expect, type Page } from '@playwright/test';

import type { OpenCase } from '#renderer/bridge/exact.ts';

import type { FakeDoor } from './fake-door/fake-door.ts';
import { imagesAreHere } from './read-case.ts';

export const SIGNED_IMPRESSION = {
  id: 'impression',
  title: 'Impression',
  role: 'impression' as const,
  text: 'Normal.',
  textSource: 'typed' as const,
  fields: [],
};

/** A final report as the door tells of it. */
export const SIGNED_REPORT = {
  reportUuid: 'report-1',
  version: 1,
  state: 'final' as const,
  signedBy: 'Lee^Dana',
  signedById: 'dr-lee',
  signedAt: Date.UTC(2026, 10, 21, 23),
  addenda: [],
  body: {
    templateId: 't',
    title: 'CT head',
    sections: [
      {
        id: 'findings',
        title: 'Findings',
        role: 'findings' as const,
        text: 'No haemorrhage on the left.',
        textSource: 'typed' as const,
        fields: [],
      },
      SIGNED_IMPRESSION,
    ],
  },
};

/** Signed as a reader does: open, write, F12, PIN, Enter. */
export async function signFirstCase(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await page.keyboard.press('n');
  // Nothing is signed before the images have their place on screen.
  await imagesAreHere(page);
  await page.getByRole('textbox', { name: 'Findings' }).fill('No haemorrhage.');
  await page.getByRole('textbox', { name: 'Impression' }).fill('Normal.');
  await page.keyboard.press('F12');
  await dialog.getByRole('textbox', { name: 'PIN' }).fill('2468');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

/** A case that was signed before and stands on the list, opened to look. */
export async function openSignedCase(
  page: Page,
  door: FakeDoor,
  signed: OpenCase['draft']['body'] = SIGNED_REPORT.body,
): Promise<void> {
  const row = door.world.rows.find(({ state, claim }) => state === 'ready' && claim === undefined);
  if (row === undefined) throw new Error('no row');
  const body = structuredClone(signed);
  door.world.versions.set(row.taskId, [{ ...SIGNED_REPORT, body }]);
  door.world.rows = door.world.rows.map((other) => (other === row ? { ...row, state: 'completed' } : other));
  door.emit({ type: 'worklist-changed' });
  const shown = page
    .getByRole('grid', { name: 'Worklist' })
    .getByRole('row', { name: new RegExp(row.patient.name.split('^')[0] ?? '', 'i') })
    .filter({ hasText: 'Done' });
  await shown.first().dblclick();
  await expect(page.getByRole('button', { name: 'Addendum' })).toBeVisible();
}
