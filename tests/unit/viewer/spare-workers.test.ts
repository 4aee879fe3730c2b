import { describe, expect, it } from 'vitest';

import { createSpareWorkers } from '#renderer/viewer/pixels/spare-workers.ts';

interface Numbered {
  readonly number: number;
  onerror: ((event: ErrorEvent) => void) | null;
}

describe('spare workers', () => {
  const counting = () => {
    const started: Numbered[] = [];
    const workers = createSpareWorkers(
      () => 2,
      () => {
        const worker: Numbered = { number: started.length + 1, onerror: null };
        started.push(worker);
        return worker;
      },
    );
    const take = () => workers.take().number;
    return { ...workers, take, started };
  };

  it('are started ahead and given out once each', () => {
    const { fill, take, started } = counting();
    fill();
    expect(started).toHaveLength(2);
    expect([take(), take()]).toEqual([1, 2]);
    fill();
    expect(take()).toBe(3);
  });

  it('run out without harm: the next is started when it is taken', () => {
    const { take } = counting();
    expect(take()).toBe(1);
  });

  it('are never more than asked for', () => {
    const { fill, started } = counting();
    fill();
    fill();
    expect(started).toHaveLength(2);
  });

  it('that fail before anybody takes them are not given out', () => {
    const { fill, take, started } = counting();
    fill();
    started[0]?.onerror?.({} as ErrorEvent);
    expect(take()).toBe(2);
  });
});
