import type { CDPSession, Page } from '@playwright/test';

/** What the page's main thread did while something happened, by the thread's own clock: others on the machine do not count. */
export interface ThreadWork {
  during(what: () => Promise<unknown>): Promise<number>;
}

export async function threadWork(page: Page): Promise<ThreadWork> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    return seconds * 1000;
  };
  return {
    async during(what) {
      const before = await spent();
      await what();
      return (await spent()) - before;
    },
  };
}

/** Resolves after the frame that shows what was just drawn. */
export const painted = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0))));
