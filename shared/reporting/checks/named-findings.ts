import { stanceOf, type Stance } from './negation.ts';

/** Findings that are either there or not, under the names they are written with. */
export const NAMED: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['pneumothorax', /\bpneumothora(?:x|ces)\b/gi],
  ['effusion', /\beffusions?\b/gi],
  ['haemorrhage', /\bha?emorrhages?\b|\bha?ematomas?\b|\bbleed(?:ing)?\b/gi],
  ['fracture', /\bfractur(?:es?|ed)\b/gi],
  ['dislocation', /\bdislocat(?:ion|ed)\b/gi],
  ['pulmonary embolism', /\b(?:pulmonary )?embol(?:ism|us|i)\b|\bPEs?\b/g],
  ['deep vein thrombosis', /\b(?:deep )?(?:(?:vein|venous) )?thromb(?:os[ie]s|us|i)\b|\bDVT\b/g],
  ['infarct', /\binfarct(?:s|ions?)?\b/gi],
  ['mass', /\bmass(?:es)?\b(?! effect)/gi],
  ['nodule', /\bnodules?\b/gi],
  ['cyst', /\bcysts?\b/gi],
  ['lesion', /\blesions?\b/gi],
  ['consolidation', /\bconsolidations?\b/gi],
  ['pneumonia', /\bpneumonias?\b/gi],
  ['gallstones', /\bgallstones?\b|\bcholelithiasis\b/gi],
  ['urinary stone', /\b(?:renal|ureteral|ureteric|kidney|bladder|urinary) (?:stones?|calcul(?:us|i))\b/gi],
  ['bowel obstruction', /\bbowel obstruction\b/gi],
  ['free air', /\bfree (?:intraperitoneal )?(?:air|gas)\b|\bpneumoperitoneum\b/gi],
  ['free fluid', /\bfree (?:\w+ )?fluid\b/gi],
  ['dissection', /\bdissections?\b/gi],
  ['midline shift', /\bmidline shift\b/gi],
  ['abscess', /\babscess(?:es)?\b/gi],
  ['collection', /\bcollections?\b/gi],
  ['hernia', /\bhernias?\b/gi],
  ['herniation', /\bherniations?\b/gi],
  ['extrusion', /\bextrusions?\b/gi],
  ['protrusion', /\bprotrusions?\b/gi],
  ['occlusion', /\bocclu(?:sions?|ded)\b/gi],
  ['tear', /\btears?\b/gi],
  ['contusion', /\bcontusions?\b/gi],
  ['laceration', /\blacerations?\b/gi],
  ['perforation', /\bperforations?\b/gi],
  ['torsion', /\btorsion\b/gi],
  ['distortion', /\bdistortion\b/gi],
  ['extension', /\bextraprostatic extension\b|\bextracapsular extension\b/gi],
  ['subluxation', /\bsubluxations?\b/gi],
  ['restricted diffusion', /\brestricted diffusion\b/gi],
  ['cord compression', /\bcord compression\b/gi],
  ['calcifications', /\bcalcifications?\b/gi],
  ['pregnancy', /\b(?:intrauterine|ectopic) pregnanc(?:y|ies)\b/gi],
  ['metastasis', /\bmetasta(?:sis|ses|tic disease)\b/gi],
];
/** Other words that name something wrong by their ending. */
export const PATHOLOGICAL =
  /\b(?!diagnos|symphys|apophys|epiphys|diaphys|hypophys|metaphys|analys|basis|oasis|emphasis|hypothes|soma|stoma|coma\b|axilla|prognos|thorax|aroma|tele|gross|anastom|synthes)\p{L}{2,}(?:itis|os[ie]s|iasis|omas?|omata|ectas[ie]s|ectasia|megaly|cele|salpinx|listhesis|a?emia|o?edema|pathy|cephalus|plasia|trophy|malacia|stenos[ie]s|aneurysms?|ascites)\b|\b(?:ascites|aneurysms?)\b/giu;

/** The stance of a sentence on each finding that it names. */
export const stancesIn = (text: string): readonly Stance[] =>
  [...NAMED.map(([, pattern]) => pattern), PATHOLOGICAL].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => stanceOf(text, match.index, match[0].length)),
  );
