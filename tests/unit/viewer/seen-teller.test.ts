import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createSeenTeller } from '#renderer/viewer/seen-teller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const image = (sop: string, more: Partial<{ frame: number; frameCount: number; modality: string }> = {}) => ({
  studyInstanceUid: '1.2',
  sopInstanceUid: sop,
  frame: 1,
  frameCount: 1,
  modality: 'CT',
  ...more,
});

describe('images that were painted', () => {
  it('are told together and once', () => {
    const told: unknown[] = [];
    const teller = createSeenTeller((study, sops) => told.push([study, ...sops]));
    for (const sop of ['a', 'b', 'a']) teller.note(image(sop));
    vi.advanceTimersByTime(200);
    teller.note(image('b'));
    teller.note(image('c'));
    teller.close();
    expect(told).toEqual([
      ['1.2', 'a', 'b'],
      ['1.2', 'c'],
    ]);
  });

  it('of many frames are told when every frame was painted; a loop with its first', () => {
    const told: unknown[] = [];
    const teller = createSeenTeller((_study, sops) => told.push(...sops));
    teller.note(image('stack', { frame: 1, frameCount: 2 }));
    teller.note(image('stack', { frame: 1, frameCount: 2 }));
    teller.note(image('loop', { frame: 1, frameCount: 80, modality: 'US' }));
    vi.advanceTimersByTime(200);
    expect(told).toEqual(['loop']);
    teller.note(image('stack', { frame: 2, frameCount: 2 }));
    vi.advanceTimersByTime(200);
    expect(told).toEqual(['loop', 'stack']);
  });
});
