import type pg from 'pg';

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
import { factParam, whereOf, type Sql, type SqlDialect } from '#electron/adapters/fhir-sql/search-sql.ts';
import type { FhirReader, FhirWriter, WrittenVersion } from '#electron/hub/ports.ts';

/** A text of any length is found by its beginning: an index entry has a limit of about 2700 bytes. */
const POSTGRES: SqlDialect = {
  takeIndex: () => '',
  // A subquery with an OFFSET is not turned into a join: a page of 500 out of 100 000 took ten times as long as one.
  askedOfEach: ' OFFSET 0',
  valueIn: (values) => {
    const places = values.map(() => '?').join(', ');
    const beginnings = values.map(() => 'left(?, 200)').join(', ');
    return {
      text: `(left(f.value, 200) IN (${beginnings}) AND f.value IN (${places}))`,
      values: [...values, ...values],
    };
  },
  positionInValue: 'strpos(f.value, ?)',
  nullsIn: (direction) => (direction === 'ASC' ? 'NULLS FIRST' : 'NULLS LAST'),
};

export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<{ readonly rows: Row[]; readonly rowCount: number | null }>;

/** PostgreSQL keeps no NUL in a text; nothing that is searched for has one. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\u0000') ? value.replaceAll('\u0000', '\uFFFD') : value;

/** `?` becomes `$1`, `$2` …: none of our statements has a question mark of its own. */
function numbered({ text, values }: Sql): [string, unknown[]] {
  let place = 0;
  return [text.replaceAll('?', () => `$${(place += 1)}`), values.map(storable)];
}

export function createReader(query: Query): FhirReader {
  const one = async (where: string, ...values: readonly unknown[]) => {
    const { rows } = await query<VersionRow>(where, values);
    return rows[0] === undefined ? undefined : versionOfRow(rows[0]);
  };
  return {
    read: (type, id) =>
      one(`SELECT ${VERSION_COLUMNS} FROM ${NEWEST_VERSION} WHERE r.type = $1 AND r.id = $2`, type, id),
    readVersion: (type, id, version) =>
      one(
        `SELECT ${VERSION_COLUMNS} FROM ${ANY_VERSION} WHERE r.type = $1 AND r.id = $2 AND v.version = $3`,
        type,
        id,
        // A version that no column can hold was never written.
        Math.min(version, 2 ** 31 - 1),
      ),
    history: async (type, id, count) => {
      const { rows } = await query<VersionRow>(
        `SELECT ${VERSION_COLUMNS} FROM ${ANY_VERSION} WHERE r.type = $1 AND r.id = $2 ORDER BY v.version DESC LIMIT $3`,
        [type, id, count],
      );
      return rows.map(versionOfRow);
    },
    search: async (asked) => {
      const { rows } = await query<VersionRow>(...numbered(pageSql(asked, POSTGRES)));
      return pageOf(rows, asked);
    },
    count: async (asked) => {
      const { text, values } = whereOf(asked, POSTGRES);
      const { rows } = await query<{ count: number }>(
        ...numbered({ text: `SELECT count(*) AS count FROM resource r WHERE ${text}`, values }),
      );
      return rows[0]?.count ?? 0;
    },
  };
}

/** Notes what it wrote in `written`. */
export function createWriter(query: Query, written: WrittenVersion[]): FhirWriter {
  return {
    ...createReader(query),
    write: async ({ type, id, version, at, deleted, body }, index) => {
      const { status, authoredOn } = columnsOf(index);
      const flag = deleted ? 1 : 0;
      const { rows } =
        version === 1
          ? await query<{ key: number }>(
              `INSERT INTO resource (type, id, version, updated_at, deleted, status, authored_on)
               VALUES ($1, $2, 1, $3, $4, $5, $6) RETURNING key`,
              [type, id, at, flag, storable(status), authoredOn],
            )
          : await query<{ key: number }>(
              `UPDATE resource SET version = $1, updated_at = $2, deleted = $3, status = $4, authored_on = $5
               WHERE type = $6 AND id = $7 AND version = $8 RETURNING key`,
              [version, at, flag, storable(status), authoredOn, type, id, version - 1],
            );
      const key = rows[0]?.key;
      if (key === undefined) throw new Error('the version to write does not follow the newest one');
      await query('INSERT INTO version (key, version, at, deleted, body) VALUES ($1, $2, $3, $4, $5)', [
        key,
        version,
        at,
        flag,
        body,
      ]);
      if (version > 1) await query('DELETE FROM fact WHERE key = $1', [key]);
      const facts = distinct(index);
      if (facts.length > 0) {
        const column = (of: (entry: (typeof facts)[number]) => unknown) =>
          facts.map((entry) => storable(of(entry)) ?? null);
        await query(
          `INSERT INTO fact (key, param, system, value, low, high)
           SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])`,
          [
            key,
            column(({ code }) => factParam(type, code)),
            column(({ system }) => system),
            column(({ value }) => value),
            column(({ low }) => low),
            column(({ high }) => high),
          ],
        );
      }
      written.push({ type, id, version });
    },
  };
}
