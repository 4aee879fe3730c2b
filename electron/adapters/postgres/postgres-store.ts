import { randomUUID } from 'node:crypto';

import pg from 'pg';

import {
  StoreAway,
  type FhirStore,
  type FhirWriter,
  type StoredVersion,
  type WrittenVersion,
} from '#electron/hub/ports.ts';

import { CHANNEL, listenToOthers, noticeOf } from './listen.ts';
import { migrate } from './migrate.ts';
import { connect, openPools } from './open-pools.ts';
import { createReader, createWriter, type Query } from './reader-writer.ts';

/**
 * Transactions of all hubs follow one another under this advisory lock; claims share it, so that they run beside each other, each on the row it has taken,
 * and never beside a transaction that may have read that row.
 */
const WRITE_LOCK = 8_021_701;

/**
 * The hub's resources in one PostgreSQL database that several hubs may share. Each transaction holds the write lock from its beginning: what it reads is
 * the last committed state and stays so, which makes READ COMMITTED serialisable here. Throws when the database cannot be opened.
 */
export async function openPostgresStore(url: string): Promise<FhirStore> {
  const pools = openPools(url);
  const hubId = randomUUID();
  const listeners = new Set<(written: WrittenVersion | undefined) => void>();
  let last: Promise<unknown> = Promise.resolve();
  try {
    const client = await pools.writing.connect();
    await migrate(client).finally(() => {
      client.release();
    });
  } catch (error) {
    await pools.end();
    throw error;
  }
  const others = listenToOthers(url, hubId, (written) => {
    for (const listener of listeners) listener(written);
  });

  await others.listening;

  /** `work` between BEGIN and COMMIT; when it throws, or answers undefined for a claim, nothing is kept. */
  async function within<Outcome>(
    lock: 'pg_advisory_xact_lock' | 'pg_advisory_xact_lock_shared',
    work: (query: Query, writer: FhirWriter) => Promise<Outcome>,
  ): Promise<Outcome> {
    const client = await connect(pools.writing, 'BEGIN');
    const written: WrittenVersion[] = [];
    let broken: Error | undefined;
    const query = queryOn(client);
    try {
      await query(`SELECT ${lock}($1)`, [WRITE_LOCK]);
      const outcome = await work(query, createWriter(query, written));
      if (written.length > 0) {
        const notices = written.map((version) => noticeOf(hubId, version));
        await query(`SELECT pg_notify('${CHANNEL}', notice) FROM unnest($1::text[]) notice`, [notices]);
      }
      await query('COMMIT');
      return outcome;
    } catch (error) {
      await query('ROLLBACK').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error('the connection broke');
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    ...createReader(async (text, values = []) => {
      try {
        return await pools.reading.query(text, [...values]);
      } catch (error) {
        if (isDatabaseError(error)) throw error;
        // The connection, not the question: asked once more, of a new one.
        return await pools.reading.query(text, [...values]).catch((again: unknown) => {
          throw isDatabaseError(again) ? again : new StoreAway();
        });
      }
    }),
    transact: (work) => {
      const turn = last.then(() => within('pg_advisory_xact_lock', (_query, writer) => work(writer)));
      last = turn.catch(() => undefined);
      return turn;
    },
    takeFirst: (type, candidates, work) =>
      within('pg_advisory_xact_lock_shared', async (query, writer) => {
        let place = 0;
        for (;;) {
          const taken = await takeRow(query, writer, type, candidates.slice(place));
          if (taken === undefined) return undefined;
          const outcome = await work(writer, taken.current);
          if (outcome !== undefined) return outcome;
          place += taken.place;
        }
      }),
    onForeignWrite: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await last;
      await others.stop();
      await pools.end();
    },
  };
}

/** PostgreSQL's own answer; anything else came of the connection. Class 57P: it is going down. */
const isDatabaseError = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code?.startsWith('57P') !== true;

const queryOn =
  (client: pg.ClientBase): Query =>
  (text, values = []) =>
    client.query(text, [...values]);

/** The first of the candidates whose row nobody else is holding, now held by this transaction. `place`: how many candidates are used up with it. */
async function takeRow(
  query: Query,
  writer: FhirWriter,
  type: string,
  candidates: readonly { readonly id: string; readonly version: number }[],
): Promise<{ readonly place: number; readonly current: StoredVersion } | undefined> {
  const { rows } = await query<{ id: string; place: number }>(
    `SELECT r.id, c.place FROM unnest($2::text[], $3::int[]) WITH ORDINALITY AS c (id, version, place)
     JOIN resource r ON r.type = $1 AND r.id = c.id AND r.version = c.version AND r.deleted = 0
     ORDER BY c.place LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
    [type, candidates.map(({ id }) => id), candidates.map(({ version }) => Math.min(version, 2 ** 31 - 1))],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const current = await writer.read(type, row.id);
  return current === undefined ? undefined : { place: row.place, current };
}
