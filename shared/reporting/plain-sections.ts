import { entriesOf, entryTitle, ownFields, type Entry } from './entries.ts';
import type { ReportBody, ReportField, ReportSection, SectionRole } from './report.ts';

/** A section as a person reads it: one line a filled field, one an entry of a group, then the free text's lines. */
export interface PlainSection {
  readonly id: string;
  readonly title: string;
  readonly role: SectionRole;
  readonly lines: readonly string[];
}

const nameOf = ({ label }: ReportField): string => label.trim().replace(/\s*:$/, '');
/** A value in the words of its template, where it is one of a closed set. */
export const sayValue = ({ kind, value, options }: ReportField): string =>
  (kind === 'laterality' ? options?.find((option) => option.value === value)?.label : undefined) ?? value;

const measured = (field: ReportField): string =>
  field.unit === undefined ? sayValue(field).trim() : `${sayValue(field).trim()} ${field.unit}`;
export const fieldLine = (field: ReportField): string =>
  nameOf(field) === '' ? measured(field) : `${nameOf(field)}: ${measured(field)}`;

/** `Nodule 2: Size 6 mm, Side left`: one statement, whichever of its fields are filled. */
export function entryLine(entry: Entry): string {
  const parts = entry.fields
    .filter(isFilled)
    .map((field) => textLines(`${nameOf(field)} ${measured(field)}`.trim()).join(' '));
  return `${entryTitle(entry)}: ${parts.join(', ')}`;
}

const isFilled = ({ value }: ReportField): boolean => value.trim() !== '';

/** Line ends of every system become one kind; form feeds and other controls that printers act on are dropped. */
export const textLines = (text: string): string[] =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    // oxlint-disable-next-line no-control-regex -- control characters are what is removed here
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .trim()
    .split('\n')
    .map((line) => line.trimEnd());

function plainSection(section: ReportSection): PlainSection {
  const text = section.text.trim() === '' ? [] : textLines(section.text);
  const fields = ownFields(section)
    .filter(isFilled)
    .flatMap((field) => textLines(fieldLine(field)));
  const entries = entriesOf(section)
    .filter((entry) => entry.fields.some(isFilled))
    .map(entryLine);
  return { id: section.id, title: section.title, role: section.role, lines: [...fields, ...entries, ...text] };
}

/** Sections that say something, in the order of the report. */
export const plainSections = (body: ReportBody): PlainSection[] =>
  body.sections.map(plainSection).filter((section) => section.lines.length > 0);

/** Text of all sections of one role; empty when there is none. */
export const textOfRole = (body: ReportBody, role: SectionRole): string =>
  plainSections(body)
    .filter((section) => section.role === role)
    .map((section) => section.lines.join('\n'))
    .join('\n');
