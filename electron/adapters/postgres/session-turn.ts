import pg from 'pg';

import type { HeldTurn, Turn } from '#electron/ports/turn.ts';

import { connectionOf } from './open-pools.ts';

const HEARTBEAT_MS = 2000;
const ANSWER_MS = 3000;

/**
 * A server that hears nothing of a holder for so long ends its session, which frees the turn: later than the holder's own heartbeat has told it, so that two
 * never have it at once because a line broke. (5 + 3 × 2 s, against 2 + 3 s.)
 */
const KEEPALIVE = 'SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3';

/**
 * A turn that one session of the database has at a time: an advisory lock of a connection that does nothing else. A holder that dies is
 * disconnected by its operating system, and the database frees the lock in the same moment.
 */
export function createSessionTurn(url: string, key: number): Turn {
  let spare: pg.Client | undefined;

  async function session(): Promise<pg.Client> {
    if (spare !== undefined) return spare;
    const client = new pg.Client({ ...connectionOf(url), query_timeout: ANSWER_MS });
    client.on('error', () => undefined);
    client.once('end', () => {
      if (spare === client) spare = undefined;
    });
    await client.connect();
    await client.query(KEEPALIVE);
    spare = client;
    return client;
  }

  return {
    async tryTake() {
      let client: pg.Client | undefined;
      try {
        client = await session();
        const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [key]);
        if (rows[0]?.taken !== true) return undefined;
      } catch {
        // The database is away: nobody knows whose turn it is, so it is not ours.
        spare = undefined;
        void client?.end().catch(() => undefined);
        return undefined;
      }
      spare = undefined;
      return hold(client);
    },
    async close() {
      await spare?.end().catch(() => undefined);
    },
  };
}

function hold(client: pg.Client): HeldTurn {
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  client.once('end', lose);
  client.on('error', lose);
  const heartbeat = setInterval(() => {
    client.query('SELECT 1').catch(lose);
  }, HEARTBEAT_MS);
  const end = () => {
    clearInterval(heartbeat);
    return client.end().catch(() => undefined);
  };
  void lost.then(end);
  return { lost, release: end };
}
