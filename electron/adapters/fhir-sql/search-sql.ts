import type { DateCondition, SearchCondition, SearchOrder, SearchQuery, TokenCondition } from '#electron/hub/ports.ts';

/** `?` stands for each of `values`, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** Where the two databases differ. */
export interface SqlDialect {
  /** After `fact f`: the index to take, where the planner must be told. */
  readonly takeIndex: (index: 'fact_key' | 'fact_value') => string;
  /** At the end of a question asked of each candidate: keeps the planner from joining the facts of all resources first. */
  readonly askedOfEach: string;
  /** `f.value` is one of so many, in the words of the index on it. */
  readonly valueIn: (values: readonly string[]) => Sql;
  /** Position of `?` in `f.value`, 0 when it is not there. */
  readonly positionInValue: string;
  /** What has no value comes first, and last where the order is descending. */
  readonly nullsIn: (direction: 'ASC' | 'DESC') => string;
}

export const sql = (text: string, ...values: readonly (string | number)[]): Sql => ({ text, values });

export const join = (parts: readonly Sql[], separator: string): Sql => ({
  text: parts.map(({ text }) => text).join(separator),
  values: parts.flatMap(({ values }) => values),
});

/** Facts are kept under `Type.code`, so that one index serves all types. */
export const factParam = (type: string, code: string): string => `${type}.${code}`;

/** WHERE of a search over `resource r`. */
export function whereOf({ type, conditions }: Pick<SearchQuery, 'type' | 'conditions'>, dialect: SqlDialect): Sql {
  return join(
    [
      sql('r.type = ? AND r.deleted = 0', type),
      ...conditions.map((condition) => conditionSql(type, condition, dialect)),
    ],
    ' AND ',
  );
}

function conditionSql(type: string, condition: SearchCondition, dialect: SqlDialect): Sql {
  switch (condition.kind) {
    case 'id':
      return listed('r.id', condition.anyOf);
    case 'updated':
      return either(condition.anyOf.map((date) => dateSql(date, 'r.updated_at', 'r.updated_at')));
    case 'token':
      return tokenSql(type, condition, dialect);
    case 'reference':
    case 'uri':
      // Few resources share a reference or a URI: start from the facts.
      return inFacts(type, condition.code, valueIn(condition.anyOf, dialect), dialect);
    case 'string':
      return hasFact(
        type,
        condition.code,
        either(
          condition.anyOf.map((text) =>
            condition.match === 'starts'
              ? sql('substr(f.value, 1, length(?)) = ?', text, text)
              : sql(`${dialect.positionInValue} > 0`, text),
          ),
        ),
        dialect,
      );
    case 'date':
      return hasFact(
        type,
        condition.code,
        either(condition.anyOf.map((date) => dateSql(date, 'f.low', 'f.high'))),
        dialect,
      );
    case 'missing': {
      const present = sql(
        `EXISTS (SELECT 1 FROM fact f ${dialect.takeIndex('fact_key')} WHERE f.key = r.key AND f.param IN (?, ?))`,
        factParam(type, condition.code),
        factParam(type, `${condition.code}:identifier`),
      );
      return condition.missing ? sql(`NOT ${present.text}`, ...present.values) : present;
    }
  }
}

function tokenSql(
  type: string,
  { code, anyOf, negated }: Extract<SearchCondition, { kind: 'token' }>,
  dialect: SqlDialect,
): Sql {
  const values = anyOf.flatMap(({ system, value }) => (system === undefined && value !== undefined ? [value] : []));
  if (code === 'status' && values.length === anyOf.length) {
    return negated ? sql(`NOT (${listed('r.status', values).text})`, ...values) : listed('r.status', values);
  }
  const matching = either(anyOf.map((token) => tokenMatch(token, dialect)));
  if (negated) {
    const found = hasFact(type, code, matching, dialect);
    return sql(`NOT ${found.text}`, ...found.values);
  }
  // Identifiers name one resource or few: start from the facts. Codes are shared by thousands: ask each candidate.
  return code === 'identifier' || code.endsWith(':identifier')
    ? inFacts(type, code, matching, dialect)
    : hasFact(type, code, matching, dialect);
}

function tokenMatch({ system, value }: TokenCondition, dialect: SqlDialect): Sql {
  const parts = [
    ...(value === undefined ? [] : [dialect.valueIn([value])]),
    ...(system === undefined ? [] : [system === '' ? sql('f.system IS NULL') : sql('f.system = ?', system)]),
  ];
  return parts.length === 0 ? sql('TRUE') : join(parts, ' AND ');
}

/** R4 3.1.1.4.7: the resource's interval against the one asked for. */
function dateSql({ prefix, low, high }: DateCondition, from: string, to: string): Sql {
  switch (prefix) {
    case 'eq':
      return sql(`${from} >= ? AND ${to} <= ?`, low, high);
    case 'ne':
      return sql(`NOT (${from} >= ? AND ${to} <= ?)`, low, high);
    case 'gt':
      return sql(`${to} > ?`, high);
    case 'lt':
      return sql(`${from} < ?`, low);
    case 'ge':
      return sql(`${to} >= ?`, low);
    case 'le':
      return sql(`${from} <= ?`, high);
    case 'sa':
      return sql(`${from} > ?`, high);
    case 'eb':
      return sql(`${to} < ?`, low);
  }
}

const listed = (column: string, values: readonly string[]): Sql =>
  values.length === 0 ? sql('FALSE') : sql(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);

const valueIn = (values: readonly string[], dialect: SqlDialect): Sql =>
  values.length === 0 ? sql('FALSE') : dialect.valueIn(values);

/** A balanced tree: SQLite refuses expressions more than 1000 deep, which a plain chain of ORs soon is. */
function either(parts: readonly Sql[]): Sql {
  const [only] = parts;
  if (only === undefined) return sql('FALSE');
  if (parts.length === 1) return sql(`(${only.text})`, ...only.values);
  const middle = parts.length >> 1;
  const both = join([either(parts.slice(0, middle)), either(parts.slice(middle))], ' OR ');
  return sql(`(${both.text})`, ...both.values);
}

const hasFact = (type: string, code: string, match: Sql, dialect: SqlDialect): Sql =>
  sql(
    `EXISTS (SELECT 1 FROM fact f ${dialect.takeIndex('fact_key')} WHERE f.key = r.key AND f.param = ? AND ${match.text}${dialect.askedOfEach})`,
    factParam(type, code),
    ...match.values,
  );

const inFacts = (type: string, code: string, match: Sql, dialect: SqlDialect): Sql =>
  sql(
    `r.key IN (SELECT f.key FROM fact f ${dialect.takeIndex('fact_value')} WHERE f.param = ? AND ${match.text})`,
    factParam(type, code),
    ...match.values,
  );

/** ORDER BY; always ends in the key, so that equal rows keep their places from page to page. */
export function orderOf(type: string, order: readonly SearchOrder[], dialect: SqlDialect): Sql {
  const keys = order.flatMap(({ code, descending }) => {
    const direction = descending ? 'DESC' : 'ASC';
    const by = (key: string, ...values: string[]) =>
      sql(`${key} ${direction} ${dialect.nullsIn(direction)}`, ...values);
    if (code === '_id') return [by('r.id')];
    if (code === '_lastUpdated') return [by('r.updated_at')];
    if (code === 'authored-on') return [by('r.authored_on')];
    // A parameter has dates or words, never both: the other key is empty in every row.
    const [pick, columns] = descending ? ['max', ['f.high', 'f.value']] : ['min', ['f.low', 'f.value']];
    return columns.map((column) =>
      by(
        `(SELECT ${String(pick)}(${column}) FROM fact f ${dialect.takeIndex('fact_key')} WHERE f.key = r.key AND f.param = ?)`,
        factParam(type, code),
      ),
    );
  });
  return join([...keys, sql('r.key')], ', ');
}
