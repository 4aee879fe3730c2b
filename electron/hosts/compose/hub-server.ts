import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Hub } from '#electron/hub/create-hub.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

const LOOPBACK = '127.0.0.1';

/** This machine only, unless the hub asks who comes. Answers the port. */
export function listenOn(server: Server, port: number, address: string = LOOPBACK): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        err(error.code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on port ${port}: ${error.code}`),
      );
    });
    server.listen(port, address, () => resolve(ok((server.address() as AddressInfo).port)));
  });
}

/** A web page must not reach the hub under a name of its own that it lets point at this machine (DNS rebinding). `url`: the address it is known by. */
export function guardedHub(hub: Hub, port: number, url: string | undefined): (request: Request) => Promise<Response> {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, ...(url === undefined ? [] : [new URL(url).host])]);
  return async (request) => {
    if (!hosts.has(request.headers.get('host') ?? '') || request.headers.has('origin')) {
      return new Response('not for this host\n', { status: 421 });
    }
    return hub.fetch(url === undefined ? request : await underUrl(request, url));
  };
}

/** A proxy asks on behalf of another address: the request as its sender wrote it. */
async function underUrl(request: Request, url: string): Promise<Request> {
  const asked = new URL(request.url);
  const known = new URL(url);
  const path = asked.pathname.replace(/^\/fhir(?=\/|$)/, known.pathname.replace(/\/+$/, ''));
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return new Request(`${known.origin}${path}${asked.search}`, {
    method: request.method,
    headers: request.headers,
    signal: request.signal,
    ...(hasBody ? { body: await request.arrayBuffer() } : {}),
  });
}

const LAST_ANSWERS_MS = 1000;

/** Lets requests under way finish, for a while. */
export function closeServer(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
  });
}
