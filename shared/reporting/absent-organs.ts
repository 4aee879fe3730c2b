/** An organ that an operation took, with the side where there are two. */
export interface AbsentOrgan {
  readonly name: string;
  readonly organ: RegExp;
  readonly side?: 'left' | 'right';
}

interface Removal {
  readonly name: string;
  readonly operation: RegExp;
  readonly organ: RegExp;
  readonly isPaired?: boolean;
}

const REMOVALS: readonly Removal[] = [
  { name: 'gallbladder', operation: /\bcholecystectom(?:y|ized)\b/i, organ: /\bgall ?bladder\b(?! (?:fossa|bed))/i },
  { name: 'appendix', operation: /\bappend(?:ic)?ectomy\b/i, organ: /\bappendix\b/i },
  { name: 'spleen', operation: /\bsplenectomy\b/i, organ: /\bspleen\b/i },
  { name: 'uterus', operation: /\bhysterectomy\b/i, organ: /\buterus\b|\bendometri\w+\b/i },
  { name: 'prostate', operation: /\b(?:radical )?prostatectomy\b/i, organ: /\bprostate\b(?! (?:bed|fossa))/i },
  { name: 'thyroid', operation: /(?<!hemi-?)\bthyroidectomy\b/i, organ: /\bthyroid\b(?! (?:bed|fossa))/i },
  { name: 'kidney', operation: /\bnephrectomy\b/i, organ: /\bkidneys?\b/i, isPaired: true },
  { name: 'adrenal gland', operation: /\badrenalectomy\b/i, organ: /\badrenals?\b/i, isPaired: true },
  { name: 'breast', operation: /\bmastectomy\b/i, organ: /\bbreasts?\b/i, isPaired: true },
  { name: 'ovary', operation: /\boophorectomy\b/i, organ: /\bovar(?:y|ies)\b|\badnexa\w*\b/i, isPaired: true },
  { name: 'testis', operation: /\borchi(?:d)?ectomy\b/i, organ: /\btest(?:is|es|icles?)\b/i, isPaired: true },
  {
    name: 'urinary bladder',
    operation: /(?<!chole)\b(?:radical )?cystectomy\b(?! of)/i,
    organ: /\b(?:urinary )?bladder\b(?! (?:bed|fossa))/i,
  },
  { name: 'stomach', operation: /\btotal gastrectomy\b/i, organ: /\bstomach\b/i },
];
/** "Gallbladder absent", "the spleen was removed". */
const GONE = /^\W*(?:is |was |are |were |has been |have been )?(?:surgically )?(?:absent|removed|resected)\b/i;
/** Not all of it, not yet, or not so. */
const NOT_GONE =
  /\b(?:partial|hemi|subtotal|planned?|planning|scheduled|awaiting|candidate|before|pre-?op\w*|prior to|consider\w*|for possible|no|not|without|denies|refused|ovarian|simple)\b[^.;,]*$/i;
const sideBefore = (text: string): 'left' | 'right' | undefined => {
  const [last] = [...text.matchAll(/\b(left|right|lt|rt|bilateral)\b/gi)].toReversed();
  const word = last?.[1]?.toLowerCase() ?? '';
  return word === '' || word === 'bilateral' ? undefined : word.startsWith('l') ? 'left' : 'right';
};

/** What is gone, as the history tells: operations, and organs said to be absent. */
export function absentOrgans(history: readonly string[]): AbsentOrgan[] {
  const sentences = history.flatMap((text) => text.split(/(?<=[.;!?])\s+|\n/));
  return REMOVALS.flatMap(({ name, operation, organ, isPaired }) =>
    sentences.flatMap((text): AbsentOrgan[] => {
      const done = operation.exec(text);
      const named = organ.exec(text);
      const isDone = done !== null && !NOT_GONE.test(text.slice(0, done.index));
      const isGone = named !== null && GONE.test(text.slice(named.index + named[0].length));
      if (!isDone && !isGone) return [];
      const near =
        done === null
          ? text.slice(0, named?.index)
          : `${text.slice(0, done.index)} ${text.slice(done.index).slice(0, 40)}`;
      const side = isPaired === true ? sideBefore(near) : undefined;
      // One of two, and which is not said: nothing can be said of the other.
      if (isPaired === true && side === undefined && !/\bbilateral\b/i.test(text)) return [];
      return [{ name: side === undefined ? name : `${side} ${name}`, organ, ...(side === undefined ? {} : { side }) }];
    }),
  );
}

const CALLED_NORMAL =
  /\bnormal\w*\b|\bunremarkable\b|\bno (?:gallstones|wall thickening|evidence|stones|focal|hydronephrosis|mass)|\bwithout (?:stones|gallstones|wall thickening|evidence|focal|hydronephrosis|mass)|\bwithin normal limits\b|\bintact\b|\bhomogeneous\b/i;
const REMOVAL_SAID =
  /ectomy|absent|removed|resected|status post|s\/p|surgical|operat|remnant|not (?:seen|visuali[sz]ed)/i;

/** The organ a sentence calls normal although it is gone. */
export function absentOrganCalledNormal(text: string, absent: readonly AbsentOrgan[]): AbsentOrgan | undefined {
  if (!CALLED_NORMAL.test(text) || REMOVAL_SAID.test(text)) return undefined;
  return absent.find(({ organ, side }) => {
    if (!organ.test(text)) return false;
    if (side === undefined) return true;
    const other = side === 'left' ? 'right' : 'left';
    return !new RegExp(`\\b${other}\\b`, 'i').test(text) || new RegExp(`\\b${side}\\b`, 'i').test(text);
  });
}
