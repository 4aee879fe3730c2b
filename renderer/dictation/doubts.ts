import type { HeardWord } from '#shared/reporting/speech/speech.ts';

import { DOUBTFUL_CONFIDENCE } from './engine/index.ts';

/** A word in the report that was not heard surely, until the reader has looked at it. */
export interface Doubt {
  readonly id: number;
  readonly sectionId: string;
  /** By which what was said is played. */
  readonly sound?: number;
  /** As it stands in the text. */
  readonly word: string;
}

/** Words that carry no meaning of their own are not worth a look. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at by for in is of on or the there this to with'.split(' '),
);

const hasWord = (text: string, word: string): boolean =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .includes(word.toLowerCase());

/** Doubtful words of an utterance that went into the text as they were said; numbers are echoed instead. */
export const doubtfulWords = (heard: readonly HeardWord[], written: string): readonly string[] => [
  ...new Set(
    heard
      .filter(({ confidence, word }) => confidence < DOUBTFUL_CONFIDENCE && !EMPTY_WORDS.has(word))
      .map(({ word }) => word)
      .filter((word) => hasWord(written, word)),
  ),
];

/** Those whose word still stands in its section: what was fixed needs no mark. */
export const openDoubts = (doubts: readonly Doubt[], textOf: (sectionId: string) => string): readonly Doubt[] =>
  doubts.filter(({ sectionId, word }) => hasWord(textOf(sectionId), word));
