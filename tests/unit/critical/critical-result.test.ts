import { describe, expect, it } from 'vitest';

import {
  byTimeLeft,
  confirm,
  escalate,
  isConfirmed,
  tell,
  windowMs,
  type CriticalResult,
  type Telling,
} from '#shared/domain/critical-result.ts';
import { isOnCall, type OnCallContact } from '#shared/domain/on-call.ts';
import { HOUR_MS, MINUTE_MS, type EpochMs } from '#shared/kernel/clock.ts';
import { criticalSentence, recommendationSentence } from '#shared/reporting/critical-sentence.ts';
import { minutesFrom, NIGHT } from '#tests/support/reading-tasks.ts';
import { criticalResult, MERCY_RULES, recommendation } from './critical-support.ts';

const told = (facts: Partial<Telling> = {}): Telling => ({
  by: { id: 'dr-lee', name: 'Lee^Dana' },
  to: { name: 'Dr. Rao', role: 'ED physician' },
  how: 'phone',
  at: minutesFrom(NIGHT, 4),
  readBack: true,
  ...facts,
});

describe('the windows of a critical result', () => {
  it.each([
    ['red', 60 * MINUTE_MS],
    ['orange', 6 * HOUR_MS],
    ['yellow', 72 * HOUR_MS],
  ] as const)('is for %s what the field says, unless the site sets its own', (level, expected) => {
    expect(windowMs(level, { windowMinutes: {}, escalation: [], timeZone: 'UTC' })).toBe(expected);
    expect(windowMs(level, { windowMinutes: { [level]: 5 }, escalation: [], timeZone: 'UTC' })).toBe(5 * MINUTE_MS);
  });
});

describe('telling', () => {
  it('confirms when it was read back', () => {
    expect(tell(criticalResult(), told()).confirmation).toEqual({
      at: minutesFrom(NIGHT, 4),
      by: 'Dr. Rao, ED physician',
      via: 'read-back',
    });
  });

  it('leaves it open when nobody read it back', () => {
    const after = tell(criticalResult(), told({ readBack: false }));
    expect(isConfirmed(after)).toBe(false);
    expect(after.tellings).toHaveLength(1);
  });

  it('keeps the first confirmation', () => {
    const first = confirm(criticalResult(), { at: NIGHT, by: 'Rao', via: 'page' });
    expect(tell(first, told()).confirmation?.via).toBe('page');
  });
});

describe('escalation', () => {
  const step = (result: CriticalResult, minutes: number): CriticalResult => {
    const next = escalate(result, MERCY_RULES, minutesFrom(NIGHT, minutes));
    if (next === undefined) throw new Error('nothing was due');
    return next;
  };

  it('waits for the end of the window, and ends with a confirmation', () => {
    expect(escalate(criticalResult(), MERCY_RULES, (minutesFrom(NIGHT, 60) - 1) as EpochMs)).toBeUndefined();
    const confirmed = confirm(criticalResult(), { at: NIGHT, by: 'Rao', via: 'hl7' });
    expect(escalate(confirmed, MERCY_RULES, minutesFrom(NIGHT, 61))).toBeUndefined();
  });

  it('goes to who is on call now, passes over who is not, and begins again after the last', () => {
    const first = step(criticalResult(), 60);
    expect(first.escalations.map(({ to }) => to?.name)).toEqual(['Rao']);
    expect(first.caller).toBe('support-desk');
    expect(first.escalatesAt).toBe(minutesFrom(NIGHT, 75));
    // 19:00 in New York: the day is over, the night desk answers, then the director, then the night desk again.
    const names = step(step(step(first, 121), 140), 160).escalations.map(({ to }) => to?.name);
    expect(names).toEqual(['Rao', 'Night desk', 'Stone', 'Night desk']);
  });

  it('is recorded and goes on when nobody is on call', () => {
    const lonely = { ...MERCY_RULES, escalation: [] };
    const next = escalate(criticalResult(), lonely, minutesFrom(NIGHT, 60));
    expect(next?.escalations).toEqual([{ at: minutesFrom(NIGHT, 60) }]);
    expect(next?.escalatesAt).toBe(minutesFrom(NIGHT, 75));
  });

  it('is never closer than ten minutes, even where the window is short', () => {
    const hasty = { ...MERCY_RULES, windowMinutes: { red: 4 } };
    expect(escalate(criticalResult(), hasty, minutesFrom(NIGHT, 60))?.escalatesAt).toBe(minutesFrom(NIGHT, 70));
  });
});

describe('hours of duty', () => {
  const contact = (hours: OnCallContact['hours']): OnCallContact => ({
    name: 'x',
    role: 'y',
    phone: '1',
    ...(hours === undefined ? {} : { hours }),
  });
  // 2026-11-21 was a Saturday.
  const at = (iso: string) => Date.parse(iso) as EpochMs;
  it.each([
    ['2026-11-21T22:00:00Z', { from: '08:00', to: '18:00' }, 'UTC', false],
    ['2026-11-21T08:00:00Z', { from: '08:00', to: '18:00' }, 'UTC', true],
    ['2026-11-21T18:00:00Z', { from: '08:00', to: '18:00' }, 'UTC', false],
    ['2026-11-21T22:00:00Z', { from: '22:00', to: '06:00' }, 'UTC', true],
    ['2026-11-22T05:59:00Z', { from: '22:00', to: '06:00', days: ['sat'] }, 'UTC', true],
    ['2026-11-21T05:59:00Z', { from: '22:00', to: '06:00', days: ['sat'] }, 'UTC', false],
    ['2026-11-21T12:00:00Z', { from: '00:00', to: '00:00', days: ['sat'] }, 'UTC', true],
    ['2026-11-21T23:30:00Z', { from: '08:00', to: '19:00' }, 'America/New_York', true],
    ['2026-11-21T22:00:00Z', undefined, 'UTC', true],
  ] as const)('at %s with %o in %s: %s', (iso, hours, zone, expected) => {
    expect(isOnCall(contact(hours), at(iso), zone)).toBe(expected);
  });
});

describe('the board', () => {
  it('puts what has least time left first, and what ran out before all', () => {
    const late = criticalResult({
      uuid: 'a',
      windowEndsAt: minutesFrom(NIGHT, -5),
      escalatesAt: minutesFrom(NIGHT, 99),
    });
    const soon = criticalResult({ uuid: 'b', windowEndsAt: minutesFrom(NIGHT, 5) });
    const later = criticalResult({ uuid: 'c', windowEndsAt: minutesFrom(NIGHT, 50) });
    expect([later, soon, late].toSorted(byTimeLeft).map(({ uuid }) => uuid)).toEqual(['a', 'b', 'c']);
  });
});

describe('the sentence of the report', () => {
  it('says all six facts and the read-back, in the time of the site', () => {
    expect(criticalSentence(tell(criticalResult(), told()), 'America/New_York')).toBe(
      'Critical result (red): Acute subdural haematoma, left. Told to Dr. Rao (ED physician) by phone by Dana Lee at 2026-11-21 17:04 (America/New_York). Read-back confirmed.',
    );
  });

  it('says when nothing was read back, and when the support desk calls', () => {
    expect(criticalSentence(tell(criticalResult(), told({ readBack: false })), 'UTC')).toContain(
      'Read-back not confirmed.',
    );
    expect(criticalSentence(criticalResult(), 'UTC')).toBe(
      'Critical result (red): Acute subdural haematoma, left. The call to the site was handed to the support desk.',
    );
  });

  it('of a recommendation says what, when and why', () => {
    expect(recommendationSentence(recommendation(), 'UTC')).toBe(
      'Recommendation: CT chest without contrast by 2027-05-20, because of 7 mm solid nodule, right upper lobe.',
    );
  });
});
