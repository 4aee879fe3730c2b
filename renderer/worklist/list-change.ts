import type { Answer, WorklistRow } from '../bridge/index.ts';

/** What a list changes of the one that was held before it. A row that is told anew is among both. */
export interface ListChange {
  /** The rows it was told against; undefined for the first list. */
  readonly before: readonly WorklistRow[] | undefined;
  readonly come: readonly WorklistRow[];
  readonly gone: readonly WorklistRow[];
}

/** The list as last told, whole. */
export type ListAnswer = Omit<Answer<'worklist'>, 'kept'> & { readonly change: ListChange };

/** The whole list from what has changed since the one that is held. */
export function wholeList({ kept, rows: sent, ...rest }: Answer<'worklist'>, held: ListAnswer | undefined): ListAnswer {
  const before = held?.rows;
  if (kept === undefined) return { ...rest, rows: sent, change: { before, come: sent, gone: before ?? [] } };
  const runs = kept.map(([from, count]) =>
    from < 0 ? sent.slice(-from - 1, -from - 1 + count) : (before?.slice(from, from + count) ?? []),
  );
  return { ...rest, rows: runs.flat(), change: { before, come: sent, gone: goneOf(before ?? [], kept) } };
}

function goneOf(before: readonly WorklistRow[], kept: readonly (readonly [number, number])[]): readonly WorklistRow[] {
  const gone: WorklistRow[] = [];
  let at = 0;
  const leave = (to: number) => {
    for (; at < to; at += 1) if (before[at] !== undefined) gone.push(before[at]!);
  };
  const stayed = kept.filter(([from]) => from >= 0).toSorted(([a], [b]) => a - b);
  for (const [from, count] of stayed) {
    leave(from);
    at = from + count;
  }
  leave(before.length);
  return gone;
}

/** The rows of a list by their task's id. */
export type RowIndex = Pick<ReadonlyMap<string, WorklistRow>, 'get' | 'has'>;

/** So many changes are looked up beside the whole before all is put together anew. */
const MOST_BESIDE = 256;
const parts = new WeakMap<RowIndex, Parts>();

interface Parts {
  readonly whole: ReadonlyMap<string, WorklistRow>;
  readonly beside: ReadonlyMap<string, WorklistRow | undefined>;
}

/**
 * An index that differs from `known` by `come` and `gone`. What has not changed is shared: a change of one row among thousands
 * makes no thousands of entries anew, which the window would pay for when it collects its garbage.
 */
export function indexAfter(known: RowIndex | undefined, { come, gone }: Pick<ListChange, 'come' | 'gone'>): RowIndex {
  const { whole, beside } = (known && parts.get(known)) ?? NO_PARTS;
  const changed = new Map(beside);
  for (const { taskId } of gone) changed.set(taskId, undefined);
  for (const row of come) changed.set(row.taskId, row);
  return changed.size <= MOST_BESIDE ? indexOf({ whole, beside: changed }) : indexOf(together(whole, changed));
}

const NO_PARTS: Parts = { whole: new Map(), beside: new Map() };

function together(whole: Parts['whole'], beside: Parts['beside']): Parts {
  const all = new Map(whole);
  for (const [taskId, row] of beside) {
    if (row === undefined) all.delete(taskId);
    else all.set(taskId, row);
  }
  return { whole: all, beside: new Map() };
}

function indexOf(made: Parts): RowIndex {
  const { whole, beside } = made;
  const get = (taskId: string) => (beside.has(taskId) ? beside.get(taskId) : whole.get(taskId));
  const index = { get, has: (taskId: string) => get(taskId) !== undefined };
  parts.set(index, made);
  return index;
}
