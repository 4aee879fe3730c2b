import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { buildHarnessPage } from './build-page.ts';
import { launchChromium, openViewer, type OpenViewer, type ViewerOptions } from './open-viewer.ts';
import type { PixelSource } from './pixel-source.ts';

/** The viewer alone in a browser, for one file of tests: one page at a time, which by the end of its test must not have complained. */
export interface ViewerInBrowser {
  /** A folder for what the tests write, gone after the last. */
  scratch(): string;
  open(files: readonly string[], options?: ViewerOptions, by?: Browser): Promise<OpenViewer>;
  /** What the open page was given. */
  source(): PixelSource;
  /** Opened, its first image painted, its keys at hand. */
  show(files: readonly string[], options?: ViewerOptions, by?: Browser): Promise<Page>;
}

/** Builds the page and starts the browser once, where `isHere`. */
export function viewerInBrowser(isHere: boolean): ViewerInBrowser {
  let browser: Browser | undefined;
  let scratch = '';
  let opened: OpenViewer | undefined;

  beforeAll(async () => {
    if (!isHere) return;
    scratch = mkdtempSync(join(tmpdir(), 'overread-viewer-'));
    await buildHarnessPage(join(scratch, 'page'));
    browser = await launchChromium();
  }, 120_000);
  const close = async () => {
    expect(opened?.complaints ?? []).toEqual([]);
    await opened?.close();
    opened = undefined;
  };
  afterEach(close);
  afterAll(async () => {
    await browser?.close();
    if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
  });

  async function open(files: readonly string[], options?: ViewerOptions, by = browser): Promise<OpenViewer> {
    if (by === undefined) throw new Error('no browser here');
    await close();
    opened = await openViewer(by, join(scratch, 'page'), files, options);
    return opened;
  }
  return {
    scratch: () => scratch,
    open,
    source() {
      if (opened === undefined) throw new Error('no page is open');
      return opened.source;
    },
    async show(files, options, by) {
      const { page } = await open(files, options, by);
      await page.locator('[data-pane="pane-1"][data-sop-instance-uid]').waitFor();
      await page.getByRole('region', { name: 'Viewer' }).focus();
      return page;
    },
  };
}
