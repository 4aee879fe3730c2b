import { describe, expect, it } from 'vitest';

import { drawnPlaces, scrollFor } from '#renderer/worklist/row-window.ts';

const SIGHT = { top: 100, room: 4 };

describe('the rows that are drawn', () => {
  it('are those in sight and two beyond each edge, and never more than there are', () => {
    expect(drawnPlaces(SIGHT, 5000, -1)).toEqual([98, 99, 100, 101, 102, 103, 104, 105]);
    expect(drawnPlaces({ top: 0, room: 4 }, 5000, -1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(drawnPlaces(SIGHT, 3, -1)).toEqual([0, 1, 2]);
    expect(drawnPlaces(SIGHT, 0, -1)).toEqual([]);
  });
  it('are at the end of a list that has become shorter than where it was scrolled to', () => {
    expect(drawnPlaces(SIGHT, 50, -1)).toEqual([44, 45, 46, 47, 48, 49]);
  });
  it('hold the active row also when it is out of sight, in its place', () => {
    expect(drawnPlaces(SIGHT, 5000, 3)).toEqual([3, 98, 99, 100, 101, 102, 103, 104, 105]);
    expect(drawnPlaces(SIGHT, 5000, 4999)).toEqual([98, 99, 100, 101, 102, 103, 104, 105, 4999]);
    expect(drawnPlaces(SIGHT, 5000, 100)).toHaveLength(8);
  });
});

describe('scrolling to a row', () => {
  it('does nothing while it is wholly in sight', () => {
    expect(scrollFor(4, 32, 128, 320)).toBeUndefined();
    expect(scrollFor(13, 32, 128, 320)).toBeUndefined();
  });
  it('goes no further than needed, up or down', () => {
    expect(scrollFor(3, 32, 128, 320)).toBe(96);
    expect(scrollFor(14, 32, 128, 320)).toBe(160);
  });
});
