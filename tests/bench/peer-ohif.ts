import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

import { chromium, type Page } from '@playwright/test';

import { freePort } from '#tests/support/free-port.ts';

import type { BenchArchive } from './bench-archive.ts';
import type { BenchStudy } from './bench-series.ts';

/** Milliseconds from the click on a study to its first painted pixels and to the last byte of its frames. */
export interface PeerOpening {
  readonly firstImageMs: number;
  readonly seriesCompleteMs: number;
}

/** OHIF in a page of its own, warm: it has shown another study before the first that is measured. */
export interface Peer {
  readonly name: string;
  open(study: BenchStudy): Promise<PeerOpening>;
  close(): Promise<void>;
}

const VERSION = '3.13.2';
const LONG_MS = 120_000;
const run = promisify(execFile);

/**
 * Fetches OHIF from the configured npm registry into a temporary folder, serves it beside the archive it shows, and opens it. Nothing of it stays.
 *
 * @throws Error when the package cannot be fetched.
 */
export async function openOhif(archive: BenchArchive, warmUp: BenchStudy): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), 'overread-bench-ohif-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    await run('npm', ['pack', `@ohif/app@${VERSION}`, '--silent'], { cwd: folder });
    await run('tar', ['xzf', `ohif-app-${VERSION}.tgz`], { cwd: folder });
    const beside = await serveBeside(archive, join(folder, 'package', 'dist'));
    closing.push(() => beside.stop());
    const browser = await chromium.launch({
      executablePath: process.env['OVERREAD_CHROMIUM'] ?? '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    closing.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
    page.setDefaultTimeout(LONG_MS);
    const open = (study: BenchStudy) => openStudy(page, beside, study);
    await page.goto(beside.url);
    await open(warmUp);
    return { name: `OHIF ${VERSION}`, open, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openStudy(page: Page, beside: Beside, study: BenchStudy): Promise<PeerOpening> {
  // Within the page, as its own links do: the router hears of it, nothing is loaded anew.
  const go = (path: string) =>
    page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, path);
  await go('/');
  await page.waitForFunction(() => document.querySelector('canvas.cornerstone-canvas') === null);
  const frames = beside.framesOf(study);
  const began = performance.now();
  const firstImageMs = page.evaluate(
    ({ to, limitMs }) =>
      new Promise<number>((resolve, reject) => {
        const start = performance.now();
        const look = () => {
          const canvas = document.querySelector<HTMLCanvasElement>('canvas.cornerstone-canvas');
          if (canvas !== null && isPainted(canvas)) resolve(performance.now() - start);
          else if (performance.now() - start > limitMs) reject(new Error('nothing was painted'));
          else requestAnimationFrame(look);
        };
        // A first render event can be blank: only pixels that differ count.
        const isPainted = (canvas: HTMLCanvasElement) => {
          if (canvas.width === 0 || canvas.height === 0) return false;
          const probe = new OffscreenCanvas(32, 32).getContext('2d', { willReadFrequently: true });
          probe?.drawImage(canvas, 0, 0, 32, 32);
          const greens = probe?.getImageData(0, 0, 32, 32).data.filter((_, at) => at % 4 === 1) ?? [];
          return Math.max(...greens) - Math.min(...greens) > 30;
        };
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate', { state: {} }));
        requestAnimationFrame(look);
      }),
    { to: `/viewer?StudyInstanceUIDs=${study.studyInstanceUid}`, limitMs: LONG_MS },
  );
  const [first, completeAt] = await Promise.all([firstImageMs, frames]);
  return { firstImageMs: first, seriesCompleteMs: completeAt - began };
}

interface Beside {
  readonly url: string;
  /** When the last frame of the study had been handed over, by `performance.now()`. */
  framesOf(study: BenchStudy): Promise<number>;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

/** The viewer's files and the archive under one origin, so that no browser asks whether they may talk. */
async function serveBeside(archive: BenchArchive, dist: string): Promise<Beside> {
  const port = await freePort();
  const waiting: { readonly study: string; missing: number; readonly done: (at: number) => void }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const answered = path.startsWith('/dicom-web/')
      ? forward(archive, request, response).then(() => {
          for (const each of waiting.filter(({ study }) => path.includes(study) && path.includes('/frames/'))) {
            each.missing -= 1;
            if (each.missing === 0) each.done(performance.now());
          }
        })
      : Promise.resolve(sendFile(dist, path, response));
    answered.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/`,
    framesOf: ({ studyInstanceUid, sopInstanceUids }) =>
      new Promise((done) => waiting.push({ study: studyInstanceUid, missing: sopInstanceUids.length, done })),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function forward(archive: BenchArchive, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(`${archive.dicomwebUrl}${(request.url ?? '').slice('/dicom-web'.length)}`, {
    headers: { ...archive.headers, Accept: request.headers.accept ?? '*/*', 'Accept-Encoding': 'identity' },
  });
  response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
}

function sendFile(dist: string, path: string, response: ServerResponse): void {
  const asked = decodeURIComponent(path.split('?')[0] ?? '/');
  if (asked === '/app-config.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(CONFIG);
    return;
  }
  const file = normalize(join(dist, asked));
  const isThere = file.startsWith(dist + sep) && extname(file) !== '' && existsSync(file);
  const found = isThere ? file : join(dist, 'index.html');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
  response.end(readFileSync(found));
}

const CONFIG = `window.config = ${JSON.stringify({
  routerBasename: null,
  extensions: [],
  modes: [],
  showStudyList: true,
  showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: false,
  investigationalUseDialog: { option: 'never' },
  defaultDataSourceName: 'archive',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'archive',
      configuration: {
        friendlyName: 'archive',
        name: 'archive',
        wadoUriRoot: '/dicom-web',
        qidoRoot: '/dicom-web',
        wadoRoot: '/dicom-web',
        qidoSupportsIncludeField: false,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
      },
    },
  ],
})};`;
