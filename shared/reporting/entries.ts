import {
  startField,
  type ReportBody,
  type ReportField,
  type ReportSection,
  type Template,
  type TemplateField,
  type TemplateGroup,
} from './report.ts';

/** One of several things alike, as the report has it: `Nodule 2` with its fields. */
export interface Entry {
  readonly groupId: string;
  readonly label: string;
  readonly key: number;
  /** From 1, in the order of the section. */
  readonly number: number;
  readonly fields: readonly ReportField[];
}

const isOf = ({ entry }: ReportField, groupId: string, key: number): boolean =>
  entry?.groupId === groupId && entry.key === key;

/** The entries of a section in their order. */
export function entriesOf({ fields }: Pick<ReportSection, 'fields'>): Entry[] {
  const entries: Entry[] = [];
  for (const { entry } of fields) {
    if (entry === undefined) continue;
    const { groupId, label, key } = entry;
    const alike = entries.filter((each) => each.groupId === groupId);
    if (alike.some((each) => each.key === key)) continue;
    entries.push({
      groupId,
      label,
      key,
      number: alike.length + 1,
      fields: fields.filter((field) => isOf(field, groupId, key)),
    });
  }
  return entries;
}

export const entryTitle = ({ label, number }: Pick<Entry, 'label' | 'number'>): string => `${label} ${number}`;

/** Fields of the section itself. */
export const ownFields = ({ fields }: Pick<ReportSection, 'fields'>): readonly ReportField[] =>
  fields.filter(({ entry }) => entry === undefined);

const nextKey = ({ fields }: Pick<ReportSection, 'fields'>, groupId: string): number =>
  1 + Math.max(0, ...fields.map(({ entry }) => (entry?.groupId === groupId ? entry.key : 0)));

/** The fields of one more entry of the section, each with its default. */
export function freshEntry(section: Pick<ReportSection, 'fields'>, group: TemplateGroup): ReportField[] {
  const key = nextKey(section, group.id);
  return group.fields.map((field) => ({
    ...startField(field, `${group.id}-${key}-${field.id}`),
    entry: { groupId: group.id, label: group.label, key, fieldId: field.id },
  }));
}

/** A fresh entry behind those of its group. */
export function addEntry(sectionId: string, group: TemplateGroup): (body: ReportBody) => ReportBody {
  return changeSection(sectionId, (section) => {
    const last = section.fields.findLastIndex(({ entry }) => entry?.groupId === group.id);
    const at = last < 0 ? section.fields.length : last + 1;
    return {
      ...section,
      fields: [...section.fields.slice(0, at), ...freshEntry(section, group), ...section.fields.slice(at)],
    };
  });
}

export function removeEntry(sectionId: string, groupId: string, key: number): (body: ReportBody) => ReportBody {
  return changeSection(sectionId, (section) => ({
    ...section,
    fields: section.fields.filter((field) => !isOf(field, groupId, key)),
  }));
}

const changeSection =
  (sectionId: string, change: (section: ReportSection) => ReportSection) =>
  (body: ReportBody): ReportBody => ({
    ...body,
    sections: body.sections.map((section) => (section.id === sectionId ? change(section) : section)),
  });

/** The template's word on a field of the report, also of one in an entry; its name there says which entry. */
function templateFields(
  template: Template['sections'][number],
  section: Pick<ReportSection, 'fields'> | undefined,
): TemplateField[] {
  const entries = section === undefined ? [] : entriesOf(section);
  return [
    ...template.fields,
    ...entries.flatMap((entry) =>
      entry.fields.flatMap(({ id, entry: of }): TemplateField[] => {
        const group = template.groups?.find((each) => each.id === entry.groupId);
        const field = group?.fields.find((each) => each.id === of?.fieldId);
        return field === undefined
          ? []
          : [{ ...field, id, label: `${entryTitle(entry)} ${field.label.toLowerCase()}` }];
      }),
    ),
  ];
}

/** The template as this report has it: with the fields of every entry. What is said of a field and what checks it needs no word on groups. */
export const templateOfBody = (template: Template, body: ReportBody): Template =>
  template.sections.every(({ groups }) => groups === undefined)
    ? template
    : {
        ...template,
        sections: template.sections.map((section) => ({
          ...section,
          fields: templateFields(
            section,
            body.sections.find(({ id }) => id === section.id),
          ),
        })),
      };
