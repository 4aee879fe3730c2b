import { describe, expect, it } from 'vitest';

import { fairnessLedger, gini } from '#shared/domain/fairness.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { workedMs, type Shift } from '#shared/domain/shift.ts';
import { shiftBoard } from '#shared/domain/shift-board.ts';
import { doneReading, dutyOf, loadsOf, workDone } from '#shared/domain/workload.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const id = (text: string) => text as RadiologistId;
const shift = (
  name: string,
  from: number,
  until: number,
  breaks: readonly (readonly [number, number])[] = [],
): Shift => ({
  readerId: id(name),
  readerName: `${name}^X`,
  from: minutesFrom(NIGHT, from),
  until: minutesFrom(NIGHT, until),
  breaks: breaks.map(([begin, end]) => ({ from: minutesFrom(NIGHT, begin), until: minutesFrom(NIGHT, end) })),
});
const signed = (taskId: string, by: string, from: number, until: number): ReadingTask =>
  readingTask(taskId, {
    state: 'completed',
    completedAt: minutesFrom(NIGHT, until),
    acts: [{ kind: 'claimed', by: id(by), byName: `${by}^X`, at: minutesFrom(NIGHT, from) }],
  });
const roster = [shift('a', -180, 300, [[-60, -30]]), shift('b', -600, 60)];
const span = { from: minutesFrom(NIGHT, -180), until: NIGHT };
const done = [signed('1', 'a', -170, -150), signed('2', 'a', -140, -130), signed('3', 'b', -100, -40)];
const view = { reader: reader({ id: id('a') }), regionOf: () => undefined, now: NIGHT };

describe('the work of a shift', () => {
  it('is measured from the last claim to the signature and paid by the table', () => {
    expect(doneReading(done[0] as ReadingTask)).toMatchObject({
      readerId: 'a',
      examTypeId: 'ct-head',
      minutes: 20,
      wrvu: 0.83,
    });
    expect(doneReading(readingTask('open'))).toBeUndefined();
  });

  it('leaves breaks out of the hours and knows who is behind their share', () => {
    expect(workedMs(roster[0] as Shift, span)).toBe(150 * MINUTE_MS);
    const loads = loadsOf(workDone(done, span), roster, span);
    // 90 minutes read; hours on shift stand 150 to 180.
    expect(loads.map(({ readerId, minutes }) => [readerId, minutes])).toEqual([
      ['a', 30],
      ['b', 60],
    ]);
    expect(loads[0]?.shareMinutes).toBeCloseTo((90 * 150) / 330, 6);
    expect(loads[0]?.deficitMinutes).toBeCloseTo((90 * 150) / 330 - 30, 6);
    expect(loads[1]?.deficitMinutes).toBeCloseTo((90 * 180) / 330 - 60, 6);
  });

  it('tells a reader late in the shift that somebody fresh is there, or is not', () => {
    const at = (minutes: number) => dutyOf(id('b'), roster, workDone(done, span), minutesFrom(NIGHT, minutes));
    expect(at(-10)).toMatchObject({ onShift: true, minutesRead: 60, hasColleague: true });
    expect(at(-10)?.hoursIn).toBeCloseTo(590 / 60, 6);
    expect(at(-45)?.hasColleague).toBe(false);
    expect(at(90)?.onShift).toBe(false);
    expect(dutyOf(id('b'), [], [], NIGHT)).toBeUndefined();
  });
});

describe('fairness', () => {
  it('is the Gini coefficient', () => {
    expect(gini([5, 5, 5, 5])).toBe(0);
    expect(gini([0, 0, 0, 8])).toBe(0.75);
    expect(gini([1, 3])).toBe(0.25);
    expect(gini([])).toBe(0);
  });

  it('is a ledger of minutes, pay and every way around the order', () => {
    const picked = {
      kind: 'picked',
      by: id('b'),
      byName: 'b^X',
      at: minutesFrom(NIGHT, -100),
      reason: 'asked for me',
    } as const;
    const ledger = fairnessLedger([...done, readingTask('4', { acts: [picked] })], roster, span);
    expect(ledger.lines.map(({ readerName, minutes, readings }) => [readerName, minutes, readings])).toEqual([
      ['b^X', 60, 1],
      ['a^X', 30, 2],
    ]);
    expect(ledger.lines[0]?.picked).toEqual([picked]);
    expect(ledger.giniOfMinutes).toBeCloseTo(1 / 6, 6);
    expect(ledger.giniOfWrvu).toBeCloseTo(1 / 6, 6);
  });
});

describe('the shift board', () => {
  const open = [
    readingTask('w1', { dueAt: minutesFrom(NIGHT, 2) }),
    readingTask('w2', { dueAt: minutesFrom(NIGHT, 30) }),
    readingTask('w3', {
      priority: 'routine',
      dueAt: minutesFrom(NIGHT, 900),
      imagesCompleteAt: minutesFrom(NIGHT, -30),
    }),
  ];
  const board = shiftBoard([...done, ...open], { ...view, roster });

  it('shows who is there, for how long, and states the late-shift guard', () => {
    expect(board.readers.map(({ readerName, onShift }) => [readerName, onShift])).toEqual([
      ['a^X', true],
      ['b^X', true],
    ]);
    expect(board.readers[0]).toMatchObject({ hoursIn: 3, hoursLeft: 5, minutes: 30 });
    expect(board.readers[0]?.guard).toBeUndefined();
    expect(board.readers[1]?.guard).toContain('after hour 9');
  });

  it('shows minutes waiting and what is about to breach', () => {
    expect(board.readingsWaiting).toBe(3);
    expect(board.minutesWaiting).toBeCloseTo(21, 6);
    expect(board.breaches).toEqual([{ taskId: 'w1', standsAs: 'stat', dueAt: minutesFrom(NIGHT, 2), lateMinutes: 5 }]);
  });

  it('forecasts the next hours from arrivals and roster', () => {
    expect(board.forecast).toHaveLength(6);
    expect(board.forecast.map(({ capacityMinutes }) => capacityMinutes)).toEqual([120, 60, 60, 60, 60, 0]);
    expect(board.forecast.at(-1)?.waitingMinutes).toBeGreaterThan(0);
  });
});
