import type { Complaint } from '../complaint.ts';
import type { ReportBody, SectionRole } from '../report.ts';
import { isNegated, sentencesOf, sidesIn, type Sentence, type Side } from './sentences.ts';

/** Findings that are either there or not, as they are written. */
const FINDINGS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['pneumothorax', /\bpneumothora(?:x|ces)\b/i],
  ['pleural effusion', /\b(?:pleural )?effusions?\b/i],
  ['haemorrhage', /\bha?emorrhages?\b|\bha?ematomas?\b|\bbleed(?:ing)?\b/i],
  ['fracture', /\bfractures?\b/i],
  ['dislocation', /\bdislocat(?:ion|ed)\b/i],
  ['pulmonary embolism', /\bpulmonary embol(?:ism|us|i)\b|\bPE\b/],
  ['deep vein thrombosis', /\bdeep (?:vein|venous) thrombos[ie]s\b|\bDVT\b/],
  ['infarct', /\binfarct(?:s|ion)?\b/i],
  ['mass', /\bmass(?:es)?\b(?! effect)/i],
  ['nodule', /\bnodules?\b/i],
  ['consolidation', /\bconsolidations?\b/i],
  ['pneumonia', /\bpneumonia\b/i],
  ['appendicitis', /\bappendicitis\b/i],
  ['cholecystitis', /\bcholecystitis\b/i],
  ['gallstones', /\bgallstones?\b|\bcholelithiasis\b/i],
  ['hydronephrosis', /\bhydronephrosis\b/i],
  ['urinary stone', /\b(?:renal|ureteral|ureteric|kidney) (?:stones?|calcul(?:us|i))\b/i],
  ['bowel obstruction', /\bbowel obstruction\b/i],
  ['free air', /\bfree (?:intraperitoneal )?(?:air|gas)\b|\bpneumoperitoneum\b/i],
  ['dissection', /\bdissections?\b/i],
  ['aneurysm', /\baneurysms?\b/i],
  ['midline shift', /\bmidline shift\b/i],
  ['hydrocephalus', /\bhydrocephalus\b/i],
  ['lymphadenopathy', /\blymphadenopathy\b/i],
  ['ascites', /\bascites\b/i],
  ['abscess', /\babscess(?:es)?\b/i],
  ['hernia', /\bhernias?\b/i],
  ['occlusion', /\bocclu(?:sion|ded)\b/i],
  ['stenosis', /\bstenos[ie]s\b/i],
  ['tear', /\btears?\b/i],
  ['contusion', /\bcontusions?\b/i],
  ['atelectasis', /\batelectasis\b/i],
];
/** A negation with one of these denies only a kind of the finding: "no acute fracture" goes with an old one. */
const QUALIFIED =
  /\b(?:acute|new|other|additional|further|definite|displaced|significant|large|suspicious|focal|tension|intracranial|extra-?axial|subdural|epidural|suspicious|enlarging|obstructing|discrete|gross|convincing|central|left|right)\b/i;

interface Mention {
  readonly sentence: Sentence;
  readonly isDenied: boolean;
  readonly isQualified: boolean;
  readonly sides: ReadonlySet<Side>;
}

function mentions(body: ReportBody, role: SectionRole, pattern: RegExp): Mention[] {
  return sentencesOf(body, [role]).flatMap((sentence): Mention[] => {
    const found = pattern.exec(sentence.text);
    if (found === null) return [];
    return [
      {
        sentence,
        isDenied: isNegated(sentence.text, found.index, found[0].length),
        isQualified: QUALIFIED.test(sentence.text),
        sides: sidesIn(sentence.text),
      },
    ];
  });
}

/** Findings and impression must not say opposite things, nor put one finding on opposite sides. */
export function checkContradiction(body: ReportBody): Complaint[] {
  return FINDINGS.flatMap(([name, pattern]): Complaint[] => {
    const [found, concluded] = [mentions(body, 'findings', pattern), mentions(body, 'impression', pattern)];
    if (found.length === 0 || concluded.length === 0) return [];
    return [...presence(name, found, concluded), ...sides(name, found, concluded)];
  });
}

function presence(name: string, found: readonly Mention[], concluded: readonly Mention[]): Complaint[] {
  const opposite = concluded.find(
    (conclusion) =>
      found.every((finding) => finding.isDenied !== conclusion.isDenied) &&
      ![conclusion, ...found].some((mention) => mention.isDenied && mention.isQualified),
  );
  if (opposite === undefined) return [];
  const [first] = found;
  return [
    {
      code: 'contradiction',
      severity: 'warn',
      section: opposite.sentence.section,
      quote: opposite.sentence.text,
      message: `On ${name}, the impression contradicts the findings: "${first?.sentence.text ?? ''}"`,
      fix: 'Make findings and impression agree.',
    },
  ];
}

function sides(name: string, found: readonly Mention[], concluded: readonly Mention[]): Complaint[] {
  const sidesOf = (all: readonly Mention[]): Set<Side> =>
    new Set(all.filter(({ isDenied }) => !isDenied).flatMap((mention) => [...mention.sides]));
  const [inFindings, inImpression] = [sidesOf(found), sidesOf(concluded)];
  const [side] = inImpression;
  if (inFindings.size !== 1 || inImpression.size !== 1 || side === undefined || inFindings.has(side)) return [];
  const quoted = concluded.find((mention) => mention.sides.has(side));
  return [
    {
      code: 'contradiction-side',
      severity: 'warn',
      section: quoted?.sentence.section ?? 'Impression',
      quote: quoted?.sentence.text ?? name,
      message: `The findings put ${name} on the ${side === 'left' ? 'right' : 'left'}, the impression on the ${side}.`,
      fix: 'Make findings and impression agree on the side.',
    },
  ];
}
