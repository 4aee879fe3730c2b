import { describe, expect, it } from 'vitest';

import { reportObservations } from '#shared/fhir/report-observations.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { reportBodySchema } from '#shared/contract/schemas.ts';
import { fleischner } from '#shared/reporting/scores/fleischner.ts';
import { addScore, removeScore, reportScore } from '#shared/reporting/scores/report-score.ts';
import { resultOf, type ScoreAnswers } from '#shared/reporting/scores/score.ts';
import { sampleBody, sampleReport, section } from '#tests/unit/reporting/sample-report.ts';

const ANSWERS: ScoreAnswers = { fits: 'yes', kind: 'solid', count: 'one', size: 7, risk: 'high', core: 3 };
const stored = () => {
  const result = resultOf(fleischner, ANSWERS);
  if (result === undefined) throw new Error('no result');
  return reportScore(fleischner, ANSWERS, result);
};

describe('a score stored with a report', () => {
  it('holds system, edition, result and every answer that counted', () => {
    expect(stored()).toEqual({
      system: 'fleischner',
      title: 'Fleischner Society',
      version: '2017',
      source: 'MacMahon H et al., Radiology 2017;284:228-243',
      category: '6 to 8 mm',
      meaning: 'incidental pulmonary nodule',
      advice: 'CT at 6-12 months, then at 18-24 months.',
      sentence:
        'Fleischner Society (2017): 6 to 8 mm, incidental pulmonary nodule (solid; single; mean diameter 7 mm; high risk). CT at 6-12 months, then at 18-24 months.',
      inputs: [
        {
          id: 'fits',
          label: 'Applies',
          choices: [{ id: 'yes', label: 'Incidental, aged 35 or more, no cancer, no immunosuppression' }],
        },
        { id: 'kind', label: 'Nodule', choices: [{ id: 'solid', label: 'Solid' }] },
        { id: 'count', label: 'Number', choices: [{ id: 'one', label: 'Single' }] },
        { id: 'size', label: 'Mean diameter', number: 7, unit: 'mm' },
        { id: 'risk', label: 'Risk', choices: [{ id: 'high', label: 'High risk' }] },
      ],
    });
  });

  it('passes the contract as it is, and is there once however often it is added', () => {
    const body = addScore(stored())(addScore(stored())(sampleBody));
    expect(body.scores).toHaveLength(1);
    expect(reportBodySchema.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });

  it('takes its sentence with it when it is removed, and leaves what else was written', () => {
    const body = addScore(stored())({
      ...sampleBody,
      sections: [section('impression', `Before.\n${stored().sentence}\nAfter.`)],
    });
    const without = removeScore(stored())(body);
    expect(without).not.toHaveProperty('scores');
    expect(without.sections[0]?.text).toBe('Before.\nAfter.');
  });

  it('goes to the hub as an Observation of its own, with the answers as components', () => {
    const before = reportObservations(sampleReport(), undefined);
    const after = reportObservations(sampleReport({ body: addScore(stored())(sampleBody) }), undefined);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
    expect(new Set(after.map(({ fullUrl }) => fullUrl)).size).toBe(after.length);
    expect(after.at(-1)?.resource).toMatchObject({
      status: 'final',
      code: { text: 'Fleischner Society' },
      method: { text: 'Fleischner Society 2017, MacMahon H et al., Radiology 2017;284:228-243' },
      valueCodeableConcept: { text: '6 to 8 mm' },
      component: [
        { code: { text: 'Applies' } },
        { code: { text: 'Nodule' }, valueCodeableConcept: { text: 'Solid' } },
        { code: { text: 'Number' }, valueCodeableConcept: { text: 'Single' } },
        { code: { text: 'Mean diameter' }, valueQuantity: { value: 7, unit: 'mm' } },
        { code: { text: 'Risk' }, valueCodeableConcept: { text: 'High risk' } },
      ],
    });
  });

  it('that the text no longer says is noticed before signing, and not while the text says it', () => {
    const facts = {
      patient: { sex: 'F', name: 'Doe^Jane' },
      order: { exam: 'CT chest' },
      study: { priors: [] },
    } as const;
    const withText = (text: string) =>
      checkReport({
        facts,
        template: undefined,
        body: addScore(stored())({
          ...sampleBody,
          sections: [section('findings', 'Nodule.'), section('impression', text)],
        }),
      }).filter(({ code }) => code === 'score-differs');
    expect(withText(stored().sentence)).toEqual([]);
    expect(withText(stored().sentence.replace('6 to 8 mm', 'above 8 mm'))).toMatchObject([
      { severity: 'warn', quote: 'Fleischner Society: 6 to 8 mm' },
    ]);
    expect(withText('A nodule.')).toHaveLength(1);
  });
});
