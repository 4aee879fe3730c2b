import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RadiologistId, SiteId } from '#shared/domain/identifiers.ts';
import { PRIORITIES } from '#shared/domain/priority.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist, nextReading } from '#shared/domain/worklist.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const view = { reader: reader(), regionOf: () => 'US-OH', now: NIGHT };
const ids = (tasks: readonly ReadingTask[]) => deriveWorklist(tasks, view).map((entry) => entry.task.id);
const only = (task: ReadingTask, facts: Partial<typeof view> = {}) => {
  const [entry] = deriveWorklist([task], { ...view, ...facts });
  if (entry === undefined) throw new Error('the list is empty');
  return entry;
};
const claimOf = (id: string, minutes: number) => ({
  radiologistId: id as RadiologistId,
  radiologistName: 'Ray^Ben',
  since: minutesFrom(NIGHT, -2),
  leaseUntil: minutesFrom(NIGHT, minutes),
});

describe('order of the worklist', () => {
  it('puts the tiers above each other, whatever the due times say; both activations are one', () => {
    const tasks = PRIORITIES.toReversed().map((priority, index) =>
      readingTask(priority, { priority, dueAt: minutesFrom(NIGHT, index) }),
    );
    expect(ids(tasks)).toEqual(['trauma', 'stroke', 'stat', 'asap', 'urgent', 'routine']);
  });

  it('orders one class by due time, then order time, then Task id', () => {
    const tasks = [
      readingTask('e', { dueAt: minutesFrom(NIGHT, 30) }),
      readingTask('d', { authoredOn: minutesFrom(NIGHT, -5) }),
      readingTask('c'),
      readingTask('b'),
      readingTask('a', { dueAt: minutesFrom(NIGHT, 10) }),
    ];
    expect(ids(tasks)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('assumes the usual due time of the class for a reading without one', () => {
    const { dueAt: _due, ...undated } = readingTask('undated');
    const tasks = [
      undated,
      readingTask('dated', { dueAt: minutesFrom(NIGHT, 600) }),
      readingTask('low', { priority: 'asap' }),
    ];
    expect(ids(tasks)).toEqual(['undated', 'dated', 'low']);
  });

  it('is one order for any arrival', () => {
    const task = fc.record({
      id: fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 1 }).map(([n]) => `t${n}`),
      priority: fc.constantFrom(...PRIORITIES),
      dueAt: fc.integer({ min: -3, max: 3 }),
      authoredOn: fc.integer({ min: -3, max: 3 }),
    });
    const tasks = fc
      .uniqueArray(task, { selector: (each) => each.id, maxLength: 12 })
      .map((all) =>
        all.map(({ id, priority, dueAt, authoredOn }) =>
          readingTask(id, { priority, dueAt: minutesFrom(NIGHT, dueAt), authoredOn: minutesFrom(NIGHT, authoredOn) }),
        ),
      );
    fc.assert(
      fc.property(
        tasks.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(ids(shuffled)).toEqual(ids(all));
        },
      ),
    );
  });

  it('lists completed readings last and cancelled ones not at all', () => {
    const tasks = [
      readingTask('done', { state: 'completed', priority: 'stroke' }),
      readingTask('gone', { state: 'cancelled', priority: 'stroke' }),
      readingTask('open', { priority: 'routine' }),
    ];
    expect(ids(tasks)).toEqual(['open', 'done']);
  });
});

describe('reasons of a row', () => {
  it('begin with the class and the time left', () => {
    expect(only(readingTask('a', { dueAt: minutesFrom(NIGHT, 11) })).why[0]).toBe('STAT: due in 11 min');
    expect(only(readingTask('a', { priority: 'stroke', dueAt: minutesFrom(NIGHT, -5) })).why[0]).toBe(
      'Stroke code: overdue by 5 min',
    );
    expect(only(readingTask('a', { priority: 'routine', dueAt: minutesFrom(NIGHT, 185) })).why[0]).toBe(
      'Routine: due in 3 h 5 min',
    );
  });

  it('say that images are missing, and that it cannot be next', () => {
    const entry = only(readingTask('a', { state: 'ordered' }));
    expect(entry.canBeNext).toBe(false);
    expect(entry.why).toContain('images have not all arrived: it cannot be next');
  });

  it('warn of absurd dates and leave the reading in its class', () => {
    const absurd = readingTask('x', {
      dueAt: minutesFrom(NIGHT, -60),
      authoredOn: minutesFrom(NIGHT, -10),
      patient: { ...readingTask('x').patient, birthDate: '2027-01-01' },
    });
    const entry = only(absurd);
    expect(entry.why).toContain('warning: the due time lies before the order time');
    expect(entry.why).toContain('warning: the birth date lies in the future');
    expect(entry.canBeNext).toBe(true);
    expect(
      ids([readingTask('low', { priority: 'routine' }), absurd, readingTask('s', { priority: 'stroke' })]),
    ).toEqual(['s', 'x', 'low']);
  });

  it('warn of an order time years back, as of one that was not given', () => {
    const doubt = 'warning: the order time lies years back, or was not given';
    expect(only(readingTask('x', { authoredOn: 0 as EpochMs })).why).toContain(doubt);
    expect(only(readingTask('x', { authoredOn: minutesFrom(NIGHT, -60 * 24 * 365) })).why).not.toContain(doubt);
  });

  it('count this year as no future for a birth year', () => {
    const patient = { ...readingTask('x').patient, birthDate: '2026' };
    expect(only(readingTask('x', { patient })).why.join()).not.toContain('birth date');
  });
});

describe('who may have it', () => {
  it('passes over what another reader holds, until the lease has run out', () => {
    const held = readingTask('a', { state: 'claimed', claim: claimOf('dr-ray', 2) });
    expect(only(held).canBeNext).toBe(false);
    expect(only(held).why.join()).toContain('held by another reader');
    const later = only(held, { now: minutesFrom(NIGHT, 2) });
    expect(later.canBeNext).toBe(true);
    expect(later.claim).toBeUndefined();
    expect(later.why).toContain('a reader left it: their claim has run out');
  });

  it("knows the reader's own claim", () => {
    const entry = only(readingTask('a', { state: 'claimed', claim: claimOf('dr-lee', 2) }));
    expect(entry.mine).toBe(true);
    expect(entry.canBeNext).toBe(true);
  });

  it('says in words why not, and takes the next one the reader may read', () => {
    const licensed = reader({ licences: [{ region: 'US-OH', until: '2026-12-01' }] });
    const regionOf = (siteId: SiteId) => (siteId === 'lex' ? 'US-KY' : 'US-OH');
    const tasks = [readingTask('ky', { siteId: 'lex' as SiteId, priority: 'stroke' }), readingTask('oh')];
    const entries = deriveWorklist(tasks, { reader: licensed, regionOf, now: NIGHT });
    expect(entries.map((entry) => entry.ineligible)).toEqual([['not licensed for Kentucky'], []]);
    expect(nextReading(entries)?.task.id).toBe('oh');
  });

  it('says when the licence was not checked because the site has no region', () => {
    const licensed = reader({ licences: [{ region: 'US-OH', until: '2026-12-01' }] });
    const [entry] = deriveWorklist([readingTask('a')], { reader: licensed, regionOf: () => undefined, now: NIGHT });
    expect(entry?.ineligible).toEqual([]);
    expect(entry?.why).toContain('licence not checked: no region is configured for Mercy General');
  });

  it('lets a licence hold through its last day and not beyond', () => {
    const licensed = reader({
      licences: [
        { region: 'US-OH', until: '2026-11-01' },
        { region: 'US-OH', until: '2026-12-01' },
      ],
    });
    const on = (day: string) =>
      only(readingTask('a'), { reader: licensed, now: Date.parse(day) as EpochMs }).ineligible;
    expect(on('2026-12-01T23:59:00Z')).toEqual([]);
    expect(on('2026-12-02T00:00:00Z')).toEqual(['licence for Ohio ended 2026-12-01']);
  });

  it('asks nothing of a reader without configured licences', () => {
    expect(only(readingTask('a'), { regionOf: () => 'US-KY' }).ineligible).toEqual([]);
  });
});
