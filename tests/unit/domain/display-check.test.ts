import { describe, expect, it } from 'vitest';

import {
  checksHoldFrom,
  checkThatHolds,
  displayDoubt,
  judgeDisplay,
  PATTERN_SIGNS,
} from '#shared/domain/display-check.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const drawn = '12345678912';
const answers = { drawn, typed: drawn, ambient: 'dark', isEven: true } as const;
const typedWithout = (...places: number[]): string =>
  Array.from(drawn, (digit, at) => (places.includes(at) ? '-' : digit)).join('');

describe('the display check', () => {
  it('passes a display on which every step is seen in a dark room', () => {
    expect(judgeDisplay(answers)).toEqual({ outcome: 'passed', seen: 11 });
  });

  it('forgives the faintest steps and nothing else', () => {
    const faintest = PATTERN_SIGNS.flatMap(({ isNeeded }, at) => (isNeeded ? [] : [at]));
    expect(faintest).toHaveLength(3);
    expect(judgeDisplay({ ...answers, typed: typedWithout(...faintest) })).toEqual({ outcome: 'passed', seen: 8 });
    expect(judgeDisplay({ ...answers, typed: typedWithout(1) })).toEqual({
      outcome: 'failed',
      seen: 10,
      reasons: ['steps in the bright greys are not told apart'],
    });
  });

  it('takes a wrong digit for one that was not seen', () => {
    expect(judgeDisplay({ ...answers, typed: `9${drawn.slice(1)}` })).toMatchObject({
      outcome: 'failed',
      reasons: ['steps in the dark greys are not told apart'],
    });
  });

  it('fails in a bright room, and where the ramp is uneven', () => {
    expect(judgeDisplay({ ...answers, ambient: 'bright', isEven: false })).toMatchObject({
      outcome: 'failed',
      reasons: ['the ramp is uneven or stained', 'the room is too bright'],
    });
    expect(judgeDisplay({ ...answers, ambient: 'dim' }).outcome).toBe('passed');
  });
});

describe('a check of a display', () => {
  const hour = 3_600_000;
  const reader = 'r1' as RadiologistId;
  const shift = { readerId: reader, readerName: 'A^B', from: 100 * hour, until: 110 * hour, breaks: [] } as never;

  it('holds for the shift it was made for, or a little before', () => {
    expect(checksHoldFrom([shift], reader, (105 * hour) as EpochMs)).toBe(99 * hour);
    expect(checksHoldFrom([shift], reader, (120 * hour) as EpochMs)).toBe(108 * hour);
    expect(checksHoldFrom([], reader, (120 * hour) as EpochMs)).toBe(108 * hour);
  });

  it('is the last one of that very display; none at all is a doubt', () => {
    const old = { displayKey: '1x1@0,0', at: 5, outcome: 'passed', reasons: [] } as const;
    const failed = { displayKey: '1x1@0,0', at: 9, outcome: 'failed', reasons: ['the room is too bright'] } as const;
    expect(displayDoubt(checkThatHolds([failed, old], '1x1@0,0', 0))).toBe('the room is too bright');
    expect(displayDoubt(checkThatHolds([old], '1x1@0,0', 5))).toBeUndefined();
    for (const none of [checkThatHolds([old], '1x1@0,0', 6), checkThatHolds([old], '2x1@0,0', 0)]) {
      expect(displayDoubt(none)).toBe('this display was not checked in this shift');
    }
  });
});
