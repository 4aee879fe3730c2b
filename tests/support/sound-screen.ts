import { execFileSync } from 'node:child_process';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

import { layoutFaults } from './fake-door/layout-faults.ts';

/** Nothing sticks out, nothing is cut off, nothing lies on something else, and axe finds nothing. */
export async function expectSound(page: Page): Promise<void> {
  expect(await page.evaluate(layoutFaults)).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join(' | ')}`,
    ),
  ).toEqual([]);
}

/** What a reader of the picture alone reads: tesseract over a screenshot, white space squeezed. */
export async function readByOcr(page: Page): Promise<string> {
  const picture = await page.screenshot();
  const text = execFileSync('tesseract', ['stdin', 'stdout', '--psm', '11'], {
    input: picture,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  });
  return text.replaceAll(/\s+/g, ' ');
}
