import type { Reference } from 'fhir/r4';

import { fromIso, toIso, type EpochMs } from '../kernel/clock.ts';
import { withoutControls } from '../kernel/control-characters.ts';

/** FHIR `string`: no control characters but tab, CR and LF, and never only white space (R4 2.24.0.1). Undefined when nothing is left. */
export function fhirString(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = withoutControls(text);
  return clean.trim() === '' ? undefined : clean;
}

/** FHIR `code`: no leading, trailing or repeated white space. */
export const fhirCode = (text: string | undefined): string | undefined => fhirString(text)?.trim().replace(/\s+/g, ' ');

/** FHIR `uri`: no white space at all. */
export const fhirUri = (text: string | undefined): string | undefined => fhirString(text)?.replace(/\s+/g, '');

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** FHIR `instant` and `dateTime` have four-digit years. Undefined outside of them. */
export const fhirInstant = (at: EpochMs | undefined): string | undefined =>
  at !== undefined && at >= FIRST_INSTANT && at <= LAST_INSTANT ? toIso(at) : undefined;

/** `Type/id`; an `urn:uuid:` of the same transaction stays as it is. */
export const referenceTo = (type: string, id: string): string => (id.startsWith('urn:') ? id : `${type}/${id}`);

/** The logical id in a reference, relative, absolute or versioned; undefined for another type. */
export function idInReference(reference: unknown, type: string): string | undefined {
  const text = textOf(recordOf(reference)['reference']);
  if (text === undefined) return undefined;
  if (text.startsWith('urn:')) return text;
  const parts = text.split('/_history/')[0]?.split('/') ?? [];
  return parts.at(-2) === type ? textOf(parts.at(-1)) : undefined;
}

export const referenceWith = (reference: string, display: string | undefined): Reference => {
  const text = fhirString(display);
  return { reference, ...(text === undefined ? {} : { display: text }) };
};

/** The object as such, or an empty one: what other systems send may be anything. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A string with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

export const instantOf = (value: unknown): EpochMs | undefined => fromIso(textOf(value));
