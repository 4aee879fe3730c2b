import { ENDPOINT_FRAME } from './endpointer.ts';
import { ANY_PHONES, plainWord, type SpeechDecoder } from './decoders.ts';

const NEGATIONS: ReadonlySet<string> = new Set(['no', 'not', 'without']);
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);
const COPULAS: ReadonlySet<string> = new Set(['is', 'are']);
/** Words behind the place that are listened to as well. */
const WORDS_AFTER = 2;

/** A word as the recogniser names it, its pronunciation included (`the(2)`), and when it ended. */
interface Said {
  readonly said: string;
  readonly endMs: number;
}

/** The beginning of what was said, and the same with one “no” more or less. */
export interface Contrary {
  readonly words: readonly string[];
  readonly contraries: readonly (readonly string[])[];
}

/**
 * Where a “no” more or less would turn a finding into its contrary. Not tried in place of an article: “the” and “no”
 * are too much alike to be told apart by sound alone, and what is likely to be said decides between them.
 */
export function contraries(words: readonly string[]): readonly Contrary[] {
  const plain = words.map((word) => plainWord(word) ?? '');
  const at = (place: number, ...instead: readonly (readonly string[])[]): Contrary => {
    const isDenied = NEGATIONS.has(plain[place] ?? '');
    const end = Math.min(words.length, place + WORDS_AFTER + (isDenied ? 1 : 0));
    const after = words.slice(isDenied ? place + 1 : place, end);
    return {
      words: words.slice(0, end),
      contraries: instead
        .map((middle) => [...words.slice(0, place), ...middle, ...after])
        .filter((row) => row.length > 0),
    };
  };
  const denied = plain.findIndex((word) => NEGATIONS.has(word));
  if (denied >= 0) return [at(denied, [], ['a'])];
  const places = [0, ...plain.flatMap((word, place) => (COPULAS.has(word) ? [place + 1] : []))];
  return places
    .filter(
      (place) => place < words.length && !ARTICLES.has(plain[place] ?? '') && !COPULAS.has(plain[place + 1] ?? ''),
    )
    .map((place) => at(place, ['no']));
}

/** One row of words as Sphinx FSG. */
function rowFsg(words: readonly string[]): string {
  const head = ['FSG_BEGIN row', `NUM_STATES ${words.length + 1}`, 'START_STATE 0', `FINAL_STATE ${words.length}`];
  return [...head, ...words.map((word, at) => `TRANSITION ${at} ${at + 1} 1.0 ${word}`), 'FSG_END', ''].join('\n');
}

/**
 * By how much the words explain the sound better than with one “no” more or less. Nothing else competes, so that what
 * is likely to be said does not count, only what was heard. Absent: cannot be told.
 */
export function negationMargin(
  heard: readonly Said[],
  sound: readonly Float32Array[],
  { grammar, phones }: { readonly grammar: SpeechDecoder; readonly phones: SpeechDecoder },
): number | undefined {
  /** Words of the second decoder are their phones. */
  function scoreOf(row: readonly string[], frames: readonly Float32Array[]): number | undefined {
    const named = row.flatMap((word) => {
      const said = grammar.phonesOf(word);
      return said === undefined ? [] : [{ word: said.replaceAll(' ', '_'), phones: said }];
    });
    phones.addWords([...new Map(named.map((one) => [one.word, one])).values()]);
    phones.setGrammar(rowFsg(named.map(({ word }) => word)));
    phones.start();
    for (const frame of frames) phones.take(frame);
    phones.stop();
    return phones.words().length === 0 ? undefined : phones.score();
  }
  const tried = contraries(heard.map(({ said }) => said));
  if (tried.length === 0) return undefined;
  try {
    const margins = tried.flatMap(({ words, contraries: others }) => {
      const frames = sound.slice(0, Math.ceil(((heard[words.length - 1]?.endMs ?? 0) * 16) / ENDPOINT_FRAME));
      const own = scoreOf(words, frames);
      const rivals = others.flatMap((row) => scoreOf(row, frames) ?? []);
      return own === undefined || rivals.length === 0 ? [] : [own - Math.max(...rivals)];
    });
    return margins.length === 0 ? undefined : Math.min(...margins);
  } finally {
    phones.setGrammar(ANY_PHONES);
  }
}
