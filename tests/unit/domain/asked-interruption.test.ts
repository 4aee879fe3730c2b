import { describe, expect, it } from 'vitest';

import { askedInterruptions, interruptionsOf, type GroupView } from '#shared/domain/asked-interruption.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { STARTING_MINUTES } from '#shared/domain/minutes-model.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Shift } from '#shared/domain/shift.ts';
import { DEFAULT_RULES } from '#shared/domain/worklist-rules.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const id = (text: string) => text as RadiologistId;
const shift = (name: string, breaks: readonly (readonly [number, number])[] = []): Shift => ({
  readerId: id(name),
  readerName: `${name}^X`,
  from: minutesFrom(NIGHT, -120),
  until: minutesFrom(NIGHT, 300),
  breaks: breaks.map(([begin, end]) => ({ from: minutesFrom(NIGHT, begin), until: minutesFrom(NIGHT, end) })),
});
const view: GroupView = {
  now: NIGHT,
  rules: DEFAULT_RULES,
  minutes: STARTING_MINUTES,
  regionOf: () => 'US-OH',
  readers: [reader({ id: id('a') }), reader({ id: id('b') })],
  roster: [shift('a'), shift('b')],
};
const stroke = readingTask('k', { priority: 'stroke', dueAt: minutesFrom(NIGHT, 15) });
const held = (task: string, by: string, facts: Partial<ReadingTask> = {}): ReadingTask =>
  readingTask(task, {
    state: 'claimed',
    priority: 'routine',
    dueAt: minutesFrom(NIGHT, 600),
    claim: {
      radiologistId: id(by),
      radiologistName: `${by}^X`,
      since: minutesFrom(NIGHT, -2),
      leaseUntil: minutesFrom(NIGHT, 3),
    },
    acts: [{ kind: 'claimed', by: id(by), byName: `${by}^X`, at: minutesFrom(NIGHT, -2) }],
    ...facts,
  });
const asked = (tasks: readonly ReadingTask[], facts: Partial<GroupView> = {}) =>
  askedInterruptions(tasks, { ...view, ...facts }).map(({ taskId, readerId, openTaskId }) => [
    taskId,
    readerId,
    openTaskId,
  ]);

describe('who is asked to set a case aside now', () => {
  it('is a reader with a lesser case open, when everybody there is reading', () => {
    expect(asked([stroke, held('1', 'a'), held('2', 'b', { priority: 'stat' })])).toEqual([['k', 'a', '1']]);
  });

  it('is nobody while somebody who may read it is free, and nobody on a break counts as free', () => {
    expect(asked([stroke, held('1', 'a')])).toEqual([]);
    expect(asked([stroke, held('1', 'a')], { roster: [shift('a'), shift('b', [[-5, 10]])] })).toEqual([
      ['k', 'a', '1'],
    ]);
    const barred = reader({ id: id('b'), licences: [{ region: 'US-KY', until: '2030-01-01' }] });
    expect(asked([stroke, held('1', 'a')], { readers: [reader({ id: id('a') }), barred] })).toEqual([['k', 'a', '1']]);
  });

  it('is nobody for what is no emergency, what somebody holds, or where no roster says who is there', () => {
    expect(asked([readingTask('u', { priority: 'asap' }), held('1', 'a'), held('2', 'b')])).toEqual([]);
    expect(asked([held('k', 'b', { priority: 'stroke' }), held('1', 'a')])).toEqual([]);
    expect(asked([stroke, held('1', 'a'), held('2', 'b')], { roster: [] })).toEqual([]);
  });

  it('is another reader for a second emergency, and one free reader takes one of two', () => {
    const trauma = readingTask('t', { priority: 'trauma', dueAt: minutesFrom(NIGHT, 20) });
    const both = asked([stroke, trauma, held('1', 'a'), held('2', 'b')]);
    expect(both.map(([taskId]) => taskId)).toEqual(['k', 't']);
    expect(new Set(both.map(([, readerId]) => readerId)).size).toBe(2);
    expect(asked([stroke, trauma, held('1', 'a')])).toEqual([['t', 'a', '1']]);
  });

  it('is not who reads an emergency beside a case set aside', () => {
    expect(
      asked([stroke, held('1', 'a'), held('e', 'a', { priority: 'stat' }), held('2', 'b', { priority: 'stat' })]),
    ).toEqual([]);
  });
});

describe('how often a reader was interrupted within the hour', () => {
  const act = (kind: 'claimed' | 'returned', at: number) => ({
    kind,
    by: id('a'),
    byName: 'a^X',
    at: minutesFrom(NIGHT, at),
  });
  const emergency = readingTask('e', { priority: 'stat', acts: [act('claimed', -10)] });
  const of = (...tasks: readonly ReadingTask[]) => interruptionsOf(id('a'), tasks, NIGHT);

  it('counts an emergency taken up while another case was theirs, or just laid down', () => {
    expect(of(emergency, readingTask('1', { acts: [act('claimed', -20)] }))).toEqual([minutesFrom(NIGHT, -10)]);
    expect(of(emergency, readingTask('1', { acts: [act('claimed', -20), act('returned', -11)] }))).toHaveLength(1);
  });

  it('does not count one taken up between two cases, nor one of more than an hour ago', () => {
    const done = readingTask('1', {
      state: 'completed',
      completedAt: minutesFrom(NIGHT, -11),
      acts: [act('claimed', -20)],
    });
    expect(of(emergency, done)).toEqual([]);
    expect(of(emergency, readingTask('1', { acts: [act('claimed', -40), act('returned', -30)] }))).toEqual([]);
    const long = readingTask('e', { priority: 'stat', acts: [act('claimed', -70)] });
    expect(of(long, readingTask('1', { acts: [act('claimed', -80)] }))).toEqual([]);
  });
});
