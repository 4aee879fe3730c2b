import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.bin': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
  '.icc': 'application/octet-stream',
  '.woff2': 'font/woff2',
};

/** Serves the built renderer. Hashed assets never change; the page itself is never kept. */
export function createStaticFiles(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    let pathname: string;
    try {
      pathname = decodeURIComponent(new URL(request.url).pathname);
    } catch {
      return new Response('bad address', { status: 400 });
    }
    const relative = normalize(pathname === '/' ? '/index.html' : pathname);
    const type = TYPES[extname(relative)];
    const file = join(folder, relative);
    if (type === undefined || !file.startsWith(folder) || relative.includes('\0')) {
      return new Response('not found', { status: 404 });
    }
    const facts = await stat(file).catch(() => undefined);
    if (facts === undefined || !facts.isFile()) return new Response('not found', { status: 404 });
    const headers = {
      'Content-Type': type,
      'Content-Length': String(facts.size),
      'Cache-Control': relative.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
    };
    if (request.method === 'HEAD') return new Response(null, { headers });
    if (request.method !== 'GET') return new Response('method not allowed', { status: 405 });
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>, { headers });
  };
}
