import { describe, expect, it } from 'vitest';

import { NO_FILTER, type SavedList } from '#shared/domain/saved-list.ts';
import { countLists } from '#renderer/worklist/count-lists.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const NOW = Date.UTC(2026, 10, 21, 22);
const rows = believableRows(60, NOW);
const lists: readonly SavedList[] = [
  { id: 'all', name: 'All', filter: NO_FILTER },
  { id: 'ct', name: 'CT', filter: { ...NO_FILTER, modalities: ['CT'] } },
  { id: 'overdue', name: 'Overdue', filter: { ...NO_FILTER, state: 'unreported', dueWithinMinutes: 0 } },
];
const plain = (what: Partial<Parameters<typeof countLists>[0]> = {}) => ({
  rows,
  change: { before: undefined, come: rows, gone: [] },
  lists,
  now: NOW,
  showsIneligible: true,
  ...what,
});

describe('the counts of the lists', () => {
  it('are after any change what a count of all rows says', () => {
    let before = countLists(plain(), undefined);
    for (let turn = 0; turn < 12; turn += 1) {
      const next = before.rows
        .filter((_, place) => place % 11 !== turn)
        .map((row, place) => (place % 7 === turn % 7 ? { ...row, exam: { ...row.exam, modality: 'CT' } } : row));
      const [held, shown] = [new Set(before.rows), new Set(next)];
      const change = {
        before: before.rows,
        come: next.filter((row) => !held.has(row)),
        gone: before.rows.filter((row) => !shown.has(row)),
      };
      // Every other time a list in between was not counted, so that the change is not against the one that was.
      before = countLists(plain({ rows: next, change: turn % 2 === 0 ? change : { ...change, before: [] } }), before);
      expect(before.counts).toEqual(countLists(plain({ rows: next }), undefined).counts);
    }
    expect(before.counts.get('ct')).toBeGreaterThan(0);
  });

  it('follow the time, a saved list that has changed under its name, and what is crossed out', () => {
    const first = countLists(plain(), undefined);
    const later = plain({ now: NOW + 24 * 3_600_000 });
    expect(countLists(later, first).counts).toEqual(countLists(later, undefined).counts);
    expect(countLists(later, first).counts.get('overdue')).not.toBe(first.counts.get('overdue'));
    const mr = plain({ lists: lists.map((list) => ({ ...list, filter: { ...NO_FILTER, modalities: ['MR'] } })) });
    expect(countLists(mr, first).counts).toEqual(countLists(mr, undefined).counts);
    const eligible = plain({ showsIneligible: false });
    expect(countLists(eligible, first).counts).toEqual(countLists(eligible, undefined).counts);
  });
});
