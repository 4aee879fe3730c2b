import { americanSpelling } from '../speech/spelling-en.ts';

/** A word that is not known and stands one slip away from one that is. */
export interface SpellingDoubt {
  readonly word: string;
  readonly suggestion: string;
}

export interface Spelling {
  /** Each doubtful word once, in the order of the text. Other unknown words are left alone: a list of words is never whole. */
  doubtsIn(text: string): SpellingDoubt[];
}

/** Shorter words are too close to too many others. */
const SHORTEST = 5;
const SHORTEST_ORDINARY = 7;
const ENDINGS: readonly (readonly [ending: string, instead: string])[] = [
  ["'s", ''],
  ['’s', ''],
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['ed', ''],
  ['ed', 'e'],
  ['ing', ''],
  ['ing', 'e'],
  ['ly', ''],
  ['er', ''],
  ['er', 'e'],
  ['ally', ''],
  ['ness', ''],
  ['al', ''],
  ['ic', ''],
];
const BEGINNINGS =
  /^(?:non|un|sub|peri|para|post|pre|intra|extra|retro|inter|hemi|haemo|hemo|multi|bi|mid|anti|hyper|hypo|micro|macro|re|dis|over|under)-?/;

/** All that one slip makes of a word when a letter is taken out of it: two words one slip apart share one of these. */
const withOneLess = (word: string): string[] =>
  Array.from(word, (_, at) => `${word.slice(0, at)}${word.slice(at + 1)}`);

/** One letter more, less or other, or two neighbours swapped (Damerau's four slips). */
function isOneSlip(one: string, other: string): boolean {
  if (one === other) return false;
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** Made of the words that are known, in small letters. `ordinary` ones are known, and only meant where they are long. */
export function createSpelling(words: Iterable<string>, ordinary: Iterable<string> = []): Spelling {
  const known = new Set<string>();
  for (const word of words) {
    known.add(word);
    known.add(americanSpelling(word));
  }
  const neighbours = new Map<string, string[]>();
  const plain = new Set(ordinary);
  for (const word of plain) known.add(word);
  for (const word of known) {
    if (word.length < (plain.has(word) ? SHORTEST_ORDINARY : SHORTEST)) continue;
    for (const key of [word, ...withOneLess(word)]) {
      const list = neighbours.get(key);
      if (list === undefined) neighbours.set(key, [word]);
      else list.push(word);
    }
  }
  const judged = new Map<string, string | undefined>();

  const isKnown = (word: string): boolean => {
    const forms = [word, americanSpelling(word)];
    const bare = forms.flatMap((form) =>
      ENDINGS.flatMap(([ending, instead]) => {
        if (!form.endsWith(ending)) return [];
        const stem = form.slice(0, form.length - ending.length);
        // "swollen", "stopped": the last letter was doubled.
        return [`${stem}${instead}`, stem.replace(/(\p{L})\1$/u, '$1')];
      }),
    );
    const all = [...forms, ...bare];
    return all.some((form) => {
      const rest = form.replace(BEGINNINGS, '');
      return known.has(form) || (rest.length >= 4 && known.has(rest));
    });
  };

  function judge(word: string): string | undefined {
    if (isKnown(word)) return undefined;
    const near = [word, ...withOneLess(word)]
      .flatMap((key) => neighbours.get(key) ?? [])
      .filter((other) => isOneSlip(word, other));
    // Another form of a word is no slip of it. The first letter is rarely the wrong one.
    if (near.some((other) => other.startsWith(word) || word.startsWith(other))) return undefined;
    return near.find((other) => other.charAt(0) === word.charAt(0));
  }

  return {
    doubtsIn(text) {
      const doubts = new Map<string, SpellingDoubt>();
      for (const match of text.matchAll(/(?<![\p{L}\p{N}'’.@/-])\p{L}{5,}(?![\p{N}'’@/]|\.\p{L})/gu)) {
        const [word] = match;
        const isSentenceStart = /(?:^|[.!?:]\s+|\n\s*)$/.test(text.slice(0, match.index));
        const isCapitalised = /^\p{Lu}\p{Ll}+$/u.test(word);
        // Names and abbreviations are nobody's to spell.
        if (!/^\p{Ll}+$/u.test(word) && !(isCapitalised && isSentenceStart)) continue;
        const small = word.toLowerCase();
        if (!judged.has(small)) judged.set(small, judge(small));
        const suggestion = judged.get(small);
        if (suggestion === undefined || doubts.has(word)) continue;
        const shown = isCapitalised ? `${suggestion.charAt(0).toUpperCase()}${suggestion.slice(1)}` : suggestion;
        doubts.set(word, { word, suggestion: shown });
      }
      return [...doubts.values()];
    },
  };
}

/** The word corrected wherever it stands in the text. */
export const corrected = (text: string, { word, suggestion }: SpellingDoubt): string =>
  text.replace(new RegExp(String.raw`(?<!\p{L})${word}(?!\p{L})`, 'gu'), suggestion);
