import { entriesOf, freshEntry, ownFields, type Entry } from '#shared/reporting/entries.ts';
import { entryLine, fieldLine } from '#shared/reporting/plain-sections.ts';
import {
  startReport,
  type ReportBody,
  type ReportField,
  type ReportSection,
  type Template,
  type TemplateGroup,
} from '#shared/reporting/report.ts';

/**
 * Another template, without losing a typed word: text a person wrote moves to the section of the same role (or is added
 * to the findings), values to the field of the same label; only untouched defaults are replaced.
 */
export function switchTemplate(template: Template): (body: ReportBody) => ReportBody {
  return (body) => {
    const fresh = startReport(template);
    const sections = fresh.sections.map((section): OpenSection => ({ ...section, fields: [...section.fields] }));
    const home = sections.find(({ role }) => role === 'findings') ?? sections[0];
    for (const old of body.sections) {
      const target =
        sections.find(({ id, role }) => id === old.id && role === old.role) ??
        sections.find(({ role }) => role === old.role && role !== 'other') ??
        sections.find(({ title }) => title === old.title) ??
        home;
      if (target === undefined) return body;
      if (old.textSource !== 'default' && old.text.trim() !== '') {
        const before = target.textSource === 'default' ? '' : `${target.text}\n`;
        target.text = `${before}${old.text}`;
        target.textSource = old.textSource;
      }
      for (const field of ownFields(old)) {
        if (!isWritten(field)) continue;
        const place = target.fields.find(({ entry, label }) => entry === undefined && label === field.label);
        if (place === undefined) addLine(target, fieldLine(field));
        else target.fields = target.fields.map((each) => (each === place ? { ...place, ...writtenIn(field) } : each));
      }
      const groups = template.sections.find(({ id }) => id === target.id)?.groups ?? [];
      for (const entry of entriesOf(old)) carryEntry(entry, target, groups);
    }
    return {
      ...fresh,
      sections,
      ...(body.keyImages === undefined ? {} : { keyImages: body.keyImages }),
      ...(body.scores === undefined ? {} : { scores: body.scores }),
      ...(body.measurements === undefined ? {} : { measurements: body.measurements }),
    };
  };
}

type OpenSection = { -readonly [Key in keyof ReportSection]: ReportSection[Key] };

const writtenIn = ({ value, source }: ReportField): Pick<ReportField, 'value' | 'source'> => ({ value, source });
const isWritten = ({ value, source }: ReportField): boolean => source !== 'default' && value !== '';

function addLine(section: OpenSection, line: string): void {
  section.text = section.text === '' ? line : `${section.text}\n${line}`;
  section.textSource = 'typed';
}

/** An entry goes on as one of the group of the same name; what that does not ask for, and an entry without a group, becomes a line. */
function carryEntry(entry: Entry, section: OpenSection, groups: readonly TemplateGroup[]): void {
  const written = entry.fields.filter(isWritten);
  if (written.length === 0) return;
  const group = groups.find(({ label }) => label === entry.label);
  const isAsked = ({ label }: ReportField): boolean => group?.fields.some((field) => field.label === label) === true;
  if (group !== undefined) {
    const fresh = freshEntry(section, group).map((field) => {
      const old = written.find(({ label }) => label === field.label);
      return old === undefined ? field : { ...field, ...writtenIn(old) };
    });
    section.fields = [...section.fields, ...fresh];
  }
  const lost = written.filter((field) => !isAsked(field));
  if (lost.length > 0) addLine(section, entryLine({ ...entry, fields: lost }));
}
