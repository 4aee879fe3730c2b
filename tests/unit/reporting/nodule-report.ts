import { addEntry } from '#shared/reporting/entries.ts';
import { LATERALITIES } from '#shared/reporting/laterality-value.ts';
import { startReport, type ReportBody, type Template } from '#shared/reporting/report.ts';

const GROUP = {
  id: 'nodules',
  label: 'Nodule',
  fields: [
    {
      id: 'size',
      label: 'Size',
      kind: 'number',
      unit: 'mm',
      min: 1,
      max: 100,
      required: true,
      defaultValue: '',
      codes: [{ value: '410668003', scheme: 'SNOMEDCT', meaning: 'Length' }],
    },
    {
      id: 'side',
      label: 'Side',
      kind: 'laterality',
      options: [{ value: '', label: '' }, ...LATERALITIES.map(({ value, label }) => ({ value, label }))],
      required: false,
      defaultValue: '',
      codes: [{ value: '272741003', scheme: 'SNOMEDCT', meaning: 'Laterality' }],
    },
    {
      id: 'type',
      label: 'Type',
      kind: 'choice',
      options: [
        { value: 'solid', label: 'solid', codes: [{ value: 'RID5741', scheme: 'RADLEX', meaning: 'solid' }] },
        { value: 'part-solid', label: 'part-solid' },
      ],
      required: false,
      defaultValue: 'solid',
    },
    { id: 'since', label: 'Known since', kind: 'date', required: false, defaultValue: '' },
  ],
} as const satisfies NonNullable<Template['sections'][number]['groups']>[number];

/** A template with a date, and a group with a number, a side, a choice and a date. */
export const NODULE_TEMPLATE: Template = {
  id: 'urn:test:nodules',
  title: 'Nodules',
  language: 'en',
  modalities: ['CT'],
  bodyParts: ['CHEST'],
  sections: [
    {
      id: 'comparison',
      title: 'Comparison',
      role: 'comparison',
      fields: [{ id: 'compared', label: 'Compared with', kind: 'date', required: false, defaultValue: '' }],
      defaultText: '',
    },
    { id: 'findings', title: 'Findings', role: 'findings', fields: [], groups: [GROUP], defaultText: '' },
    { id: 'impression', title: 'Impression', role: 'impression', fields: [], defaultText: '' },
  ],
};

export const fillField =
  (fieldId: string, value: string) =>
  (body: ReportBody): ReportBody => ({
    ...body,
    sections: body.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) => (field.id === fieldId ? { ...field, value, source: 'typed' } : field)),
    })),
  });

const write =
  (sectionId: string, text: string) =>
  (body: ReportBody): ReportBody => ({
    ...body,
    sections: body.sections.map((section) =>
      section.id === sectionId ? { ...section, text, textSource: 'typed' } : section,
    ),
  });

export const twoNodules: ReportBody = [
  addEntry('findings', GROUP),
  addEntry('findings', GROUP),
  fillField('nodules-1-size', '12'),
  fillField('nodules-1-side', 'left'),
  fillField('nodules-1-since', '2023-11'),
  fillField('nodules-2-size', '4'),
  fillField('nodules-2-side', 'right'),
  fillField('nodules-2-type', 'part-solid'),
  write('findings', 'No effusion.'),
  write('impression', 'Two nodules.'),
].reduce((body, change) => change(body), startReport(NODULE_TEMPLATE));
