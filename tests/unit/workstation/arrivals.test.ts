import { describe, expect, it } from 'vitest';

import type { InstanceRef, StudyCache } from '#electron/workstation/ports.ts';
import { createArrivals } from '#electron/workstation/studies/arrivals.ts';

const MEGABYTE = 1024 * 1024;
const instance = { problem: 'never looked at' } as never;
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function rig(isWatched: boolean) {
  const written: string[] = [];
  const alarms: (() => void)[] = [];
  const watched = { now: isWatched };
  const cache = {
    put: async ({ sopInstanceUid }: InstanceRef) => {
      written.push(sopInstanceUid);
      return 'stored' as const;
    },
  } as unknown as StudyCache;
  const arrivals = createArrivals(cache, (sopInstanceUid) => ({ sopInstanceUid }) as InstanceRef, {
    timer: {
      after(_, run) {
        alarms.push(run);
        return () => undefined;
      },
    },
    isWatched: () => watched.now,
  });
  const ring = async () => {
    for (const run of alarms.splice(0)) run();
    await turns();
  };
  const add = (sop: string, bytes = 10) => arrivals.add(sop, instance, new Uint8Array(bytes));
  return { arrivals, written, watched, ring, add };
}

describe('instances that have come', () => {
  it('go to the cache at once while nobody looks', async () => {
    const { written, add } = rig(false);
    await add('1');
    expect(written).toEqual(['1']);
  });

  it('are there for who looks at once, and go to the cache a little later, all of them', async () => {
    const { arrivals, written, add, ring } = rig(true);
    for (const sop of ['1', '2', '3', '4', '5', '6']) await add(sop);
    expect(arrivals.get('6')).toBe(instance);
    expect(written).toEqual([]);
    await ring();
    expect(written).toEqual(['1', '2', '3', '4', '5', '6']);
    await add('7');
    await ring();
    expect(written.at(-1)).toBe('7');
  });

  it('wait for the cache no longer when they are many, or when nobody looks any more', async () => {
    const { arrivals, written, add, watched } = rig(true);
    for (const sop of ['1', '2', '3']) await add(sop, 64 * MEGABYTE);
    expect(written).toEqual([]);
    await add('4', 1);
    expect(written).toEqual(['1', '2', '3', '4']);
    await add('5');
    watched.now = false;
    await arrivals.written();
    expect(written.at(-1)).toBe('5');
  });

  it('are all in the cache when the load says so', async () => {
    const { arrivals, written, add, ring } = rig(true);
    await add('1');
    const all = arrivals.written();
    await turns();
    expect(written).toEqual([]);
    await ring();
    await all;
    expect(written).toEqual(['1']);
  });
});
