import type { Database } from '#electron/adapters/sqlite/open-database.ts';

import type { Sealer, WriteRefusal } from '#electron/workstation/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';
import type { KeptDrawing } from '#shared/reporting/kept-drawing.ts';
import type { DraftWriter } from '#shared/reporting/handed-state.ts';

/** Revisions this recent are all kept; of older ones the last of each minute. */
const RECENT_REVISIONS = 50;
/** More of one text is never kept, by count or by size on disk; the newest always is. */
const MOST_REVISIONS = 400;
const MOST_BYTES = 8 * 1024 * 1024;
/** The bounds are looked at once in so many saves: between two looks a history is at most so much above them. */
const BOUND_EVERY = 10;

/**
 * Every revision is a row of its own and none is ever rewritten: the newest is the draft, the others its history.
 * Of two saves based on one revision the second finds a newer one and is told so (compare-and-swap in one transaction).
 * `place`: what is written, a reading's report (its Task id) or a later version of it (`Task id|kind`).
 */
export const DRAFT_MIGRATIONS = [
  `CREATE TABLE draft (
     task_id TEXT NOT NULL,
     reader_id TEXT NOT NULL,
     revision INTEGER NOT NULL,
     saved_at INTEGER NOT NULL,
     sealed BLOB NOT NULL,
     PRIMARY KEY (task_id, reader_id, revision)
   ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE draft RENAME COLUMN task_id TO place;
   ALTER TABLE draft ADD COLUMN signed_as TEXT;`,
  // Who wrote a state that was handed over, as JSON; null for the reader's own.
  'ALTER TABLE draft ADD COLUMN writer TEXT',
];

interface DraftRow {
  readonly revision: number;
  readonly saved_at: number;
  readonly signed_as: string | null;
  readonly writer: string | null;
  readonly sealed: Uint8Array;
}

interface KeptDraft<Body> {
  readonly revision: number;
  readonly savedAt: EpochMs;
  readonly isSigned: boolean;
  /** Absent: the reader's own. */
  readonly writer?: DraftWriter;
  /** Undefined: sealed with a key this installation no longer has. */
  readonly body: Body | undefined;
  readonly drawings?: readonly KeptDrawing[] | undefined;
}

type Saved =
  | { readonly status: 'saved'; readonly revision: number }
  | { readonly status: 'stale'; readonly revision: number }
  | { readonly status: 'not-saved'; readonly reason: WriteRefusal };

/** What is sealed: patient data does not stand in any column. */
interface SealedDraft<Body> extends Written<Body> {
  readonly contextKey: string;
}

interface Written<Body> {
  readonly body: Body;
  /** What was drawn on the images of the case; absent where nothing was. */
  readonly drawings?: readonly KeptDrawing[] | undefined;
}

interface Place {
  readonly place: string;
  readonly readerId: string;
  readonly contextKey: string;
}

export interface DraftRows<Body> {
  newest(place: string, readerId: string): Promise<KeptDraft<Body> | undefined>;
  /** Every revision that is kept, newest first. */
  history(place: string, readerId: string): Promise<KeptDraft<Body>[]>;
  append(row: Place & Written<Body> & { readonly basedOn: number; readonly savedAt: EpochMs }): Promise<Saved>;
  /** All of them behind the newest, or none. */
  appendAll(
    place: Place,
    states: readonly (Written<Body> & { readonly savedAt: EpochMs; readonly writer: DraftWriter })[],
  ): Promise<Saved>;
  newestByAnother(place: string, readerId: string): Promise<KeptDraft<Body> | undefined>;
}

export function createDraftRows<Body>(database: Database, ports: { readonly sealer: Sealer; readonly log: Log }) {
  const { sealer, log } = ports;
  const newest = database.prepare(
    `SELECT revision, saved_at, signed_as, writer, sealed FROM draft WHERE place = ? AND reader_id = ?
     ORDER BY revision DESC LIMIT 1`,
  );
  const kept = database.prepare('SELECT revision FROM draft WHERE place = ? AND reader_id = ? ORDER BY revision DESC');
  const one = database.prepare(
    'SELECT revision, saved_at, signed_as, writer, sealed FROM draft WHERE place = ? AND reader_id = ? AND revision = ?',
  );
  const byAnother = database.prepare(
    `SELECT revision, saved_at, signed_as, writer, sealed FROM draft
     WHERE place = ? AND reader_id = ? AND writer IS NOT NULL ORDER BY revision DESC LIMIT 1`,
  );
  const newestRevision = database.prepare(
    'SELECT coalesce(max(revision), 0) AS revision FROM draft WHERE place = ? AND reader_id = ?',
  );
  const insert = database.prepare(
    'INSERT INTO draft (place, reader_id, revision, saved_at, writer, sealed) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const thinOut = database.prepare(
    `DELETE FROM draft WHERE place = ?1 AND reader_id = ?2 AND revision = ?3 AND EXISTS (
       SELECT 1 FROM draft AS later WHERE later.place = ?1 AND later.reader_id = ?2
       AND later.revision = ?3 + 1 AND later.saved_at / 60000 = draft.saved_at / 60000)`,
  );
  const bound = database.prepare(
    `DELETE FROM draft WHERE place = ?1 AND reader_id = ?2 AND revision IN (
       SELECT revision FROM (
         SELECT revision, row_number() OVER newer AS kept, sum(length(sealed)) OVER newer AS bytes FROM draft
         WHERE place = ?1 AND reader_id = ?2 WINDOW newer AS (ORDER BY revision DESC))
       WHERE kept > 1 AND (kept > ${MOST_REVISIONS} OR bytes > ${MOST_BYTES}))`,
  );
  const revisionOf = (place: string, readerId: string): number =>
    (newestRevision.get(place, readerId) as { readonly revision: number }).revision;

  async function opened(place: string, readerId: string, row: DraftRow): Promise<KeptDraft<Body>> {
    const plain = await sealer.open(row.sealed, contextOf(place, readerId, row.revision));
    if (plain === undefined) log.error('draft.unreadable', { taskId: place });
    return {
      revision: row.revision,
      savedAt: row.saved_at as EpochMs,
      isSigned: row.signed_as !== null,
      ...(row.writer === null ? {} : { writer: JSON.parse(row.writer) as DraftWriter }),
      ...(plain === undefined ? { body: undefined } : writtenIn<Body>(plain)),
    };
  }

  type State = Written<Body> & { readonly savedAt: EpochMs; readonly writer?: DraftWriter };

  /** One compare-and-swap for all of them: the first stands on `basedOn`, each other on the one before it. */
  async function write(at: Place, basedOn: number, states: readonly State[]): Promise<Saved> {
    const { place, readerId, contextKey } = at;
    if (!sealer.isReady()) return { status: 'not-saved', reason: 'no-key' };
    const sealed = await Promise.all(
      states.map(({ body, drawings }, nth) => {
        const content: SealedDraft<Body> = { contextKey, body, drawings };
        return sealer.seal(Buffer.from(JSON.stringify(content)), contextOf(place, readerId, basedOn + 1 + nth));
      }),
    );
    const revision = basedOn + states.length;
    try {
      database.exec('BEGIN IMMEDIATE');
      try {
        const current = revisionOf(place, readerId);
        if (current !== basedOn) {
          database.exec('ROLLBACK');
          return { status: 'stale', revision: current };
        }
        for (const [nth, { savedAt, writer }] of states.entries()) {
          const writtenBy = writer === undefined ? null : JSON.stringify(writer);
          insert.run(place, readerId, basedOn + 1 + nth, savedAt, writtenBy, sealed[nth]);
        }
        thinOut.run(place, readerId, revision - RECENT_REVISIONS);
        if (states.length > 1 || revision % BOUND_EVERY === 0) bound.run(place, readerId);
        database.exec('COMMIT');
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
      return { status: 'saved', revision };
    } catch (error) {
      const reason = refusalOf(error);
      log.error('draft.not-saved', { taskId: place, code: reason });
      return { status: 'not-saved', reason };
    }
  }

  const rows: DraftRows<Body> = {
    async newest(place, readerId) {
      const row = newest.get(place, readerId) as DraftRow | undefined;
      return row === undefined ? undefined : opened(place, readerId, row);
    },
    async newestByAnother(place, readerId) {
      const row = byAnother.get(place, readerId) as DraftRow | undefined;
      return row === undefined ? undefined : opened(place, readerId, row);
    },
    async history(place, readerId) {
      const found: KeptDraft<Body>[] = [];
      // One by one: the driver gives blobs of a whole list as lists of numbers.
      for (const { revision } of kept.all(place, readerId) as { readonly revision: number }[]) {
        const row = one.get(place, readerId, revision) as DraftRow | undefined;
        if (row !== undefined) found.push(await opened(place, readerId, row));
      }
      return found;
    },
    append: ({ basedOn, body, drawings, savedAt, ...at }) => write(at, basedOn, [{ body, drawings, savedAt }]),
    appendAll: (at, states) => write(at, revisionOf(at.place, at.readerId), states),
  };
  return rows;
}

/** Binds a sealed row to its place: a row moved to another reading does not open. */
const contextOf = (place: string, readerId: string, revision: number) => `${place}|${readerId}|${revision}`;

function writtenIn<Body>(plain: Uint8Array): Written<Body> {
  const { body, drawings } = JSON.parse(Buffer.from(plain).toString('utf8')) as SealedDraft<Body>;
  return { body, drawings };
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

function refusalOf(error: unknown): WriteRefusal {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_FULL')) return 'no-space';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) return 'read-only';
  return 'failed';
}
