/** Whether a text says that something is there, that it is not, or leaves it open (asked about, feared, over). */
export type Stance = 'asserted' | 'denied' | 'open';

/** Words before a finding that say it is absent; the nearest clause counts. */
const NEGATION =
  /\b(?:no|not|without|negative for|absence of|absent|free of|ruled out|rules out|denies|neither|nor|never|lack of)\b/gi;
/** Behind the finding: "pneumothorax is not seen", "fracture: none". */
const NEGATION_AFTER =
  /^(?:\s*[:–-]\s*(?:no\b|none|nil\b|negative|absent)|\s*(?:,\s*)?(?:is|are|was|were|has been|have been)?\s*(?:not|none|absent|excluded|ruled out|negative|unremarkable)\b)/i;
/** Words that end the reach of a negation. */
const TURN = /\b(?:but|however|although|though|except|with|apart from|other than|aside from|there (?:is|are))\b|[;:]/gi;
/** After a comma these begin a statement of their own; in "no effusion, consolidation or …" the list goes on. */
const BEGINS_ANEW =
  /,\s*(?=(?:a|an|the|small|mild|moderate|large|minimal|tiny|trace|subtle|stable|unchanged|known|old|chronic|new|left|right|bilateral|patchy|scattered|multiple|several|diffuse|some|few|slight|marked|severe|likely|there|\d)\b)/gi;
/** "No change of the nodule" denies a change, not the nodule. */
const NO_CHANGE =
  /\b(?:no|without|not)\s+(?:(?:significant|significantly|interval|appreciable|relevant|definite|evidence of|any|further|substantial|substantially)\s+)*(?:chang\w*|increas\w*|decreas\w*|progress\w*|growth|grown|differen\w*|enlarg\w*|longer than|only)\b/gi;
const OPEN_BEFORE =
  /\b(?:possib\w+|suspect\w*|suspicio\w+|question\w*|suggest\w*|consider\w*|may|might|could|if|rule out|r\/o|exclude|excluding|evaluat\w+ for|assess\w* for|concern\w*|risk of|history of|differential|versus|vs|prior|previous\w*|resolution of|resolved|healed|former|probabl\w+|indeterminate|equivocal|screening for|follow[- ]?up (?:of|for)|pre-existing|to detect|sensitiv\w+)\b|\?/i;
const OPEN_AFTER =
  /^[^.;,]{0,40}\b(?:not (?:be )?(?:entirely |completely |fully |definitely )?excluded|cannot|can not|has resolved|have resolved|resolved|healed|is possible|is considered|is suspected|is questionable|protocol|series|window)|^\s*\?/i;

const lastEnd = (text: string, pattern: RegExp): number =>
  Math.max(0, ...[...text.matchAll(pattern)].map((match) => match.index + match[0].length));

/** The words that bear on what stands at `at`: since the last turn of the sentence. */
function clauseBefore(text: string, at: number): string {
  const before = text.slice(0, at).replaceAll(NO_CHANGE, ' ');
  return before.slice(Math.max(lastEnd(before, TURN), lastEnd(before, BEGINS_ANEW)));
}

/** Where the negation ends that denies what stands at `at`, as words between it and there; undefined when nothing denies it. */
export function deniedWith(text: string, at: number): string | undefined {
  const clause = clauseBefore(text, at);
  const end = lastEnd(clause, NEGATION);
  return end === 0 ? undefined : clause.slice(end);
}

export function stanceOf(text: string, at: number, length: number): Stance {
  const after = text.slice(at + length);
  const clause = clauseBefore(text, at);
  if (OPEN_AFTER.test(after)) return 'open';
  if (deniedWith(text, at) !== undefined || NEGATION_AFTER.test(after)) return 'denied';
  return OPEN_BEFORE.test(clause) ? 'open' : 'asserted';
}

export const isNegated = (text: string, at: number, length: number): boolean => stanceOf(text, at, length) === 'denied';
