import { describe, expect, it } from 'vitest';

import type { WorklistRow } from '#renderer/bridge/exact.ts';
import { dependsOnTime, filterRows } from '#renderer/worklist/filter-rows.ts';
import { rowName, stateWords } from '#renderer/worklist/row-words.ts';
import { NO_FILTER, type ListFilter } from '#shared/domain/saved-list.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { believableRows } from '#tests/support/fake-door/believable-data.ts';

const NOW = Date.parse('2026-11-21T02:14:00Z');
const rows = believableRows(20, NOW);

const view = { now: NOW, showsIneligible: true };
const ids = (filter: Partial<ListFilter>, at = view) =>
  filterRows(rows, { ...NO_FILTER, ...filter }, at).map(({ taskId }) => taskId);

describe('worklist filters', () => {
  it('leave the list as it is when there are none', () => {
    expect(filterRows(rows, NO_FILTER, view)).toBe(rows);
  });
  it('find every word, wherever it stands and however it is written', () => {
    const found = filterRows(rows, { ...NO_FILTER, words: 'jane HEAD' }, view);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row.patient.name.includes('Jane') && row.exam.text.includes('head'))).toBe(true);
  });
  it('hold all at once', () => {
    const found = filterRows(
      rows,
      { ...NO_FILTER, siteIds: ['mercy'], modalities: ['CT'], priorities: ['urgent'] },
      view,
    );
    expect(found.every((row) => row.siteId === 'mercy' && row.exam.modality === 'CT')).toBe(true);
  });
  it('hide what is not for this reader when they do not want to see it, but never what they hold', () => {
    expect(ids({})).toContain('task-5');
    expect(ids({}, { ...view, showsIneligible: false })).not.toContain('task-5');
    const held = rows.map((row) => (row.taskId === 'task-5' ? { ...row, mine: true } : row));
    expect(
      filterRows(held, NO_FILTER, { ...view, showsIneligible: false }).some(({ taskId }) => taskId === 'task-5'),
    ).toBe(true);
  });
  it('can say: unreported paediatric MR brain from an ED, older than an hour', () => {
    const list: ListFilter = {
      ...NO_FILTER,
      state: 'unreported',
      modalities: ['MR'],
      bodyParts: ['brain'],
      patientClasses: ['emergency'],
      ageToYears: 17,
      olderThanMinutes: 60,
    };
    const child: WorklistRow = {
      ...rows[0]!,
      taskId: 'child',
      state: 'ready',
      exam: { text: 'MR brain without contrast', modality: 'MR', bodyPart: 'HEAD' },
      patient: { ...rows[0]!.patient, birthDate: '2012-11-22' },
      patientClass: 'emergency',
      authoredOn: NOW - 61 * MINUTE_MS,
    };
    const { birthDate: _unknown, ...ageless } = child.patient;
    const others: readonly WorklistRow[] = [
      { ...child, taskId: 'signed', state: 'completed' },
      { ...child, taskId: 'adult', patient: { ...child.patient, birthDate: '2008-11-21' } },
      { ...child, taskId: 'no-birth-date', patient: ageless },
      { ...child, taskId: 'ward', patientClass: 'inpatient' },
      { ...child, taskId: 'young-order', authoredOn: NOW - 60 * MINUTE_MS },
      { ...child, taskId: 'spine', exam: { text: 'MR spine', modality: 'MR', bodyPart: 'SPINE' } },
      { ...child, taskId: 'ct', exam: { ...child.exam, modality: 'CT' } },
    ];
    expect(filterRows([...others, child, ...rows], list, view).map(({ taskId }) => taskId)).toEqual(['child']);
    expect(dependsOnTime(list)).toBe(true);
    expect(dependsOnTime(NO_FILTER)).toBe(false);
  });
  it('find the same letter by letter as at once, forwards and back', () => {
    const typed = ['j', 'ja', 'jan', 'jane', 'jane h', 'jane', 'j', 'm', 'mü'];
    for (const words of typed) {
      const fresh = filterRows([...rows], { ...NO_FILTER, words }, view).map(({ taskId }) => taskId);
      expect([words, ids({ words })]).toEqual([words, fresh]);
    }
  });
  it('tell what is held, mine, overdue or doubtful', () => {
    expect(ids({ state: 'held' })).toEqual(['task-3']);
    expect(ids({ state: 'mine' })).toEqual([]);
    expect(ids({ dueWithinMinutes: 0 })).toEqual(['task-1']);
    expect(ids({ hasWarnings: true })).toEqual(['task-4']);
  });
});

describe('a row in words', () => {
  it('begins with the patient’s name as shown', () => {
    expect(rows.map((row) => rowName(row, NOW))[0]).toMatch(/^DOE, Jane, /);
  });
  it('says who holds it and since when', () => {
    expect(stateWords(rows[3]!, NOW)).toMatch(/^Held by Ken Ono since \d\d:\d\d$/);
  });
  it('says why it is not for this reader', () => {
    expect(rowName(rows[5]!, NOW)).toContain('Not for you: not licensed for Kentucky');
  });
  it('says where the patient is, what stands out and what is doubtful, each in words', () => {
    expect(rowName(rows[0]!, NOW)).toContain('Mercy General · ED · Resuscitation bay 4');
    expect(rowName(rows[2]!, NOW)).toContain('patient waiting on the table');
    expect(rowName(rows[6]!, NOW)).toContain('escalated');
    expect(rowName(rows[4]!, NOW)).toContain('warning: the due time lies before the order time');
  });
  it('says who handed it over, and that one has declined it', () => {
    const claim = { radiologistId: 'dr-lee', radiologistName: 'Lee^Dana', since: NOW, leaseUntil: NOW + 1 };
    expect(stateWords({ ...rows[0]!, claim, mine: true, handedOverBy: 'Ono^Ken' }, NOW)).toBe(
      'Handed to you by Ken Ono',
    );
    expect(stateWords({ ...rows[0]!, declined: 'own relative' }, NOW)).toBe('Declined by you');
  });
});
