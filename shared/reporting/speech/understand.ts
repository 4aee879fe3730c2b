import { readPartialDate } from '../partial-date.ts';
import type { TemplateField } from '../report.ts';
import { numberValue, spokenOptions } from './field-phrases.ts';
import { fits, type ParsedRules } from './jsgf.ts';
import {
  fieldAt,
  isTextPlace,
  localeOf,
  namedFields,
  rulesAt,
  SPOKEN_NAVIGATION,
  spokenActs,
  sectionText,
  spokenMacros,
  writingAt,
} from './place-rules.ts';
import { readReplacement } from './replacement.ts';
import type { SpeechPlace, Understood } from './speech.ts';
import { writeSpoken } from './spoken-to-written.ts';
import { normalsFor, sentencesOf, withoutPunctuation } from './text-rules.ts';
import { spokenOf } from './spoken-of.ts';

/** How the recogniser names a word's other pronunciation: `a(2)`. */
const heard = (words: readonly string[]): readonly string[] =>
  words
    .map((word) => word.toLowerCase().replace(/\(\d+\)$/, ''))
    .filter((word) => word !== '' && !word.startsWith('<'));

const startsWith = (words: readonly string[], phrase: readonly string[]): boolean =>
  phrase.every((word, at) => words[at] === word);

function valueOf(field: TemplateField, words: readonly string[], place: SpeechPlace): string | undefined {
  if (words.length === 0) return undefined;
  switch (field.kind) {
    case 'choice':
    case 'laterality':
      return spokenOptions(field).get(words.join(' '));
    case 'date':
      return readPartialDate(writeSpoken(words, { locale: localeOf(place), before: '', isSentence: false })).date;
    case 'number':
      return numberValue(field, words);
    case 'text':
      return writeSpoken(words, { ...writingAt(place), before: '', isSentence: false });
  }
}

/** `pleural effusion [is] right`, whichever of the section's fields has the longest name that stands first. */
function namedField(words: readonly string[], place: SpeechPlace): Understood | undefined {
  const { sectionId } = place;
  if (sectionId === undefined) return undefined;
  const names = [...namedFields(place)]
    .map(([name, field]) => [name.split(' '), field] as const)
    .filter(([name]) => startsWith(words, name))
    .toSorted(([one], [other]) => other.length - one.length);
  for (const [name, field] of names) {
    const rest = words.slice(name.length);
    const value = valueOf(field, rest[0] === 'is' ? rest.slice(1) : rest, place);
    if (value !== undefined) return { kind: 'field', sectionId, fieldId: field.id, value };
  }
  return undefined;
}

function fieldAtCaret(words: readonly string[], place: SpeechPlace): Understood | undefined {
  const field = fieldAt(place);
  const value = field && valueOf(field, words, place);
  return value === undefined || field === undefined || place.sectionId === undefined
    ? undefined
    : { kind: 'field', sectionId: place.sectionId, fieldId: field.id, value };
}

function macroOf(words: readonly string[], place: SpeechPlace): Understood | undefined {
  const called = words[0] === 'insert' ? words.slice(1) : words;
  if (words[0] !== 'insert' && words[0] !== 'macro') return undefined;
  const name = spokenMacros(place).get((called[0] === 'macro' ? called.slice(1) : called).join(' '));
  return name === undefined ? undefined : { kind: 'macro', name };
}

/** What is left of the caret as far as is known. */
const beforeCaret = (place: SpeechPlace): string => place.before ?? sectionText(place);

/** A sentence that is known as a whole is written as it stands there, with its commas; all else by the rules of writing. */
function textOf(words: readonly string[], place: SpeechPlace): string {
  const locale = localeOf(place);
  const before = beforeCaret(place);
  const isNormal =
    words[0] === 'normal' &&
    place.template.sections.some(({ id, role }) => id === place.sectionId && role === 'findings');
  const normal = isNormal ? normalsFor(place.template, locale).get(words.slice(1).join(' ')) : undefined;
  const key = withoutPunctuation(words);
  const whole =
    normal ??
    sentencesOf(place.template, place.sectionId ?? '', locale).find((sentence) => spokenOf(sentence).join(' ') === key);
  if (whole !== undefined) return before === '' || /\s$/.test(before) ? whole : ` ${whole}`;
  return writeSpoken(words, {
    ...writingAt(place),
    before,
    ...(place.after === undefined ? {} : { after: place.after }),
  });
}

const replacementOf = (
  words: readonly string[],
  place: SpeechPlace,
  canStand: (by: readonly string[]) => boolean,
): Understood | undefined => {
  const replacement = isTextPlace(place) ? readReplacement(words, sectionText(place), canStand) : undefined;
  return replacement && { kind: 'replacement', ...replacement };
};

/** `replace … with …` where the words that are new were said freely: a model heard them, the grammar does not hold them. */
export const understandFreely = (words: readonly string[], place: SpeechPlace): Understood | undefined =>
  replacementOf(heard(words), place, () => true);

function selectedWords(words: readonly string[], rules: ParsedRules): Understood | undefined {
  const [verb, ...argument] = words;
  if ((verb !== 'select' && verb !== 'replace') || !fits(rules, words, 'selection')) return undefined;
  return { kind: 'command', id: SPOKEN_NAVIGATION[verb], argument: argument.join(' ') };
}

/**
 * What the words mean at a place: a command, a value, a macro or text; undefined where the grammar of the place does
 * not hold them, so that nothing is guessed into the report.
 */
export function understand(words: readonly string[], place: SpeechPlace): Understood | undefined {
  const said = heard(words);
  if (said.length === 0) return undefined;
  const act = spokenActs(place).get(said.join(' '));
  if (act !== undefined) return { kind: 'command', ...act };
  const rules = rulesAt(place);
  if (!fits(rules, said)) return undefined;
  return (
    macroOf(said, place) ??
    replacementOf(said, place, (by) => fits(rules, by, 'replacement')) ??
    selectedWords(said, rules) ??
    fieldAtCaret(said, place) ??
    namedField(said, place) ??
    (isTextPlace(place) && (said[0] === 'normal' || fits(rules, said, 'text'))
      ? { kind: 'text', text: textOf(said, place) }
      : undefined)
  );
}
