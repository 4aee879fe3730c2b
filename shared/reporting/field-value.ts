import { lateralityCode } from './laterality-value.ts';
import { isPartialDate } from './partial-date.ts';
import { sayValue } from './plain-sections.ts';
import type { FieldCode, ReportField } from './report.ts';

/** What a filled field says, as data. */
export type FieldValue =
  | { readonly kind: 'quantity'; readonly value: string; readonly unit: string }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'coded'; readonly codes: readonly FieldCode[]; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** Undefined for an empty field. A number has a point and no sign but its minus. */
export function fieldValue(field: ReportField): FieldValue | undefined {
  const text = sayValue(field).trim();
  if (text === '') return undefined;
  if (field.kind === 'date' && isPartialDate(text)) return { kind: 'date', date: text };
  const side = field.kind === 'laterality' ? lateralityCode(field.value) : undefined;
  const codes = side === undefined ? field.options?.find(({ value }) => value === field.value)?.codes : [side];
  if (codes !== undefined && codes.length > 0) return { kind: 'coded', codes, text };
  const number = text.replace(',', '.');
  return field.unit !== undefined && field.unit.trim() !== '' && /^[+-]?\d+(?:\.\d+)?$/.test(number)
    ? { kind: 'quantity', value: number.replace(/^\+/, ''), unit: field.unit.trim() }
    : { kind: 'text', text };
}

/** A field whose value another program can do something with: its own meaning is coded, or its value is. */
export const isStructured = (field: ReportField): boolean =>
  field.kind !== undefined || field.entry !== undefined || field.codes !== undefined || field.options !== undefined;

/** Coding schemes that templates use, by their designators in DICOM (PS3.16 table 8-1), which HL7 v2 shares (table 0396). */
export type CodingScheme = 'RADLEX' | 'SCT' | 'LN' | 'DCM' | 'RADELEMENT';

/** As templates write them, by letters alone. */
const SCHEMES: Readonly<Record<string, CodingScheme>> = {
  RADLEX: 'RADLEX',
  SNOMED: 'SCT',
  SNOMEDCT: 'SCT',
  SCT: 'SCT',
  LOINC: 'LN',
  LN: 'LN',
  DCM: 'DCM',
  RADELEMENT: 'RADELEMENT',
};

export interface KnownCode {
  readonly scheme: CodingScheme;
  readonly value: string;
  readonly meaning: string;
}

/** Codes of schemes that receivers can know. */
export const knownCodes = (codes: readonly FieldCode[] = []): KnownCode[] =>
  codes.flatMap(({ value, scheme, meaning }) => {
    const known = SCHEMES[scheme.toUpperCase().replace(/[^A-Z]/g, '')];
    return known === undefined || value.trim() === '' ? [] : [{ scheme: known, value: value.trim(), meaning }];
  });
