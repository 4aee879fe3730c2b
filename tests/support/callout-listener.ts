import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whoever calls here has been called out to by what was only to be shown. */
export interface CalloutListener {
  /** Origin to put into hostile content. */
  readonly address: string;
  /** Paths asked for so far. */
  readonly heard: readonly string[];
  stop(): Promise<void>;
}

export async function listenForCallouts(): Promise<CalloutListener> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
