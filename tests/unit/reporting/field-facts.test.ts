import { describe, expect, it } from 'vitest';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import { reportObservations } from '#shared/fhir/report-observations.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';
import { startReport, type ReportBody } from '#shared/reporting/report.ts';
import { stampChanges } from '#shared/reporting/stamp-changes.ts';
import { sampleBody, sampleReport } from './sample-report.ts';

const AT = 1_000 as EpochMs;

describe('the time of a value', () => {
  const changed = (
    change: (section: ReportBody['sections'][number]) => ReportBody['sections'][number],
  ): ReportBody => ({
    ...sampleBody,
    sections: sampleBody.sections.map((section) => (section.role === 'findings' ? change(section) : section)),
  });

  it('is that of the change which made it another, and of no value beside it', () => {
    const after = changed((section) => ({
      ...section,
      fields: section.fields.map((field, at) => (at === 0 ? { ...field, value: '3', source: 'dictated' } : field)),
    }));
    const stamped = stampChanges(sampleBody, after, AT);
    expect(stamped.sections.flatMap(({ fields, textAt }) => [textAt, ...fields.map(({ at }) => at)])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      AT,
      undefined,
      undefined,
    ]);
    expect(stamped.sections[0]).toBe(sampleBody.sections[0]);
  });

  it('is kept by text as by fields, and not given to what nobody has touched', () => {
    const typed = stampChanges(
      sampleBody,
      changed((section) => ({ ...section, text: 'New.' })),
      AT,
    );
    expect(typed.sections.map(({ textAt }) => textAt)).toEqual([undefined, undefined, undefined, AT, undefined]);
    const fresh = changed((section) => ({ ...section, text: 'Default.', textSource: 'default' }));
    expect(stampChanges(sampleBody, fresh, AT).sections[3]?.textAt).toBeUndefined();
    expect(stampChanges(sampleBody, sampleBody, AT)).toBe(sampleBody);
  });
});

describe('the codes of a template', () => {
  it('go with the field into the report, and into its observation under the system of their scheme', () => {
    const { template } = parseMrrt(`<!doctype html><html><head><meta charset="utf-8"><title>CT</title>
      <script type="text/xml"><template_attributes><coded_content>
        <entry ORIGTXT="shift"><term><code meaning="midline shift" value="RID4957" scheme="RADLEX"/></term></entry>
        <entry ORIGTXT="shift"><term><code meaning="Midline shift" value="297258002" scheme="SNOMEDCT"/></term></entry>
        <entry ORIGTXT="other"><term><code meaning="x" value="1" scheme="LOINC"/></term></entry>
      </coded_content></template_attributes></script></head><body>
      <section id="f" data-section-name="Findings"><label for="shift">Midline shift</label>
        <input id="shift" type="number" data-field-units="mm" value="4"></section></body></html>`);
    if (template === undefined) throw new Error('not read');
    const body = startReport(template);
    expect(body.sections[0]?.fields[0]?.codes?.map(({ value }) => value)).toEqual(['RID4957', '297258002']);
    const [observation] = reportObservations(sampleReport({ body }), undefined);
    expect(observation?.resource.code).toEqual({
      coding: [
        { system: 'http://radlex.org', code: 'RID4957', display: 'midline shift' },
        { system: 'http://snomed.info/sct', code: '297258002', display: 'Midline shift' },
      ],
      text: 'Midline shift',
    });
  });
});
