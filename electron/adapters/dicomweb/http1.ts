import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';

import { connectTimeout, createDeadline, type Answering, type Ask, type Patience } from './answering.ts';
import { StalledExchange } from './exchange.ts';
import type { LineMeter } from './line-meter.ts';

/** What is left of an answer nobody wants; more than this costs more than a new connection. */
const WORTH_DRAINING_BYTES = 64 * 1024;

export interface Http1 {
  readonly ask: Ask;
  /** Takes a connection that was opened to find out what the site speaks: the next exchange goes over it. */
  adopt(socket: TLSSocket): void;
  close(): void;
}

/** Exchanges over HTTP/1.1, on connections kept open between them. */
export function createHttp1({
  most,
  ca,
  patience,
  meter,
}: {
  readonly most: number;
  readonly ca: string | undefined;
  readonly patience: Patience;
  readonly meter: LineMeter;
}): Http1 {
  const kept = { keepAlive: true, maxSockets: most };
  const trust = ca === undefined ? {} : { ca };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, ...trust }) };
  const adopted = new Set<TLSSocket>();
  const connect = agents.https.createConnection.bind(agents.https);
  agents.https.createConnection = (...how) => {
    const [socket] = adopted;
    if (socket === undefined) return connect(...how);
    adopted.delete(socket);
    return socket;
  };

  const ask: Ask = (url, request, metered) =>
    new Promise((resolve, reject) => {
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
      const deadline = createDeadline((error) => outgoing.destroy(error));
      const answering = () => deadline.within(patience.answerMs, () => new StalledExchange());
      outgoing.once('socket', (socket) => {
        if (!socket.connecting) {
          answering();
          return;
        }
        deadline.within(patience.connectMs, connectTimeout);
        socket.once(isTls ? 'secureConnect' : 'connect', answering);
      });
      outgoing.once('response', (incoming) => {
        deadline.met();
        metered.answered();
        resolve(answeringOf(incoming, patience.stallMs));
      });
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        deadline.met();
        metered.ended();
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && request.method === 'GET';
        if (isStale && request.signal?.aborted !== true) ask(url, request, meter.begin()).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(request.body);
    });

  return {
    ask,
    adopt(socket) {
      adopted.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => adopted.delete(socket));
    },
    close() {
      for (const socket of adopted) socket.destroy();
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const answeringOf = (incoming: IncomingMessage, stallMs: number): Answering => ({
  status: incoming.statusCode ?? 0,
  headers: incoming.headers,
  body: incoming,
  cut: () => void incoming.destroy(),
  letGo: () => drain(incoming, stallMs),
  failure: (error) => error,
});

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
