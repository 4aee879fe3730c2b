import { describe, expect, it } from 'vitest';

import { movesOf } from '#renderer/worklist/calm-moves.ts';

const places = (...ids: string[]) => new Map(ids.map((id, place) => [id, place]));

describe('how rows glide to a new order', () => {
  it('is by as many places as each has moved; those that stay and those that were not in sight do not glide', () => {
    expect([...movesOf(places('a', 'b', 'c', 'd'), places('a', 'c', 'b', 'new', 'd'))]).toEqual([
      ['c', 1],
      ['b', -1],
      ['d', -1],
    ]);
    expect(movesOf(places('a', 'b'), places('a', 'b', 'c')).size).toBe(0);
    expect(movesOf(new Map(), places('a')).size).toBe(0);
  });
});
