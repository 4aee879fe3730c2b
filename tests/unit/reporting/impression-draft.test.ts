import { describe, expect, it } from 'vitest';

import { checkCompleteness } from '#shared/reporting/checks/completeness.ts';
import { confirmProposed, draftImpression, isProposed, proposeImpression } from '#shared/reporting/impression-draft.ts';
import type { ReportBody } from '#shared/reporting/report.ts';
import { SCENARIOS } from '#tests/support/seeded-reports/draw-report.ts';

const report = (findings: string, impression = ''): ReportBody => ({
  templateId: 't',
  title: 'CT',
  sections: [
    { id: 'f', title: 'Findings', role: 'findings', fields: [], text: findings, textSource: 'typed' },
    { id: 'i', title: 'Impression', role: 'impression', fields: [], text: impression, textSource: 'typed' },
  ],
});
const textIn = (body: ReportBody) => body.sections[1]?.text;

describe('the draft of an impression', () => {
  it('begins with what cannot wait and ends with what is old, and leaves out what is normal or denied', () => {
    const findings = [
      'The ventricles are normal.',
      'Chronic small vessel change.',
      'Mass in the left frontal lobe of 21 mm.',
      'Acute right subdural haematoma of 9 mm.',
      'No fracture.',
      'Possible sinusitis.',
    ].join(' ');
    expect(draftImpression(report(findings))).toBe(
      [
        '1. Acute right subdural haematoma of 9 mm.',
        '2. Mass in the left frontal lobe of 21 mm.',
        '3. Possible sinusitis.',
        '4. Chronic small vessel change.',
      ].join('\n'),
    );
  });

  it.each([
    ['No pneumothorax. Lungs are clear.', 'No acute abnormality.'],
    ['Right pneumothorax', 'Right pneumothorax.'],
    ['', undefined],
  ])('of %j is %j', (findings, draft) => {
    expect(draftImpression(report(findings))).toBe(draft);
  });

  it('takes filled fields that say something, and none that say nothing', () => {
    const body = report('');
    const field = (label: string, value: string, unit?: string) => ({
      id: label,
      label,
      value,
      source: 'typed' as const,
      ...(unit === undefined ? {} : { unit }),
    });
    const fields = [field('Hemorrhage', 'None'), field('Midline shift', '0', 'mm'), field('Mass', '12', 'mm')];
    const filled = { ...body, sections: body.sections.map((each) => (each.id === 'f' ? { ...each, fields } : each)) };
    expect(draftImpression(filled)).toBe('Mass: 12 mm.');
  });

  const wordings = (of: (scenario: (typeof SCENARIOS)[number]) => readonly (readonly string[])[]) =>
    SCENARIOS.flatMap(of)
      .flat()
      .map((wording) => wording.replaceAll(/\{(?:side|other)\}/gi, 'left').replaceAll('{size}', '12 mm'));

  it('has every abnormal finding of the right reports, however it is worded', () => {
    const missed = wordings(({ abnormal }) => abnormal.map(({ found }) => found)).filter(
      (text) => draftImpression(report(text)) === 'No acute abnormality.',
    );
    expect(missed).toEqual([]);
  });

  it('has few of their normal sentences', () => {
    const all = wordings(({ normals }) => normals);
    const taken = all.filter((text) => draftImpression(report(text)) !== 'No acute abnormality.');
    expect(taken.length / all.length, taken.join('\n')).toBeLessThan(0.2);
  });

  it('is marked until it was confirmed, and cannot be signed before', () => {
    const proposed = proposeImpression(report('Right pneumothorax.'));
    expect(textIn(proposed)).toBe('Right pneumothorax.');
    expect(checkCompleteness(proposed, undefined)).toMatchObject([{ code: 'draft-unconfirmed', severity: 'stop' }]);
    const confirmed = confirmProposed(proposed);
    expect(confirmed.sections.some(isProposed)).toBe(false);
    expect(checkCompleteness(confirmed, undefined)).toEqual([]);
  });

  it('never stands in for what a person wrote, and follows the findings until it is confirmed', () => {
    const own = report('Right pneumothorax.', 'See above.');
    expect(proposeImpression(own)).toBe(own);
    const proposed = proposeImpression(report('Right pneumothorax.'));
    const later = {
      ...proposed,
      sections: [{ ...proposed.sections[0]!, text: 'Left pneumothorax.' }, proposed.sections[1]!],
    };
    expect(textIn(proposeImpression(later))).toBe('Left pneumothorax.');
  });
});
