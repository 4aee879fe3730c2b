import { describe, expect, it } from 'vitest';

import { createRequestPlaces, type Claim, type ClaimKind } from '#renderer/viewer/pixels/request-places.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Three places, and requests by name: who is in, and who was asked to leave. */
function hall() {
  const places = createRequestPlaces(3);
  const within: string[] = [];
  const asked: string[] = [];
  const leaving = new Map<string, AbortController>();
  const ranks = new Map<string, number>();
  return {
    places,
    within,
    asked,
    rank(name: string, rank: number) {
      ranks.set(name, rank);
      places.reconsider();
    },
    async come(name: string, rank = 1, kind: ClaimKind = 'current', canLeave = true) {
      ranks.set(name, rank);
      const controller = new AbortController();
      leaving.set(name, controller);
      const claim: Claim = {
        kind: () => kind,
        rank: () => ranks.get(name) ?? 0,
        ...(canLeave && { giveWay: () => void asked.push(name) }),
      };
      void places.enter(claim, controller.signal).then(
        () => within.push(name),
        () => undefined,
      );
    },
    async leave(name: string) {
      leaving.get(name)?.abort();
      within.splice(within.indexOf(name), within.includes(name) ? 1 : 0);
      await settled();
    },
  };
}

describe('places for requests', () => {
  it('lets in as many as there are places, the next when one leaves, who waits longest of equals first', async () => {
    const { come, leave, within } = hall();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void come(name);
    await settled();
    expect(within).toEqual(['a', 'b', 'c']);
    await leave('b');
    expect(within).toEqual(['a', 'c', 'd']);
  });

  it('lets the lowest rank in first, as it is by then', async () => {
    const { come, leave, rank, within } = hall();
    for (const name of ['a', 'b', 'c']) void come(name);
    void come('late', 2);
    void come('later', 3);
    await settled();
    rank('later', 1);
    await leave('a');
    expect(within).toEqual(['b', 'c', 'later']);
  });

  it('asks the holder of the highest rank to leave for who is more urgent, once, and no equal', async () => {
    const { come, rank, asked } = hall();
    void come('shown', 2);
    void come('background', 3);
    void come('answer', 4, 'current', false);
    await settled();
    void come('equal', 3);
    await settled();
    expect(asked).toEqual([]);
    void come('looked-at', 1);
    await settled();
    rank('looked-at', 0);
    await settled();
    expect(asked).toEqual(['background']);
    void come('too', 1);
    await settled();
    expect(asked).toEqual(['background', 'shown']);
  });

  it('asks again who has come back', async () => {
    const { come, leave, asked, within } = hall();
    for (const name of ['a', 'b', 'c']) void come(name, 2);
    await settled();
    void come('first', 1);
    await settled();
    const [left = ''] = asked;
    await leave(left);
    expect(within).toContain('first');
    void come(left, 2);
    await settled();
    expect([asked, within.includes(left)]).toEqual([[left], false]);
  });

  it('keeps a place for the study that is read, and more than one from the next case', async () => {
    const { come, within } = hall();
    for (const name of ['p1', 'p2', 'p3']) void come(name, 1, 'prior', false);
    await settled();
    expect(within).toEqual(['p1', 'p2']);
    void come('n1', 11, 'ahead');
    void come('n2', 11, 'ahead');
    void come('c1', 1);
    await settled();
    expect(within).toEqual(['p1', 'p2', 'c1']);
    const other = hall();
    for (const name of ['n1', 'n2', 'c1'])
      void other.come(name, name.startsWith('n') ? 11 : 1, name.startsWith('n') ? 'ahead' : 'current');
    await settled();
    expect(other.within).toEqual(['c1', 'n1']);
  });

  it('has a place once for a request that is tried again, and none for one that was given up', async () => {
    const { places } = hall();
    const claim: Claim = { kind: () => 'current', rank: () => 1 };
    const { signal } = new AbortController();
    await places.enter(claim, signal);
    await places.enter(claim, signal);
    const gone = new AbortController();
    gone.abort();
    await expect(places.enter(claim, gone.signal)).rejects.toThrow();
    let count = 0;
    for (const _ of [1, 2]) void places.during(claim, async () => void (count += 1) as never).then(() => undefined);
    await settled();
    expect(count).toBe(2);
  });

  it('gives a place back when the work has failed', async () => {
    const { places } = hall();
    const claim: Claim = { kind: () => 'ahead', rank: () => 1 };
    await expect(places.during(claim, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(places.during(claim, () => Promise.resolve(7))).resolves.toBe(7);
  });
});
