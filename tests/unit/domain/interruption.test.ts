import { describe, expect, it } from 'vitest';

import { chooseReader } from '#shared/domain/assignment.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { whomToInterrupt, type OpenReading } from '#shared/domain/interruption.ts';
import { learnMinutes, STARTING_MINUTES } from '#shared/domain/minutes-model.ts';
import { DEFAULT_RULES } from '#shared/domain/worklist-rules.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const id = (text: string) => text as RadiologistId;
const open = (name: string, facts: Partial<OpenReading> = {}): OpenReading => ({
  reader: reader({ id: id(name) }),
  standsAs: 'routine',
  since: minutesFrom(NIGHT, -3),
  expectedMinutes: 14,
  interruptedAt: [],
  ...facts,
});
const view = { now: NIGHT, rules: DEFAULT_RULES, minutes: STARTING_MINUTES, regionOf: () => 'US-OH' };
const stroke = readingTask('k', { priority: 'stroke', dueAt: minutesFrom(NIGHT, 15) });
const whom = (readings: readonly OpenReading[], facts: Partial<typeof view> = {}) =>
  whomToInterrupt(stroke, readings, { ...view, ...facts });

describe('who sets a case aside for an emergency that finds no free reader', () => {
  it('is nobody for what is no emergency', () => {
    expect(whomToInterrupt(readingTask('u', { priority: 'asap' }), [open('a')], view)).toBeUndefined();
  });

  it('is one who has a lesser case open, never one who reads an emergency', () => {
    expect(whom([open('a', { standsAs: 'stat' }), open('b', { standsAs: 'trauma' })])).toBeUndefined();
    expect(whom([open('a', { standsAs: 'stat' }), open('b', { standsAs: 'urgent' })])).toBe('b');
  });

  it('is one who may read it', () => {
    const barred = reader({ id: id('a'), licences: [{ region: 'US-KY', until: '2030-01-01' }] });
    expect(whom([open('a', { reader: barred }), open('b')])).toBe('b');
    expect(whom([open('a', { reader: barred })])).toBeUndefined();
  });

  it('is the one who reads such an exam fastest; of equals the one with the lesser case', () => {
    const times = (name: string, minutes: number) =>
      Array.from({ length: 300 }, () => ({ readerId: id(name), examTypeId: 'ct-head', minutes }));
    const minutes = learnMinutes([...times('a', 9), ...times('b', 5)]);
    expect(whom([open('a'), open('b', { standsAs: 'asap' })], { minutes })).toBe('b');
    expect(whom([open('a', { standsAs: 'asap' }), open('b')])).toBe('b');
  });

  it('is nobody twice as often as the rules allow within an hour', () => {
    const asked = [-50, -40, -30, -20].map((minutes) => minutesFrom(NIGHT, minutes));
    expect(whom([open('a', { interruptedAt: asked })])).toBeUndefined();
    expect(whom([open('a', { interruptedAt: asked })], { now: minutesFrom(NIGHT, 11) })).toBe('a');
  });

  it('is rather one whose own case has time than one whose case would become late', () => {
    const tight = open('a', { standsAs: 'asap', dueAt: minutesFrom(NIGHT, 16) });
    const loose = open('b', { standsAs: 'asap', dueAt: minutesFrom(NIGHT, 50) });
    expect(whom([tight, loose])).toBe('b');
  });

  it('is nobody while waiting is as good: a short exam with much time, and a reader about to be free', () => {
    const easy = readingTask('e', { dueAt: minutesFrom(NIGHT, 90) });
    expect(whomToInterrupt(easy, [open('a'), open('b')], view)).toBeUndefined();
    const late = readingTask('l', { dueAt: minutesFrom(NIGHT, -5) });
    expect(whomToInterrupt(late, [open('a')], view)).toBe('a');
  });

  it('is not one who will be done within a minute', () => {
    expect(whom([open('a', { since: minutesFrom(NIGHT, -13.5) })])).toBeUndefined();
  });
});

describe('who of several free readers gets a reading', () => {
  const free = (name: string, expectedMinutes: number, deficitMinutes: number) => ({
    readerId: id(name),
    expectedMinutes,
    deficitMinutes,
  });
  it('is the fastest for an emergency, the one most behind for anything else', () => {
    const readers = [free('a', 5, -20), free('b', 9, 30), free('c', 7, 0)];
    expect(chooseReader('stat', readers)).toBe('a');
    expect(chooseReader('asap', readers)).toBe('b');
    expect(chooseReader('asap', [free('z', 5, 0), free('y', 5, 0)])).toBe('y');
    expect(chooseReader('asap', [])).toBeUndefined();
  });
});
