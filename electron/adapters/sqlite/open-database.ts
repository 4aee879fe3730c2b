import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import LibsqlDatabase from 'libsql';

/**
 * An open SQLite file: synchronous, `prepare`, `exec`, `transaction`, `close`.
 * Rows of `get` carry a `_metadata` key of the library's own: pick columns, do not spread or compare whole rows.
 */
export type Database = LibsqlDatabase.Database;

/**
 * Opens (and creates) a SQLite file that keeps what was committed through a crash: WAL, `synchronous=FULL`.
 * `migrations[n]` brings a file from `user_version` n to n + 1; each runs once, in one transaction with its number.
 * Throws when the file was written by a newer program, so that nothing in it is misread.
 */
export function openDatabase(path: string, migrations: readonly string[]): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new LibsqlDatabase(path);
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database, migrations: readonly string[]): void {
  if (versionOf(database) === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the write lock: another process may have migrated in between.
    const version = versionOf(database);
    if (version > migrations.length) {
      throw new Error(`the database is of version ${version}, this program knows up to ${migrations.length}`);
    }
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: Database): number {
  const row = database.prepare('PRAGMA user_version').get();
  return typeof row === 'object' && row !== null && 'user_version' in row ? Number(row.user_version) : 0;
}
