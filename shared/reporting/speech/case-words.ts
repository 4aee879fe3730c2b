/** What of a case may hold words that will be said: the order, the prior report, the template, where it comes from. */
export interface CaseTexts {
  readonly texts: readonly string[];
  /** Names of persons: nobody dictates them, and they leave no trace. */
  readonly without: readonly string[];
}

/** A general model knows these; what it lacks is the language of the case. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `about after again all also and any are because been before being between both but can could date does done each
  for from had has have her here his how into its left made may more most new non normal not now off one only other our
  out over patient please right same see seen she should show since site some such than that the their them then there
  these they this those three time today two under until upon very was well were what when where which while who will
  with without would year years yes you your`.split(/\s+/),
);

const LEAST_LETTERS = 4;
const MOST_WORDS = 300;
const LONGEST_WORD = 40;

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}[\p{L}'-]*\p{L}/gu) ?? [];

/** Words to be made likelier, those of the first texts first, each once. */
export function caseWords({ texts, without }: CaseTexts): readonly string[] {
  const left = new Set(without.flatMap(wordsIn));
  const found = texts
    .flatMap(wordsIn)
    .filter(
      (word) =>
        word.length >= LEAST_LETTERS && word.length <= LONGEST_WORD && !COMMON_WORDS.has(word) && !left.has(word),
    );
  return [...new Set(found)].slice(0, MOST_WORDS);
}
