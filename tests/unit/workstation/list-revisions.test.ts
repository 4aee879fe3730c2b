import { describe, expect, it } from 'vitest';

import { createListRevisions } from '#electron/workstation/list-revisions.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const rows = believableRows(30, Date.UTC(2026, 10, 21, 22));

/** What a window makes of the answer, as the page does. */
function rebuilt(
  held: readonly WorklistRow[],
  part: { rows: readonly WorklistRow[]; kept?: readonly (readonly [number, number])[] | undefined },
) {
  return (
    part.kept?.flatMap(([from, count]) =>
      Array.from({ length: count }, (_, at) => (from < 0 ? part.rows[-from - 1 + at] : held[from + at])),
    ) ?? part.rows
  );
}

describe('a list told as what has changed', () => {
  it('is the whole list for a window that holds none, or one of another run', () => {
    const revisions = createListRevisions(1);
    revisions.take(rows);
    expect(revisions.since(undefined)).toMatchObject({ rows, revision: '1-1' });
    expect(revisions.since('0-1').kept).toBeUndefined();
  });

  it('keeps its revision while nothing on it has changed, also when the rows were made anew', () => {
    const revisions = createListRevisions(1);
    const first = revisions.take(rows);
    expect(revisions.take(structuredClone(rows))).toBe(first);
    expect(revisions.since(first)).toEqual({ revision: first, rows: [], kept: [[0, rows.length]] });
  });

  it('sends one row where one has changed and moved, and a window rebuilds the list from it', () => {
    const revisions = createListRevisions(1);
    const first = revisions.take(rows);
    const moved = { ...rows[20]!, priority: 'stroke' as const };
    const next = [moved, ...rows.slice(0, 20), ...rows.slice(22)];
    revisions.take(next);
    const part = revisions.since(first);
    expect(part.rows).toEqual([moved]);
    expect(part.kept).toEqual([
      [-1, 1],
      [0, 20],
      [22, 8],
    ]);
    expect(rebuilt(rows, part)).toEqual(next);
  });

  it('rebuilds from any of the last lists, whatever has come, gone and moved', () => {
    const revisions = createListRevisions(1);
    const lists = Array.from({ length: 7 }, (_, turn) =>
      rows
        .filter((_row, place) => place % (turn + 2) !== 0)
        .map((row, place) => (place % 5 === turn % 5 ? { ...row, reason: `turn ${turn}` } : row))
        .toSorted((one, other) => (turn % 2 === 0 ? 1 : -1) * one.taskId.localeCompare(other.taskId)),
    );
    const taken = lists.map((list) => [revisions.take(list), list] as const);
    for (const [revision, list] of taken) expect(rebuilt(list, revisions.since(revision))).toEqual(lists.at(-1));
  });
});
