import type { SectionRole, TemplateField, TemplateGroup, TemplateSection } from '#shared/reporting/report.ts';
import type { Complaints } from './complaints.ts';
import {
  attribute,
  descendants,
  isControl,
  isElement,
  lineOf,
  proseOf,
  textOf,
  type HtmlElement,
} from './html-tree.ts';
import { roleOfCode, roleOfNames } from './section-role.ts';
import type { TemplateCode } from './template-attributes.ts';
import { areaText, codesFor, fieldOf, hasOwnLabel, labelsById, radioField } from './template-fields.ts';

/** A section being read: what stands between one heading and the next. */
interface OpenSection {
  readonly element: HtmlElement | undefined;
  readonly title: string;
  readonly names: readonly (string | undefined)[];
  readonly id: string | undefined;
  readonly controls: HtmlElement[];
  readonly groups: OpenGroup[];
}

interface OpenGroup {
  readonly id: string;
  readonly label: string;
  readonly controls: readonly HtmlElement[];
}

/**
 * A nested section that a report may have any number of. MRRT knows no repetition; read without this word of ours it is a section with the
 * fields of one.
 */
export const REPEATED = 'data-overread-repeated';

/** Id of what stands before the first section: titles and administrative fields. */
export const PREAMBLE_ID = 'section-0';

const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3']);

/**
 * Sections are `section` elements with `data-section-name`; templates without any are cut at their `h2` headings instead.
 * A nested section opens one of its own only if its name says it has another role.
 */
function cutIntoSections(body: HtmlElement): OpenSection[] {
  const elements = [...descendants(body)];
  const isNamed = elements.some((e) => e.tagName === 'section' && attribute(e, 'data-section-name') !== undefined);
  const preamble: OpenSection = { element: undefined, title: '', names: [], id: undefined, controls: [], groups: [] };
  const sections: OpenSection[] = [preamble];

  const visit = (element: HtmlElement, current: OpenSection): OpenSection => {
    let open = current;
    const name = attribute(element, 'data-section-name');
    if (name !== undefined && current.element !== undefined && attribute(element, REPEATED) !== undefined) {
      const controls = [...descendants(element)].filter(isControl);
      open.groups.push({ id: attribute(element, 'id') ?? name, label: name.trim(), controls });
      return current;
    }
    if (isNamed && element.tagName === 'section' && name !== undefined) {
      const isNested = current !== preamble && current.element !== undefined;
      if (!isNested || roleOfNames([name]) !== undefined) {
        open = openNamed(element, name);
        sections.push(open);
      }
      for (const child of element.childNodes) if (isElement(child)) visit(child, open);
      return current;
    }
    if (!isNamed && element.tagName === 'h2') {
      const title = textOf(element);
      open = { element: undefined, title, names: [title], id: attribute(element, 'id'), controls: [], groups: [] };
      sections.push(open);
      return open;
    }
    if (isControl(element)) {
      open.controls.push(element);
      return open;
    }
    if (element.tagName === 'script' || element.tagName === 'style' || element.tagName === 'template') return open;
    for (const child of element.childNodes) if (isElement(child)) open = visit(child, open);
    return open;
  };
  visit(body, preamble);
  return sections;
}

function openNamed(element: HtmlElement, name: string): OpenSection {
  const heading = [...descendants(element)].find((e) => e.tagName === 'header' || HEADINGS.has(e.tagName));
  const shown = heading === undefined ? '' : textOf(heading);
  return {
    element,
    title: name.trim() === '' ? shown : name.trim(),
    names: [
      name,
      attribute(element, 'id'),
      heading === undefined ? undefined : attribute(heading, 'data-english'),
      shown,
    ],
    id: attribute(element, 'id'),
    controls: [],
    groups: [],
  };
}

function roleOf(section: OpenSection, codes: readonly TemplateCode[]): SectionRole {
  const byName = roleOfNames(section.names);
  if (byName !== undefined) return byName;
  // A code may speak of the section, or of the one control that is all of it.
  const ids = [section.id, section.controls.length === 1 ? attribute(section.controls[0]!, 'id') : undefined];
  const coded = codes.filter((code) => code.element !== undefined && ids.includes(code.element));
  return coded.map((code) => roleOfCode(code.value)).find((role) => role !== undefined) ?? 'other';
}

export function readSections(
  body: HtmlElement,
  codes: readonly TemplateCode[],
  complaints: Complaints,
): TemplateSection[] {
  const labels = labelsById([...descendants(body)]);
  const usedIds = new Set<string>();
  const unique = (wanted: string, line: number): string => {
    const isNamed = wanted !== '';
    const base = isNamed ? wanted : 'field';
    if (isNamed && usedIds.has(base)) complaints.add(line, `id "${base}" is used more than once`);
    let id = isNamed ? base : 'field-1';
    for (let count = 2; usedIds.has(id); count += 1) id = `${base}-${count}`;
    usedIds.add(id);
    return id;
  };
  return cutIntoSections(body).flatMap((section, index) => {
    const reading: Reading = { labels, unique, codes, complaints };
    const { fields, defaultText } = readControls(section, reading);
    const groups = section.groups.flatMap((group) => readGroup(group, reading));
    if (index === 0 && fields.length === 0 && defaultText === '') return [];
    if (section.element !== undefined && section.title === '') {
      complaints.add(lineOf(section.element), 'a section without a name');
    }
    return [
      {
        id: section.id ?? `section-${index}`,
        title: section.title === '' ? 'General' : section.title,
        role: roleOf(section, codes),
        fields,
        ...(groups.length === 0 ? {} : { groups }),
        defaultText,
      },
    ];
  });
}

/** What reading a control asks of the file as a whole. */
interface Reading {
  readonly labels: ReadonlyMap<string, string>;
  readonly unique: (wanted: string, line: number) => string;
  readonly codes: readonly TemplateCode[];
  readonly complaints: Complaints;
}

function readGroup({ id, label, controls }: OpenGroup, reading: Reading): TemplateGroup[] {
  const [first] = controls;
  if (first === undefined) return [];
  const fields = readFields(controls, reading);
  return [{ id: reading.unique(id, lineOf(first)), label, fields }];
}

function readControls(section: OpenSection, reading: Reading): Pick<TemplateSection, 'fields' | 'defaultText'> {
  if (section.controls.length === 0) {
    const isProse = section.element !== undefined && section.groups.length === 0;
    return { fields: [], defaultText: isProse ? proseOf(section.element) : '' };
  }
  const freeText = section.controls.find(
    (control) => control.tagName === 'textarea' && isFreeText(control, section, reading.labels),
  );
  const fields = readFields(
    section.controls.filter((control) => control !== freeText),
    reading,
  );
  return { fields, defaultText: freeText === undefined ? '' : areaText(freeText) };
}

function readFields(controls: readonly HtmlElement[], { labels, unique, codes, complaints }: Reading): TemplateField[] {
  const radioNames = new Set<string>();
  return controls.flatMap((control) => {
    const wanted = attribute(control, 'id') ?? attribute(control, 'name') ?? '';
    if (control.tagName === 'input' && attribute(control, 'type')?.toLowerCase() === 'radio') {
      const name = attribute(control, 'name') ?? wanted;
      if (radioNames.has(name)) return [];
      radioNames.add(name);
      const buttons = controls.filter(
        (other) => attribute(other, 'type')?.toLowerCase() === 'radio' && attribute(other, 'name') === name,
      );
      const field = radioField(buttons.length === 0 ? [control] : buttons, unique(name, lineOf(control)), labels);
      return field === undefined ? [] : [withCodes(field, codes)];
    }
    const field = fieldOf(control, unique(wanted, lineOf(control)), labels, codes, complaints);
    return field === undefined ? [] : [withCodes(field, codes)];
  });
}

function withCodes(field: TemplateField, codes: readonly TemplateCode[]): TemplateField {
  const own = codesFor(field.id, codes);
  return own.length === 0 ? field : { ...field, codes: own };
}

/** The text area that *is* the section: the only control, or named like the section, or without any label of its own. */
function isFreeText(area: HtmlElement, section: OpenSection, labels: ReadonlyMap<string, string>): boolean {
  if (section.controls.length === 1) return true;
  const name = attribute(area, 'name')?.toLowerCase();
  return name === section.title.toLowerCase() || !hasOwnLabel(area, labels);
}
