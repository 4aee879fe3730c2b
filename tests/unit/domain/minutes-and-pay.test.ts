import { describe, expect, it } from 'vitest';

import { examTypeById, examTypeOf, wrvuOf } from '#shared/domain/exam-type.ts';
import { EXAM_TYPES } from '#shared/domain/exam-table.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';
import { learnMinutes, STARTING_MINUTES } from '#shared/domain/minutes-model.ts';
import { WRVU_TABLES } from '#shared/domain/wrvu-table.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

const lee = 'dr-lee' as RadiologistId;
const ray = 'dr-ray' as RadiologistId;
const head = examTypeById('ct-head');
const chest = examTypeById('ct-chest');
const on = (day: string) => Date.parse(`${day}T12:00:00Z`) as EpochMs;
const times = (readerId: RadiologistId, examTypeId: string, minutes: number, count: number) =>
  Array.from({ length: count }, () => ({ readerId, examTypeId, minutes }));

describe('exam types', () => {
  it.each([
    [{ text: 'CT HEAD W/O', modality: 'CT', bodyPart: 'HEAD' }, 'ct-head'],
    [{ text: 'CTA head', modality: 'CT', bodyPart: 'HEAD', contrast: true }, 'cta-head'],
    [{ text: 'CT chest', modality: 'CT', bodyPart: 'CHEST' }, 'ct-chest'],
    [{ text: 'CT chest', modality: 'CT', bodyPart: 'CHEST', contrast: true }, 'ct-chest-with'],
    [{ text: 'CTA pulmonary', modality: 'CT', bodyPart: 'CHEST', contrast: true }, 'cta-chest'],
    [{ text: 'CT foot', modality: 'CT', bodyPart: 'FOOT' }, 'ct-other'],
    [{ text: 'film', modality: 'CR', bodyPart: 'CHEST' }, 'xr-chest'],
    [{ text: 'MR', modality: 'MR', bodyPart: 'BRAIN' }, 'mr-brain'],
    [{ text: 'what?' }, 'other'],
  ])('%j is %s', (exam, id) => {
    expect(examTypeOf(exam).id).toBe(id);
  });

  it('start from the measured minutes of DOMAIN 3', () => {
    expect([head, chest, examTypeById('ct-abdomen')].map((type) => [type.meanMinutes, type.sdMinutes])).toEqual([
      [7, 6.5],
      [14.2, 11.1],
      [17.1, 14.6],
    ]);
  });
});

describe('wRVU', () => {
  it('are those of DOMAIN 8 in 2026, and every type is paid', () => {
    expect([head, chest, examTypeById('pet-ct')].map((type) => wrvuOf(type, on('2026-11-21')))).toEqual([
      0.83, 1.05, 2.44,
    ]);
    for (const type of EXAM_TYPES) expect(wrvuOf(type, on('2026-11-21')), type.id).toBeGreaterThan(0);
  });

  it('are those of the table of the day, so that an old exam keeps its worth', () => {
    const tables = [...WRVU_TABLES, { from: '2027-01-01', values: { 'ct-head': 0.81 } }];
    expect(wrvuOf(head, on('2026-12-31'), tables)).toBe(0.83);
    expect(wrvuOf(head, on('2027-01-01'), tables)).toBe(0.81);
    expect(wrvuOf(head, on('2020-01-01'), tables)).toBe(0.83);
    expect(wrvuOf(chest, on('2027-01-01'), tables)).toBe(0);
  });
});

describe('learned minutes', () => {
  it('are the starting table while nothing was measured', () => {
    expect(STARTING_MINUTES.expected(head)).toBe(7);
    expect(STARTING_MINUTES.expected(head, lee)).toBe(7);
  });

  it('move little for few readings and come close to the truth for many', () => {
    const after = (count: number) => learnMinutes(times(lee, 'ct-head', 14, count)).expected(head);
    expect(after(1)).toBeCloseTo((7 * 20 + 14) / 21, 6);
    expect(after(2)).toBeLessThan(8);
    expect(after(2000)).toBeCloseTo(14, 0);
  });

  it('tell a fast reader from a slow one, also in exams they have hardly read', () => {
    const model = learnMinutes([...times(lee, 'ct-head', 5, 300), ...times(ray, 'ct-head', 9, 300)]);
    expect(model.expected(head, lee)).toBeCloseTo(5, 0);
    expect(model.expected(head, ray)).toBeCloseTo(9, 0);
    expect(model.expected(chest, lee)).toBeLessThan(12);
    expect(model.expected(chest, ray)).toBeGreaterThan(16);
    expect(model.expected(chest)).toBeCloseTo(14.2, 6);
  });

  it('do not listen to a case left open over lunch, nor to a click by mistake', () => {
    expect(learnMinutes([...times(lee, 'ct-head', 90, 50), ...times(lee, 'ct-head', 0.01, 50)]).expected(head)).toBe(7);
  });
});
