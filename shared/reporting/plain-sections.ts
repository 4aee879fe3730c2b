import type { ReportBody, ReportField, ReportSection, SectionRole } from './report.ts';

/** A section as a person reads it: one line a filled field, then the free text's lines. */
export interface PlainSection {
  readonly id: string;
  readonly title: string;
  readonly role: SectionRole;
  readonly lines: readonly string[];
}

const fieldLine = ({ label, value, unit }: ReportField): string => {
  const name = label.trim().replace(/\s*:$/, '');
  const measured = unit === undefined ? value.trim() : `${value.trim()} ${unit}`;
  return name === '' ? measured : `${name}: ${measured}`;
};

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
  const fields = section.fields
    .filter((field) => field.value.trim() !== '')
    .flatMap((field) => textLines(fieldLine(field)));
  return { id: section.id, title: section.title, role: section.role, lines: [...fields, ...text] };
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
