import type { SectionRole, Template } from '../report.ts';
import { oneOf, type Rules } from './jsgf.ts';
import { NUMBER_RULES } from './number-rules.ts';
import { ABDOMEN, PELVIS } from './phrases/abdomen.ts';
import { CHEST } from './phrases/chest.ts';
import { COMMON_FINDINGS, COMMON_REASONS, FRAMES } from './phrases/frames.ts';
import { HEAD, NECK } from './phrases/head-neck.ts';
import type { PhraseStock } from './phrases/phrase-stock.ts';
import { BREAST, LIMBS, NUCLEAR, SPINE } from './phrases/spine-limbs.ts';
import type { SpeechLocale } from './speech.ts';
import { spelledFor } from './spelling-en.ts';
import { spokenOf } from './spoken-of.ts';

const STOCKS: readonly PhraseStock[] = [CHEST, HEAD, NECK, ABDOMEN, PELVIS, SPINE, LIMBS, BREAST, NUCLEAR];

/** What can be said of an exam; a template for any region has all of them. */
function stocksFor({ bodyParts }: Template): readonly PhraseStock[] {
  const fitting = STOCKS.filter((stock) => stock.bodyParts.some((part) => bodyParts.includes(part)));
  return fitting.length === 0 ? STOCKS : fitting;
}

/** `nodule/s` → `(nodule | nodules)`. */
const withPlural = (phrase: string): string => phrase.replaceAll(/(\S+)\/(e?s)/g, '(/2/ $1 | $1$2)');

/** A written sentence as one may say it: the commas spoken or not. */
const sayable = (sentence: string): string =>
  sentence
    .replace(/[.!?]$/, '')
    .split(/[,;]\s*|[.]\s+/)
    .map((part) => spokenOf(part).join(' '))
    .filter((part) => part !== '')
    .join(' [comma | semicolon | period | full stop] ');

const PUNCTUATION = new Set(['comma', 'semicolon', 'period', 'full', 'stop']);
/** What two ways to say one sentence have in common. */
export const withoutPunctuation = (words: readonly string[]): string =>
  words.filter((word) => !PUNCTUATION.has(word)).join(' ');

/** Each word in the spelling of the locale, its capital kept. */
function sentenceFor(locale: SpeechLocale, sentence: string): string {
  return sentence.replaceAll(/[A-Za-z][a-z'-]*/g, (word) => {
    const small = word.charAt(0).toLowerCase() + word.slice(1);
    const spelled = spelledFor(locale, small);
    return small === word ? spelled : spelled.charAt(0).toUpperCase() + spelled.slice(1);
  });
}

/** Whole sentences of a section: the template's own first, then the stock's. */
export function sentencesOf(template: Template, sectionId: string, locale: SpeechLocale): readonly string[] {
  const section = template.sections.find(({ id }) => id === sectionId);
  const own = section === undefined || section.defaultText === '' ? [] : [section.defaultText];
  const stocks = stocksFor(template);
  const pick: Readonly<Record<SectionRole, (stock: PhraseStock) => readonly string[]>> = {
    findings: ({ sentences }) => sentences,
    impression: ({ impressions }) => impressions,
    indication: () => [],
    technique: () => [],
    comparison: () => [],
    other: ({ sentences }) => sentences,
  };
  const stocked = stocks.flatMap(pick[section?.role ?? 'other']).map((sentence) => sentenceFor(locale, sentence));
  return [...new Set([...own, ...stocked])];
}

const TEXT_BY_ROLE: Readonly<Record<SectionRole, string>> = {
  indication: '<history>',
  technique: '<technique>',
  comparison: '<compared>',
  findings: '<statement> | <claim> | <graded>',
  impression: '<claim> | <statement> | <graded> | <verdict> | <advice> | <telling> | number <small-number>',
  other: '<statement> | <claim>',
};

const unitsOf = ({ modalities }: Template): string => {
  const lengths = 'millimeters | millimeter | centimeters | centimeter | percent';
  const has = (...names: readonly string[]) =>
    names.some((name) => modalities.includes(name)) || modalities.length === 0;
  return [
    lengths,
    ...(has('CT', 'PT') ? ['hounsfield units'] : []),
    ...(has('US', 'MR', 'CT') ? ['milliliters'] : []),
    ...(has('US') ? ['centimeters per second', 'beats per minute'] : []),
    ...(has('DX', 'CR', 'MR') ? ['degrees'] : []),
  ].join(' | ');
};

/** The rules of free text in a section: `text` is what may be said. Only rules that the section reaches are compiled. */
export function textRules(
  template: Template,
  sectionId: string | undefined,
  locale: SpeechLocale,
  /** What the reader taught, as it is said: findings, structures and places alike. */
  own: readonly string[],
): Rules {
  const role = template.sections.find(({ id }) => id === sectionId)?.role ?? 'other';
  const stocks = stocksFor(template);
  const all = (pick: (stock: PhraseStock) => readonly string[]) => stocks.flatMap(pick).map(withPlural);
  const fixed = sectionId === undefined ? [] : sentencesOf(template, sectionId, locale).map(sayable);
  return {
    ...NUMBER_RULES,
    ...FRAMES,
    unit: unitsOf(template),
    finding: oneOf([...COMMON_FINDINGS.map(withPlural), ...all(({ findings }) => findings), ...own]),
    structure: oneOf([...all(({ structures }) => structures), ...own]),
    place: oneOf([...all(({ places }) => places), ...own]),
    reason: oneOf([...COMMON_REASONS, ...all(({ reasons }) => reasons)]),
    fixed: oneOf(fixed),
    sentence: `${fixed.length === 0 ? '' : '<fixed> | '}${TEXT_BY_ROLE[role]}`,
    text: '<mark> [<text>] | <sentence> [<mark> [<text>]]',
  };
}

/** What `normal …` writes in this exam, by the organ as it is said. */
export function normalsFor(template: Template, locale: SpeechLocale): ReadonlyMap<string, string> {
  return new Map(
    stocksFor(template).flatMap(({ normals }) =>
      normals.map(([organ, sentence]) => [organ, sentenceFor(locale, sentence)] as const),
    ),
  );
}
