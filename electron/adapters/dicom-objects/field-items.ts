import { createHash } from 'node:crypto';

import { entriesOf, entryTitle, ownFields } from '#shared/reporting/entries.ts';
import { fieldValue, isStructured, knownCodes } from '#shared/reporting/field-value.ts';
import type { FieldCode, ReportField, ReportSection } from '#shared/reporting/report.ts';
import { codedItem, containerItem, dateItem, textItem, type Code, type Content } from './content-items.ts';
import { clipped } from './study-elements.ts';

export const OURS = '99OVERREAD';

/** Code Value has at most 16 characters (PS3.5 6.2, SH); a longer code is none here. */
const LONGEST_CODE = 16;

function standardCode(codes: readonly FieldCode[] | undefined): Code | undefined {
  const [code] = knownCodes(codes).filter(({ value }) => value.length <= LONGEST_CODE);
  return code && [code.value, code.scheme, clipped(code.meaning.trim(), 64) || code.value];
}

/** A code of our own, which follows from the words it stands for. */
const ownCode = (words: string): Code => [
  createHash('sha256').update(words.trim().toLowerCase()).digest('hex').slice(0, LONGEST_CODE),
  OURS,
  clipped(words.trim() === '' ? 'Measurement' : words.trim(), 64),
];

/** What a field means: by the code its template gives it, else by its label. */
export const conceptOf = ({ label, codes }: Pick<ReportField, 'label' | 'codes'>): Code =>
  standardCode(codes) ?? ownCode(label);

/** Basic Text SR holds no numbers (PS3.3 A.35.1.3): they are text here, and numbers among the measurements. */
function fieldItem(field: ReportField): Content | undefined {
  const said = fieldValue(field);
  if (said === undefined) return undefined;
  const name = conceptOf(field);
  switch (said.kind) {
    case 'quantity':
      return textItem(name, `${said.value} ${said.unit}`);
    case 'date':
      // A month or a year alone is no DA (PS3.5 6.2).
      return said.date.length === 10 ? dateItem(name, said.date.replaceAll('-', '')) : textItem(name, said.date);
    case 'coded': {
      const value = standardCode(said.codes);
      return value === undefined ? textItem(name, said.text) : codedItem(name, value);
    }
    case 'text':
      return textItem(name, said.text);
  }
}

type Contained = readonly ['CONTAINS', Content];
const itemsOf = (fields: readonly ReportField[]): Contained[] =>
  fields.flatMap((field) => {
    const item = fieldItem(field);
    return item === undefined ? [] : [['CONTAINS', item] as const];
  });

/** The structured fields of a section, and its entries as containers in their order; what is only words stands in its text. */
export function structuredItems(section: ReportSection): Contained[] {
  const entries = entriesOf(section).flatMap((entry): Contained[] => {
    const items = itemsOf(entry.fields);
    return items.length === 0
      ? []
      : [['CONTAINS', containerItem(ownCode(entry.label), [['CONTAINS', entryName(entryTitle(entry))], ...items])]];
  });
  return [...itemsOf(ownFields(section).filter(isStructured)), ...entries];
}

const entryName = (title: string): Content => textItem(['112039', 'DCM', 'Tracking Identifier'], title);
