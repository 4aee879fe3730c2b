import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { buildPage } from '#tests/support/viewer-harness/build-page.ts';

import type { EmptyViewports } from './empty-viewports-page.ts';

/** What a page painted while it was asked for something new with every frame. */
export interface Frames {
  /** Of the pane that was painted least; while a window is dragged of its own pane, which alone changes. */
  readonly perSecond: number;
  readonly longTasksMs: readonly number[];
}

/** `scroll`: a wheel step a frame on the first pane, back at the end; `window`: its window dragged; `empty`: empty viewports painted. */
export type Driven = 'scroll' | 'window' | 'empty';

/** Drives from inside the page, so that nothing but the page itself bounds it. */
export function driveFrames(page: Page, driven: Driven, frames: number): Promise<Frames> {
  return page.evaluate(
    async ([kind, count]) => {
      const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
      const first = panes[0];
      const target = first?.querySelector('canvas')?.parentElement;
      if (!first || !target) throw new Error('no pane');
      const box = target.getBoundingClientRect();
      const mouse = (type: string, x: number) =>
        (type === 'mousemove' ? document : target).dispatchEvent(
          new MouseEvent(type, {
            bubbles: true,
            cancelable: true,
            button: 0,
            buttons: type === 'mouseup' ? 0 : 1,
            clientX: box.left + box.width / 4 + x,
            clientY: box.top + box.height / 2,
          }),
        );
      const wheel = (by: number) => {
        const lines = { deltaY: by, deltaMode: WheelEvent.DOM_DELTA_LINE, bubbles: true, cancelable: true };
        target.dispatchEvent(new WheelEvent('wheel', lines));
      };
      const half = count / 2;
      const act: Record<typeof kind, (at: number) => void> = {
        scroll: (at) => wheel(at < half ? 1 : -1),
        window: (at) => void mouse('mousemove', at < half ? at : count - at),
        empty: () => (window as unknown as { viewports: EmptyViewports }).viewports.render(),
      };

      const painted = new Map<EventTarget, number>();
      const stopped = new AbortController();
      for (const pane of panes) {
        const note = () => painted.set(pane, (painted.get(pane) ?? 0) + 1);
        // It does not bubble; who asks on the way down hears of it.
        pane.addEventListener('CORNERSTONE_IMAGE_RENDERED', note, { capture: true, signal: stopped.signal });
      }
      const longTasksMs: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) longTasksMs.push(entry.duration);
      });
      observer.observe({ entryTypes: ['longtask'] });
      /** The task after the next frame: input comes between frames, and what it asks for is painted with the next one. */
      const frame = () =>
        new Promise<void>((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve());
          port1.start();
          requestAnimationFrame(() => port2.postMessage(undefined));
        });
      const before = { index: first.dataset['index'], width: first.dataset['windowWidth'] };
      if (kind === 'window') mouse('mousedown', 0);
      await frame();
      const began = performance.now();
      for (let at = 0; at < count; at += 1) {
        act[kind](at);
        await frame();
        const { index, windowWidth: width } = first.dataset;
        const isUnmoved = kind === 'scroll' ? index === before.index : kind === 'window' && width === before.width;
        if (at === Math.floor(half) && isUnmoved) throw new Error(`nothing came of the ${kind} asked for`);
      }
      const seconds = (performance.now() - began) / 1000;
      if (kind === 'window') mouse('mouseup', 0);
      for (const entry of observer.takeRecords()) longTasksMs.push(entry.duration);
      observer.disconnect();
      stopped.abort();
      const changed = kind === 'window' ? [first] : panes;
      return { perSecond: Math.min(...changed.map((pane) => painted.get(pane) ?? 0)) / seconds, longTasksMs };
    },
    [driven, frames] as const,
  );
}

export interface EmptyPage {
  /** As many as there are panes on this page, as large as the first of them. */
  like(page: Page, frames: number): Promise<Frames>;
  close(): Promise<void>;
}

const ADDRESS = 'http://empty-viewports.invalid/';

/** Cornerstone's own viewports with nothing in them, in a page of the same browser. */
export async function openEmptyViewports(beside: Page): Promise<EmptyPage> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-'));
  await buildPage('tests/bench/empty-viewports.html', folder);
  const browser = beside.context().browser();
  if (browser === null) throw new Error('no browser');
  const page = await browser.newPage({ viewport: beside.viewportSize() });
  await page.route(`${ADDRESS}**`, (route) =>
    route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
  );
  await page.goto(`${ADDRESS}empty-viewports.html`);
  return {
    async like(shown, frames) {
      const panes = await shown.locator('[data-pane]').all();
      const box = await panes[0]?.boundingBox();
      if (!box) throw new Error('no pane');
      await page.bringToFront();
      await page.evaluate(
        ([count, width, height]) =>
          (window as unknown as { viewports: EmptyViewports }).viewports.show(count, width, height),
        [panes.length, box.width, box.height] as const,
      );
      const measured = await driveFrames(page, 'empty', frames);
      await shown.bringToFront();
      return measured;
    },
    async close() {
      await page.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
