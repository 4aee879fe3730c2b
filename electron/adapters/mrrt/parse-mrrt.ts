import { parse } from 'parse5';

import type { Template, TemplateSection } from '#shared/reporting/report.ts';
import { collectComplaints, type Complaints, type TemplateComplaint } from './complaints.ts';
import { examScope } from './exam-scope.ts';
import { attribute, descendants, lineOf, type HtmlElement } from './html-tree.ts';
import { readTemplateAttributes, type TemplateCode } from './template-attributes.ts';
import { PREAMBLE_ID, readSections } from './template-sections.ts';

export interface ParsedTemplate {
  /** Absent when the file cannot serve as a template; the complaints then say why. */
  readonly template?: Template;
  readonly complaints: readonly TemplateComplaint[];
}

/** Published templates stay under 100 kB; a file of this size is something else. */
const MAX_CHARACTERS = 2_000_000;
const MAX_PARSE_COMPLAINTS = 40;

/**
 * Reads an MRRT report template (IHE RAD TF-3 4.105: HTML5 with Dublin Core metadata). The result is plain data: no markup,
 * script or handler of the file survives in it. HTML that is not well formed is read as a browser would read it.
 */
export function parseMrrt(html: string): ParsedTemplate {
  const complaints = collectComplaints();
  if (html.length > MAX_CHARACTERS) {
    complaints.add(1, `refused: longer than ${MAX_CHARACTERS} characters`);
    return { complaints: complaints.sorted() };
  }
  if (html.includes('\uFFFD')) complaints.add(1 + (html.split('\uFFFD')[0] ?? '').split('\n').length - 1, 'not UTF-8');
  let parseComplaints = 0;
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: (error) => {
      if ((parseComplaints += 1) <= MAX_PARSE_COMPLAINTS) complaints.add(error.startLine, `HTML: ${error.code}`);
    },
  });
  const elements = [...descendants(document)];
  complainAboutActiveContent(elements, complaints);
  const meta = readMeta(elements, complaints);
  complainAboutShape(html, elements, meta, complaints);
  const codes = readCodes(elements, complaints);
  const body = elements.find((element) => element.tagName === 'body');
  const sections = body === undefined ? [] : readSections(body, codes, complaints);
  if (sections.length === 0) {
    complaints.add(body === undefined ? 1 : lineOf(body), 'refused: no section with text or fields');
    return { complaints: complaints.sorted() };
  }
  const title = meta.get('dcterms.title') ?? titleElement(elements) ?? '';
  return {
    template: {
      id: meta.get('dcterms.identifier') ?? `untitled-${slug(title)}`,
      title: title === '' ? 'Untitled template' : title,
      language: meta.get('dcterms.language') ?? attributeOfRoot(elements, 'lang') ?? 'en',
      ...examScope(meta, codes),
      sections: withRequiredRoles(sections, complaints),
    },
    complaints: complaints.sorted(),
  };
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
const attributeOfRoot = (elements: readonly HtmlElement[], name: string): string | undefined =>
  elements[0] === undefined ? undefined : attribute(elements[0], name);

function titleElement(elements: readonly HtmlElement[]): string | undefined {
  const title = elements.find((element) => element.tagName === 'title');
  const text = title?.childNodes
    .map((node) => ('value' in node ? node.value : ''))
    .join('')
    .trim();
  return text === '' ? undefined : text;
}

function readMeta(elements: readonly HtmlElement[], complaints: Complaints): Map<string, string> {
  const meta = new Map<string, string>();
  const charsets = elements.filter(
    (element) => element.tagName === 'meta' && attribute(element, 'charset') !== undefined,
  );
  if (charsets[1] !== undefined) complaints.add(lineOf(charsets[1]), 'more than one meta element with a charset');
  for (const element of elements) {
    if (element.tagName !== 'meta') continue;
    const [name, content] = [attribute(element, 'name')?.toLowerCase(), attribute(element, 'content')?.trim()];
    if (name !== undefined && content !== undefined && content !== '' && !meta.has(name)) meta.set(name, content);
  }
  return meta;
}

/** Nothing of these is ever kept; the author of the template is told which lines are without effect here. */
function complainAboutActiveContent(elements: readonly HtmlElement[], complaints: Complaints): void {
  const active = new Set(['iframe', 'object', 'embed', 'applet', 'base', 'form']);
  for (const element of elements) {
    if (element.tagName === 'script' && attribute(element, 'type')?.toLowerCase() !== 'text/xml') {
      complaints.add(lineOf(element), 'script left out');
    }
    if (active.has(element.tagName)) complaints.add(lineOf(element), `${element.tagName} element left out`);
    for (const { name, value } of element.attrs) {
      if (/^on/i.test(name)) complaints.add(lineOf(element), `handler ${name} left out`);
      // oxlint-disable-next-line no-script-url -- this is the check against them
      else if (/^\s*javascript:/i.test(value)) complaints.add(lineOf(element), `script address in ${name} left out`);
    }
  }
}

const REQUIRED_META = ['dcterms.title', 'dcterms.identifier', 'dcterms.type'] as const;

function complainAboutShape(
  html: string,
  elements: readonly HtmlElement[],
  meta: ReadonlyMap<string, string>,
  complaints: Complaints,
): void {
  for (const name of REQUIRED_META) if (!meta.has(name)) complaints.add(1, `no meta element ${name}`);
  const type = meta.get('dcterms.type');
  if (type !== undefined && type !== 'IMAGE_REPORT_TEMPLATE') complaints.add(1, `dcterms.type is ${type}`);
  for (const tagName of ['html', 'head', 'title', 'body']) {
    const element = elements.find((candidate) => candidate.tagName === tagName);
    const starts = [...html.matchAll(new RegExp(`<${tagName}[\\s>]`, 'gi'))];
    // The parser supplies what is missing; only elements written in the file have a place in it.
    if (element?.sourceCodeLocation === undefined || element.sourceCodeLocation === null) {
      complaints.add(1, `no ${tagName} element`);
    } else if (tagName === 'head' && starts.length > 1) {
      complaints.add(html.slice(0, starts[1]?.index).split('\n').length, 'more than one head element');
    }
  }
}

function readCodes(elements: readonly HtmlElement[], complaints: Complaints): TemplateCode[] {
  const blocks = elements.filter(
    (element) => element.tagName === 'script' && attribute(element, 'type')?.toLowerCase() === 'text/xml',
  );
  if (blocks.length === 0) complaints.add(1, 'no script element of type text/xml with template_attributes');
  return blocks.flatMap((block) => {
    const text = block.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    return readTemplateAttributes(text, lineOf(block), complaints);
  });
}

/**
 * A report cannot be signed without findings and impression. A template that names no findings but has sections of its own making
 * (`Component position`) reports its findings there; what is still lacking is added, empty.
 */
function withRequiredRoles(sections: readonly TemplateSection[], complaints: Complaints): TemplateSection[] {
  const hasFindings = sections.some((section) => section.role === 'findings');
  const complete = sections.map((section): TemplateSection =>
    !hasFindings && section.role === 'other' && section.id !== PREAMBLE_ID ? { ...section, role: 'findings' } : section,
  );
  for (const [role, title] of [
    ['findings', 'Findings'],
    ['impression', 'Impression'],
  ] as const) {
    if (complete.some((section) => section.role === role)) continue;
    complaints.add(1, `no ${role} section: an empty one was added`);
    complete.push({ id: `added-${role}`, title, role, fields: [], defaultText: '' });
  }
  return complete;
}
