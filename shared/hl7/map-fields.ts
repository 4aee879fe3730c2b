import type { Field, Hl7Message, Repetition, Segment } from './message.ts';

/** What a pattern may name in braces. */
export const FIELD_FACTS = [
  'accession',
  'mrn',
  'site',
  'siteName',
  'report',
  'version',
  'reader',
  'readerFamily',
  'readerGiven',
  'examCode',
  'examText',
  'modality',
  'study',
  'signedAt',
] as const;
export type FieldFact = (typeof FIELD_FACTS)[number];
export type FieldFacts = Readonly<Record<FieldFact, string>>;

interface FieldPosition {
  readonly segment: string;
  /** From 1, as in the standard. */
  readonly field: number;
  readonly component?: number;
}

/** The delimiters, what the message is and its stable id stay ours: a receiver could not answer a message without them. */
const FIXED = new Set(['MSH-1', 'MSH-2', 'MSH-9', 'MSH-10', 'MSH-12', 'MSH-18']);
const POSITION = /^([A-Z][A-Z0-9]{2})-([1-9]\d?)(?:\.([1-9]\d?))?$/;

/** `OBR-18` or `PID-3.4`. Undefined for what names no field, or one that is not to be mapped. */
export function fieldPosition(text: string): FieldPosition | undefined {
  const match = POSITION.exec(text);
  if (match === null) return undefined;
  const [, segment = '', field = '', component] = match;
  if (FIXED.has(`${segment}-${field}`)) return undefined;
  return { segment, field: Number(field), ...(component === undefined ? {} : { component: Number(component) }) };
}

/** Placeholders of a pattern that are no facts of ours. */
export const unknownFacts = (pattern: string): string[] =>
  [...pattern.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !FIELD_FACTS.some((fact) => fact === name));

const fill = (pattern: string, facts: FieldFacts): string =>
  pattern.replace(/\{([^{}]*)\}/g, (whole, name: string) => (name in facts ? facts[name as FieldFact] : whole));

/** Components of a pattern; what a fact holds is text and never structure. */
const fieldFrom = (pattern: string, facts: FieldFacts): Repetition =>
  pattern.split('^').map((part) => [fill(part, facts)]);

/** The message with a site's own fields in place of ours, in every segment of that name; a segment that is not there is added at the end. */
export function mapFields(
  message: Hl7Message,
  fields: Readonly<Record<string, string>>,
  facts: FieldFacts,
): Hl7Message {
  let { segments } = message;
  for (const [position, pattern] of Object.entries(fields)) {
    const at = fieldPosition(position);
    if (at === undefined) continue;
    const isThere = segments.some(({ name }) => name === at.segment);
    const all: readonly Segment[] = isThere ? segments : [...segments, { name: at.segment, fields: [] }];
    segments = all.map((segment) => (segment.name === at.segment ? withField(segment, at, pattern, facts) : segment));
  }
  return { ...message, segments };
}

function withField(segment: Segment, at: FieldPosition, pattern: string, facts: FieldFacts): Segment {
  const fields: Field[] = Array.from(
    { length: Math.max(segment.fields.length, at.field) },
    (_, index) => segment.fields[index] ?? [],
  );
  fields[at.field - 1] =
    at.component === undefined
      ? pattern === ''
        ? []
        : [fieldFrom(pattern, facts)]
      : [withComponent(fields[at.field - 1]?.[0] ?? [], at.component, fill(pattern, facts))];
  return { ...segment, fields };
}

function withComponent(repetition: Repetition, component: number, text: string): Repetition {
  return Array.from({ length: Math.max(repetition.length, component) }, (_, index) =>
    index === component - 1 ? [text] : (repetition[index] ?? []),
  );
}

/** OBX-3 as the site knows it. */
export function mapCode(components: readonly string[], codes: Readonly<Record<string, string>>): readonly string[] {
  const mapped = codes[components[0] ?? ''];
  return mapped === undefined ? components : mapped.split('^');
}
