import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createListRevisions } from '#electron/workstation/list-revisions.ts';
import { indexAfter, wholeList, type ListAnswer, type RowIndex } from '#renderer/worklist/list-change.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const rows = believableRows(400, Date.UTC(2026, 10, 21, 22));
const answered = (part: ReturnType<ReturnType<typeof createListRevisions>['since']>, held?: ListAnswer) =>
  wholeList({ at: 0, hubReachable: true, picking: 'free', siteTroubles: [], ...part } as never, held);

/** Lists as a hub gives them: rows leave, come, move and change. */
const lists = fc.array(
  fc.array(fc.record({ place: fc.nat(rows.length - 1), priorCount: fc.nat(2) }), { maxLength: 400 }).map((picks) => {
    const seen = new Set<number>();
    return picks.flatMap(({ place, priorCount }) => {
      if (seen.has(place)) return [];
      seen.add(place);
      return [{ ...rows[place]!, priorCount }];
    });
  }),
  { minLength: 1, maxLength: 8 },
);

describe('a list told by what has changed', () => {
  it('is whole again, its index finds every row, and what came and what went make the one list of the other', () => {
    fc.assert(
      fc.property(lists, (told) => {
        const revisions = createListRevisions(1);
        let held: ListAnswer | undefined;
        let index: RowIndex | undefined;
        for (const list of told) {
          revisions.take(list);
          const before = held;
          held = answered(revisions.since(before?.revision), before);
          expect(held.rows).toEqual(list);
          const { come, gone } = held.change;
          const staying = new Set(before?.rows);
          for (const row of gone) expect(staying.delete(row)).toBe(true);
          for (const row of come) staying.add(row);
          expect(staying).toEqual(new Set(held.rows));
          index = indexAfter(index, held.change);
          for (const { taskId } of rows) expect(index.get(taskId)).toBe(held.rows.find((row) => row.taskId === taskId));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps an index right over more changes than are kept beside the whole', () => {
    let index = indexAfter(undefined, { come: rows, gone: [] });
    const now = new Map(rows.map((row) => [row.taskId, row]));
    for (const row of rows.slice(0, 300)) {
      const changed = { ...row, priorCount: row.priorCount + 1 };
      index = indexAfter(index, { come: [changed], gone: [row] });
      now.set(row.taskId, changed);
    }
    index = indexAfter(index, { come: [], gone: [rows[399]!] });
    now.delete(rows[399]!.taskId);
    for (const { taskId } of rows) {
      expect(index.get(taskId)).toBe(now.get(taskId));
      expect(index.has(taskId)).toBe(now.has(taskId));
    }
  });
});
