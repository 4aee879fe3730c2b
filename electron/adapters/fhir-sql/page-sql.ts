import type { SearchCondition, SearchPage, SearchQuery, StoredVersion } from '#electron/hub/ports.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { join, orderOf, sql, whereOf, type Sql, type SqlDialect } from './search-sql.ts';

/** A row of `VERSION_COLUMNS`. */
export interface VersionRow {
  readonly key: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly at: number;
  readonly deleted: number;
  readonly body: string;
}

export const VERSION_COLUMNS = 'r.key, r.type, r.id, v.version, v.at, v.deleted, v.body';
export const NEWEST_VERSION = 'resource r JOIN version v ON v.key = r.key AND v.version = r.version';
export const ANY_VERSION = 'resource r JOIN version v ON v.key = r.key';

/**
 * One page of a search and one row more, which tells whether there is a next. In the order of creation pages continue after a key; in any other order, after
 * a number of rows.
 */
export function pageSql(query: SearchQuery, dialect: SqlDialect): Sql {
  const { type, order, count } = query;
  const from = startOf(query);
  if (order.length === 0) {
    const keys = firstKeys(query, from, count + 1, dialect);
    return sql(
      `SELECT ${VERSION_COLUMNS} FROM (${keys.text}) first JOIN resource r ON r.key = first.key ` +
        `JOIN version v ON v.key = r.key AND v.version = r.version ORDER BY r.key`,
      ...keys.values,
    );
  }
  const where = whereOf(query, dialect);
  const by = orderOf(type, order, dialect);
  return sql(
    `SELECT ${VERSION_COLUMNS} FROM ${NEWEST_VERSION} WHERE ${where.text} ORDER BY ${by.text} LIMIT ? OFFSET ?`,
    ...where.values,
    ...by.values,
    count + 1,
    from,
  );
}

/**
 * The first keys that match, in order. Several statuses are asked for one by one: each has its matches in order already, so that of a hundred thousand
 * open Tasks no more is looked at than the page holds.
 */
function firstKeys(query: SearchQuery, from: number, count: number, dialect: SqlDialect): Sql {
  const arms = byStatus(query.conditions).map((conditions) => {
    const where = whereOf({ type: query.type, conditions }, dialect);
    return sql(
      `SELECT key FROM (SELECT r.key FROM resource r WHERE ${where.text} AND r.key > ? ORDER BY r.key LIMIT ?) arm`,
      ...where.values,
      from,
      count,
    );
  });
  const all = join(arms, ' UNION ALL ');
  return arms.length === 1 ? all : sql(`${all.text} ORDER BY key LIMIT ?`, ...all.values, count);
}

function byStatus(conditions: readonly SearchCondition[]): readonly (readonly SearchCondition[])[] {
  const status = conditions.find(
    (condition) =>
      condition.kind === 'token' &&
      condition.code === 'status' &&
      !condition.negated &&
      condition.anyOf.every(({ system }) => system === undefined),
  );
  if (status?.kind !== 'token' || status.anyOf.length < 2) return [conditions];
  const values = [...new Set(status.anyOf.map(({ value }) => value ?? ''))];
  return values.map((value) =>
    conditions.map((condition) => (condition === status ? { ...status, anyOf: [{ value }] } : condition)),
  );
}

const startOf = ({ cursor }: SearchQuery): number => (/^\d{1,15}$/.test(cursor ?? '') ? Number(cursor) : 0);

export function pageOf(rows: readonly VersionRow[], query: SearchQuery): SearchPage {
  const page = rows.slice(0, query.count);
  const matches = page.map(versionOfRow);
  if (rows.length <= query.count) return { matches };
  const from = startOf(query);
  return { matches, next: String(query.order.length === 0 ? (page.at(-1)?.key ?? from) : from + query.count) };
}

export const versionOfRow = ({ type, id, version, at, deleted, body }: VersionRow): StoredVersion => ({
  type,
  id,
  version,
  at: at as EpochMs,
  deleted: deleted === 1,
  body,
});
