import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { PixelSource } from './pixel-source.ts';

/** The policy the application's door sends. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

async function sendPixels(source: PixelSource, url: URL, response: ServerResponse): Promise<void> {
  const [, , study = '', series = ''] = url.pathname.split('/').map(decodeURIComponent);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const chunks = source.stream(study, series, Number(url.searchParams.get('from') ?? 0));
  // A page that leaves early is nothing to speak of.
  await pipeline(Readable.from(chunks), response).catch(() => undefined);
}

export interface HarnessServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the bundled page, `/dicomweb/…/metadata` and `/pixels/…` on a free loopback port. */
export async function serveHarness(pageDir: string, source: PixelSource): Promise<HarnessServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const metadata = /^\/dicomweb\/studies\/([^/]+)\/metadata$/.exec(url.pathname);
    if (metadata) {
      response.writeHead(200, { 'content-type': 'application/dicom+json' });
      response.end(JSON.stringify(source.metadata(decodeURIComponent(metadata[1] ?? ''))));
      return;
    }
    const whole = /^\/dicomweb\/studies\/([^/]+)\/series\/[^/]+\/instances\/([^/]+)\/metadata$/.exec(url.pathname);
    if (whole) {
      response.writeHead(200, { 'content-type': 'application/dicom+json' });
      const [, study = '', sop = ''] = whole.map(decodeURIComponent);
      response.end(JSON.stringify(source.whole(study, sop)));
      return;
    }
    if (url.pathname.startsWith('/pixels/')) {
      void sendPixels(source, url, response);
      return;
    }
    const path = url.pathname === '/' ? '/index.html' : normalize(url.pathname);
    readFile(join(pageDir, path)).then(
      (body) => {
        const type = TYPES[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
