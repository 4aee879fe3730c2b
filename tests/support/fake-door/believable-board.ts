import type { CallResponse } from '#shared/contract/calls.ts';
import { DEFAULT_RULES } from '#shared/domain/worklist-rules.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/kernel/clock.ts';

type Board = CallResponse<'shiftBoard'>;
type Rules = CallResponse<'listRules'>['rules'];

/** A shift in full swing: a break, a guard, a breach, an act around the order. */
export function believableBoard(now: number): Board {
  const reader = (readerId: string, readerName: string, minutes: number) => ({
    readerId,
    readerName,
    readings: Math.round(minutes / 9),
    minutes,
    wrvu: minutes / 7,
    deficitMinutes: 200 - minutes,
  });
  const exam = {
    examText: 'CT abdomen and pelvis with intravenous contrast',
    siteName: 'Harbor Regional Medical Center',
  };
  const readers = [
    reader('dr-lee', 'Lee^Dana', 241),
    reader('dr-ono', 'Ono^Ken', 188),
    reader('dr-ray', 'Müller-Lüdenscheidt^Friederike', 171),
  ];
  return {
    at: now,
    hasRoster: true,
    readers: readers.map((each, place) => ({
      ...each,
      isOnShift: place < 2,
      hoursIn: place < 2 ? 9.5 : 0,
      hoursLeft: place < 2 ? 0.5 : 0,
      openMinutes: 7,
      shareMinutes: 200,
      ...(place === 0 ? { guard: 'after hour 9: no case of 15 min or more is pushed while a colleague is there' } : {}),
      ...(place === 1 ? { breakUntil: now + 12 * MINUTE_MS } : {}),
      open: place === 0 ? [{ taskId: 'task-9', ...exam, since: now - 3 * MINUTE_MS }] : [],
    })),
    readingsWaiting: 37,
    minutesWaiting: 412,
    breaches: [
      { taskId: 'task-2', ...exam, standsAs: 'stat', dueAt: now + 4 * MINUTE_MS, lateMinutes: 9 },
      { taskId: 'task-8', ...exam, standsAs: 'asap', dueAt: now + 40 * MINUTE_MS, lateMinutes: 21 },
    ],
    interruptions: [
      {
        taskId: 'task-2',
        ...exam,
        standsAs: 'stat',
        dueAt: now + 4 * MINUTE_MS,
        openExamText: 'MR brain with and without contrast',
        openStandsAs: 'routine',
        readerId: 'dr-lee',
        readerName: 'Lee^Dana',
        expectedMinutes: 11.6,
      },
    ],
    forecast: Array.from({ length: 6 }, (_, hour) => ({
      from: now + hour * HOUR_MS,
      until: now + (hour + 1) * HOUR_MS,
      arrivingMinutes: 90 - hour * 10,
      capacityMinutes: 120,
      waitingMinutes: Math.max(0, 412 - (hour + 1) * 60),
    })),
    giniOfMinutes: 0.08,
    giniOfWrvu: 0.11,
    ledger: readers.map((each, place) => ({
      ...each,
      picked: place === 1 ? [{ at: now - 30 * MINUTE_MS, ...exam, reason: 'the referrer asked for me' }] : [],
      declined: [],
      handedOver: place === 2 ? [{ at: now - HOUR_MS, ...exam, toName: 'Lee^Dana' }] : [],
    })),
  };
}

export const believableRules = (): Rules => ({
  ...DEFAULT_RULES,
  interruption: { ...DEFAULT_RULES.interruption, for: [...DEFAULT_RULES.interruption.for] },
});

/** Later due times, more breaches: enough to tell the two sides apart. */
export function believableRehearsal({ turnaroundMinutes }: Rules, now: number): CallResponse<'rehearseRules'> {
  const played = (statMinutes: number) => ({
    classes: (['stat', 'routine'] as const).map((priority) => ({
      priority,
      readings: 120,
      medianTurnaroundMinutes: 14,
      p95TurnaroundMinutes: 41,
      shareWithinTarget: 0.93,
      breaches: Math.round(300 / statMinutes),
    })),
    giniOfMinutes: 0.07,
    idleMinutes: 12,
    unread: 0,
  });
  return {
    status: 'rehearsed',
    readings: 240,
    from: now - 24 * HOUR_MS,
    until: now,
    current: played(DEFAULT_RULES.turnaroundMinutes.stat),
    proposed: played(turnaroundMinutes.stat),
  };
}
