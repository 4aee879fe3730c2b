import type { ReportBody } from '../report.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

/** Words that say nothing about what a sentence is about. */
const EMPTY_WORDS = new Set(
  `a an and are as at be been both but by for from has have in into is it its lies measure measured measures measuring no not of on or
  over seen shows than that the there these this to up was were which with within without mild moderate severe small large tiny
  normal unremarkable likely probable possible acute chronic left right bilateral side sided noted identified present new old
  consistent keeping suggesting suggests features findings finding area areas region size sized largest largely about approximately
  advised recommended follow followup mm cm due most also again unchanged stable evidence demonstrates image series prior since
  upper lower proximal distal anterior posterior medial lateral superior inferior one two three several multiple focal diffuse`.split(
    /\s+/,
  ),
);

/** Adjectives of organs, and other names of the same. */
const SAME_WORD: Readonly<Record<string, string>> = {
  ovarian: 'ovary',
  ovaries: 'ovary',
  testicular: 'testis',
  intratesticular: 'testis',
  testes: 'testis',
  uterine: 'uterus',
  renal: 'kidney',
  hepatic: 'liver',
  pulmonary: 'lung',
  cardiac: 'heart',
  splenic: 'spleen',
  cerebral: 'brain',
  gastric: 'stomach',
  calculus: 'stone',
  calculi: 'stone',
  gallstone: 'stone',
  gallstones: 'stone',
  ureteral: 'ureter',
  ureteric: 'ureter',
};

/** Spellings of both sides of the Atlantic become one; plurals and endings fall away with all beyond the sixth letter. */
const stemOf = (word: string): string =>
  (SAME_WORD[word] ?? word)
    .replaceAll('ae', 'e')
    .replaceAll('oe', 'e')
    .replace(/(?:es|s)$/, '')
    .slice(0, 6);

/** What a sentence is about, as stems of its telling words. */
export function subjectOf(text: string): Set<string> {
  // Levels (`C5`) are telling, numbers are not.
  const words = text.toLowerCase().match(/\p{L}{3,}|\b[ctls]\d{1,2}\b/gu) ?? [];
  return new Set(words.filter((word) => !EMPTY_WORDS.has(word) && !/^hyp(?:er|o)/.test(word)).map(stemOf));
}

export const sharedCount = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((stem) => other.has(stem)).length;

export interface Counterparts {
  readonly conclusion: Sentence;
  /** Sentences of the findings that share most of the conclusion's words, and at least one. */
  readonly closest: readonly Sentence[];
  /** How many words they share. */
  readonly shared: number;
  /** All that share a word. */
  readonly related: readonly Sentence[];
}

/** Each sentence of the impression beside those of the findings that speak of the same thing; what is only normal is left out. */
export function counterpartsIn(body: ReportBody): Counterparts[] {
  const findings = sentencesOf(body, ['findings'])
    .filter(({ text }) => !saysNormal(text))
    .map((sentence) => ({ sentence, about: subjectOf(sentence.text) }));
  return sentencesOf(body, ['impression']).flatMap((conclusion): Counterparts[] => {
    const about = subjectOf(conclusion.text);
    const related = findings
      .map(({ sentence, about: other }) => ({ sentence, shared: sharedCount(about, other) }))
      .filter(({ shared }) => shared > 0);
    const shared = Math.max(0, ...related.map((one) => one.shared));
    if (shared === 0) return [];
    return [
      {
        conclusion,
        shared,
        closest: related.filter((one) => one.shared === shared).map(({ sentence }) => sentence),
        related: related.map(({ sentence }) => sentence),
      },
    ];
  });
}

const SAYS_NORMAL =
  /\bnormal\w*|\bunremarkable\b|\bintact\b|\bpatent\b|\bclear\b|\bpreserved\b|\bmaintained\b|^\W*(?:no|without)\b|: (?:no|none|negative)\b/i;
/** A sentence that only says that something is as it should be. */
export const saysNormal = (text: string): boolean => SAYS_NORMAL.test(text) && !NO_FLOW.test(text);
/** What should flow and does not. */
const NO_FLOW =
  /^\W*(?:no|without)\s+(?:[\w-]+\s+){0,2}(?:flow(?!\W+(?:limit|void|abnormal))|perfusion(?!\W+(?:defect|abnormal)))\b/i;
