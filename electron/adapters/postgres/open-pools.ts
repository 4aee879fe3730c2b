import pg from 'pg';

import { StoreAway } from '#electron/hub/ports.ts';

/** Readers must not wait behind writers, nor writers behind claims. */
export interface Pools {
  readonly reading: pg.Pool;
  readonly writing: pg.Pool;
  end(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5000;
/** A hub that stands still in the middle of a transaction must not hold up the others for longer. */
const IDLE_IN_TRANSACTION_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;

const INT8 = 20;

export const connectionOf = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'overread-hub',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  // Keys, counts and milliseconds stay far below 2^53.
  types: {
    getTypeParser: (id: number, format?: 'text' | 'binary') =>
      id === INT8 ? Number : (pg.types.getTypeParser(id, format as 'text') as (text: string) => unknown),
  } as pg.CustomTypesConfig,
});

export function openPools(url: string): Pools {
  const reading = new pg.Pool({ ...connectionOf(url), max: 6 });
  const writing = new pg.Pool({ ...connectionOf(url), max: 5 });
  for (const pool of [reading, writing]) {
    // A connection that breaks while nobody uses it: the pool opens another. In use, its query says so.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
  }
  return {
    reading,
    writing,
    end: async () => {
      await Promise.all([reading.end(), writing.end()]);
    },
  };
}

/**
 * A connection on which `first` (e.g. BEGIN) was done, or StoreAway: nothing was asked of the database yet. Connections that broke while they lay idle are
 * thrown away until one is whole.
 */
export async function connect(pool: pg.Pool, first: string): Promise<pg.PoolClient> {
  for (;;) {
    const wasIdle = pool.idleCount > 0;
    const client = await pool.connect().catch(() => undefined);
    if (client === undefined) throw new StoreAway();
    try {
      await client.query(first);
      return client;
    } catch (error) {
      client.release(error instanceof Error ? error : true);
      if (!wasIdle) throw new StoreAway();
    }
  }
}
