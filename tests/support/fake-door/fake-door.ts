import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { calls, type CallName } from '#shared/contract/calls.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';

import { createAnswers, createWorld, type DoorWorld } from './door-state.ts';

/** Another build may be tried without touching the one in `dist`. */
const DIST = process.env['OVERREAD_RENDERER'] ?? fileURLToPath(new URL('../../../dist/renderer/', import.meta.url));

/** The policy the real door sends: what breaks under it must break here. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

export interface FakeDoor {
  readonly url: string;
  readonly world: DoorWorld;
  emit(event: WorkstationEvent): void;
  /** Streams of events that are open now. */
  eventStreams(): number;
  /** The workstation dies; `revive` brings it back on the same port with the same world. */
  die(): Promise<void>;
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** A workstation made of memory: serves the built renderer and answers the contract's calls. For the screens' tests only. */
export async function openFakeDoor({ rows = 60 }: { readonly rows?: number } = {}): Promise<FakeDoor> {
  const world = createWorld(Date.now(), rows);
  const answers = createAnswers(world, () => Date.now());
  const listeners = new Set<ServerResponse>();
  world.tell = emit;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  function emit(event: WorkstationEvent): void {
    for (const listener of listeners) listener.write(`${JSON.stringify(event)}\n`);
  }

  async function listen(onPort: number): Promise<Server> {
    const created = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => created.listen(onPort, '127.0.0.1', resolve));
    return created;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://door');
    if (pathname === '/events') {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write('{"type":"heartbeat"}\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    } else if (pathname.startsWith('/api/')) {
      await answerCall(pathname.slice('/api/'.length), request, response);
    } else {
      serveFile(pathname, response);
    }
  }

  async function answerCall(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = (Object.keys(calls) as CallName[]).find((key) => calls[key].method === method);
    if (name === undefined) return send(response, 404, { code: 'not-found', message: 'No such call.' });
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const parsed = calls[name].request.safeParse(JSON.parse(text));
    if (!parsed.success) return send(response, 400, { code: 'invalid-request', message: 'Not in the contract.' });
    world.calls.push({ name, request: parsed.data });
    const answerOf = answers[name] as (request: unknown) => unknown;
    send(response, 200, calls[name].response.parse(answerOf(parsed.data)));
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    world,
    emit,
    eventStreams: () => listeners.size,
    die: close,
    async revive() {
      server = await listen(port);
    },
    stop: close,
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function serveFile(pathname: string, response: ServerResponse): void {
  const file = join(DIST, normalize(pathname === '/' ? '/index.html' : pathname));
  if (!file.startsWith(DIST) || !existsSync(file) || !statSync(file).isFile()) {
    return send(response, 404, { code: 'not-found', message: 'Nothing here.' });
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
  });
  createReadStream(file).pipe(response);
}
