import type pg from 'pg';

import { POSTGRES_MIGRATIONS } from './schema.ts';

/** Two hubs that start together: one migrates, the other finds it done. */
const MIGRATION_LOCK = 8_021_702;

/** Brings the database to this program's version. Throws when a newer program wrote it, so that nothing in it is misread. */
export async function migrate(client: pg.ClientBase): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS overread_schema (version INTEGER NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM overread_schema');
    const version = rows[0]?.version ?? 0;
    if (version > POSTGRES_MIGRATIONS.length) {
      throw new Error(`the database is of version ${version}, this program knows up to ${POSTGRES_MIGRATIONS.length}`);
    }
    for (const migration of POSTGRES_MIGRATIONS.slice(version)) await client.query(migration);
    if (version !== POSTGRES_MIGRATIONS.length) {
      await client.query('DELETE FROM overread_schema');
      await client.query('INSERT INTO overread_schema (version) VALUES ($1)', [POSTGRES_MIGRATIONS.length]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
