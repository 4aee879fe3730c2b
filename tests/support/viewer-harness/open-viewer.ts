import { chromium, type Browser, type Page } from '@playwright/test';

import { openPixelSource, type PixelSource } from './pixel-source.ts';
import { serveHarness } from './serve.ts';

export interface OpenViewer {
  readonly page: Page;
  readonly source: PixelSource;
  /** What the page complained of: exceptions, console errors, refused policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface ViewerOptions {
  readonly width?: number;
  readonly height?: number;
  readonly priors?: readonly string[];
  /** `keep-contexts` makes every WebGL context reachable as `window.keptContexts`, so that a test can lose it. */
  readonly initScript?: 'keep-contexts';
  /** Draws as on a graphics card also where that is only imitated. */
  readonly isByCard?: boolean;
  /** Further parameters of the page. */
  readonly query?: string;
  /** No case is open at first; the page's `harness` opens them. */
  readonly isIdle?: boolean;
}

export const launchChromium = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...args] });

const KEEP_CONTEXTS = `
  window.keptContexts = [];
  for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
    const original = kind.prototype.getContext;
    kind.prototype.getContext = function (type, ...rest) {
      const context = original.call(this, type, ...rest);
      if (type.startsWith('webgl') && context && !window.keptContexts.includes(context)) window.keptContexts.push(context);
      return context;
    };
  }`;

/** The viewer alone in a real browser, on these files; studies named in `priors` hang as priors. */
export async function openViewer(
  browser: Browser,
  pageDir: string,
  paths: readonly string[],
  {
    width = 1366,
    height = 768,
    priors = [],
    initScript,
    isByCard = false,
    isIdle = false,
    query: more = '',
  }: ViewerOptions = {},
): Promise<OpenViewer> {
  const source = openPixelSource(paths);
  const server = await serveHarness(pageDir, source);
  const page = await browser.newPage({ viewport: { width, height } });
  if (initScript) await page.addInitScript(KEEP_CONTEXTS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) complaints.push(message.text());
  });
  const current = isIdle ? [] : source.studies().filter((uid) => !priors.includes(uid));
  const query = [
    ...current.map((uid) => `study=${uid}`),
    ...priors.map((uid) => `prior=${uid}`),
    ...(isByCard ? ['by-card'] : []),
    ...(more === '' ? [] : [more]),
  ].join('&');
  await page.goto(`${server.url}?${query}`);
  return {
    page,
    source,
    complaints,
    close: async () => {
      await page.close();
      await server.close();
    },
  };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB bytes by pixel. */
  readonly rgb: Uint8Array;
}

/** The pixels that stand on a pane's canvas. */
export async function readCanvas(page: Page, paneId = 'pane-1'): Promise<Picture> {
  const read = await page.evaluate((id) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-pane="${id}"] canvas`);
    const context = canvas?.getContext('2d');
    if (!canvas || !context) throw new Error('no canvas');
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let bytes = '';
    for (let at = 0; at < data.length; at += 4) bytes += String.fromCharCode(data[at]!, data[at + 1]!, data[at + 2]!);
    return { width: canvas.width, height: canvas.height, base64: btoa(bytes) };
  }, paneId);
  return { width: read.width, height: read.height, rgb: new Uint8Array(Buffer.from(read.base64, 'base64')) };
}

/** A PGM or PPM with 8 bits a sample, as dcmtk writes it. */
export function parsePnm(bytes: Uint8Array): Picture {
  const head = /^P([56])\s+(\d+)\s+(\d+)\s+(\d+)\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (!head) throw new Error('not a PNM file');
  const [all, kind, width, height] = head;
  const samples = bytes.subarray(all.length);
  const rgb =
    kind === '6' ? samples : Uint8Array.from({ length: samples.length * 3 }, (_, at) => samples[Math.floor(at / 3)]!);
  return { width: Number(width), height: Number(height), rgb };
}

/** How the smaller picture, centred give or take a pixel, differs from what is on the larger one. */
export function differenceInside(
  canvas: Picture,
  image: Picture,
): { worst: number; over2: number; x: number; y: number } {
  const tries = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => ({ dx, dy })));
  const results = tries.map(({ dx, dy }) => {
    const x = Math.floor((canvas.width - image.width) / 2) + dx;
    const y = Math.floor((canvas.height - image.height) / 2) + dy;
    let worst = 0;
    let over2 = 0;
    // An image larger than the pane is compared as far as it is seen.
    for (let row = Math.max(0, -y); row < Math.min(image.height, canvas.height - y); row += 1) {
      for (let column = Math.max(0, -x); column < Math.min(image.width, canvas.width - x); column += 1) {
        const on = ((row + y) * canvas.width + column + x) * 3;
        const of = (row * image.width + column) * 3;
        for (let channel = 0; channel < 3; channel += 1) {
          const off = Math.abs((canvas.rgb[on + channel] ?? 999) - image.rgb[of + channel]!);
          if (off > worst) worst = off;
          if (off > 2) over2 += 1;
        }
      }
    }
    return { worst, over2, x, y };
  });
  return results.reduce((best, one) =>
    one.over2 < best.over2 || (one.over2 === best.over2 && one.worst < best.worst) ? one : best,
  );
}
