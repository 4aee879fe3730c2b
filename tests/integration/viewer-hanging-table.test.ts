import { existsSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';

import { shippedHangings } from '#renderer/viewer/shipped-hangings.ts';
import { viewerInBrowser } from '#tests/support/viewer-harness/viewer-in-browser.ts';
import { writeStudy } from '#tests/support/written-study.ts';
import { hangingCases, headerOf, type HangingCase, type HeaderStudy } from '#tests/unit/viewer/hanging-table.ts';

const isHere = existsSync('/usr/bin/chromium');
if (!isHere) process.stdout.write('the table of hangings in a browser: skipped, chromium is not here\n');

const viewer = viewerInBrowser(isHere);
const [CURRENT, PRIOR] = ['2.25.8800', '2.25.8801'];

const write = (study: HeaderStudy, uid: string): string =>
  writeStudy(
    viewer.scratch(),
    uid,
    { SpecificCharacterSet: 'ISO_IR 192', WindowCenter: 120, WindowWidth: 255 },
    study.series.map((one) => ({
      n: one.n,
      count: one.images ?? 1,
      facts: {},
      each: (index) => headerOf(study, one, index),
      rows: 4,
      columns: 4,
    })),
  );

/** Series Numbers by the image that is painted in each pane, as the table writes them; of ultrasound the image too. */
const painted = (page: Page, { study }: HangingCase): Promise<string> =>
  page.locator('[data-pane]').evaluateAll(
    (panes, [prior, isByImage]) =>
      panes
        .map((pane) => {
          const [image, series, ...rest] = (pane.getAttribute('data-sop-instance-uid') ?? '').split('.').toReversed();
          if (series === undefined) return '-';
          const number = rest.toReversed().join('.').startsWith(prior) ? `p${series}` : series;
          return isByImage ? `${number}.${image}` : number;
        })
        .join(' '),
    [PRIOR, study.modality === 'US'] as const,
  );

describe.skipIf(!isHere)('a study as found in the wild, in the running window', () => {
  it.each(hangingCases.map((one, at) => [one.what, one, at] as const))(
    'shows in each pane the image its reader expects: %s',
    async (_, one, at) => {
      const current = `${CURRENT}.${at}`;
      const priors = (one.priors ?? []).map((study, number) => ({ study, uid: `${PRIOR}.${at}.${number}` }));
      const paths = [write(one.study, current), ...priors.map(({ study, uid }) => write(study, uid))];
      const { page } = await viewer.open(paths, { priors: priors.map(({ uid }) => uid) });
      // Panes of the grid behind the last one that the hanging fills are empty.
      const [rows = 1, columns = 1] = one.grid.split('x').map(Number);
      const filled = one.panes.split(' ');
      const panes = Array.from({ length: rows * columns }, (_unused, place) => filled[place] ?? '-').join(' ');
      await expect.poll(() => painted(page, one), { timeout: 30_000 }).toBe(panes);
      expect(await page.getByRole('combobox', { name: 'Layout' }).inputValue()).toBe(one.grid);
      const name = shippedHangings.find(({ id }) => id === one.hanging)?.name;
      await page.getByRole('button', { name: `Hanging: ${name}`, exact: true }).waitFor({ state: 'attached' });
    },
    60_000,
  );
});
