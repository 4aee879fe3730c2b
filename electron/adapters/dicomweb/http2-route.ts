import type { Ask, Patience } from './answering.ts';
import { beginHttp2, NoHttp2, openTls, RequestNotTaken, type Http2Session, type Protocol } from './http2.ts';
import type { Http1 } from './http1.ts';
import type { LineMeter } from './line-meter.ts';

/** A site that refuses a request so often is taken at its word. */
const MOST_TRIES = 3;

/** Exchanges over TLS: on one HTTP/2 connection where the site speaks it, of HTTP/1.1 where it does not. */
export function createHttp2({
  ca,
  patience,
  meter,
  protocol,
  http1,
}: {
  readonly ca: string | undefined;
  readonly patience: Patience;
  readonly meter: LineMeter;
  readonly protocol: { readonly known: () => Protocol | undefined; readonly learn: (found: Protocol) => void };
  readonly http1: Http1;
}): { readonly ask: Ask; close(): void } {
  let isHttp1 = protocol.known() === 'http/1.1';
  /** Shared by whoever asks while it is being opened, and after. */
  let shared: Promise<Http2Session | undefined> | undefined;

  const learn = (found: Protocol) => {
    isHttp1 = found === 'http/1.1';
    protocol.learn(found);
  };

  /** Undefined: the site does not speak HTTP/2. */
  async function open(url: URL): Promise<Http2Session | undefined> {
    const socket = await openTls(url, { ca, patience });
    if (socket.alpnProtocol === 'h2') {
      learn('h2');
      return beginHttp2(url, socket, patience);
    }
    learn('http/1.1');
    http1.adopt(socket);
    return undefined;
  }

  async function sharedSession(url: URL): Promise<Http2Session | undefined> {
    const opening = (shared ??= open(url));
    try {
      const session = await opening;
      if (session === undefined || session.isOpen()) return session;
    } catch (error) {
      if (shared === opening) shared = undefined;
      throw error;
    }
    if (shared === opening) shared = undefined;
    return sharedSession(url);
  }

  const ask: Ask = async (url, request, metered) => {
    if (isHttp1) return http1.ask(url, request, metered);
    const isRepeatable = request.method === 'GET';
    for (let attempt = 1; ; attempt += 1) {
      // What must not be sent twice gets a connection of its own: a kept one may just be closing.
      const session = await unlessAborted(isRepeatable ? sharedSession(url) : open(url), request.signal);
      if (session === undefined) return http1.ask(url, request, metered);
      try {
        const answering = await session.ask(url, request, attempt === 1 ? metered : meter.begin());
        if (!isRepeatable) session.retire();
        return answering;
      } catch (error) {
        if (!isRepeatable) session.destroy();
        if (error instanceof NoHttp2) {
          learn('http/1.1');
          if (isRepeatable) return http1.ask(url, request, meter.begin());
        }
        if (!(error instanceof RequestNotTaken) || attempt === MOST_TRIES) throw error;
      }
    }
  };

  return {
    ask,
    close() {
      void shared?.then(
        (session) => session?.retire(),
        () => undefined,
      );
      shared = undefined;
    },
  };
}

/** The connection may serve others: who gives up leaves it to them. */
async function unlessAborted<T>(opening: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return opening;
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason as Error);
  });
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([opening, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
