import type {
  FhirReader,
  FhirStore,
  FhirWriter,
  IndexEntry,
  SearchPage,
  SearchQuery,
  StoredVersion,
} from '#electron/hub/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { FHIR_MIGRATIONS } from './fhir-schema.ts';
import { openDatabase, type Database } from './open-database.ts';
import { factParam, orderOf, whereOf } from './search-sql.ts';

interface VersionRow {
  readonly key: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly at: number;
  readonly deleted: number;
  readonly body: string;
}

const COLUMNS = 'r.key, r.type, r.id, v.version, v.at, v.deleted, v.body';
const NEWEST = 'resource r JOIN version v ON v.key = r.key AND v.version = r.version';
const ANY = 'resource r JOIN version v ON v.key = r.key';

/**
 * The hub's resources in one SQLite file. Two connections: readers see the last committed state while a transaction
 * is under way on the other. Transactions of this process queue here, those of other processes at the file's lock.
 */
export function createSqliteStore(file: string): FhirStore {
  const writing = openDatabase(file, FHIR_MIGRATIONS);
  const reading = openDatabase(file, FHIR_MIGRATIONS);
  const writer = createWriter(writing);
  let last: Promise<unknown> = Promise.resolve();

  const runAlone = async <Outcome>(work: (writer: FhirWriter) => Promise<Outcome>): Promise<Outcome> => {
    writing.exec('BEGIN IMMEDIATE');
    try {
      const outcome = await work(writer);
      writing.exec('COMMIT');
      return outcome;
    } catch (error) {
      if (writing.inTransaction) writing.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    ...createReader(reading),
    transact: (work) => {
      const turn = last.then(() => runAlone(work));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      await last;
      reading.close();
      writing.close();
    },
  };
}

function createReader(database: Database): FhirReader {
  const newest = database.prepare(`SELECT ${COLUMNS} FROM ${NEWEST} WHERE r.type = ? AND r.id = ?`);
  const one = database.prepare(`SELECT ${COLUMNS} FROM ${ANY} WHERE r.type = ? AND r.id = ? AND v.version = ?`);
  const all = database.prepare(
    `SELECT ${COLUMNS} FROM ${ANY} WHERE r.type = ? AND r.id = ? ORDER BY v.version DESC LIMIT ?`,
  );
  return {
    read: async (type, id) => versionOf(newest.get(type, id)),
    readVersion: async (type, id, version) => versionOf(one.get(type, id, version)),
    history: async (type, id, count) => (all.all(type, id, count) as VersionRow[]).map(fromRow),
    search: async (query) => search(database, query),
    count: async (query) => {
      const where = whereOf(query);
      const row = database.prepare(`SELECT count(*) AS count FROM resource r WHERE ${where.text}`).get(...where.values);
      return (row as { count: number }).count;
    },
  };
}

function createWriter(database: Database): FhirWriter {
  const add = database.prepare(
    `INSERT INTO resource (type, id, version, updated_at, deleted, status, authored_on) VALUES (?, ?, 1, ?, ?, ?, ?)`,
  );
  const change = database.prepare(
    `UPDATE resource SET version = ?, updated_at = ?, deleted = ?, status = ?, authored_on = ?
     WHERE type = ? AND id = ? AND version = ?`,
  );
  const keyOf = database.prepare('SELECT key FROM resource WHERE type = ? AND id = ?');
  const addVersion = database.prepare('INSERT INTO version (key, version, at, deleted, body) VALUES (?, ?, ?, ?, ?)');
  const dropFacts = database.prepare('DELETE FROM fact WHERE key = ?');
  const addFact = database.prepare('INSERT INTO fact (key, param, system, value, low, high) VALUES (?, ?, ?, ?, ?, ?)');
  return {
    ...createReader(database),
    write: async ({ type, id, version, at, deleted, body }, index) => {
      const status = index.find(({ code }) => code === 'status')?.value ?? null;
      const authoredOn = index.find(({ code }) => code === 'authored-on')?.low ?? null;
      const flag = deleted ? 1 : 0;
      if (version === 1) add.run(type, id, at, flag, status, authoredOn);
      else if (change.run(version, at, flag, status, authoredOn, type, id, version - 1).changes !== 1) {
        throw new Error('the version to write does not follow the newest one');
      }
      const { key } = keyOf.get(type, id) as { key: number };
      addVersion.run(key, version, at, flag, body);
      if (version > 1) dropFacts.run(key);
      for (const { code, system, value, low, high } of distinct(index)) {
        addFact.run(key, factParam(type, code), system ?? null, value ?? null, low ?? null, high ?? null);
      }
    },
  };
}

/** The same fact may be found twice, e.g. a given name that is also the text. */
const distinct = (index: readonly IndexEntry[]): Iterable<IndexEntry> =>
  new Map(
    index.map((entry) => [JSON.stringify([entry.code, entry.system, entry.value, entry.low, entry.high]), entry]),
  ).values();

/** In the order of creation pages continue after a key; in any other order, after a number of rows. */
function search(database: Database, { type, conditions, order, count, cursor }: SearchQuery): SearchPage {
  const where = whereOf({ type, conditions });
  const by = orderOf(type, order);
  const from = /^\d{1,15}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const byKey = order.length === 0;
  const rows = database
    .prepare(
      `SELECT ${COLUMNS} FROM ${NEWEST} WHERE ${where.text}${byKey ? ' AND r.key > ?' : ''} ` +
        `ORDER BY ${by.text} LIMIT ?${byKey ? '' : ' OFFSET ?'}`,
    )
    .all(...where.values, ...(byKey ? [from] : []), ...by.values, count + 1, ...(byKey ? [] : [from])) as VersionRow[];
  const page = rows.slice(0, count);
  const matches = page.map(fromRow);
  if (rows.length <= count) return { matches };
  return { matches, next: String(byKey ? (page.at(-1)?.key ?? from) : from + count) };
}

const versionOf = (row: unknown): StoredVersion | undefined =>
  row === undefined || row === null ? undefined : fromRow(row as VersionRow);

const fromRow = ({ type, id, version, at, deleted, body }: VersionRow): StoredVersion => ({
  type,
  id,
  version,
  at: at as EpochMs,
  deleted: deleted === 1,
  body,
});
