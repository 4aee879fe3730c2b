import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import type { AuditLog } from '#electron/workstation/audit/ports.ts';
import type { AuditEntry } from '#shared/domain/audit-entry.ts';
import { canonicalize } from '#shared/reporting/canonical-json.ts';

const MIGRATIONS = [
  `CREATE TABLE audit_entry (
     number INTEGER PRIMARY KEY,
     entry TEXT NOT NULL
   ) STRICT;
   CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'an audit entry never changes'); END;
   CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END;`,
];

/** The chain in a database of its own (WAL, synchronous=FULL): an entry that was written survives a killed process. It holds identifiers, no names. */
export function openAuditLog(
  path: string,
  /** Keeps the file from growing beyond so many pages of 4 KiB; unlimited where absent. */
  options: { readonly maxPages?: number } = {},
): AuditLog & { close(): void } {
  const database = openDatabase(path, MIGRATIONS);
  if (options.maxPages !== undefined) database.pragma(`max_page_count = ${options.maxPages}`);
  const insert = database.prepare('INSERT INTO audit_entry (number, entry) VALUES (?, ?)');
  const newest = database.prepare('SELECT entry FROM audit_entry ORDER BY number DESC LIMIT 1');
  const page = database.prepare('SELECT entry FROM audit_entry WHERE number >= ? ORDER BY number LIMIT ?');
  const entryOf = (row: unknown): AuditEntry => JSON.parse((row as { readonly entry: string }).entry) as AuditEntry;

  return {
    head() {
      const row: unknown = newest.get();
      return row === undefined || row === null ? undefined : entryOf(row);
    },
    append(entries) {
      try {
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const entry of entries) insert.run(entry.number, canonicalize(entry));
          database.exec('COMMIT');
          return 'written';
        } catch (error) {
          if (database.inTransaction) database.exec('ROLLBACK');
          throw error;
        }
      } catch (error) {
        const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
        return code.startsWith('SQLITE_FULL') ? 'no-space' : 'failed';
      }
    },
    read: (from, limit) => page.all(from, limit).map(entryOf),
    close() {
      database.close();
    },
  };
}
