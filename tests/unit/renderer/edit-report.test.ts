import { describe, expect, it } from 'vitest';

import { switchTemplate, typeField, typeText } from '#renderer/report/edit-report.ts';
import { startReport } from '#shared/reporting/report.ts';
import { TEMPLATES } from '#tests/support/fake-door/believable-data.ts';

const [head, plain] = TEMPLATES as [(typeof TEMPLATES)[number], (typeof TEMPLATES)[number]];

describe('switching the template', () => {
  it('replaces defaults that nobody touched', () => {
    const body = switchTemplate(plain)(startReport(head));
    expect(body.templateId).toBe('plain');
    expect(body.sections.map(({ text }) => text)).toEqual(['', '']);
  });

  it('keeps every typed word, at the section of the same role', () => {
    const typed = [typeText('findings', 'Dense MCA.'), typeText('impression', 'Stroke.')].reduce(
      (body, change) => change(body),
      startReport(head),
    );
    const body = switchTemplate(plain)(typed);
    expect(body.sections.map(({ text }) => text)).toEqual(['Dense MCA.', 'Stroke.']);
  });

  it('turns a typed field into a line where the new template has no such field', () => {
    const body = switchTemplate(plain)(typeField('findings', 'shift', '4')(startReport(head)));
    expect(body.sections[0]?.text).toBe('Midline shift: 4 mm');
  });

  it('keeps text whose section the new template lacks, with the findings', () => {
    const body = switchTemplate(plain)(typeText('technique', 'Thin slices.')(startReport(head)));
    expect(body.sections[0]?.text).toBe('Thin slices.');
  });

  it('brings typed text and fields back again', () => {
    const typed = typeField('findings', 'hemorrhage', 'subdural')(startReport(head));
    const body = switchTemplate(head)(typed);
    expect(body.sections.find(({ id }) => id === 'findings')?.fields[0]).toMatchObject({
      value: 'subdural',
      source: 'typed',
    });
  });
});
