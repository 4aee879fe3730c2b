import { describe, expect, it } from 'vitest';

import { indexAfter } from '#renderer/worklist/list-change.ts';
import { bringsOtherNext } from '#renderer/worklist/next-on-list.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const rows = believableRows(3, Date.UTC(2026, 10, 21, 22));

describe('whether another case comes next', () => {
  const [first, second, third] = [rows[0]!, rows[1]!, rows[2]!];
  const seen = (list: typeof rows, what: { nextTaskId?: string; focusedId?: string; gone?: Set<string> } = {}) => ({
    answer: { nextTaskId: what.nextTaskId ?? first.taskId, change: { before: rows, come: [], gone: [] } } as never,
    rowsById: indexAfter(undefined, { come: list, gone: [] }),
    focusedId: what.focusedId,
    gone: what.gone ?? new Set<string>(),
  });
  const after = (now: ReturnType<typeof seen>, come: typeof rows, gone: typeof rows) => ({
    ...now,
    answer: { ...(now.answer as object), change: { before: rows, come, gone } } as never,
  });
  const before = seen(rows);
  const other = { ...second, priorCount: second.priorCount + 1 };

  it('is asked when the row that is next has changed, has left, or is another', () => {
    const changed = { ...first, priorCount: first.priorCount + 1 };
    expect(bringsOtherNext(after(seen([changed, second]), [changed], [first]), before, false)).toBe(true);
    expect(bringsOtherNext(after(seen([second, third]), [], [first]), before, false)).toBe(true);
    expect(bringsOtherNext(after(seen(rows, { nextTaskId: third.taskId }), [other], [second]), before, false)).toBe(
      true,
    );
  });

  it('is not asked when only other rows have changed, but while a case is read, and when the rows say nothing', () => {
    const list = [first, other, third];
    expect(bringsOtherNext(after(seen(list), [other], [second]), before, false)).toBe(false);
    expect(bringsOtherNext(after(seen(list), [other], [second]), before, true)).toBe(true);
    expect(bringsOtherNext(seen(rows), before, false)).toBe(true);
  });

  it('is of the row the reader stands on, while it is on the list', () => {
    const standing = seen(rows, { focusedId: second.taskId });
    expect(bringsOtherNext(standing, before, false)).toBe(true);
    const now = seen([first, other], { focusedId: second.taskId });
    expect(bringsOtherNext(after(now, [other], [second]), standing, false)).toBe(true);
    const held = { focusedId: second.taskId, gone: new Set([second.taskId]) };
    const next = seen(rows, { ...held, nextTaskId: third.taskId });
    expect(bringsOtherNext(after(next, [other], [third]), seen(rows, held), false)).toBe(true);
  });
});
