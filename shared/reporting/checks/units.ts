import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import { counterpartsIn, type Counterparts } from './same-subject.ts';
import { sentencesOf, type Sentence } from './sentences.ts';

interface Length {
  readonly quote: string;
  /** Every number before the unit (`12 × 9 mm`), in mm. */
  readonly mm: readonly number[];
  readonly at: number;
}

const LENGTH =
  /(\d+(?:[.,]\d+)?(?:\s?(?:mm|cm)?\s?(?:x|×|by|\*)\s?\d+(?:[.,]\d+)?)*)[\s-]?(mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?)\b(?!\s?(?:\/|per|Hg|H2O|from|above|below|cranial|caudal|inferior|superior|distal|proximal|slices?|sections?|cuts?|collimation|reconstruction|axial|thick (?:slices?|sections?)))/gi;

function lengthsIn(text: string): Length[] {
  return [...text.matchAll(LENGTH)].map((match) => {
    const [quote, numbers = '', unit = 'mm'] = match;
    const factor = /^c/i.test(unit) ? 10 : 1;
    const mm = (numbers.match(/\d+(?:[.,]\d+)?/g) ?? []).map((number) => Number(number.replace(',', '.')) * factor);
    return { quote, mm, at: match.index };
  });
}

const largest = ({ mm }: Length): number => Math.max(...mm);
const isAbout = (one: number, other: number): boolean => Math.abs(one - other) <= 0.02 * Math.max(one, other);

/** The same thing measured ten times as large in the impression as in the findings, or a tenth: the unit slipped, or the point. */
function tenfold({ conclusion, related }: Counterparts, all: readonly Length[]): Complaint[] {
  const found = related.flatMap(({ text }) => lengthsIn(text));
  return lengthsIn(conclusion.text).flatMap((length): Complaint[] => {
    const value = largest(length);
    if (all.some((other) => other.mm.some((one) => isAbout(one, value)))) return [];
    const slip = found.find((other) =>
      [10, 0.1].some((factor) => other.mm.some((one) => isAbout(one * factor, value))),
    );
    if (slip === undefined) return [];
    return [
      {
        code: 'units',
        severity: 'warn',
        section: conclusion.section,
        quote: length.quote,
        message: `The impression says ${length.quote}, the findings ${slip.quote}.`,
        fix: 'Correct the number or its unit.',
      },
    ];
  });
}

/** Sizes beyond which a structure of that name is not measured, in mm: smallest, largest. Generous: only slips of a unit go past them. */
const PLAUSIBLE: readonly (readonly [name: RegExp, mm: readonly [number, number]])[] = [
  [/\bappendix\b/gi, [2, 60]],
  [/\b(?:common (?:bile |hepatic )?duct|CBD|CHD|bile duct)\b/gi, [1, 45]],
  [/\bgall ?bladder wall\b/gi, [0.5, 30]],
  [/\bendometri\w+(?: stripe)?\b/gi, [0.5, 90]],
  [/\bmidline shift\b/gi, [0.5, 40]],
  [/\b(?:nodules?|micronodules?)\b/gi, [0.8, 90]],
  [/\b(?:ureter\w*)\b/gi, [1, 45]],
  [/\b(?:stones?|calcul(?:us|i)|gallstones?)\b/gi, [0.8, 90]],
  [/\b(?:aorta|aortic(?! valve))\b/gi, [5, 150]],
  [/\bpulmonary (?:artery|trunk)\b/gi, [4, 70]],
  [/\b(?:lymph )?nodes?\b/gi, [1, 120]],
  [/\b(?:protrusion|extrusion|disc bulge|herniation)\b/gi, [1, 35]],
  [/\b(?:subdural|epidural|extradural) (?:ha?ematoma|ha?emorrhage|collection)\b/gi, [1, 60]],
  [/\bprevertebral\b/gi, [1, 60]],
  [/\bpericardial effusion\b/gi, [1, 80]],
  [/\bkidneys?\b/gi, [25, 260]],
  [/\bspleen\b/gi, [30, 400]],
  [/\bliver (?:measures|is|spans?|length|size)\b/gi, [45, 400]],
  [/\buterus\b/gi, [15, 400]],
  [/\bprostate\b/gi, [10, 150]],
  [/\b(?:crown[- ]rump length|CRL|fetal pole)\b/gi, [1, 100]],
  [/\byolk sac\b/gi, [1, 20]],
  [/\bpolyps?\b/gi, [1, 100]],
  [
    /\b(?:displacement|displaced|step-off|diastasis|distraction|anterolisthesis|retrolisthesis|listhesis)\b/gi,
    [0.5, 80],
  ],
  [/\bpneumothorax\b/gi, [0.5, 150]],
  [/\baneurysms?\b/gi, [0.8, 200]],
];
/** A lesion within an organ has a size of its own. */
const SOMETHING_ELSE =
  /\b(?:cysts?|lesions?|mass(?:es)?|tumou?rs?|fibroids?|leiomyomas?|abscess(?:es)?|collections?|foci|focus|calcifications?|haemangiomas?|hemangiomas?|lacerations?|infarcts?|polyps?|nodules?|stones?|calcul(?:us|i)|thick(?:ness|ening)?|wall|cortex|margin|near|adjacent|beside|hernia\w*|fluid|rim|catheter|stent|dilat\w+)\b/i;

function implausible({ section, text }: Sentence): Complaint[] {
  return lengthsIn(text).flatMap((length): Complaint[] => {
    const named = PLAUSIBLE.flatMap(([name, range]) =>
      [...text.matchAll(name)].map((match) => ({
        word: match[0],
        range,
        away:
          match.index < length.at
            ? length.at - match.index - match[0].length
            : match.index - length.at - length.quote.length,
      })),
    ).toSorted((one, other) => one.away - other.away);
    const [nearest] = named;
    if (nearest === undefined || nearest.away > 40) return [];
    const [least, most] = nearest.range;
    const value = largest(length);
    const isOrgan = least >= 10;
    if (isOrgan && SOMETHING_ELSE.test(text)) return [];
    if (value <= most && (!isOrgan || value >= least)) return [];
    return [
      {
        code: 'units',
        severity: 'warn',
        section,
        quote: length.quote,
        message: `${length.quote} is no size for this: "${nearest.word}".`,
        fix: 'Correct the number or its unit.',
      },
    ];
  });
}

/** Numbers whose unit or decimal point slipped. */
export function checkUnits(body: ReportBody): Complaint[] {
  const all = sentencesOf(body, ['findings']).flatMap(({ text }) => lengthsIn(text));
  const slips = counterpartsIn(body).flatMap((pair) => tenfold(pair, all));
  const sizes = sentencesOf(body, ['findings', 'impression']).flatMap(implausible);
  return [...slips, ...sizes.filter(({ quote }) => !slips.some((slip) => slip.quote === quote))];
}
