import { describe, expect, it } from 'vitest';

import { opensWords, stateWords } from '#renderer/worklist/row-words.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

describe('a row whose clock stands still', () => {
  const NOW = Date.UTC(2026, 10, 21, 22);
  const [free] = believableRows(30, NOW).filter(({ state, claim }) => state === 'ready' && claim === undefined);
  it.each([
    [0, 'Waiting for site 0 min'],
    [12, 'Waiting for site 12 min'],
    [61, 'Waiting for site 1 h 1 min'],
  ])('says after %i minutes how long it waits for the site', (minutes, words) => {
    if (free === undefined) throw new Error('no free row');
    const waiting = { since: NOW - minutes * 60_000, reason: 'an answer to a question' };
    expect(stateWords({ ...free, waiting }, NOW)).toBe(words);
  });
});

describe('how large a study is', () => {
  const [known] = believableRows(30, 0).filter(({ state }) => state === 'ready');
  const { instanceCount: _, ...row } = known!;
  it.each([
    [{ instanceCount: 1 }, '1 image'],
    [{ instanceCount: 2 }, '2 images'],
    [{ instanceCount: 300 }, '300 images'],
    [{}, 'Not known'],
  ])('of %j is said where its time to open is not known', (size, words) => {
    expect(opensWords({ ...row, ...size, opens: { kind: 'unknown' } })).toBe(words);
  });
});
