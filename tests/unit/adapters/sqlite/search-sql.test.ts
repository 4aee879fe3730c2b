import { describe, expect, it } from 'vitest';

import { pageSql } from '#electron/adapters/fhir-sql/page-sql.ts';
import { whereOf } from '#electron/adapters/fhir-sql/search-sql.ts';
import { FHIR_MIGRATIONS } from '#electron/adapters/sqlite/fhir-schema.ts';
import { openDatabase } from '#electron/adapters/sqlite/open-database.ts';
import { SQLITE } from '#electron/adapters/sqlite/sqlite-store.ts';
import type { SearchCondition } from '#electron/hub/ports.ts';

/** What SQLite will do, in its own words (https://www.sqlite.org/eqp.html). */
function planOf(...conditions: readonly SearchCondition[]): string {
  const database = openDatabase(':memory:', FHIR_MIGRATIONS);
  const { text, values } = whereOf({ type: 'Task', conditions }, SQLITE);
  const rows = database.prepare(`EXPLAIN QUERY PLAN SELECT r.key FROM resource r WHERE ${text}`).all(...values);
  database.close();
  return (rows as { detail: string }[]).map(({ detail }) => detail).join('\n');
}

const token = (code: string, value: string): SearchCondition => ({
  kind: 'token',
  code,
  anyOf: [{ value }],
  negated: false,
});

describe('how searches are carried out', () => {
  it('finds open readings by the status column, and asks only those for their code', () => {
    const plan = planOf(token('status', 'ready'), token('code', '110005'));
    expect(plan).toMatch(/INDEX resource_(page|change) \(type=\? AND status=\?\)/);
    expect(plan).toContain('SEARCH f USING INDEX fact_key (key=? AND param=?)');
  });

  it('starts from the facts where few resources share a value', () => {
    expect(planOf(token('identifier', 'A1'))).toContain('fact_value (param=? AND value=?)');
    const plan = planOf({ kind: 'reference', code: 'patient', anyOf: ['Patient/1'] });
    expect(plan).toContain('fact_value (param=? AND value=?)');
  });

  it('polls by the time of the last write', () => {
    expect(planOf({ kind: 'updated', anyOf: [{ prefix: 'ge', low: 1, high: 1 }] })).toContain('resource_updated');
  });

  it('asks for the completed readings of the last hours, not for all there ever were', () => {
    const plan = planOf(token('status', 'completed'), { kind: 'updated', anyOf: [{ prefix: 'ge', low: 1, high: 1 }] });
    expect(plan).toContain('resource_change (type=? AND status=? AND updated_at>?)');
  });

  it('takes a page of several statuses from the beginning of each, and sorts no more than that', () => {
    const database = openDatabase(':memory:', FHIR_MIGRATIONS);
    const anyOf = [{ value: 'ready' }, { value: 'in-progress' }];
    const conditions: SearchCondition[] = [{ kind: 'token', code: 'status', anyOf, negated: false }];
    const { text, values } = pageSql({ type: 'Task', conditions, order: [], count: 10 }, SQLITE);
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[];
    database.close();
    const plan = rows.map(({ detail }) => detail).join('\n');
    expect(plan.match(/resource_page \(type=\? AND status=\? AND rowid>\?\)/g)).toHaveLength(2);
  });
});
