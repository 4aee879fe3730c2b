import { serve, type ServerType } from '@hono/node-server';

import { createDoorGuard } from './door-guard.ts';

export interface ServedDoor {
  readonly origin: string;
  /** A fresh one-shot address. */
  ticketUrl(): string;
  close(): Promise<void>;
}

export type ServeRefusal = 'port-in-use' | 'not-allowed';

/** Mounts a door on loopback HTTP behind the guard. `port` 0 picks a free one. */
export async function serveDoor(
  port: number,
  inner: (request: Request) => Promise<Response>,
): Promise<ServedDoor | { readonly refusal: ServeRefusal }> {
  let guard: ReturnType<typeof createDoorGuard> | undefined;
  return new Promise((resolve, reject) => {
    const server: ServerType = serve(
      {
        port,
        hostname: '127.0.0.1',
        fetch: (request: Request) => guard?.fetch(request) ?? new Response('starting', { status: 503 }),
      },
      (info) => {
        const origin = `http://127.0.0.1:${info.port}`;
        guard = createDoorGuard(origin, inner);
        const { ticketUrl } = guard;
        resolve({
          origin,
          ticketUrl,
          close: () =>
            new Promise<void>((closed) => {
              server.close(() => {
                closed();
              });
              // Event streams never end by themselves.
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve({ refusal: 'port-in-use' });
      else if (error.code === 'EACCES') resolve({ refusal: 'not-allowed' });
      else reject(error);
    });
  });
}
