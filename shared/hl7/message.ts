import { withoutControls } from '../kernel/control-characters.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { encodingCharacters, readDelimiters, STANDARD_DELIMITERS, type Delimiters } from './delimiters.ts';
import { escapeText, unescapeText } from './escape.ts';

/** Unescaped text of the subcomponents, first to last. Trailing empty parts are dropped at every level, so one value has one shape. */
export type Component = readonly string[];
export type Repetition = readonly Component[];
export type Field = readonly Repetition[];

export interface Segment {
  /** Three characters, e.g. `PID`. */
  readonly name: string;
  /** Field n of the standard stands at index n - 1; for MSH, MSH-1 and MSH-2 are kept as written. */
  readonly fields: readonly Field[];
}

export interface Hl7Message {
  readonly delimiters: Delimiters;
  readonly segments: readonly Segment[];
}

export interface Hl7Refusal {
  readonly code: 'empty' | 'no-header' | 'bad-delimiters' | 'several-messages';
  readonly reason: string;
}

/**
 * Reads the ER7 form. Segments end in CR; LF and CRLF are read too. A line that begins no segment belongs to the text of the one before:
 * senders forget to escape line ends.
 */
export function parseHl7(text: string): Result<Hl7Message, Hl7Refusal> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const header = lines[0];
  if (header === undefined) return err({ code: 'empty', reason: 'the message is empty' });
  if (!header.startsWith('MSH')) return err({ code: 'no-header', reason: 'the message does not begin with MSH' });
  const delimiters = readDelimiters(header);
  if (delimiters === undefined)
    return err({ code: 'bad-delimiters', reason: 'MSH-1 and MSH-2 do not name distinct delimiters' });
  const joined = joinContinuations(lines, delimiters.field);
  if (joined.slice(1).some((line) => line.startsWith(`MSH${delimiters.field}`)))
    return err({ code: 'several-messages', reason: 'more than one MSH segment in one message' });
  return ok({ delimiters, segments: joined.map((line) => parseSegment(line, delimiters)) });
}

function joinContinuations(lines: readonly string[], fieldMark: string): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const begins = /^[A-Z][A-Z0-9]{2}$/.test(line.slice(0, 3)) && (line.length === 3 || line[3] === fieldMark);
    if (begins || joined.length === 0) joined.push(line);
    else joined[joined.length - 1] += `\n${line}`;
  }
  return joined;
}

function parseSegment(line: string, by: Delimiters): Segment {
  const parts = line.split(by.field);
  const name = parts[0] ?? '';
  if (name !== 'MSH') return { name, fields: trimEnd(parts.slice(1).map((part) => parseField(part, by))) };
  const rest = parts.slice(2).map((part) => parseField(part, by));
  return { name, fields: trimEnd([[[[by.field]]], [[[parts[1] ?? '']]], ...rest]) };
}

function parseField(text: string, by: Delimiters): Field {
  if (text === '') return [];
  const repetitions = splitBy(text, by.repetition).map((repetition) =>
    trimEnd(
      splitBy(repetition, by.component).map((component) => {
        const texts = splitBy(component, by.subcomponent).map((part) => unescapeText(part, by));
        return trimTexts(texts);
      }),
    ),
  );
  return trimEnd(repetitions);
}

const splitBy = (text: string, mark: string): string[] => (mark === '' ? [text] : text.split(mark));

function trimEnd<Part extends readonly unknown[]>(parts: readonly Part[]): readonly Part[] {
  let length = parts.length;
  while (length > 0 && parts[length - 1]?.length === 0) length -= 1;
  return parts.slice(0, length);
}

function trimTexts(texts: readonly string[]): readonly string[] {
  let length = texts.length;
  while (length > 0 && texts[length - 1] === '') length -= 1;
  return texts.slice(0, length);
}

/** The ER7 form, each segment ended by CR. */
export function encodeHl7(message: Hl7Message): string {
  return message.segments.map((segment) => `${encodeSegment(segment, message.delimiters)}\r`).join('');
}

function encodeSegment({ name, fields }: Segment, by: Delimiters): string {
  if (name === 'MSH') {
    const rest = fields.slice(2).map((field) => encodeField(field, by));
    return [`MSH${by.field}${encodingCharacters(by)}`, ...rest].join(by.field);
  }
  return [name, ...fields.map((field) => encodeField(field, by))].join(by.field);
}

const encodeField = (field: Field, by: Delimiters): string =>
  field
    .map((repetition) =>
      repetition
        .map((component) => component.map((part) => escapeText(part, by)).join(by.subcomponent))
        .join(by.component),
    )
    .join(by.repetition);

/** What a field is written from: text, or components (each a text or its subcomponents). */
export type FieldInput = string | undefined | readonly (string | undefined | readonly string[])[];

/** Builds a segment from its fields, first to last; not for MSH, see `headerSegment`. */
export const segment = (name: string, ...inputs: readonly FieldInput[]): Segment => ({
  name,
  fields: trimEnd(inputs.map(fieldFrom)),
});

function fieldFrom(input: FieldInput): Field {
  if (input === undefined) return [];
  return trimEnd([repetitionFrom(input)]);
}

function repetitionFrom(input: string | readonly (string | undefined | readonly string[])[]): Repetition {
  const parts = typeof input === 'string' ? [input] : input;
  return trimEnd(parts.map((part) => trimTexts(typeof part === 'string' ? [part] : (part ?? []))));
}

/** MSH with MSH-3 onward given; MSH-1 and MSH-2 follow from the delimiters. */
export function headerSegment(inputs: readonly FieldInput[], by: Delimiters = STANDARD_DELIMITERS): Segment {
  const marks: readonly Field[] = [[[[by.field]]], [[[encodingCharacters(by)]]]];
  return { name: 'MSH', fields: trimEnd([...marks, ...inputs.map(fieldFrom)]) };
}

export const segmentsOf = (message: Hl7Message, name: string): readonly Segment[] =>
  message.segments.filter((each) => each.name === name);

export const firstSegment = (message: Hl7Message, name: string): Segment | undefined =>
  message.segments.find((each) => each.name === name);

/** Position of a value inside a segment, counted from 1 as in the standard. */
export interface Position {
  readonly component?: number;
  readonly subcomponent?: number;
  readonly repetition?: number;
}

/** Trimmed; control characters are blanks, as on a FHIR server: a number of nothing else is no number. Undefined when absent, empty or `""` (2.5.3: "delete what you hold"). */
function said(text: string | undefined): string | undefined {
  const clean = text === undefined ? undefined : withoutControls(text).trim();
  return clean === undefined || clean === '' || clean === '""' ? undefined : clean;
}

/** The text there, under the rules of `said`. */
export function valueAt(of: Segment | undefined, field: number, at: Position = {}): string | undefined {
  const component = of?.fields[field - 1]?.[(at.repetition ?? 1) - 1]?.[(at.component ?? 1) - 1];
  return said(component?.[(at.subcomponent ?? 1) - 1]);
}

export const repetitionsAt = (of: Segment | undefined, field: number): readonly Repetition[] =>
  of?.fields[field - 1] ?? [];

/** Text of component `n` (from 1) of a repetition, under the same rules as `valueAt`. */
export function componentAt(of: Repetition | undefined, n: number): string | undefined {
  return said(of?.[n - 1]?.[0]);
}

/** MSH-9 as `ORM^O01`; MSH-9.2 is missing in acknowledgements of old senders. */
export function messageType(message: Hl7Message): string {
  const header = firstSegment(message, 'MSH');
  return [valueAt(header, 9), valueAt(header, 9, { component: 2 })].filter((part) => part !== undefined).join('^');
}

/** MSH-10. */
export const controlId = (message: Hl7Message): string => valueAt(firstSegment(message, 'MSH'), 10) ?? '';
