/** One thing to be written, read from one or more spoken words. */
export interface Piece {
  readonly text: string;
  /** Words it was read from. */
  readonly taken: number;
  readonly kind: 'word' | 'number' | 'mark' | 'stop' | 'line';
  /** Where no space stands beside it. */
  readonly glue?: 'left' | 'right' | 'both';
}

/** Reads one kind of thing at a place among the spoken words; undefined: it is not there. */
export type PieceReader = (words: readonly string[], at: number) => Piece | undefined;

/** Of phrases in a table, the longest that stands at a place. */
export function longestAt<Value>(
  byFirstWord: ReadonlyMap<string, readonly (readonly [said: readonly string[], value: Value])[]>,
  words: readonly string[],
  at: number,
): { readonly value: Value; readonly taken: number } | undefined {
  const found = (byFirstWord.get(words[at] ?? '') ?? []).find(([said]) =>
    said.every((word, step) => words[at + step] === word),
  );
  return found === undefined ? undefined : { value: found[1], taken: found[0].length };
}

/** A table by the first word of each phrase, longest phrases first. */
export function phraseTable<Value>(
  phrases: readonly (readonly [said: string, value: Value])[],
): ReadonlyMap<string, readonly (readonly [said: readonly string[], value: Value])[]> {
  const table = new Map<string, (readonly [readonly string[], Value])[]>();
  for (const [said, value] of phrases) {
    const words = said.split(' ');
    const first = words[0] ?? '';
    table.set(first, [...(table.get(first) ?? []), [words, value]]);
  }
  for (const [first, entries] of table)
    table.set(
      first,
      entries.toSorted(([one], [other]) => other.length - one.length),
    );
  return table;
}
