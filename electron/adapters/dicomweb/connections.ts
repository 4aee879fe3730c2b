import type { Readable } from 'node:stream';

import { type Answering, type Ask } from './answering.ts';
import { BrokenOff, StalledExchange, type Send, type SiteAnswer, type SiteRequest } from './exchange.ts';
import { createHttp1 } from './http1.ts';
import { createHttp2 } from './http2-route.ts';
import type { Protocol } from './http2.ts';
import type { LineMeter, MeteredExchange } from './line-meter.ts';
import { createStallGuard } from './stall-guard.ts';
import { unpacked } from './unpack.ts';

export interface ConnectionOptions {
  readonly meter: LineMeter;
  /** Connections to one site at once, where each carries one exchange. */
  readonly most?: number;
  /** How long a body may bring nothing before it is given up. */
  readonly stallMs?: number;
  /** How long a server may think before it begins to answer. */
  readonly answerMs?: number;
  readonly connectMs?: number;
  /** PEM of an authority to trust besides the machine's own. */
  readonly ca?: string;
  /** What the site was found to speak over TLS, and where that is told. */
  readonly protocol?: { readonly known: () => Protocol | undefined; readonly learn: (found: Protocol) => void };
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

/**
 * Connections to one site, kept open between exchanges: one of HTTP/2 where the site speaks it over TLS, else a few of HTTP/1.1.
 * Every exchange is bounded in time: to connect, to answer, to go on.
 */
export function createConnections(options: ConnectionOptions): Connections {
  const { meter, ca } = options;
  const patience = {
    stallMs: options.stallMs ?? STALL_MS,
    answerMs: options.answerMs ?? ANSWER_MS,
    connectMs: options.connectMs ?? CONNECT_MS,
  };
  const http1 = createHttp1({ most: options.most ?? MOST_CONNECTIONS, ca, patience, meter });
  const protocol = options.protocol ?? { known: () => undefined, learn: () => undefined };
  const http2 = createHttp2({ ca, patience, meter, protocol, http1 });
  const askOf = (url: URL): Ask => (url.protocol === 'https:' ? http2.ask : http1.ask);

  /** Follows a server to another of its own addresses, never to another server: the credentials are for this one. */
  async function send(address: string, request: SiteRequest, redirects = 0): Promise<SiteAnswer> {
    const url = new URL(address);
    const metered = meter.begin();
    const answering = await askOf(url)(url, request, metered);
    const { status, headers } = answering;
    const { location } = headers;
    if (status >= 301 && status <= 308 && location !== undefined && request.method === 'GET') {
      const next = new URL(location, url);
      if (next.origin === url.origin && redirects < MOST_REDIRECTS) {
        metered.ended();
        answering.cut();
        return send(next.href, request, redirects + 1);
      }
    }
    return {
      status,
      header: (name) => {
        const value = headers[name.toLowerCase()];
        return Array.isArray(value) ? value[0] : value;
      },
      body: bodyOf(answering, metered, patience.stallMs),
      discard: async () => {
        metered.ended();
        answering.letGo();
      },
    };
  }

  return {
    send: (url, request) => send(url, request),
    close() {
      http1.close();
      http2.close();
    },
  };
}

async function* bodyOf(answering: Answering, metered: MeteredExchange, stallMs: number) {
  const { body, headers } = answering;
  const encoding = headers['content-encoding'];
  const packing = encoding === undefined ? undefined : unpacked(body, encoding);
  const announced = encoding === undefined ? Number(headers['content-length'] ?? 0) : 0;
  const stream: Readable = packing?.stream ?? body;
  const guard = createStallGuard(stallMs, () => stream.destroy(new StalledExchange()));
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let unpackedBytes = 0;
  let isWhole = false;
  try {
    for (;;) {
      guard.waiting();
      const { done, value } = await chunks.next();
      if (done === true) break;
      guard.received(value.length);
      metered.received(value.length);
      unpackedBytes += value.length;
      packing?.check(unpackedBytes);
      yield value;
    }
    // A stream may be reset without an error in the middle of a body.
    if (unpackedBytes < announced) throw new BrokenOff();
    isWhole = true;
  } catch (error) {
    throw answering.failure(error);
  } finally {
    guard.stop();
    metered.ended();
    if (!isWhole) answering.cut();
    await chunks.return?.();
  }
}
