import { describe, expect, it } from 'vitest';

import { patientTimeline, type Before } from '#shared/domain/patient-timeline.ts';
import type { ToldFact } from '#shared/domain/notes.ts';

const at = (day: string) => Date.parse(`${day}T08:00:00Z`);
const report = (label: string, day: string, studyInstanceUid?: string): ToldFact => ({
  kind: 'prior-report',
  label,
  text: `Report of ${label}.`,
  source: 'Site FHIR',
  at: at(day),
  ...(studyInstanceUid === undefined ? {} : { studyInstanceUid }),
});
const before = (change: Partial<Before<ToldFact>> = {}): Before<ToldFact> => ({
  exam: { text: 'CT HEAD', modality: 'CT', bodyPart: 'HEAD' },
  priors: [],
  facts: [],
  mentioned: [],
  ...change,
});

describe('what was before this exam', () => {
  it('is one line of time: exams, reports, procedures and what only a text speaks of', () => {
    const line = patientTimeline(
      before({
        priors: [
          { studyInstanceUid: '1.2', description: 'CT HEAD', modality: 'CT', date: '2023-05-01', hasReport: false },
        ],
        facts: [
          report('MR BRAIN', '2025-01-02'),
          { kind: 'procedure', label: 'Craniotomy', text: 'completed', source: 'Site FHIR', at: at('2024-06-07') },
          { kind: 'procedure', label: 'Hip replacement', text: 'left', source: 'HL7 order' },
        ],
        mentioned: [{ quote: '3/2024', meanings: ['2024-03'], source: 'Order' }],
      }),
    );
    expect(line.map(({ date, title, kind }) => [date, title, kind])).toEqual([
      ['2025-01-02', 'MR BRAIN', 'exam'],
      ['2024-06-07', 'Craniotomy', 'procedure'],
      ['2024-03', '3/2024', 'mentioned'],
      ['2023-05-01', 'CT HEAD', 'exam'],
      [undefined, 'Hip replacement', 'procedure'],
    ]);
  });

  it('shows a report with its exam, once, by study or by day and name', () => {
    const line = patientTimeline(
      before({
        priors: [
          { studyInstanceUid: '1.2', description: 'CT HEAD', date: '2023-05-01', hasReport: true },
          { description: 'XR CHEST', date: '2022-01-01', hasReport: true },
        ],
        facts: [report('Cranial CT', '2023-05-02', '1.2'), report('XR CHEST 2 VIEWS', '2022-01-01')],
      }),
    );
    expect(line.map(({ title, fact, isPictured }) => [title, fact?.label, isPictured])).toEqual([
      ['CT HEAD', 'Cranial CT', true],
      ['XR CHEST', 'XR CHEST 2 VIEWS', false],
    ]);
  });

  it('does not give an exam the report of another one of the same day', () => {
    const line = patientTimeline(
      before({
        priors: [{ studyInstanceUid: '1.2', description: 'CT HEAD', date: '2023-05-01', hasReport: true }],
        facts: [report('XR HAND', '2023-05-01')],
      }),
    );
    expect(line.map(({ title, fact }) => [title, fact?.label])).toEqual([
      ['CT HEAD', undefined],
      ['XR HAND', 'XR HAND'],
    ]);
  });

  it('says why each exam is worth comparing with, and which one first', () => {
    const line = patientTimeline(
      before({
        facts: [
          report('XR HAND LEFT', '2025-05-01'),
          report('MR BRAIN', '2024-05-01'),
          report('CT HEAD', '2023-05-01'),
        ],
      }),
    );
    expect(line.map(({ title, why, isFirst }) => [title, why, isFirst])).toEqual([
      ['XR HAND LEFT', 'another region, another modality', false],
      ['MR BRAIN', 'same region, another modality', false],
      ['CT HEAD', 'same region, same modality', true],
    ]);
  });

  it('names none to compare with first where nothing is alike', () => {
    expect(patientTimeline(before({ facts: [report('XR HAND', '2025-05-01')] }))[0]?.isFirst).toBe(false);
  });
});
