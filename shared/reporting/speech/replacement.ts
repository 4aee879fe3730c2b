import type { Replacement } from './speech.ts';
import { findSpoken } from './spoken-of.ts';
import { writeSpoken, type WritingPlace } from './spoken-to-written.ts';

const JOINS: ReadonlySet<string> = new Set(['with', 'by']);

/** Where the words begin that replace others: behind the last “with”; undefined where nothing is replaced. */
export function replacingFrom(words: readonly string[]): number | undefined {
  const from = words.findLastIndex((word) => JOINS.has(word)) + 1;
  return words[0] === 'replace' && from > 0 && from < words.length ? from : undefined;
}

/** `replace left with right`: where it can be read in several ways, that of which most words stand in the text. */
export function readReplacement(
  words: readonly string[],
  text: string,
  canStand: (by: readonly string[]) => boolean,
): Replacement | undefined {
  if (words[0] !== 'replace' || findSpoken(text, words.slice(1)) !== undefined) return undefined;
  const readings = words.flatMap((word, at): readonly Replacement[] => {
    const [replaced, by] = [words.slice(1, at), words.slice(at + 1)];
    const isOne = JOINS.has(word) && by.length > 0 && findSpoken(text, replaced) !== undefined && canStand(by);
    return isOne ? [{ replaced, by }] : [];
  });
  return readings.at(-1);
}

/** What of a text is written over, and with what. */
export interface WrittenOver {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** The words nearest before the caret are replaced, and of a size or a level only the part that was said. */
export function writeReplacement(
  text: string,
  caret: number,
  { replaced, by }: Replacement,
  writing: Pick<WritingPlace, 'locale' | 'ownWords'>,
): WrittenOver | undefined {
  const found = findSpoken(text, replaced, caret);
  if (found === undefined) return undefined;
  const { start, end, wordsBefore, wordsAfter } = found;
  const words = writeSpoken([...wordsBefore, ...by, ...wordsAfter], {
    ...writing,
    before: text.slice(0, start),
    isPart: true,
  });
  // The space before what was replaced stands already.
  return { start, end, words: words.trimStart() };
}
