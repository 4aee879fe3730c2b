import { describe, expect, it } from 'vitest';

import type { Priority } from '#shared/domain/priority.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import { deriveWorklist, type WorklistEntry, type WorklistView } from '#shared/domain/worklist.ts';
import { minutesFrom, NIGHT, reader, readingTask } from '#tests/support/reading-tasks.ts';

const view: WorklistView = { reader: reader(), regionOf: () => undefined, now: NIGHT };
const list = (tasks: readonly ReadingTask[], facts: Partial<WorklistView> = {}) =>
  deriveWorklist(tasks, { ...view, ...facts });
const ids = (tasks: readonly ReadingTask[], facts: Partial<WorklistView> = {}) =>
  list(tasks, facts).map(({ task }) => task.id);
const only = (facts: Partial<ReadingTask>, seen: Partial<WorklistView> = {}): WorklistEntry => {
  const [entry] = list([readingTask('a', facts)], seen);
  if (entry === undefined) throw new Error('the list is empty');
  return entry;
};
const routine = (id: string, facts: Partial<ReadingTask> = {}) =>
  readingTask(id, { priority: 'routine', dueAt: minutesFrom(NIGHT, 1200), ...facts });
const hemorrhage = { finding: 'intracranial hemorrhage', probability: 0.93, algorithm: 'Triage 2', at: NIGHT };

describe('what brings a reading forward', () => {
  it.each<[string, Partial<ReadingTask>]>([
    ['an emergency patient', { patientClass: 'emergency' }],
    ['a patient on intensive care', { patientClass: 'icu' }],
    ['a patient on the table', { patientWaiting: true }],
    ['an escalation by the referrer', { escalation: { at: NIGHT, by: 'Dr Who', reason: 'worse' } }],
    ['a critical AI result', { aiResults: [hemorrhage] }],
    ['a probable AI result that is not critical', { aiResults: [{ finding: 'nodule', probability: 0.8 }] }],
  ])('is %s, among readings otherwise alike', (_what, facts) => {
    expect(ids([routine('a'), routine('b', facts)])).toEqual(['b', 'a']);
  });

  it('is never an AI result that says no, or hardly', () => {
    const doubts = [
      { finding: 'no hemorrhage', probability: 0.99 },
      { finding: 'hemorrhage', probability: 0.2 },
    ];
    expect(ids([routine('a'), routine('b', { aiResults: doubts })])).toEqual(['a', 'b']);
    expect(only({ aiResults: doubts }).contributions.map(({ label }) => label)).not.toContain('AI result');
  });

  it('raises a routine order with a critical AI result to ASAP and says so', () => {
    const entry = only({ priority: 'routine', dueAt: minutesFrom(NIGHT, 1200), aiResults: [hemorrhage] });
    expect(entry.placement.standsAs).toBe('asap');
    expect(entry.placement.dueAt).toBe(minutesFrom(NIGHT, 60));
    expect(entry.why).toContain('Routine, raised to ASAP: AI result');
    expect(entry.contributions).toContainEqual({
      label: 'AI result',
      value: 'intracranial hemorrhage 0.93 (Triage 2)',
      minutes: expect.closeTo(-0.93 * 15, 5) as number,
    });
  });

  it('raises an escalated order by one class, never to an activation', () => {
    const escalation = { at: NIGHT, by: 'ED', reason: 'worse' };
    const standsAs = (priority: Priority) => only({ priority, escalation }).placement.standsAs;
    expect(['routine', 'urgent', 'asap', 'stat', 'trauma'].map((each) => standsAs(each as Priority))).toEqual([
      'urgent',
      'asap',
      'stat',
      'stat',
      'trauma',
    ]);
  });

  it('never lowers a class', () => {
    const stroke = only({
      priority: 'stroke',
      patientClass: 'outpatient',
      aiResults: [hemorrhage],
      patientWaiting: true,
    });
    expect(stroke.placement.standsAs).toBe('stroke');
  });

  it('is the longer reading time of two readings due at the same moment', () => {
    const film = { text: 'Chest film', modality: 'DX', bodyPart: 'CHEST' };
    const abdomen = { text: 'CT abdomen', modality: 'CT', bodyPart: 'ABDOMEN' };
    expect(ids([readingTask('a', { exam: film }), readingTask('b', { exam: abdomen })])).toEqual(['b', 'a']);
  });
});

describe('the fair clock', () => {
  const pause = { from: minutesFrom(NIGHT, -8), until: minutesFrom(NIGHT, -3), reason: 'priors asked for' };

  it('moves the due time by as long as it stood still, overlapping pauses once', () => {
    const entry = only({ pauses: [pause, { ...pause, from: minutesFrom(NIGHT, -6) }] });
    expect(entry.placement.dueAt).toBe(minutesFrom(NIGHT, 25));
    expect(entry.contributions).toContainEqual({ label: 'Clock stood still', value: '5 min', minutes: 5 });
  });

  it('holds a reading back while the site owes something, with the reason; an emergency never', () => {
    const pauses = [{ from: minutesFrom(NIGHT, -8), reason: 'the contrast phase is missing' }];
    const waits = only({ priority: 'urgent', dueAt: minutesFrom(NIGHT, 60), pauses });
    expect(waits.canBeNext).toBe(false);
    expect(waits.why.join()).toContain('waits for the site, its clock stands still: the contrast phase is missing');
    expect(only({ priority: 'stat', pauses }).canBeNext).toBe(true);
  });
});

describe('the explanation', () => {
  it('is one plain sentence with class, due time, reading time and when to begin', () => {
    expect(only({ priority: 'urgent', dueAt: minutesFrom(NIGHT, 60) }).sentence).toBe(
      'Urgent, due in 1 h, about 7 min to read: it should be begun within 43 min.',
    );
    expect(only({ dueAt: minutesFrom(NIGHT, 2) }).sentence).toBe(
      'Emergencies stand before all else; STAT, due in 2 min, about 7 min to read: it should be begun now.',
    );
  });

  it('has contributions that add up to the moment by which it must be begun', () => {
    const entry = only({ patientClass: 'icu', patientWaiting: true, aiResults: [hemorrhage] });
    const sum = entry.contributions.reduce((all, { minutes }) => all + minutes, 0);
    expect(Math.abs(entry.placement.dueAt / 60_000 + sum - entry.placement.startByMinute)).toBeLessThan(1.5);
  });
});

describe('bad input', () => {
  const long = 'chest '.repeat(1_700_000);
  it.each<[string, Partial<ReadingTask>, RegExp]>([
    ['a due time before the order time', { dueAt: minutesFrom(NIGHT, -600) }, /lies before the order time/],
    ['a due time years ahead', { dueAt: minutesFrom(NIGHT, 5e6) }, /months ahead/],
    ['an order time in the future', { authoredOn: minutesFrom(NIGHT, 500) }, /order time lies in the future/],
    ['images from the future', { imagesCompleteAt: minutesFrom(NIGHT, 500) }, /come in the future/],
    ['an unknown priority', { unclearPriority: 'ASAPISH' }, /“ASAPISH” is not known/],
    ['a birth date in the future', { patient: { ...readingTask('a').patient, birthDate: '2031' } }, /birth date/],
    ['a text of 10 MB', { exam: { text: long, modality: 'CT' }, reason: long }, /too long/],
    ['no name', { patient: { ...readingTask('a').patient, name: '' } }, /no name/],
    ['no study', { studyInstanceUids: [] }, /no study/],
  ])('%s keeps the stated class and shows a warning', (_what, facts, warning) => {
    const odd = readingTask('odd', facts);
    const tasks = [readingTask('low', { priority: 'asap' }), odd, readingTask('high', { priority: 'stroke' })];
    expect(ids(tasks)).toEqual(['high', 'odd', 'low']);
    const entry = list(tasks)[1];
    expect(entry?.warnings.join()).toMatch(warning);
    expect(entry?.why.join()).toContain('warning: ');
  });

  it('no due time is treated as the usual one of the class, with a warning', () => {
    const { dueAt: _due, ...undated } = readingTask('a', { imagesCompleteAt: minutesFrom(NIGHT, -5) });
    const [entry] = list([undated]);
    expect(entry?.placement.dueAt).toBe(minutesFrom(NIGHT, 25));
    expect(entry?.warnings).toContain('no due time was given; the usual one of its class is assumed');
  });
});

describe('the list without flicker', () => {
  const pair = [
    routine('a', { dueAt: minutesFrom(NIGHT, 1200) }),
    routine('b', { dueAt: minutesFrom(NIGHT, 1201) }),
    routine('c', { dueAt: minutesFrom(NIGHT, 1210) }),
  ];

  it('is the same at any later moment: time alone changes no order', () => {
    const tasks = [...pair, routine('d', { exam: { text: 'CT abdomen', modality: 'CT', bodyPart: 'ABDOMEN' } })];
    const later = [0, 1, 30, 600, 3000].map((minutes) => ids(tasks, { now: minutesFrom(NIGHT, minutes) }).join());
    expect(new Set(later).size).toBe(1);
  });

  it('leaves near ties as they were shown and moves what clearly changed', () => {
    const shown = ['b', 'a', 'c'].map((id) => readingTask(id).id);
    expect(ids(pair, { previousOrder: shown })).toEqual(['b', 'a', 'c']);
    const moved = [pair[0], pair[1], routine('c', { dueAt: minutesFrom(NIGHT, 1100) })] as readonly ReadingTask[];
    expect(ids(moved, { previousOrder: shown })).toEqual(['c', 'b', 'a']);
  });

  it('puts a new reading at its exact place and lets a new emergency pass everything', () => {
    const shown = ['b', 'a', 'c'].map((id) => readingTask(id).id);
    const tasks = [...pair, readingTask('stat'), routine('new', { dueAt: minutesFrom(NIGHT, 1205) })];
    expect(ids(tasks, { previousOrder: shown })).toEqual(['stat', 'b', 'a', 'new', 'c']);
  });
});

describe('what is not pushed', () => {
  const complex = { priority: 'urgent', exam: { text: 'CT abdomen', modality: 'CT', bodyPart: 'ABDOMEN' } } as const;
  const duty = { onShift: true, hoursIn: 9.5, minutesRead: 300, hasColleague: true };

  it('is a complex case after hour 9 while a colleague is there, and the row states it', () => {
    const entry = only(complex, { duty });
    expect(entry.canBeNext).toBe(false);
    expect(entry.heldBack).toEqual(['not pushed after hour 9 of your shift: a complex case, about 17 min']);
    expect(only(complex, { duty: { ...duty, hoursIn: 8.9 } }).canBeNext).toBe(true);
    expect(only(complex, { duty: { ...duty, hasColleague: false } }).canBeNext).toBe(true);
    expect(only({ ...complex, priority: 'stat' }, { duty }).canBeNext).toBe(true);
  });

  it('is anything but an emergency during a break and beyond the cap', () => {
    const pausing = { ...duty, hoursIn: 2, breakUntil: minutesFrom(NIGHT, 12) };
    expect(only({ priority: 'asap' }, { duty: pausing }).heldBack).toEqual(['you are on a break for another 12 min']);
    expect(only({ priority: 'asap' }, { duty: { ...duty, hoursIn: 2, minutesRead: 600 } }).heldBack.join()).toContain(
      'the most that is pushed',
    );
    expect(only({ priority: 'stroke' }, { duty: pausing }).canBeNext).toBe(true);
  });
});
