import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { loadTemplates } from '#electron/adapters/mrrt/load-templates.ts';
import { checkReport } from '#shared/reporting/check-report.ts';
import { hasNormal, writeNormal } from '#shared/reporting/normal-report.ts';
import { startReport, type Template } from '#shared/reporting/report.ts';

const FOLDER = fileURLToPath(new URL('../../../build/templates/', import.meta.url));
let templates: readonly Template[] = [];
beforeAll(async () => {
  ({ templates } = await loadTemplates([FOLDER]));
});
const named = (name: string): Template => {
  const found = templates.find(({ id }) => id === `urn:overread:template:${name}`);
  if (found === undefined) throw new Error(name);
  return found;
};
const NOTHING = { history: [] };

describe('the normal report of a template', () => {
  it('passes its own checks, whatever the template', () => {
    const normals = templates.filter(hasNormal);
    expect(normals.length).toBeGreaterThanOrEqual(13);
    for (const template of normals) {
      const body = writeNormal(template, NOTHING).change(startReport(template));
      const facts = {
        patient: { name: 'Doe^Jane', sex: 'F' as const, birthDate: '1961-02-03' },
        order: { exam: template.title },
        study: { priors: [] },
      };
      const complaints = checkReport({ facts: facts as never, template, body });
      expect([template.id, ...complaints.filter(({ severity }) => severity === 'stop')]).toEqual([template.id]);
    }
  });

  it('chooses the normal of each pick list of the findings, marked as a macro’s', () => {
    const body = writeNormal(named('chest-radiograph'), NOTHING).change(startReport(named('chest-radiograph')));
    const findings = body.sections.find(({ role }) => role === 'findings');
    expect(findings?.fields.map(({ label, value, source }) => [label, value, source])).toEqual([
      ['Pneumothorax', 'none', 'macro'],
      ['Pleural effusion', 'none', 'macro'],
      ['Consolidation', 'none', 'macro'],
      ['Cardiac silhouette', 'normal size', 'macro'],
      ['Lines and tubes', '', 'default'],
    ]);
    expect(body.sections.find(({ role }) => role === 'technique')?.fields[0]?.value).toBe('');
  });

  it('never writes over what somebody wrote or chose', () => {
    const template = named('chest-radiograph');
    const start = startReport(template);
    const written = {
      ...start,
      sections: start.sections.map((section) =>
        section.role === 'findings'
          ? {
              ...section,
              text: 'Left basal opacity.',
              textSource: 'dictated' as const,
              fields: section.fields.map((field, at) =>
                at === 1 ? { ...field, value: 'left', source: 'typed' as const } : field,
              ),
            }
          : section,
      ),
    };
    const after = writeNormal(template, NOTHING)
      .change(written)
      .sections.find(({ role }) => role === 'findings');
    expect([after?.text, after?.fields[1]?.value]).toEqual(['Left basal opacity.', 'left']);
  });

  it('calls no organ normal that the history says is gone', () => {
    const { change, leftOut } = writeNormal(named('us-abdomen-ruq'), { history: ['Cholecystectomy 2019.'] });
    const text = change(startReport(named('us-abdomen-ruq'))).sections.find(({ role }) => role === 'findings')?.text;
    expect(leftOut).toEqual(['gallbladder']);
    expect(text).not.toContain('gallbladder');
    expect(text).toContain('bile ducts');
  });
});
