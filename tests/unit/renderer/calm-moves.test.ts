import { describe, expect, it } from 'vitest';

import { createCarriage, glideOf } from '#renderer/worklist/calm-moves.ts';

const places = (...ids: string[]) => new Map(ids.map((id, place) => [id, place]));

describe('how rows glide to a new order', () => {
  it('is by as many places as each has moved; those that stay and those that were not in sight do not glide', () => {
    const { whole, rows } = glideOf(places('a', 'b', 'c', 'd'), places('a', 'c', 'b', 'new', 'd'));
    expect(whole).toBe(0);
    expect([...rows]).toEqual([
      ['c', 1],
      ['b', -1],
      ['d', -1],
    ]);
  });

  it('is as one where all go the same way', () => {
    expect(glideOf(places('a', 'b', 'c'), places('new', 'a', 'b'))).toEqual({ whole: -1, rows: new Map() });
    expect(glideOf(places('gone', 'a', 'b'), places('a', 'b', 'next'))).toEqual({ whole: 1, rows: new Map() });
  });

  it('never carries along a row that stays, as the one under the pointer does', () => {
    const { whole, rows } = glideOf(places('held', 'a', 'b'), places('held', 'new', 'a', 'b'));
    expect(whole).toBe(0);
    expect([...rows.keys()]).toEqual(['a', 'b']);
  });

  it('is none where nothing has moved or nothing was there', () => {
    const none = { whole: 0, rows: new Map() };
    expect(glideOf(places('a', 'b'), places('a', 'b', 'c'))).toEqual(none);
    expect(glideOf(new Map(), places('a'))).toEqual(none);
  });
});

describe('the list that carries its rows', () => {
  it('takes what all rows move, so that none needs another place of its own', () => {
    const carriageOf = createCarriage();
    const orders = [
      ['a', 'b', 'c'],
      ['new', 'a', 'b'],
      ['newer', 'new', 'a'],
      ['newer', 'a', 'new'],
    ];
    const own = orders.map((order) => {
      const drawn = places(...order);
      const { carried } = carriageOf(order, drawn);
      return Object.fromEntries([...drawn].map(([id, place]) => [id, place - carried]));
    });
    expect(own).toEqual([
      { a: 0, b: 1, c: 2 },
      { new: -1, a: 0, b: 1 },
      { newer: -2, new: -1, a: 0 },
      { newer: -2, a: -1, new: 0 },
    ]);
  });

  it('glides once for an order and stays where it is when only other rows are drawn', () => {
    const carriageOf = createCarriage();
    carriageOf(['a', 'b'], places('a', 'b'));
    const order = ['new', 'a', 'b'];
    expect(carriageOf(order, places('new', 'a'))).toEqual({ carried: 1, glide: { whole: -1, rows: new Map() } });
    expect(carriageOf(order, places('new', 'a', 'b'))).toEqual({ carried: 1, glide: { whole: 0, rows: new Map() } });
  });
});
