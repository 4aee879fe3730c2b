import {
  connect as connectHttp2,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2';
import { connect as connectTls, type TLSSocket } from 'node:tls';

import { connectTimeout, createDeadline, type Answering, type Patience } from './answering.ts';
import { StalledExchange, type SiteRequest } from './exchange.ts';
import type { MeteredExchange } from './line-meter.ts';

/** What one answer may send ahead of its reader: enough for 500 Mbit/s at 60 ms, and all that a slow reader holds. */
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
/** Of all answers of a session together. */
const SESSION_WINDOW_BYTES = 16 * 1024 * 1024;
/** MB of a session's own bookkeeping, what it has still to send included: a STOW of a large document. */
const SESSION_MEMORY_MB = 256;

/** The version of HTTP a site was found to speak over TLS. */
export type Protocol = 'h2' | 'http/1.1';

/** Error codes of our own, beside the system's: nothing was done with the request … */
export const REQUEST_NOT_TAKEN = 'REQUEST_NOT_TAKEN';
/** … and bytes on the wire that are no HTTP/2, or a body of another length than its header says. */
export const HTTP2_MALFORMED = 'HTTP2_MALFORMED';

/** The server did not take this request up (RFC 9113 8.7): it can be sent anew without harm. */
export class RequestNotTaken extends Error {
  readonly code = REQUEST_NOT_TAKEN;
  constructor() {
    super('the server has not taken this request up');
    this.name = 'RequestNotTaken';
  }
}

/** The site agreed to HTTP/2 and then does not speak it, or wants HTTP/1.1 for this (RFC 9113 7, HTTP_1_1_REQUIRED). */
export class NoHttp2 extends Error {
  constructor() {
    super('the server does not speak HTTP/2 here');
    this.name = 'NoHttp2';
  }
}

const malformed = (): Error => Object.assign(new Error('the answer breaks HTTP/2'), { code: HTTP2_MALFORMED });

interface Http2Options {
  readonly ca: string | undefined;
  readonly patience: Patience;
}

/** One HTTP/2 connection to a site, for any number of exchanges at once. */
export interface Http2Session {
  /** Still takes requests. */
  isOpen(): boolean;
  ask(url: URL, request: SiteRequest, metered: MeteredExchange): Promise<Answering>;
  /** Takes no further request, and ends with the last of those under way. */
  retire(): void;
  destroy(): void;
}

/** A TLS connection and what the site chose to speak over it (ALPN, RFC 7301); HTTP/1.1 where it chose nothing. */
export function openTls(url: URL, { ca, patience }: Http2Options): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls({
      host,
      port: Number(url.port === '' ? 443 : url.port),
      ALPNProtocols: ['h2', 'http/1.1'],
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
    });
    const deadline = createDeadline((error) => socket.destroy(error));
    deadline.within(patience.connectMs, connectTimeout);
    const failed = (error: Error) => {
      deadline.met();
      reject(error);
    };
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      deadline.met();
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

/** Over a connection on which the site chose HTTP/2. */
export function beginHttp2(url: URL, socket: TLSSocket, patience: Patience): Http2Session {
  const session = connectHttp2(url.origin, {
    createConnection: () => socket,
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
  });
  session.once('connect', () => session.setLocalWindowSize(SESSION_WINDOW_BYTES));
  return sessionOf(session, patience);
}

function sessionOf(session: ClientHttp2Session, patience: Patience): Http2Session {
  let isRetired = false;
  let underWay = 0;
  let hasSpoken = false;
  session.unref();
  session.once('remoteSettings', () => {
    hasSpoken = true;
  });
  session.once('goaway', () => {
    isRetired = true;
  });
  // Each stream of a session that ends learns it by itself.
  session.on('error', () => {
    isRetired = true;
  });
  const endIfUnused = () => {
    if (isRetired && underWay === 0) session.destroy();
  };
  const retire = () => {
    isRetired = true;
    endIfUnused();
  };

  /** The stream's own words for its end, in ours. */
  function failureOf(stream: ClientHttp2Stream, error: unknown, isAnswered: boolean): unknown {
    // A line that has died says nothing: whoever asks next gets another.
    if (error instanceof StalledExchange) isRetired = true;
    if (error instanceof StalledExchange || (error instanceof Error && error.name === 'AbortError')) return error;
    if (stream.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED || !hasSpoken) return new NoHttp2();
    if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !isAnswered) return new RequestNotTaken();
    if (stream.rstCode === constants.NGHTTP2_PROTOCOL_ERROR) return malformed();
    return error;
  }

  function begin(url: URL, request: SiteRequest): ClientHttp2Stream {
    const stream = session.request(
      {
        'accept-encoding': 'gzip',
        ...request.headers,
        ...(request.body === undefined ? {} : { 'content-length': String(request.body.length) }),
        ':method': request.method,
        ':path': `${url.pathname}${url.search}`,
      },
      { endStream: request.body === undefined, ...(request.signal === undefined ? {} : { signal: request.signal }) },
    );
    underWay += 1;
    session.ref();
    stream.once('close', () => {
      underWay -= 1;
      if (underWay === 0) session.unref();
      endIfUnused();
    });
    return stream;
  }

  return {
    isOpen: () => !isRetired && !session.closed && !session.destroyed,
    ask: (url, request, metered) =>
      new Promise((resolve, reject) => {
        if (request.signal?.aborted === true) {
          reject(request.signal.reason as Error);
          return;
        }
        const stream = begin(url, request);
        let isAnswered = false;
        const deadline = createDeadline((error) => stream.destroy(error));
        const answering = () => deadline.within(patience.answerMs, () => new StalledExchange());
        if (stream.pending) stream.once('ready', answering);
        else answering();
        const failed = (error: Error) => {
          deadline.met();
          metered.ended();
          reject(failureOf(stream, error, isAnswered) as Error);
        };
        stream.on('error', failed);
        stream.once('close', () => failed(new Error('the server has closed the connection')));
        stream.once('response', (headers) => {
          isAnswered = true;
          deadline.met();
          metered.answered();
          resolve(answeringOf(stream, headers, (error) => failureOf(stream, error, true)));
        });
        if (request.body !== undefined) stream.end(request.body);
      }),
    retire,
    destroy: () => session.destroy(),
  };
}

function answeringOf(
  stream: ClientHttp2Stream,
  headers: IncomingHttpHeaders,
  failure: (error: unknown) => unknown,
): Answering {
  const cut = () => {
    if (!stream.closed) stream.close(constants.NGHTTP2_CANCEL);
    stream.destroy();
  };
  return { status: Number(headers[':status'] ?? 0), headers, body: stream, cut, letGo: cut, failure };
}
