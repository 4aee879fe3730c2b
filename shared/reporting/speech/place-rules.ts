import { entriesOf } from '../entries.ts';
import type { TemplateField } from '../report.ts';
import { spokenFields, valueExpansion } from './field-phrases.ts';
import { oneOf, parseRules, type ParsedRules, type Rules } from './jsgf.ts';
import { saidRow } from './own-words.ts';
import type { SpeechLocale, SpeechPlace } from './speech.ts';
import { spokenOf } from './spoken-of.ts';
import type { WritingPlace } from './spoken-to-written.ts';
import { normalsFor, textRules } from './text-rules.ts';

/** Ids of what can always be said about where the caret is; a command of the table with the same phrase goes before. */
export const SPOKEN_NAVIGATION = {
  /** Its argument is the id of a section or of a field. */
  goTo: 'report.go-to',
  nextField: 'report.next-field',
  previousField: 'report.previous-field',
  nextSection: 'report.next-section',
  previousSection: 'report.previous-section',
  /** Takes back what was dictated last. */
  scratchThat: 'report.scratch-that',
  /** Its argument is the words to be selected. */
  select: 'report.select-words',
  /** As `select`; what is said next takes their place, which the reader is told. */
  replace: 'report.replace-words',
} as const;

const STEPS: readonly (readonly [phrase: string, id: string])[] = [
  ['next field', SPOKEN_NAVIGATION.nextField],
  ['go to next field', SPOKEN_NAVIGATION.nextField],
  ['go to the next field', SPOKEN_NAVIGATION.nextField],
  ['previous field', SPOKEN_NAVIGATION.previousField],
  ['go to previous field', SPOKEN_NAVIGATION.previousField],
  ['go to the previous field', SPOKEN_NAVIGATION.previousField],
  ['next section', SPOKEN_NAVIGATION.nextSection],
  ['go to next section', SPOKEN_NAVIGATION.nextSection],
  ['go to the next section', SPOKEN_NAVIGATION.nextSection],
  ['previous section', SPOKEN_NAVIGATION.previousSection],
  ['go to previous section', SPOKEN_NAVIGATION.previousSection],
  ['go to the previous section', SPOKEN_NAVIGATION.previousSection],
  ['scratch that', SPOKEN_NAVIGATION.scratchThat],
];

const said = (text: string): string => spokenOf(text).join(' ');

/** The locale of what is written here. The shipped templates, of plain `en`, are spelled the British way. */
export const localeOf = ({ locale, template }: SpeechPlace): SpeechLocale =>
  locale ?? (template.language.toLowerCase() === 'en-us' ? 'en-US' : 'en-GB');

/** In whose spelling something is written here. */
export const writingAt = (place: SpeechPlace): Pick<WritingPlace, 'locale' | 'ownWords'> => ({
  locale: localeOf(place),
  ...(place.ownWords === undefined ? {} : { ownWords: place.ownWords }),
});

/** The field that holds the caret. */
export const fieldAt = ({ template, sectionId, fieldId }: SpeechPlace): TemplateField | undefined =>
  fieldId === undefined
    ? undefined
    : template.sections.find(({ id }) => id === sectionId)?.fields.find(({ id }) => id === fieldId);

/** The section's fields by what they are called; where the caret is in an entry, its own fields without its name too: `size`. */
export function namedFields({ template, body, sectionId, fieldId }: SpeechPlace): ReadonlyMap<string, TemplateField> {
  if (sectionId === undefined) return new Map();
  const named = spokenFields(template, sectionId);
  const section = body.sections.find(({ id }) => id === sectionId);
  const entry = section && entriesOf(section).find(({ fields }) => fields.some(({ id }) => id === fieldId));
  const known = template.sections.find(({ id }) => id === sectionId)?.fields ?? [];
  const beside = (entry?.fields ?? []).flatMap(({ id, label }) => {
    const field = known.find((each) => each.id === id);
    return field === undefined || id === fieldId ? [] : [[said(label), field] as const];
  });
  return new Map([...beside, ...named]);
}

/** Every phrase that stands for one act, with what the act is. */
export function spokenActs(
  place: SpeechPlace,
): ReadonlyMap<string, { readonly id: string; readonly argument?: string }> {
  const sections = place.template.sections.flatMap(({ id, title }) => {
    const title_ = said(title);
    return [`go to ${title_}`, `go to the ${title_}`, `${title_} section`].map((phrase) => [phrase, id] as const);
  });
  const fields = [...spokenFields(place.template)].flatMap(([name, { id }]) =>
    [`go to ${name}`, `go to the ${name}`].map((phrase) => [phrase, id] as const),
  );
  const goTo = [...fields, ...sections].map(
    ([phrase, argument]) => [phrase, { id: SPOKEN_NAVIGATION.goTo, argument }] as const,
  );
  const steps = STEPS.map(([phrase, id]) => [phrase, { id }] as const);
  const commands = place.commands.flatMap(({ id, phrases }) =>
    phrases.map((phrase) => [said(phrase), { id }] as const),
  );
  return new Map([...goTo, ...steps, ...commands].filter(([phrase]) => phrase !== ''));
}

/** Macros by their names as said: letter by letter where there is no vowel to say them by. */
export const spokenMacros = ({ macroNames }: SpeechPlace): ReadonlyMap<string, string> =>
  new Map(
    macroNames.map((name) => {
      const parts = name.split('-').flatMap((part) => part.match(/[a-z]+|\d+/gi) ?? []);
      const words = parts.flatMap((part) =>
        spokenOf(/[aeiouy]|\d/i.test(part) ? part.toLowerCase() : part.toUpperCase()),
      );
      return [words.join(' '), name] as const;
    }),
  );

/** What stands in the section that holds the caret. */
export const sectionText = ({ body, sectionId }: SpeechPlace): string =>
  body.sections.find(({ id }) => id === sectionId)?.text ?? '';

/** Words of the section that can be selected by saying them, each once. */
const selectableWords = (place: SpeechPlace): readonly string[] =>
  [...new Set(spokenOf(sectionText(place)))].slice(0, 80);

/** Whether free text can be said here; at a field only its value. */
export const isTextPlace = (place: SpeechPlace): boolean =>
  place.sectionId !== undefined && fieldAt(place) === undefined;

const parsed = new WeakMap<SpeechPlace, ParsedRules>();

/** As `makeRules`, once for each place: places are values and never change. */
export function rulesAt(place: SpeechPlace): ParsedRules {
  const known = parsed.get(place) ?? makeRules(place);
  parsed.set(place, known);
  return known;
}

/** The rules of a place: `said` is the whole, `text` free text, `value` the value of the field at the caret. */
function makeRules(place: SpeechPlace): ParsedRules {
  const locale = localeOf(place);
  const field = fieldAt(place);
  const named = [...namedFields(place)];
  const isFindings = place.template.sections.some(({ id, role }) => id === place.sectionId && role === 'findings');
  const normals = isFindings && field === undefined ? [...normalsFor(place.template, locale).keys()] : [];
  const selectable = field === undefined ? selectableWords(place) : [];
  const macros = [...spokenMacros(place).keys()];
  const rules: Rules = {
    ...textRules(
      place.template,
      place.sectionId,
      locale,
      (place.ownWords ?? []).map((word) => saidRow(word).join(' ')),
    ),
    thousands: '<number> | <below-hundred> thousand [[and] <number>]',
    'field-text': '<claim> | <level> | <statement>',
    act: oneOf([...spokenActs(place).keys()]),
    macro: `[insert] macro (${oneOf(macros)}) | insert (${oneOf(macros)})`,
    normal: `normal (${oneOf(normals)})`,
    value: field === undefined ? '<VOID>' : valueExpansion(field),
    named: oneOf(named.map(([name, one]) => `${name} (/9/ <NULL> | is) (${valueExpansion(one)})`)),
    'words-here': oneOf(selectable),
    selection: '(select | replace) <words-here>+',
    select: '<selection> | replace <words-here>+ (with | by) <replacement>',
    said: [
      '<act>',
      ...(macros.length === 0 ? [] : ['<macro>']),
      ...(normals.length === 0 ? [] : ['<normal>']),
      ...(selectable.length === 0 ? [] : ['<select>']),
      ...(field === undefined ? [] : ['<value>']),
      ...(named.length === 0 ? [] : ['<named>']),
      ...(isTextPlace(place) ? ['<text>'] : []),
    ].join(' | '),
  };
  return parseRules(rules);
}
