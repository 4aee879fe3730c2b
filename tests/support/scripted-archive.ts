import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';

import type { DicomJson } from '#shared/dicom/dicom-json.ts';

import type { TestIdentity } from './test-ca.ts';

export interface ScriptedArchive {
  readonly url: string;
  /** Paths asked for below the base, in order. */
  readonly asked: string[];
  /** Connections made since start. */
  connections(): number;
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => void | Promise<void>;

/** A DICOMweb server on loopback that answers by script, well or badly; over HTTP/2 where it has an identity for TLS. */
export async function startScriptedArchive(answer: Answer, identity?: TestIdentity): Promise<ScriptedArchive> {
  const asked: string[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').replace(/^\/dicom-web/, '');
    asked.push(path);
    response.on('error', () => undefined);
    void Promise.resolve(answer(request, response, path)).catch(() => response.destroy());
  };
  const server =
    identity === undefined
      ? createServer(take)
      : // Requests and answers of HTTP/2 look to a script as those of HTTP/1.1 do.
        createSecureServer({ key: identity.key, cert: identity.certificate }, take as never);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${identity === undefined ? 'http' : 'https'}://127.0.0.1:${port}/dicom-web`,
    asked,
    connections: () => connections,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const BOUNDARY = 'parts-of-a-series';
export const MULTIPART = `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`;

/** One part of a multipart body; `length` lies about it where given. */
export const part = (body: Uint8Array, length: number | undefined = body.length): Buffer =>
  Buffer.concat([
    Buffer.from(`\r\n--${BOUNDARY}\r\nContent-Type: application/dicom\r\nContent-Length: ${length}\r\n\r\n`),
    body,
  ]);
export const END = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

export function sendJson(response: ServerResponse, body: readonly DicomJson[]): void {
  response.writeHead(200, { 'Content-Type': 'application/dicom+json' });
  response.end(JSON.stringify(body));
}

export function sendParts(response: ServerResponse, parts: readonly Uint8Array[]): void {
  response.writeHead(200, { 'Content-Type': MULTIPART });
  response.end(Buffer.concat([...parts.map((body) => part(body)), END]));
}
