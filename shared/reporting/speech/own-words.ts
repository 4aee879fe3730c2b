import { COMMON_WORDS } from './case-words.ts';
import { phraseTable } from './piece.ts';
import { phonesOf } from './phones.ts';
import type { OwnWord } from './speech.ts';
import { spokenOf } from './spoken-of.ts';
import { VALUE_WORDS } from './value-words.ts';

/** No digits: an own word is a word, never a finding's number or a person's. */
export const OWN_WORD = /^\p{L}[\p{L}’' -]{0,39}$/u;
export const MOST_OWN_WORDS = 300;

/** The row of words by which it is said or heard. */
export const saidRow = ({ written, said }: OwnWord): readonly string[] => spokenOf(said === '' ? written : said);

const tables = new WeakMap<readonly OwnWord[], ReturnType<typeof phraseTable<string>>>();
/** What is written for which row of said words. */
export function ownWordTable(words: readonly OwnWord[]): ReturnType<typeof phraseTable<string>> {
  const known = tables.get(words) ?? phraseTable(words.map((word) => [saidRow(word).join(' '), word.written] as const));
  tables.set(words, known);
  return known;
}

/** Contraries and values: an own word may not make one of another. */
const WEIGHTY: ReadonlySet<string> = new Set([
  ...VALUE_WORDS.flat(),
  ...`no non not without with anterior posterior superior inferior medial lateral proximal distal ascending descending increase
  increased decrease decreased positive negative present absent benign malignant`.split(/\s+/),
]);
const weighty = (row: readonly string[]): string => row.filter((word) => WEIGHTY.has(word)).join(' ');

const CONTRARY_PREFIX =
  /^(?:hypo|hyper|iso|intra|extra|inter|supra|infra|pre|post|sub|non|un|in|im|ir|dis|ab|an|a)(?=\p{L}{4})/u;
/** `displaced` and `nondisplaced`, `hypodense` and `hyperdense`: they sound alike and mean the contrary. */
function isContrary(one: readonly string[], other: readonly string[]): boolean {
  const stem = (word: string) => word.replace(CONTRARY_PREFIX, '');
  const isKin = (word: string, kin = '') => stem(word) === kin || word === stem(kin) || stem(word) === stem(kin);
  const isSame = one.join('') === other.join('');
  return !isSame && one.length === other.length && one.every((word, at) => isKin(word, other[at]));
}

export type OwnWordTrouble =
  /** Digits or signs. */
  | 'not-letters'
  /** Part of the name of somebody in the open case. */
  | 'name'
  /** Would turn one value, or a finding, into another. */
  | 'value'
  /** Heard as a word of every sentence. */
  | 'common';

const lettersOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** Why a word may not be taught; `names` of the persons of the open case. */
export function ownWordTrouble(word: OwnWord, names: readonly string[]): OwnWordTrouble | undefined {
  const { written, said } = word;
  const row = saidRow(word);
  if (!OWN_WORD.test(written) || (said !== '' && !OWN_WORD.test(said)) || row.length === 0) return 'not-letters';
  const persons = new Set(names.flatMap(lettersOf));
  if (lettersOf(`${written} ${said}`).some((part) => persons.has(part))) return 'name';
  const meant = spokenOf(written);
  if (weighty(row) !== weighty(meant) || isContrary(row, meant)) return 'value';
  return said !== '' && row.every((one) => one.length < 3 || COMMON_WORDS.has(one)) ? 'common' : undefined;
}

/** How many phones must change, of the longer row. */
const MOST_DIFFERENCE = 0.6;

function distance(one: readonly string[], other: readonly string[]): number {
  let before = other.map((_, at) => at + 1);
  one.forEach((phone, row) => {
    let corner = row;
    let left = row + 1;
    before = before.map((up, at) => {
      const best = Math.min(up + 1, left + 1, corner + (phone === other[at] ? 0 : 1));
      corner = up;
      left = best;
      return best;
    });
  });
  return before.at(-1) ?? one.length;
}

function soundsAlike(one: readonly string[], other: readonly string[]): boolean {
  const phones = (row: readonly string[]) => row.flatMap((word) => phonesOf(word).split(' '));
  const [first, second] = [phones(one), phones(other)];
  return distance(first, second) <= MOST_DIFFERENCE * Math.max(first.length, second.length);
}

/** Of what was dictated so many words may have been changed, and so many must stand as they were. */
const MOST_CHANGED = 4;
const LEAST_KEPT = 2;

/** Words, and what ends a sentence. */
const tokens = (text: string): readonly string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*|[.!?\n]/gu) ?? [];
const isEnd = (token: string | undefined): boolean => token === undefined || /^[.!?\n]$/.test(token);
const standsAt = (all: readonly string[], at: number, part: readonly string[]): boolean =>
  part.every((token, step) => all[at + step] === token);

/** A capital that only begins the sentence is not the word's. */
const withoutCapital = (word: string): string =>
  /^\p{Lu}\p{Ll}*$/u.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word;

/**
 * What a reader made of a few words of a dictated sentence, where that sounds much like what was heard; undefined where
 * it stands as dictated, or where something else was meant.
 */
export function correctionIn(dictated: string, text: string, names: readonly string[]): OwnWord | undefined {
  const [before, now] = [tokens(dictated), tokens(text)];
  if (now.some((_, at) => standsAt(now, at, before))) return undefined;
  for (
    let count = 1;
    count <= MOST_CHANGED && count <= before.filter((token) => !isEnd(token)).length - LEAST_KEPT;
    count++
  )
    for (let from = 0; from + count <= before.length; from++) {
      const found = changedTo(before.slice(0, from), before.slice(from + count), now);
      if (found === undefined) continue;
      const isFirst = from === 0;
      const plain = (row: readonly string[]) =>
        row.map((word, at) => (isFirst && at === 0 ? withoutCapital(word) : word));
      const word = { written: plain(found).join(' '), said: plain(before.slice(from, from + count)).join(' ') };
      const isOne = ownWordTrouble(word, names) === undefined && soundsAlike(saidRow(word), spokenOf(word.written));
      return isOne ? word : undefined;
    }
  return undefined;
}

/** The few words that stand between two rows of words; without a row the sentence begins or ends there. */
function changedTo(
  lead: readonly string[],
  trail: readonly string[],
  now: readonly string[],
): readonly string[] | undefined {
  for (let at = 0; at + lead.length < now.length; at++) {
    if (!standsAt(now, at, lead) || (lead.length === 0 && !isEnd(now[at - 1]))) continue;
    const from = at + lead.length;
    for (let count = 1; count <= MOST_CHANGED; count++)
      if (
        from + count <= now.length &&
        standsAt(now, from + count, trail) &&
        (trail.length > 0 || isEnd(now[from + count]))
      )
        return now.slice(from, from + count);
  }
  return undefined;
}
