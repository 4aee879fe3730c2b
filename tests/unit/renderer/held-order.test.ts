import { describe, expect, it } from 'vitest';

import { holdOrder } from '#renderer/worklist/held-order.ts';

const none = new Set<string>();

describe('held order', () => {
  it('takes the true order when nothing is pointed at', () => {
    expect(holdOrder(['a', 'b', 'c'], ['c', 'a', 'b'], none)).toEqual(['c', 'a', 'b']);
  });

  it('keeps the pointed row where it is while the others flow around it', () => {
    expect(holdOrder(['a', 'b', 'c'], ['new', 'c', 'b', 'a'], new Set(['b']))).toEqual(['new', 'b', 'c', 'a']);
  });

  it('keeps a pointed row that has left the list, so that a click lands on no other patient', () => {
    expect(holdOrder(['a', 'b', 'c'], ['c', 'a'], new Set(['b']))).toEqual(['c', 'b', 'a']);
  });

  it('keeps both the pointed and the focused row', () => {
    expect(holdOrder(['a', 'b', 'c', 'd'], ['d', 'c', 'b', 'a'], new Set(['a', 'd']))).toEqual(['a', 'c', 'b', 'd']);
  });
});
