import { LATERALITIES } from '#shared/reporting/laterality-value.ts';
import { isPartialDate } from '#shared/reporting/partial-date.ts';
import type { FieldCode, FieldOption, TemplateField } from '#shared/reporting/report.ts';
import type { Complaints } from './complaints.ts';
import { ancestor, attribute, descendants, isElement, lineOf, textOf, type HtmlElement } from './html-tree.ts';
import type { TemplateCode } from './template-attributes.ts';

const trimLabel = (text: string): string => text.replace(/[\s\u00a0:*]+$/, '').trim();
const firstSaid = (...candidates: readonly (string | undefined)[]): string =>
  candidates.map((text) => trimLabel(text ?? '')).find((text) => text !== '') ?? '';

/** The header cell of the row a control stands in, or the text that runs up to the control inside its own cell. */
function rowLabel(control: HtmlElement): string | undefined {
  const cell = ancestor(control, 'td', 'p', 'li', 'dd');
  if (cell === undefined) return undefined;
  const row = cell.tagName === 'td' ? ancestor(control, 'tr') : undefined;
  const head = row?.childNodes.filter(isElement).find((candidate) => candidate !== cell && textOf(candidate) !== '');
  let before = '';
  for (const node of cell.childNodes) {
    if (node === control) break;
    before = isElement(node)
      ? ['input', 'select', 'textarea', 'br'].includes(node.tagName)
        ? ''
        : textOf(node)
      : before;
    if (node.nodeName === '#text' && 'value' in node && node.value.trim() !== '') before = node.value;
  }
  return firstSaid(before, head === undefined ? undefined : textOf(head));
}

/** Label by `for`, by wrapping, by aria-label, by the row; at last the control's own name. */
function labelOf(control: HtmlElement, labels: ReadonlyMap<string, string>): string {
  const id = attribute(control, 'id');
  const wrapping = ancestor(control, 'label');
  return firstSaid(
    id === undefined ? undefined : labels.get(id),
    wrapping === undefined ? undefined : textOf(wrapping),
    attribute(control, 'aria-label'),
    rowLabel(control),
    attribute(control, 'name'),
    attribute(control, 'placeholder'),
    id,
  );
}

/** True when nothing but its own name says what a control is for. */
export const hasOwnLabel = (control: HtmlElement, labels: ReadonlyMap<string, string>): boolean =>
  firstSaid(
    labels.get(attribute(control, 'id') ?? ''),
    ((wrapping) => (wrapping === undefined ? undefined : textOf(wrapping)))(ancestor(control, 'label')),
    attribute(control, 'aria-label'),
    rowLabel(control),
  ) !== '';

/** Which label belongs to which id. */
export const labelsById = (elements: readonly HtmlElement[]): Map<string, string> =>
  new Map(
    elements
      .filter((element) => element.tagName === 'label')
      .flatMap((label) => {
        const target = attribute(label, 'for');
        return target === undefined ? [] : [[target, textOf(label)] as const];
      }),
  );

const isTrue = (text: string | undefined): boolean => text !== undefined && text.toLowerCase() !== 'false';
const isRequired = (control: HtmlElement): boolean =>
  isTrue(attribute(control, 'required')) ||
  attribute(control, 'data-field-required')?.toLowerCase() === 'true' ||
  attribute(control, 'aria-required') === 'true';

const finite = (text: string | undefined): number | undefined => {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
};

function numberField(control: HtmlElement, base: Pick<TemplateField, 'id' | 'label' | 'required'>): TemplateField {
  const unit = attribute(control, 'data-field-units') ?? attribute(control, 'data-field-unit');
  const [min, max] = [finite(attribute(control, 'min')), finite(attribute(control, 'max'))];
  return {
    ...base,
    kind: 'number',
    ...(unit === undefined || unit === '' ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    defaultValue: String(finite(attribute(control, 'value')) ?? ''),
  };
}

/** The codes of the `entry` elements that speak of this element. */
export const codesFor = (id: string | undefined, codes: readonly TemplateCode[]): readonly FieldCode[] =>
  codes.flatMap(({ element, value, scheme, meaning }) =>
    id !== undefined && element === id && value !== '' && scheme !== '' ? [{ value, scheme, meaning }] : [],
  );

/** The side an option stands for by its SNOMED CT code. */
const sideOf = ({ codes = [] }: FieldOption): (typeof LATERALITIES)[number] | undefined =>
  LATERALITIES.find(({ code }) =>
    codes.some(({ value, scheme }) => value === code.value && /^(?:SCT|SNOMED)/i.test(scheme)),
  );

/** A choice whose every option is coded as a side is a laterality: its data are the sides, its words those of the template. */
function asLaterality(field: TemplateField): TemplateField {
  const { options = [], defaultValue } = field;
  const named = options.filter(({ value, label }) => value !== '' || label !== '');
  if (named.length === 0 || !named.every((option) => sideOf(option) !== undefined)) return field;
  const ofSide = (option: FieldOption): FieldOption => ({ value: sideOf(option)?.value ?? '', label: option.label });
  const chosen = options.find(({ value }) => value === defaultValue);
  return {
    ...field,
    kind: 'laterality',
    options: options.map(ofSide),
    defaultValue: chosen === undefined ? '' : ofSide(chosen).value,
  };
}

/** As a browser shows it: the option marked selected, else the first. */
function selectField(
  control: HtmlElement,
  base: Pick<TemplateField, 'id' | 'label' | 'required'>,
  codes: readonly TemplateCode[],
  complaints: Complaints,
): TemplateField {
  const elements = [...descendants(control)].filter((element) => element.tagName === 'option');
  const options: FieldOption[] = elements.map((option) => {
    const label = textOf(option);
    const own = codesFor(attribute(option, 'id'), codes);
    return {
      value: attribute(option, 'value') ?? label,
      label: label === '' ? (attribute(option, 'value') ?? '') : label,
      ...(own.length === 0 ? {} : { codes: own }),
    };
  });
  if (options.length === 0) {
    complaints.add(lineOf(control), `selection "${base.label}" has no options: imported as text`);
    return { ...base, kind: 'text', defaultValue: '' };
  }
  if (attribute(control, 'multiple') !== undefined) {
    complaints.add(lineOf(control), `selection "${base.label}" allows several: imported as one choice`);
  }
  const selected = elements.findIndex((option) => attribute(option, 'selected') !== undefined);
  return asLaterality({
    ...base,
    kind: 'choice',
    options,
    defaultValue: options[Math.max(selected, 0)]?.value ?? '',
  });
}

function dateField(control: HtmlElement, base: Pick<TemplateField, 'id' | 'label' | 'required'>): TemplateField {
  const value = (attribute(control, 'value') ?? '').trim();
  return { ...base, kind: 'date', defaultValue: isPartialDate(value) ? value : '' };
}

const checkboxField = (
  control: HtmlElement,
  base: Pick<TemplateField, 'id' | 'label' | 'required'>,
): TemplateField => ({
  ...base,
  kind: 'choice',
  options: [
    { value: '', label: '' },
    { value: 'yes', label: 'yes' },
  ],
  defaultValue: attribute(control, 'checked') === undefined ? '' : 'yes',
});

/** Radio buttons of one name are one choice; nothing is chosen unless one is marked. */
export function radioField(
  buttons: readonly HtmlElement[],
  id: string,
  labels: ReadonlyMap<string, string>,
): TemplateField | undefined {
  const [first] = buttons;
  if (first === undefined) return undefined;
  const legend = [...(ancestor(first, 'fieldset')?.childNodes ?? [])]
    .filter(isElement)
    .find((e) => e.tagName === 'legend');
  const row = ancestor(first, 'tr');
  const head = row?.childNodes.filter(isElement).find((cell) => ![...descendants(cell)].includes(first));
  const options = buttons.map((button) => {
    const label = labelOf(button, labels);
    return { value: attribute(button, 'value') ?? label, label };
  });
  const checked = buttons.findIndex((button) => attribute(button, 'checked') !== undefined);
  return {
    id,
    label: firstSaid(
      legend === undefined ? undefined : textOf(legend),
      head === undefined ? undefined : textOf(head),
      attribute(first, 'name'),
    ),
    kind: 'choice',
    options: [{ value: '', label: '' }, ...options],
    required: buttons.some(isRequired),
    defaultValue: checked < 0 ? '' : (options[checked]?.value ?? ''),
  };
}

const IGNORED_INPUTS: ReadonlySet<string> = new Set([
  'hidden',
  'button',
  'submit',
  'reset',
  'image',
  'file',
  'password',
]);

export function fieldOf(
  control: HtmlElement,
  id: string,
  labels: ReadonlyMap<string, string>,
  codes: readonly TemplateCode[],
  complaints: Complaints,
): TemplateField | undefined {
  const type = (attribute(control, 'type') ?? 'text').toLowerCase();
  if (control.tagName === 'input' && IGNORED_INPUTS.has(type)) {
    complaints.add(lineOf(control), `input of type ${type} left out`);
    return undefined;
  }
  const base = { id, label: labelOf(control, labels), required: isRequired(control) };
  if (control.tagName === 'select') return selectField(control, base, codes, complaints);
  if (control.tagName === 'textarea') return { ...base, kind: 'text', defaultValue: areaText(control) };
  if (type === 'number' || attribute(control, 'data-field-type')?.toUpperCase() === 'NUMBER')
    return numberField(control, base);
  if (type === 'date' || attribute(control, 'data-field-type')?.toUpperCase() === 'DATE')
    return dateField(control, base);
  if (type === 'checkbox') return checkboxField(control, base);
  return { ...base, kind: 'text', defaultValue: (attribute(control, 'value') ?? '').trim() };
}

export const areaText = (area: HtmlElement): string =>
  area.childNodes
    .map((node) => ('value' in node && node.nodeName === '#text' ? node.value : ''))
    .join('')
    .trim();
