import { describe, expect, it } from 'vitest';

import { createDecodedStore } from '#renderer/viewer/pixels/decoded-store.ts';

describe('decoded images within a limit', () => {
  function storeAt(position: { at: number }, limit = 30) {
    const dropped: number[] = [];
    const store = createDecodedStore<number, string>({
      limitBytes: () => limit,
      distance: (key) => Math.abs(key - position.at),
      onDropped: (key) => dropped.push(key),
    });
    return { store, dropped };
  }

  it('let the farthest go first', () => {
    const position = { at: 0 };
    const { store, dropped } = storeAt(position);
    for (const key of [0, 1, 2]) store.keep(key, `${key}`, 10);
    position.at = 3;
    expect(store.keep(3, '3', 10)).toBe(true);
    expect(dropped).toEqual([0]);
    expect([store.get(0), store.get(3), store.keptBytes()]).toEqual([undefined, '3', 30]);
  });

  it('are never given up for one that is farther', () => {
    const { store, dropped } = storeAt({ at: 0 });
    for (const key of [0, 1, 2]) store.keep(key, `${key}`, 10);
    expect(store.keep(9, '9', 10)).toBe(false);
    expect(dropped).toEqual([]);
  });

  it('hold the one on screen however large it is', () => {
    const { store } = storeAt({ at: 5 });
    store.keep(1, '1', 30);
    expect(store.keep(5, '5', 1000)).toBe(true);
    expect(store.keptBytes()).toBe(1000);
  });

  it('are all gone after clearing, each told once', () => {
    const { store, dropped } = storeAt({ at: 0 });
    for (const key of [0, 1]) store.keep(key, `${key}`, 10);
    store.clear();
    expect([dropped.toSorted((a, b) => a - b), store.keptBytes()]).toEqual([[0, 1], 0]);
  });
});
