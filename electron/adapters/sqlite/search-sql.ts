import type { DateCondition, SearchCondition, SearchOrder, SearchQuery, TokenCondition } from '#electron/hub/ports.ts';

export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

const sql = (text: string, ...values: readonly (string | number)[]): Sql => ({ text, values });

const join = (parts: readonly Sql[], separator: string): Sql => ({
  text: parts.map(({ text }) => text).join(separator),
  values: parts.flatMap(({ values }) => values),
});

/** Facts are kept under `Type.code`, so that one index serves all types. */
export const factParam = (type: string, code: string): string => `${type}.${code}`;

/** WHERE of a search over `resource r`. */
export function whereOf({ type, conditions }: Pick<SearchQuery, 'type' | 'conditions'>): Sql {
  return join(
    [sql('r.type = ? AND r.deleted = 0', type), ...conditions.map((condition) => conditionSql(type, condition))],
    ' AND ',
  );
}

function conditionSql(type: string, condition: SearchCondition): Sql {
  switch (condition.kind) {
    case 'id':
      return listed('r.id', condition.anyOf);
    case 'updated':
      return either(condition.anyOf.map((date) => dateSql(date, 'r.updated_at', 'r.updated_at')));
    case 'token':
      return tokenSql(type, condition);
    case 'reference':
    case 'uri':
      // Few resources share a reference or a URI: start from the facts.
      return inFacts(type, condition.code, listed('f.value', condition.anyOf));
    case 'string':
      return hasFact(
        type,
        condition.code,
        either(
          condition.anyOf.map((text) =>
            condition.match === 'starts'
              ? sql('substr(f.value, 1, length(?)) = ?', text, text)
              : sql('instr(f.value, ?) > 0', text),
          ),
        ),
      );
    case 'date':
      return hasFact(type, condition.code, either(condition.anyOf.map((date) => dateSql(date, 'f.low', 'f.high'))));
    case 'missing': {
      const present = sql(
        'EXISTS (SELECT 1 FROM fact f INDEXED BY fact_key WHERE f.key = r.key AND f.param IN (?, ?))',
        factParam(type, condition.code),
        factParam(type, `${condition.code}:identifier`),
      );
      return condition.missing ? sql(`NOT ${present.text}`, ...present.values) : present;
    }
  }
}

function tokenSql(type: string, { code, anyOf, negated }: Extract<SearchCondition, { kind: 'token' }>): Sql {
  const values = anyOf.flatMap(({ system, value }) => (system === undefined && value !== undefined ? [value] : []));
  if (code === 'status' && values.length === anyOf.length) {
    return negated ? sql(`NOT (${listed('r.status', values).text})`, ...values) : listed('r.status', values);
  }
  const matching = either(anyOf.map(tokenMatch));
  if (negated) {
    const found = hasFact(type, code, matching);
    return sql(`NOT ${found.text}`, ...found.values);
  }
  // Identifiers name one resource or few: start from the facts. Codes are shared by thousands: ask each candidate.
  return code === 'identifier' || code.endsWith(':identifier')
    ? inFacts(type, code, matching)
    : hasFact(type, code, matching);
}

function tokenMatch({ system, value }: TokenCondition): Sql {
  const parts = [
    ...(value === undefined ? [] : [sql('f.value = ?', value)]),
    ...(system === undefined ? [] : [system === '' ? sql('f.system IS NULL') : sql('f.system = ?', system)]),
  ];
  return parts.length === 0 ? sql('1') : join(parts, ' AND ');
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
  values.length === 0 ? sql('0') : sql(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);

/** A balanced tree: SQLite refuses expressions more than 1000 deep, which a plain chain of ORs soon is. */
function either(parts: readonly Sql[]): Sql {
  const [only] = parts;
  if (only === undefined) return sql('0');
  if (parts.length === 1) return sql(`(${only.text})`, ...only.values);
  const middle = parts.length >> 1;
  const both = join([either(parts.slice(0, middle)), either(parts.slice(middle))], ' OR ');
  return sql(`(${both.text})`, ...both.values);
}

/*
 * The index is named because the planner, which knows nothing of the data, prefers the one by value: for a code that all
 * readings share it would walk all of them for each of them.
 */
const hasFact = (type: string, code: string, match: Sql): Sql =>
  sql(
    `EXISTS (SELECT 1 FROM fact f INDEXED BY fact_key WHERE f.key = r.key AND f.param = ? AND ${match.text})`,
    factParam(type, code),
    ...match.values,
  );

const inFacts = (type: string, code: string, match: Sql): Sql =>
  sql(
    `r.key IN (SELECT f.key FROM fact f INDEXED BY fact_value WHERE f.param = ? AND ${match.text})`,
    factParam(type, code),
    ...match.values,
  );

/** ORDER BY; always ends in the key, so that equal rows keep their places from page to page. */
export function orderOf(type: string, order: readonly SearchOrder[]): Sql {
  const keys = order.map(({ code, descending }) => {
    const direction = descending ? ' DESC' : '';
    if (code === '_id') return sql(`r.id${direction}`);
    if (code === '_lastUpdated') return sql(`r.updated_at${direction}`);
    if (code === 'authored-on') return sql(`r.authored_on${direction}`);
    const pick = descending ? 'max' : 'min';
    return sql(
      `(SELECT ${pick}(coalesce(f.${descending ? 'high' : 'low'}, f.value)) FROM fact f INDEXED BY fact_key WHERE f.key = r.key AND f.param = ?)${direction}`,
      factParam(type, code),
    );
  });
  return join([...keys, sql('r.key')], ', ');
}
