import { describe, expect, it } from 'vitest';

import { createPreRoll } from '#renderer/dictation/pre-roll.ts';

const sound = (...samples: number[]) => Float32Array.from(samples);

describe('what was heard just before listening', () => {
  it('is the last that came, in its order, and only once', () => {
    const before = createPreRoll(4);
    before.take(sound(1, 2));
    before.take(sound(3, 4, 5));
    expect([...before.drain()]).toEqual([2, 3, 4, 5]);
    expect([...before.drain()]).toEqual([]);
    before.take(sound(6));
    expect([...before.drain()]).toEqual([6]);
  });

  it('is never longer than it may be', () => {
    const before = createPreRoll(2);
    before.take(sound(1, 2, 3, 4, 5));
    expect([...before.drain()]).toEqual([4, 5]);
  });
});
