import { describe, expect, it } from 'vitest';

import { reportObservations } from '#shared/fhir/report-observations.ts';
import { parseHl7, segmentsOf, valueAt } from '#shared/hl7/message.ts';
import { oruFromReport } from '#shared/hl7/oru-from-report.ts';
import { USUAL_ORU_FORMAT, type OruFormat } from '#shared/hl7/oru-format.ts';
import { renderHtml } from '#shared/reporting/render-html.ts';
import { renderText } from '#shared/reporting/render-text.ts';
import { startReport, type ReportBody } from '#shared/reporting/report.ts';
import { fillField, NODULE_TEMPLATE, twoNodules } from './nodule-report.ts';
import { sampleReport } from './sample-report.ts';

const body: ReportBody = fillField('compared', '2023-11-02')(twoNodules);
const signed = sampleReport({ body });

const SIDE = { system: 'http://snomed.info/sct', code: '272741003', display: 'Laterality' };

describe('dates, sides and entries of a signed report', () => {
  it('are lines of its text, an entry one', () => {
    expect(renderText(signed)).toContain(`COMPARISON
Compared with: 2023-11-02

FINDINGS
Nodule 1: Size 12 mm, Side left, Type solid, Known since 2023-11
Nodule 2: Size 4 mm, Side right, Type part-solid
No effusion.

IMPRESSION
Two nodules.
`);
  });

  it('are lines of its HTML', () => {
    expect(renderHtml(signed)).toContain(
      '<p>Nodule 1: Size 12 mm, Side left, Type solid, Known since 2023-11<br/>Nodule 2: Size 4 mm, Side right, Type part-solid<br/>No effusion.</p>',
    );
  });

  it('say a side in the words of its template, and mean the same code', () => {
    const side = {
      id: 'seite',
      label: 'Seite',
      kind: 'laterality',
      options: [{ value: 'left', label: 'links' }],
      required: false,
      defaultValue: 'left',
    } as const;
    const sections = NODULE_TEMPLATE.sections.map((each) => ({ ...each, fields: [...each.fields, side] }));
    const german = sampleReport({ body: startReport({ ...NODULE_TEMPLATE, sections: sections.slice(0, 1) }) });
    expect(renderText(german)).toContain('Seite: links');
    expect(reportObservations(german, undefined)[0]?.resource.valueCodeableConcept).toEqual({
      coding: [{ system: 'http://snomed.info/sct', code: '7771000', display: 'Left' }],
      text: 'links',
    });
  });

  it('are observations: a date, and an entry with its fields as components', () => {
    const [compared, first, second, ...rest] = reportObservations(signed, undefined).map(({ resource }) => resource);
    expect(rest).toEqual([]);
    expect(compared).toMatchObject({ code: { text: 'Compared with' }, valueDateTime: '2023-11-02' });
    expect(first?.identifier?.[0]?.value).toBe(`${signed.reportUuid}/findings/nodules/1`);
    expect(first?.code).toEqual({ text: 'Nodule 1' });
    expect(first?.component).toEqual([
      {
        code: {
          coding: [{ system: 'http://snomed.info/sct', code: '410668003', display: 'Length' }],
          text: 'Size',
        },
        valueQuantity: { value: 12, unit: 'mm' },
      },
      {
        code: { coding: [SIDE], text: 'Side' },
        valueCodeableConcept: {
          coding: [{ system: 'http://snomed.info/sct', code: '7771000', display: 'Left' }],
          text: 'left',
        },
      },
      {
        code: { text: 'Type' },
        valueCodeableConcept: {
          coding: [{ system: 'http://radlex.org', code: 'RID5741', display: 'solid' }],
          text: 'solid',
        },
      },
      { code: { text: 'Known since' }, valueDateTime: '2023-11' },
    ]);
    expect(second?.component?.map(({ code }) => code.text)).toEqual(['Size', 'Side', 'Type']);
    expect(second?.component?.[2]?.valueString).toBe('part-solid');
  });
});

describe('an ORU', () => {
  const structured = (format: Partial<OruFormat> = {}, report = signed) => {
    const parsed = parseHl7(
      oruFromReport({ signed: report, channelIndex: 0, format: { ...USUAL_ORU_FORMAT, ...format } }),
    );
    if (!parsed.ok) throw new Error(parsed.error.reason);
    const parts = (segment: Parameters<typeof valueAt>[0], field: number): string =>
      [1, 2, 3, 4, 5, 6]
        .map((component) => valueAt(segment, field, { component }) ?? '')
        .join('^')
        .replace(/\^+$/, '');
    return segmentsOf(parsed.value, 'OBX')
      .filter((each) => !['ST', 'FT', 'TX', 'ED'].includes(valueAt(each, 2) ?? '') || parts(each, 4).includes('.'))
      .map((each) => [2, 3, 4, 5, 6].map((field) => parts(each, field)).join('|'));
  };

  it('carries each as an OBX under its own code, an entry by OBX-4', () => {
    expect(structured()).toEqual([
      'DT|compared^Compared with^L|1|20231102|',
      'NM|410668003^Length^SCT|1.1|12|mm^mm^UCUM',
      'CWE|272741003^Laterality^SCT|1.1|7771000^Left^SCT|',
      'CWE|type^Type^L|1.1|RID5741^solid^RADLEX|',
      'DT|since^Known since^L|1.1|202311|',
      'NM|410668003^Length^SCT|1.2|4|mm^mm^UCUM',
      'CWE|272741003^Laterality^SCT|1.2|24028007^Right^SCT|',
      'ST|type^Type^L|1.2|part-solid|',
    ]);
  });

  it('has them only in the text where the site wants that, or nothing but the print', () => {
    expect(structured({ values: 'in-text' })).toEqual([]);
    expect(structured({ content: 'pdf' })).toEqual([]);
  });

  it('of 2.3.1 knows no CWE', () => {
    expect(structured({ version: '2.3.1' }).filter((each) => each.startsWith('C'))[0]).toBe(
      'CE|272741003^Laterality^SCT|1.1|7771000^Left^SCT|',
    );
  });

  it('tells fields of one code apart, and calls a date that is none what it is', () => {
    const [comparison, ...others] = body.sections;
    if (comparison === undefined) throw new Error('no section');
    const [field] = comparison.fields;
    if (field === undefined) throw new Error('no field');
    const twice = {
      ...comparison,
      fields: [
        { ...field, codes: [{ value: '77777-7', scheme: 'LOINC', meaning: 'Day' }] },
        { ...field, id: 'second', value: '2019', codes: [{ value: '77777-7', scheme: 'LOINC', meaning: 'Day' }] },
      ],
    };
    const found = structured({}, sampleReport({ body: { ...body, sections: [twice, ...others] } }));
    expect(found.slice(0, 2)).toEqual(['DT|77777-7^Day^LN|1|20231102|', 'DT|77777-7^Day^LN|2|2019|']);
    const unread = fillField('nodules-1-since', 'autumn')(body);
    expect(structured({}, sampleReport({ body: unread }))).toContain('ST|since^Known since^L|1.1|autumn|');
  });
});
