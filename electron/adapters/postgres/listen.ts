import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import type { WrittenVersion } from '#electron/hub/ports.ts';

import { connectionOf } from './open-pools.ts';

export const CHANNEL = 'overread_written';
const RECONNECT_MS = 500;

export const noticeOf = (hubId: string, { type, id, version }: WrittenVersion): string =>
  `${hubId} ${type} ${id} ${version}`;

/** Hears every transaction of the other hubs. After a broken connection it says once that something may have been missed. */
export function listenToOthers(
  url: string,
  hubId: string,
  tell: (written: WrittenVersion | undefined) => void,
): { readonly listening: Promise<void>; stop(): Promise<void> } {
  const stopping = new AbortController();
  let client: pg.Client | undefined;

  let hasListened = false;
  let begun: () => void = () => undefined;
  const listening = new Promise<void>((resolve) => {
    begun = resolve;
  });

  /** Until the connection ends. */
  async function listenOnce(): Promise<void> {
    const current = new pg.Client(connectionOf(url));
    client = current;
    const ended = new Promise<void>((resolve) => {
      current.once('end', resolve);
      current.on('error', () => resolve());
    });
    current.on('notification', ({ payload = '' }) => {
      const [hub, type = '', id = '', version = ''] = payload.split(' ');
      if (hub !== hubId) tell({ type, id, version: Number(version) });
    });
    try {
      await current.connect();
      await current.query(`LISTEN ${CHANNEL}`);
    } catch {
      return;
    } finally {
      begun();
    }
    if (hasListened) tell(undefined);
    hasListened = true;
    await ended;
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      await listenOnce();
      client?.end().catch(() => undefined);
      await wait(RECONNECT_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();

  return {
    listening,
    stop: async () => {
      stopping.abort();
      client?.end().catch(() => undefined);
      await running;
    },
  };
}
