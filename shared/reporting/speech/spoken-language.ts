import type { PieceReader } from './piece.ts';

/** What a language brings so that its spoken words can be written; a second language is a second value of this type. */
export interface SpokenLanguage {
  /** Makes words as any engine hands them over into the words of the tables. */
  readonly normalise: (words: readonly string[]) => readonly string[];
  /** Tried in order at each place; the first that reads something wins. */
  readonly readers: readonly PieceReader[];
  /** A word of its own as written. */
  readonly spell: (word: string) => string;
  /** After these words a sentence cannot end, so no full stop is set. */
  readonly unfinished: ReadonlySet<string>;
  /** Words that stand alone on a line, without a full stop. */
  readonly headings: ReadonlySet<string>;
  readonly capThat: readonly string[];
  readonly scratchThat: readonly string[];
}
