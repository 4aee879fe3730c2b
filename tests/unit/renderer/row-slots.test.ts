import { describe, expect, it } from 'vitest';

import { assignSlots } from '#renderer/worklist/row-slots.ts';

const none = () => false;

describe('the elements that rows are drawn in', () => {
  it('stay with their rows, and those of rows that have left are taken over', () => {
    const first = assignSlots(new Map(), ['a', 'b', 'c'], none);
    expect([...first]).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
    const second = assignSlots(first, ['d', 'c', 'e', 'f'], none);
    expect([...second]).toEqual([
      ['d', 0],
      ['c', 2],
      ['e', 1],
      ['f', 3],
    ]);
  });

  it('are new for the few that come in among those that stay: no other element is moved for them', () => {
    const first = assignSlots(new Map(), ['a', 'b', 'c'], none);
    expect([...assignSlots(first, ['new', 'a', 'b'], none)]).toEqual([
      ['new', 3],
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('never give the one with the focus to another row', () => {
    const first = assignSlots(new Map(), ['a', 'b'], none);
    const second = assignSlots(first, ['c', 'd'], (id) => id === 'a');
    expect([second.get('c'), second.get('d')]).toEqual([1, 2]);
  });

  it('are never two rows’', () => {
    let slots: ReadonlyMap<string, number> = new Map();
    for (let turn = 0; turn < 50; turn += 1) {
      const drawn = Array.from({ length: 5 + (turn % 4) }, (_, at) => `row ${(turn * 7 + at * (1 + (turn % 3))) % 40}`);
      const unique = [...new Set(drawn)];
      slots = assignSlots(slots, unique, (id) => id === 'row 3');
      expect(new Set(slots.values()).size).toBe(unique.length);
    }
  });
});
