import type { Page } from '@playwright/test';

/** How much of the first sheet is not paper. */
export const inkOfSheet = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector('figure canvas');
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark += 1;
    return dark / (data.length / 4);
  });
