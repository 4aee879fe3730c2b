import type { DicomJson, DicomJsonElement } from '#shared/dicom/dicom-json.ts';

/** Typed reading of the DICOM JSON Model (PS3.18 annex F). An absent or empty attribute is undefined, never a default. */
function values(data: DicomJson, tag: string): readonly unknown[] {
  return data[tag]?.Value ?? [];
}

const asNumber = (value: unknown): number | undefined => {
  // F.2.3.1: IS and DS may come as number or as string.
  const parsed = typeof value === 'number' ? value : typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
};

export function text(data: DicomJson, tag: string): string | undefined {
  const first = values(data, tag)[0];
  const said = typeof first === 'number' ? String(first) : typeof first === 'string' ? first.trim() : '';
  return said === '' ? undefined : said;
}

export const texts = (data: DicomJson, tag: string): string[] =>
  values(data, tag).flatMap((value) => (typeof value === 'string' ? [value.trim()] : []));

export const number = (data: DicomJson, tag: string): number | undefined => asNumber(values(data, tag)[0]);

/** All values as numbers, or none of them: half a position is no position. */
export function numbers(data: DicomJson, tag: string): number[] {
  const all = values(data, tag).map(asNumber);
  return all.every((value) => value !== undefined) ? all : [];
}

export const items = (data: DicomJson, tag: string): DicomJson[] =>
  values(data, tag).flatMap((value) => (typeof value === 'object' && value !== null ? [value as DicomJson] : []));

export const element = (data: DicomJson, tag: string): DicomJsonElement | undefined => data[tag];

/** The alphabetic representation as shown: `Doe^Jane` becomes `DOE, Jane` (PS3.5 6.2.1.1). */
export function personName(data: DicomJson, tag: string): string | undefined {
  const first = values(data, tag)[0];
  const groups = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : undefined;
  const raw = groups ? (groups['Alphabetic'] ?? groups['Ideographic'] ?? groups['Phonetic']) : first;
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = raw
    .split('=')[0]!
    .split('^')
    .map((part) => part.trim());
  const rest = [prefix, given, middle, suffix].filter((part) => part !== '').join(' ');
  return rest === '' ? family : `${family.toUpperCase()}, ${rest}`;
}
