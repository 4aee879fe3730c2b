import { columnsOf, distinct } from '#electron/adapters/fhir-sql/columns.ts';
import {
  ANY_VERSION,
  NEWEST_VERSION,
  pageOf,
  pageSql,
  VERSION_COLUMNS,
  versionOfRow,
  type VersionRow,
} from '#electron/adapters/fhir-sql/page-sql.ts';
import { factParam, whereOf, type SqlDialect } from '#electron/adapters/fhir-sql/search-sql.ts';
import type { FhirReader, FhirStore, FhirWriter, StoredVersion } from '#electron/hub/ports.ts';

import { FHIR_MIGRATIONS } from './fhir-schema.ts';
import { openDatabase, type Database } from './open-database.ts';

/** The planner knows nothing of the data: it is told the index of the facts. */
export const SQLITE: SqlDialect = {
  takeIndex: (index) => `INDEXED BY ${index}`,
  askedOfEach: '',
  valueIn: (values) => ({ text: `f.value IN (${values.map(() => '?').join(', ')})`, values }),
  positionInValue: 'instr(f.value, ?)',
  // Its own order already.
  nullsIn: () => '',
};

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
  const transact = <Outcome>(work: (writer: FhirWriter) => Promise<Outcome>): Promise<Outcome> => {
    const turn = last.then(() => runAlone(work));
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    ...createReader(reading),
    transact,
    takeFirst: (type, candidates, work) =>
      transact(async (alone) => {
        for (const { id, version } of candidates) {
          const current = await alone.read(type, id);
          if (current === undefined || current.deleted || current.version !== version) continue;
          const outcome = await work(alone, current);
          if (outcome !== undefined) return outcome;
        }
        return undefined;
      }),
    // One file has one hub: nobody else writes.
    onForeignWrite: () => () => undefined,
    close: async () => {
      await last;
      reading.close();
      writing.close();
    },
  };
}

/** Searches differ in their values far more than in their text: statements of so many texts are kept. */
const KEPT_STATEMENTS = 500;

function createStatements(database: Database) {
  const kept = new Map<string, ReturnType<Database['prepare']>>();
  return (text: string) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    if (kept.size >= KEPT_STATEMENTS) kept.clear();
    kept.set(text, statement);
    return statement;
  };
}

function createReader(database: Database): FhirReader {
  const statement = createStatements(database);
  const newest = database.prepare(`SELECT ${VERSION_COLUMNS} FROM ${NEWEST_VERSION} WHERE r.type = ? AND r.id = ?`);
  const one = database.prepare(
    `SELECT ${VERSION_COLUMNS} FROM ${ANY_VERSION} WHERE r.type = ? AND r.id = ? AND v.version = ?`,
  );
  const all = database.prepare(
    `SELECT ${VERSION_COLUMNS} FROM ${ANY_VERSION} WHERE r.type = ? AND r.id = ? ORDER BY v.version DESC LIMIT ?`,
  );
  return {
    read: async (type, id) => versionOf(newest.get(type, id)),
    readVersion: async (type, id, version) => versionOf(one.get(type, id, version)),
    history: async (type, id, count) => (all.all(type, id, count) as VersionRow[]).map(versionOfRow),
    search: async (query) => {
      const { text, values } = pageSql(query, SQLITE);
      return pageOf(statement(text).all(...values) as VersionRow[], query);
    },
    count: async (query) => {
      const where = whereOf(query, SQLITE);
      const row = statement(`SELECT count(*) AS count FROM resource r WHERE ${where.text}`).get(...where.values);
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
      const { status, authoredOn } = columnsOf(index);
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

const versionOf = (row: unknown): StoredVersion | undefined =>
  row === undefined || row === null ? undefined : versionOfRow(row as VersionRow);
