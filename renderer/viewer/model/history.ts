/** A value with the ways back and forward again. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
}

export const begin = <Value>(present: Value): History<Value> => ({ past: [], present, future: [] });

export const advance = <Value>({ past, present }: History<Value>, next: Value): History<Value> => ({
  past: [...past, present],
  present: next,
  future: [],
});

export function goBack<Value>(history: History<Value>): History<Value> {
  const before = history.past.at(-1);
  return before === undefined
    ? history
    : { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function goForward<Value>(history: History<Value>): History<Value> {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.present], present: next, future };
}
