/** One sentence of an earlier report, and whether it speaks of what is asked now. */
export interface ReportSentence {
  readonly text: string;
  readonly isAbout: boolean;
}

/** An earlier report beside the question of today. */
export interface ComparedReport {
  readonly sentences: readonly ReportSentence[];
  /** Words of the question that the report speaks of, and those it does not: what would be new. */
  readonly spokenOf: readonly string[];
  readonly unspokenOf: readonly string[];
}

/** Words that every request has and no report is about. */
const IDLE = new Set(
  'about above after again also been before being below both compare compared comparison concern contrast could days does done eval evaluate evaluation exam exclude from has have hours into known last left look months more most none only other over patient please possible previous prior query question rather reason right rule scan since some study such suspected suspicion than that their them then there these they this those under until weeks were what when where whether which while with without years'.split(
    ' ',
  ),
);

/** Endings that a word may have here and not there: `masses`, `metastatic`, `fractured`. */
const stemOf = (word: string): string => {
  const short = word.replace(/(?:es|s|ed|ing|ic|al|is)$/, '');
  return short.length >= 4 ? short : word;
};

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];

/** Letters in common from the start by which two words are of one family: `appendix`, `appendicitis`. */
const FAMILY_LETTERS = 7;

function isSame(one: string, other: string): boolean {
  const [a, b] = [stemOf(one), stemOf(other)];
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  let common = 0;
  while (common < shorter && a[common] === b[common]) common += 1;
  return common >= FAMILY_LETTERS || (common === shorter && shorter >= 5);
}

/** Sentences as written: put together they are the report again. A point within a number ends none. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?=\S)(?<=[.!?]\s+|\n\s*)/u);

/** Marks by words, not by meaning: a reader reads the report; this only says where to look first. */
export function compareWithQuestion(report: string, question: string): ComparedReport {
  const asked = [...new Set(wordsIn(question))].filter((word) => !IDLE.has(word));
  const told = new Set(wordsIn(report));
  const isSpokenOf = (word: string) => [...told].some((other) => isSame(word, other));
  const [spokenOf, unspokenOf] = [asked.filter(isSpokenOf), asked.filter((word) => !isSpokenOf(word))];
  const sentences = sentencesOf(report)
    .filter((text) => text !== '')
    .map((text) => {
      const words = wordsIn(text);
      return { text, isAbout: spokenOf.some((word) => words.some((other) => isSame(word, other))) };
    });
  return { sentences, spokenOf, unspokenOf };
}
