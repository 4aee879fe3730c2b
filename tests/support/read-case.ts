import { expect, type Locator, type Page } from '@playwright/test';

/** The workstation's window as a reader uses it; every name is from the published surface. */
export async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('grid', { name: 'Worklist' })).toBeVisible();
}

/** To the report of the first case, by key. */
export async function readFirst(page: Page, url: string): Promise<void> {
  await page.goto(url);
  // Until the list is there, its keys are not.
  await expect(page.getByRole('grid', { name: 'Worklist' }).getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Report' })).toBeVisible();
}

/** Waits until the viewer holds the images of the case: before that nothing is signed. */
export const imagesAreHere = (page: Page): Promise<void> =>
  expect(page.getByRole('region', { name: 'Viewer' })).toHaveAttribute('data-context-key', /./);

/** Waits for a row whose name begins with the patient's name as shown. */
export async function waitForRow(page: Page, patient: string | RegExp) {
  const row = page.getByRole('grid', { name: 'Worklist' }).getByRole('row', { name: patient }).first();
  await expect(row).toBeVisible({ timeout: 120_000 });
  return row;
}

/** Resolves when the marks of the public surface say that the first image is painted and all frames are decoded. */
export async function waitForImages(page: Page): Promise<{ firstImageMs: number; seriesCompleteMs: number }> {
  await expect(page.getByRole('region', { name: 'Viewer' })).toBeVisible();
  const handle = await page.waitForFunction(
    () => {
      const last = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime;
      const [opened, first, complete] = ['overread:open', 'overread:first-image', 'overread:series-complete'].map(last);
      if (opened === undefined || first === undefined || complete === undefined) return undefined;
      return first >= opened && complete >= opened
        ? { firstImageMs: first - opened, seriesCompleteMs: complete - opened }
        : undefined;
    },
    undefined,
    { timeout: 40_000 },
  );
  return (await handle.jsonValue())!;
}

export async function writeReport(page: Page, findings: string, impression: string): Promise<void> {
  const report = page.getByRole('region', { name: 'Report' });
  await report.getByRole('textbox', { name: 'Findings' }).fill(findings);
  await report.getByRole('textbox', { name: 'Impression' }).fill(impression);
  await expect(report.getByText(/^Saved/)).toBeVisible();
}

/** Chooses the PIN first when there is none yet. */
export async function sign(page: Page, pin: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign report' });
  await dialog.getByRole('textbox', { name: 'PIN' }).fill(pin);
  await dialog.getByRole('button', { name: 'Sign and return' }).click();
  await expect(dialog).toBeHidden();
}

/** Lines of the ledger that name a time of acknowledgement, beside the words. */
export const acknowledgedRows = (ledger: Locator): Locator =>
  ledger.getByRole('row').filter({ hasText: /Acknowledged.*\d\d:\d\d.*\d\d:\d\d/ });
