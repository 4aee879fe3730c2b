import { plainWord, type SpeechDecoders } from './decoders.ts';
import type { FreeNetwork } from './jsgf-network.ts';
import { bestRow, namedByPhones, soundBetween, type Named, type Said } from './rows.ts';
import { canBeSaid, substitutes } from './substitutes.ts';

const NEGATIONS: ReadonlySet<string> = new Set(['no', 'not', 'without']);
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);
const COPULAS: ReadonlySet<string> = new Set(['is', 'are']);
/** Words around the place that are listened to as well. */
const WORDS_BEFORE = 1;
const WORDS_AFTER = 2;
/** So much likelier, one in so many, must what was heard be by its sound than its rivals. */
const LEAST_ODDS = 50;

/** Something else that may have been said at one place: in the place of a word, or before it. */
export interface Rival {
  readonly at: number;
  readonly isBefore: boolean;
  /** Empty: nothing was said. */
  readonly word: string;
}

const plainWords = (words: readonly string[]): readonly string[] => words.map((word) => plainWord(word) ?? '');

/**
 * Where a “no” more or less would turn a finding into its contrary, if the grammar allows that. Not tried in place of an article: “the” and “no”
 * are too much alike to be told apart by sound alone, and what is likely to be said decides between them.
 */
export function negationRivals(words: readonly string[], network: FreeNetwork): readonly Rival[] {
  const plain = plainWords(words);
  const isAllowed = ({ at, isBefore, word }: Rival): boolean =>
    canBeSaid(
      network,
      [...plain.slice(0, at), word, ...plain.slice(isBefore ? at : at + 1)].filter((each) => each !== ''),
    );
  const denied = plain.findIndex((word) => NEGATIONS.has(word));
  if (denied >= 0) return ['', 'a'].map((word) => ({ at: denied, isBefore: false, word })).filter(isAllowed);
  const places = [0, ...plain.flatMap((word, place) => (COPULAS.has(word) ? [place + 1] : []))];
  return places
    .filter(
      (place) => place < words.length && !ARTICLES.has(plain[place] ?? '') && !COPULAS.has(plain[place + 1] ?? ''),
    )
    .map((at) => ({ at, isBefore: true, word: 'no' }))
    .filter(isAllowed);
}

/** Other values that the grammar allows in the place of those that were heard; `values` holds groups of them. */
export function valueRivals(
  words: readonly string[],
  network: FreeNetwork,
  values: readonly (readonly string[])[],
): readonly Rival[] {
  const plain = plainWords(words);
  const groups = plain.map((word) => values.filter((group) => group.includes(word)).flat());
  if (groups.every((group) => group.length === 0)) return [];
  return substitutes(network, plain).flatMap((others, at) =>
    [...new Set(groups[at])].flatMap((word) => (others.has(word) ? [{ at, isBefore: false, word }] : [])),
  );
}

/** A rival in one pronunciation; absent: nothing was said. */
interface NamedRival extends Rival {
  readonly named?: Named;
}

/** A row of words as Sphinx FSG, with all that may stand in their places; what was heard has the odds against it. */
function rowFsg(row: readonly Named[], rivals: readonly NamedRival[]): string {
  const odds = (1 / LEAST_ODDS).toFixed(4);
  const lines: string[] = [];
  let last = row.length;
  row.forEach(({ word }, at) => {
    const here = rivals.filter((rival) => rival.at === at);
    const before = here.filter(({ isBefore }) => isBefore);
    const instead = here.filter(({ isBefore }) => !isBefore);
    let from = at;
    if (before.length > 0) {
      from = ++last;
      lines.push(`${at} ${from} ${odds}`, ...before.map(({ named }) => `${at} ${from} 1.0 ${named?.word ?? ''}`));
    }
    lines.push(`${from} ${at + 1} ${instead.length > 0 ? odds : '1.0'} ${word}`);
    lines.push(...instead.map(({ named }) => `${from} ${at + 1} 1.0 ${named?.word ?? ''}`));
  });
  const head = ['FSG_BEGIN row', `NUM_STATES ${last + 1}`, 'START_STATE 0', `FINAL_STATE ${row.length}`];
  return [...head, ...lines.map((line) => `TRANSITION ${line}`.trimEnd()), 'FSG_END', ''].join('\n');
}

/**
 * Listens once more around the places where something else may have been said. Only what was heard and its rivals
 * compete there, so that what is likely to be said does not count, only the sound. Answers with two words, of which the
 * first was heard and the second fits about as well; undefined where nothing else does.
 */
export function heardRival(
  heard: readonly Said[],
  rivals: readonly Rival[],
  sound: readonly Float32Array[],
  { grammar, rows }: Pick<SpeechDecoders, 'grammar' | 'rows'>,
): readonly [heard: string, other: string] | undefined {
  if (rivals.length === 0) return undefined;
  const places = rivals.map(({ at }) => at);
  const from = Math.max(0, Math.min(...places) - WORDS_BEFORE);
  const to = Math.min(heard.length, Math.max(...places) + 1 + WORDS_AFTER);
  const named = (word: string) => namedByPhones(word, grammar);
  const row = heard.slice(from, to).flatMap(({ said }) => named(said));
  if (row.length < to - from) return undefined;
  const others = rivals.flatMap((rival): readonly NamedRival[] => {
    const place = { ...rival, at: rival.at - from };
    if (rival.word === '') return [place];
    const ways = [rival.word, `${rival.word}(2)`].flatMap(named).filter((way) => way.word !== row[place.at]?.word);
    return ways.map((way) => ({ ...place, named: way }));
  });
  if (others.length === 0) return undefined;
  const words = [...row, ...others.flatMap((other) => other.named ?? [])];
  const startMs = from === 0 ? 0 : (heard[from]?.startMs ?? 0);
  const found = bestRow(words, rowFsg(row, others), soundBetween(sound, startMs, heard[to - 1]?.endMs ?? 0), rows);
  const at = row.findIndex(({ word }, place) => word !== found[place]);
  // Nothing was found where the sound ended in the midst of a word.
  if (found.length === 0 || (at < 0 && found.length === row.length)) return undefined;
  const other = others.find((one) => one.at === at && one.named?.word === found[at]);
  return [plainWord(heard[from + at]?.said ?? '') ?? '', other?.word ?? ''];
}
