import { entriesOf, ownFields } from '../reporting/entries.ts';
import { fieldValue, isStructured, knownCodes, type FieldValue } from '../reporting/field-value.ts';
import type { FieldCode, ReportBody, ReportField } from '../reporting/report.ts';
import { ucumOf } from '../reporting/ucum.ts';
import type { OruFormat } from './oru-format.ts';
import type { OruObservation } from './oru-observations.ts';

/** CWE.1-6: a code with its meaning and system, and where there is a second one its alternate. */
const coded = (codes: readonly FieldCode[]): readonly string[] =>
  knownCodes(codes)
    .slice(0, 2)
    .flatMap(({ value, meaning, scheme }) => [value, meaning.trim(), scheme]);

/** OBX-3: the template's codes, else its own id as a local one. */
function identifierOf(field: ReportField): readonly string[] {
  const known = coded(field.codes ?? []);
  return known.length > 0 ? known : [field.entry?.fieldId ?? field.id, field.label.trim(), 'L'];
}

function valueOf(said: FieldValue, { version }: OruFormat): Pick<OruObservation, 'type' | 'value' | 'units'> {
  switch (said.kind) {
    case 'quantity':
      return { type: 'NM', value: said.value, units: [...ucumOf(said.unit), 'UCUM'] };
    case 'date':
      // DT may stop at the year or the month (HL7 v2.5.1, 2.A.21).
      return { type: 'DT', value: said.date.replaceAll('-', '') };
    case 'coded':
      // CWE came with 2.5.
      return { type: version === '2.3.1' ? 'CE' : 'CWE', value: withWords(coded(said.codes), said.text) };
    case 'text':
      return { type: 'ST', value: said.text };
  }
}

const withWords = (codes: readonly string[], text: string): readonly string[] =>
  codes.length === 0 ? ['', text] : codes;

/**
 * What the report holds as data, an OBX for each. OBX-4 is `group.entry` for a field of an entry (`1.2`: the second of the first group), by which
 * its OBX belong together; else it counts those of one identifier.
 */
export function structuredObservations({ sections }: ReportBody, format: OruFormat): OruObservation[] {
  const observations: OruObservation[] = [];
  const add = (field: ReportField, subId: (id: readonly string[]) => string): void => {
    const said = fieldValue(field);
    const id = identifierOf(field);
    if (said !== undefined) observations.push({ id, subId: subId(id), abnormal: '', ...valueOf(said, format) });
  };
  for (const section of sections)
    for (const field of ownFields(section).filter(isStructured))
      add(field, ([code, , system]) =>
        String(1 + observations.filter(({ id }) => id[0] === code && id[2] === system).length),
      );
  const groups: string[] = [];
  for (const section of sections)
    for (const { groupId, number, fields } of entriesOf(section)) {
      const group = `${section.id} ${groupId}`;
      if (!groups.includes(group)) groups.push(group);
      for (const field of fields) add(field, () => `${groups.indexOf(group) + 1}.${number}`);
    }
  return observations;
}
