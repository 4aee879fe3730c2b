import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import type { DraftStore, Sealer, WriteRefusal } from '#electron/workstation/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { DraftReport, ReportBody } from '#shared/reporting/report.ts';

export interface OpenDrafts extends DraftStore {
  close(): void;
}

/** Revisions this recent are all kept; of older ones the last of each minute. */
const RECENT_REVISIONS = 50;

/**
 * Every revision is a row of its own and none is ever rewritten: the newest is the draft, the others its history.
 * Of two saves based on one revision the second finds a newer one and is told so (compare-and-swap in one transaction).
 */
const MIGRATIONS = [
  `CREATE TABLE draft (
     task_id TEXT NOT NULL,
     reader_id TEXT NOT NULL,
     revision INTEGER NOT NULL,
     saved_at INTEGER NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (task_id, reader_id, revision)
   ) STRICT, WITHOUT ROWID`,
];

/** What is sealed: patient data does not stand in any column. */
interface SealedDraft {
  readonly contextKey: string;
  readonly body: ReportBody;
}

interface DraftRow {
  readonly revision: number;
  readonly saved_at: number;
  readonly sealed: Uint8Array;
}

/** Opens (and creates) the drafts of this installation. An acknowledged save has reached the disk (WAL, synchronous=FULL). */
export function openDrafts(
  path: string,
  options: {
    readonly sealer: Sealer;
    readonly log: Log;
    /** Keeps the file from growing beyond so many pages of 4 KiB; unlimited where absent. */
    readonly maxPages?: number;
  },
): OpenDrafts {
  const { sealer, log, maxPages } = options;
  const database = openDatabase(path, MIGRATIONS);
  if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`);
  const newest = database.prepare(
    'SELECT revision, saved_at, sealed FROM draft WHERE task_id = ? AND reader_id = ? ORDER BY revision DESC LIMIT 1',
  );
  const newestRevision = database.prepare(
    'SELECT coalesce(max(revision), 0) AS revision FROM draft WHERE task_id = ? AND reader_id = ?',
  );
  const insert = database.prepare(
    'INSERT INTO draft (task_id, reader_id, revision, saved_at, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const thinOut = database.prepare(
    `DELETE FROM draft WHERE task_id = ?1 AND reader_id = ?2 AND revision = ?3 AND EXISTS (
       SELECT 1 FROM draft AS later WHERE later.task_id = ?1 AND later.reader_id = ?2
       AND later.revision = ?3 + 1 AND later.saved_at / 60000 = draft.saved_at / 60000)`,
  );
  const revisionOf = (taskId: string, readerId: string): number =>
    (newestRevision.get(taskId, readerId) as { readonly revision: number }).revision;

  return {
    async load(taskId, readerId) {
      const row = newest.get(taskId, readerId) as DraftRow | undefined;
      if (row === undefined) return undefined;
      const plain = await sealer.open(row.sealed, contextOf(taskId, readerId, row.revision));
      if (plain === undefined) {
        log.error('draft.unreadable', { taskId });
        return { state: 'unreadable', revision: row.revision };
      }
      const { body } = JSON.parse(Buffer.from(plain).toString('utf8')) as SealedDraft;
      const draft: DraftReport = { state: 'draft', revision: row.revision, savedAt: row.saved_at as EpochMs, body };
      return draft;
    },
    async save({ taskId, readerId, contextKey, basedOn, body, savedAt }) {
      if (!sealer.isReady()) return { status: 'not-saved', reason: 'no-key' };
      const revision = basedOn + 1;
      const content: SealedDraft = { contextKey, body };
      const sealed = await sealer.seal(Buffer.from(JSON.stringify(content)), contextOf(taskId, readerId, revision));
      try {
        database.exec('BEGIN IMMEDIATE');
        try {
          const current = revisionOf(taskId, readerId);
          if (current !== basedOn) {
            database.exec('ROLLBACK');
            return { status: 'stale', revision: current };
          }
          insert.run(taskId, readerId, revision, savedAt, sealed);
          thinOut.run(taskId, readerId, revision - RECENT_REVISIONS);
          database.exec('COMMIT');
        } catch (error) {
          if (database.inTransaction) database.exec('ROLLBACK');
          throw error;
        }
        return { status: 'saved', draft: { state: 'draft', revision, savedAt, body } };
      } catch (error) {
        const reason = refusalOf(error);
        log.error('draft.not-saved', { taskId, code: reason });
        return { status: 'not-saved', reason };
      }
    },
    close() {
      database.close();
    },
  };
}

/** Binds a sealed row to its place: a row moved to another reading does not open. */
const contextOf = (taskId: string, readerId: string, revision: number) => `${taskId}|${readerId}|${revision}`;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function refusalOf(error: unknown): WriteRefusal {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) return 'no-space';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read-only';
  return 'failed';
}
