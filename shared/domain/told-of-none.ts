import type { ToldFact } from './notes.ts';

const NONE = [
  /^(?:nkd?a|nil|none|none known|no|denied|denies)[.!]?$/i,
  /^(?:no|none|nil|denies(?: any)?|without) (?:known )?(?:drug |food |latex |contrast |iodine |medication )*(?:allerg(?:y|ies)|reactions?|implants?|pacemaker|infections?|isolation|anticoag\w*|blood thinners?)\b[^,;.]*[.]?$/i,
  /^(?:no known|no history of) [^,;.]+[.]?$/i,
  /^(?:serum |urine )?(?:β-?|beta-? ?)?(?:hcg |pregnancy test |test )?(?:is |was )?negative[.]?$/i,
  /^not pregnant[.]?$/i,
];
/** After such a word a "none" is not all that is told. */
const YET =
  /\b(?:but|except|apart|other than|however|although|possible|probable|unknown|unsure|not (?:asked|sure))\b|\?/i;

/**
 * Whether a fact of a kind that can harm says that there is nothing: "No known drug allergies", "hCG negative". What is not plainly a "none" is taken for a
 * danger.
 */
export function toldOfNone({ label, text, abnormal }: ToldFact): boolean {
  if (abnormal === true || YET.test(`${label} ${text}`)) return false;
  const says = (words: string): boolean => NONE.some((pattern) => pattern.test(words.trim()));
  return (
    says(text) || (says(label) && !/\b(?:anaphyla|rash|hives|urticaria|swelling|severe|moderate|mild)/i.test(text))
  );
}
