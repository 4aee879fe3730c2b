import { execFileSync } from 'node:child_process';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

import { layoutFaults } from './fake-door/layout-faults.ts';

/** Some 2.7 mm high letters' bodies on a 96 dpi display: what can be read at arm's length. */
const SMALLEST_TEXT_PX = 12;

/** Visible text set smaller than this, with its size. Runs in the page. Key hints repeat what the button is called and do not count. */
function smallTexts(smallestPx: number): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (text === '' || parent === null || parent.closest('kbd, style, script, [aria-hidden=true]') !== null) continue;
    const { width, height } = parent.getBoundingClientRect();
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    if (width > 1 && height > 1 && size < smallestPx) found.push(`${size}px "${text.slice(0, 40)}"`);
  }
  return found;
}

/** Nothing sticks out, nothing is cut off, nothing lies on something else, and axe finds nothing. */
export async function expectSound(page: Page): Promise<void> {
  expect(await page.evaluate(layoutFaults)).toEqual([]);
  expect(await page.evaluate(smallTexts, SMALLEST_TEXT_PX)).toEqual([]);
  // No frame of the app is from elsewhere: one pass over the page finds all, at half the cost.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join(' | ')}`,
    ),
  ).toEqual([]);
}

/** What a reader of the picture alone reads in one part of the screen: tesseract over it, white space squeezed. */
export async function readByOcr(part: Locator): Promise<string> {
  const shown = (await part.screenshot()).toString('base64');
  // Dark print on a light page, three times as large, is what the reading program was made for.
  const enlarged = await part.page().evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * 3;
    canvas.height = image.height * 3;
    const brush = canvas.getContext('2d')!;
    brush.filter = 'invert(1) grayscale(1)';
    brush.imageSmoothingQuality = 'high';
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }, shown);
  const picture = Buffer.from(enlarged, 'base64');
  const text = execFileSync('tesseract', ['stdin', 'stdout', '--psm', '11'], {
    input: picture,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  });
  return text.replaceAll(/\s+/g, ' ');
}
