import { lateralityCode } from '#shared/reporting/laterality-value.ts';
import { escapeHtml } from '#shared/reporting/render-html.ts';
import {
  allFields,
  type FieldCode,
  type FieldOption,
  type SectionRole,
  type Template,
  type TemplateField,
  type TemplateGroup,
  type TemplateSection,
} from '#shared/reporting/report.ts';
import { REPEATED } from './template-sections.ts';

/** Who gives the file out, and when: MRRT asks for both. */
export interface MrrtImprint {
  readonly creator: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** LOINC names of the sections every reader of templates knows (DOMAIN 7). */
const ROLE_CODES: Readonly<Partial<Record<SectionRole, FieldCode>>> = {
  indication: { value: '55752-0', scheme: 'LOINC', meaning: 'Clinical information' },
  technique: { value: '55111-9', scheme: 'LOINC', meaning: 'Current imaging procedure descriptions' },
  comparison: { value: '18834-2', scheme: 'LOINC', meaning: 'Radiology Comparison study' },
  findings: { value: '59776-5', scheme: 'LOINC', meaning: 'Procedure findings' },
  impression: { value: '19005-8', scheme: 'LOINC', meaning: 'Radiology Imaging study Impression' },
};

/** A template as an MRRT file (IHE RAD TF-3 4.105) that `parseMrrt` reads back as the same template, without a complaint. */
export function writeMrrt(template: Template, imprint: MrrtImprint): string {
  return `${[
    '<!doctype html>',
    `<html lang="${escapeHtml(template.language)}">`,
    '  <head>',
    '    <meta charset="utf-8" />',
    `    <title>${escapeHtml(template.title)}</title>`,
    ...metaOf(template, imprint).map(
      ([name, content]) => `    <meta name="${name}" content="${escapeHtml(content)}" />`,
    ),
    '    <script type="text/xml">',
    ...attributesOf(template).map((line) => `      ${line}`),
    '    </script>',
    '  </head>',
    '  <body>',
    ...template.sections.flatMap(sectionLines).map((line) => `    ${line}`),
    '  </body>',
    '</html>',
  ].join('\n')}\n`;
}

const metaOf = (template: Template, { creator, date }: MrrtImprint): readonly (readonly [string, string])[] => [
  ['dcterms.title', template.title],
  ['dcterms.identifier', template.id],
  ['dcterms.description', template.title],
  ['dcterms.type', 'IMAGE_REPORT_TEMPLATE'],
  ['dcterms.language', template.language],
  ['dcterms.publisher', creator],
  ['dcterms.creator', creator],
  ['dcterms.date', date],
  ...listMeta('overread.modality', template.modalities),
  ...listMeta('overread.body-part', template.bodyParts),
  ...(template.contrast === undefined ? [] : [['overread.contrast', template.contrast ? 'yes' : 'no'] as const]),
];

const listMeta = (name: string, values: readonly string[]): readonly (readonly [string, string])[] =>
  values.length === 0 ? [] : [[name, values.join(', ')]];

function attributesOf({ sections }: Template): string[] {
  const entries = sections.flatMap((section) => [
    ...(ROLE_CODES[section.role] === undefined ? [] : [entry(section.id, [ROLE_CODES[section.role]!])]),
    ...allFields(section).flatMap(fieldEntries),
  ]);
  return [
    '<template_attributes>',
    '  <top-level-flag>true</top-level-flag>',
    '  <status>ACTIVE</status>',
    '  <coded_content>',
    ...entries.map((line) => `    ${line}`),
    '  </coded_content>',
    '</template_attributes>',
  ];
}

/** Of the field, and of those of its options that have codes: by their ids. */
const fieldEntries = (field: TemplateField): string[] =>
  [[field.id, field.codes ?? []] as const, ...optionCodes(field)].flatMap(([id, codes]) =>
    codes.length === 0 ? [] : [entry(id, codes)],
  );

const optionId = (field: TemplateField, at: number): string => `${field.id}-option-${at}`;
const optionCodes = (field: TemplateField) =>
  (field.options ?? []).map((option, at) => [optionId(field, at), codesOfOption(field, option)] as const);

function codesOfOption({ kind }: TemplateField, { value, codes = [] }: FieldOption): readonly FieldCode[] {
  const side = kind === 'laterality' ? lateralityCode(value) : undefined;
  return side === undefined ? codes : [side];
}

const entry = (element: string, codes: readonly FieldCode[]): string => {
  const terms = codes.map(
    ({ value, scheme, meaning }) =>
      `<term><code meaning="${escapeHtml(meaning)}" value="${escapeHtml(value)}" scheme="${escapeHtml(scheme)}" /></term>`,
  );
  return `<entry ORIGTXT="${escapeHtml(element)}">${terms.join('')}</entry>`;
};

/** Its fields, its groups, and last the free text: the one area that bears the section's own name. */
function sectionLines({ id, title, fields, groups = [], defaultText }: TemplateSection): string[] {
  return [
    `<section id="${escapeHtml(id)}" data-section-name="${escapeHtml(title)}">`,
    `  <header class="level1">${escapeHtml(title)}</header>`,
    ...fields.map((field) => `  ${fieldLine(field)}`),
    ...groups.flatMap(groupLines).map((line) => `  ${line}`),
    `  <p>${area(`${id}-text`, title, defaultText)}</p>`,
    '</section>',
  ];
}

const groupLines = (group: TemplateGroup): string[] => [
  `<section id="${escapeHtml(group.id)}" data-section-name="${escapeHtml(group.label)}" ${REPEATED}="true">`,
  ...group.fields.map((field) => `  ${fieldLine(field)}`),
  '</section>',
];

const fieldLine = (field: TemplateField): string => `<p>${label(field)}${control(field)}</p>`;

const label = ({ id, label: text }: TemplateField): string =>
  `<label for="${escapeHtml(id)}">${escapeHtml(text)}</label> `;

const area = (id: string, name: string, text: string): string =>
  `<textarea data-field-type="TEXTAREA" id="${escapeHtml(id)}" name="${escapeHtml(name)}">${escapeHtml(text)}</textarea>`;

function control(field: TemplateField): string {
  const { id, kind, unit, min, max, required, defaultValue } = field;
  const named = `id="${escapeHtml(id)}" name="${escapeHtml(id)}"${required ? ' required' : ''}`;
  if (kind === 'choice' || kind === 'laterality')
    return `<select data-field-type="SELECTION_LIST" ${named}>${options(field)}</select>`;
  if (kind === 'number') {
    const stated = [
      ...(unit === undefined ? [] : [` data-field-units="${escapeHtml(unit)}"`]),
      ...(min === undefined ? [] : [` min="${min}"`]),
      ...(max === undefined ? [] : [` max="${max}"`]),
    ].join('');
    return `<input type="number" data-field-type="NUMBER" ${named}${stated} step="any" value="${escapeHtml(defaultValue)}" />`;
  }
  if (kind === 'date')
    return `<input type="date" data-field-type="DATE" ${named} value="${escapeHtml(defaultValue)}" />`;
  if (/[\r\n]/.test(defaultValue))
    return `<textarea data-field-type="TEXTAREA" id="${escapeHtml(id)}" name="${escapeHtml(id)}-lines"${required ? ' required' : ''}>${escapeHtml(defaultValue)}</textarea>`;
  return `<input type="text" data-field-type="TEXT" ${named} value="${escapeHtml(defaultValue)}" />`;
}

function options(field: TemplateField): string {
  const { options: all = [], defaultValue } = field;
  const chosen = all.findIndex(({ value }) => value === defaultValue);
  return all
    .map(
      (option, at) =>
        `<option${codesOfOption(field, option).length === 0 ? '' : ` id="${escapeHtml(optionId(field, at))}"`} value="${escapeHtml(option.value)}"${at === chosen && at > 0 ? ' selected' : ''}>${escapeHtml(option.label)}</option>`,
    )
    .join('');
}
