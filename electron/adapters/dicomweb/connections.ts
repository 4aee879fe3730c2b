import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';

import { StalledExchange, type Send, type SiteAnswer, type SiteRequest } from './exchange.ts';
import type { LineMeter, MeteredExchange } from './line-meter.ts';
import { createStallGuard } from './stall-guard.ts';
import { unpacked } from './unpack.ts';

export interface ConnectionOptions {
  readonly meter: LineMeter;
  /** Connections to one site at once. */
  readonly most?: number;
  /** How long a body may bring nothing before it is given up. */
  readonly stallMs?: number;
  /** How long a server may think before it begins to answer. */
  readonly answerMs?: number;
  readonly connectMs?: number;
  /** PEM of an authority to trust besides the machine's own. */
  readonly ca?: string;
}

export interface Connections {
  readonly send: Send;
  /** Closes the idle ones. */
  close(): void;
}

const MOST_CONNECTIONS = 8;
const STALL_MS = 8000;
const ANSWER_MS = 30_000;
const CONNECT_MS = 10_000;
const MOST_REDIRECTS = 3;
/** What is left of an answer nobody wants; more than this costs more than a new connection. */
const WORTH_DRAINING_BYTES = 64 * 1024;
/** Error code of a connection that never came to be: nothing was sent. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';

/** Connections to one site, kept open between exchanges. Every exchange is bounded in time: to connect, to answer, to go on. */
export function createConnections(options: ConnectionOptions): Connections {
  const { meter } = options;
  const kept = { keepAlive: true, maxSockets: options.most ?? MOST_CONNECTIONS };
  const trust = options.ca === undefined ? {} : { ca: options.ca };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, ...trust }) };
  const stallMs = options.stallMs ?? STALL_MS;

  function ask(url: URL, request: SiteRequest, metered: MeteredExchange): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isTls = url.protocol === 'https:';
      const begin = isTls ? httpsRequest : httpRequest;
      const shared = isTls ? agents.https : agents.http;
      const outgoing = begin(url, {
        method: request.method,
        headers: { 'Accept-Encoding': 'gzip', ...request.headers },
        // What must not be sent twice gets a connection of its own: a kept one may just be closing.
        agent: request.method === 'GET' ? shared : isTls ? new HttpsAgent(trust) : new HttpAgent(),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      let waiting: NodeJS.Timeout | undefined;
      const within = (ms: number, error: Error) => {
        clearTimeout(waiting);
        waiting = setTimeout(() => outgoing.destroy(error), ms);
        waiting.unref();
      };
      const answering = () => within(options.answerMs ?? ANSWER_MS, new StalledExchange());
      outgoing.once('socket', (socket) => {
        if (!socket.connecting) {
          answering();
          return;
        }
        within(options.connectMs ?? CONNECT_MS, Object.assign(new Error('no connection'), { code: CONNECT_TIMEOUT }));
        socket.once(isTls ? 'secureConnect' : 'connect', answering);
      });
      outgoing.once('response', (incoming) => {
        clearTimeout(waiting);
        metered.answered();
        resolve(incoming);
      });
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(waiting);
        metered.ended();
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && request.method === 'GET';
        if (isStale && request.signal?.aborted !== true) ask(url, request, meter.begin()).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(request.body);
    });
  }

  /** Follows a server to another of its own addresses, never to another server: the credentials are for this one. */
  async function send(address: string, request: SiteRequest, redirects = 0): Promise<SiteAnswer> {
    const url = new URL(address);
    const metered = meter.begin();
    const incoming = await ask(url, request, metered);
    const status = incoming.statusCode ?? 0;
    const location = incoming.headers.location;
    if (status >= 301 && status <= 308 && location !== undefined && request.method === 'GET') {
      const next = new URL(location, url);
      if (next.origin === url.origin && redirects < MOST_REDIRECTS) {
        metered.ended();
        incoming.destroy();
        return send(next.href, request, redirects + 1);
      }
    }
    return {
      status,
      header: (name) => {
        const value = incoming.headers[name.toLowerCase()];
        return Array.isArray(value) ? value[0] : value;
      },
      body: bodyOf(incoming, metered, stallMs),
      discard: async () => {
        metered.ended();
        drain(incoming, stallMs);
      },
    };
  }

  return {
    send: (url, request) => send(url, request),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** Reads a short rest away, so that the connection can be used again; a long one ends with its connection. */
function drain(incoming: IncomingMessage, stallMs: number): void {
  let read = 0;
  incoming.on('data', (chunk: Uint8Array) => {
    read += chunk.length;
    if (read > WORTH_DRAINING_BYTES) incoming.destroy();
  });
  const waiting = setTimeout(() => incoming.destroy(), stallMs);
  waiting.unref();
  incoming.once('close', () => clearTimeout(waiting));
}

async function* bodyOf(incoming: IncomingMessage, metered: MeteredExchange, stallMs: number) {
  const encoding = incoming.headers['content-encoding'];
  const packing = encoding === undefined ? undefined : unpacked(incoming, encoding);
  const stream: Readable = packing?.stream ?? incoming;
  const guard = createStallGuard(stallMs, () => stream.destroy(new StalledExchange()));
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let unpackedBytes = 0;
  try {
    for (;;) {
      guard.waiting();
      const { done, value } = await chunks.next();
      if (done === true) return;
      guard.received(value.length);
      metered.received(value.length);
      unpackedBytes += value.length;
      packing?.check(unpackedBytes);
      yield value;
    }
  } finally {
    guard.stop();
    metered.ended();
    await chunks.return?.();
  }
}
