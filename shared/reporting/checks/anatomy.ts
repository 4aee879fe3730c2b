import type { Complaint } from '../complaint.ts';
import type { ReportBody } from '../report.ts';
import type { CheckFacts } from './check-facts.ts';
import { sentencesOf } from './sentences.ts';

/** Operations after which an organ must not be called normal. */
const REMOVED: readonly (readonly [operation: RegExp, organ: RegExp, name: string])[] = [
  [/\bcholecystectomy\b|gallbladder (?:is )?(?:surgically )?(?:absent|removed)/i, /\bgall ?bladder\b/i, 'gallbladder'],
  [/\bappendectomy\b|\bappendicectomy\b/i, /\bappendix\b/i, 'appendix'],
  [/\bsplenectomy\b/i, /\bspleen\b/i, 'spleen'],
  [/\bhysterectomy\b/i, /\buterus\b/i, 'uterus'],
  [/\bprostatectomy\b/i, /\bprostate\b(?! bed)/i, 'prostate'],
  [/\bthyroidectomy\b/i, /\bthyroid\b(?! bed)/i, 'thyroid'],
];
const CALLED_NORMAL =
  /\bnormal\b|\bunremarkable\b|\bno (?:gallstones|wall thickening|evidence)|\bwithin normal limits\b/i;
const REMOVAL_SAID = /ectomy|absent|removed|resected|status post|s\/p/i;

function checkRemoved({ order }: CheckFacts, body: ReportBody): Complaint[] {
  const history = [
    order.reason ?? '',
    ...sentencesOf(body, ['indication', 'findings', 'impression', 'other']).map(({ text }) => text),
  ];
  return REMOVED.filter(([operation]) => history.some((text) => operation.test(text))).flatMap(([, organ, name]) =>
    sentencesOf(body, ['findings', 'impression'])
      .filter(({ text }) => organ.test(text) && CALLED_NORMAL.test(text) && !REMOVAL_SAID.test(text))
      .map(({ section, text }): Complaint => ({
        code: 'absent-organ',
        severity: 'warn',
        section,
        quote: text,
        message: `The ${name} is described as if present, but it was removed.`,
        fix: `Correct the sentence about the ${name}.`,
      })),
  );
}

type Region = 'head' | 'neck' | 'chest' | 'abdomen' | 'pelvis' | 'spine' | 'arm' | 'leg' | 'breast';

/** Regions by the words of orders and of DICOM Body Part Examined. */
const REGION_NAMED: readonly (readonly [RegExp, readonly Region[]])[] = [
  [/\bhead\b|\bbrain\b|\bskull\b|\bsinus(?:es)?\b|\bcranial\b|\borbits?\b/i, ['head']],
  [/\bneck\b|\bcarotid\b/i, ['neck']],
  [/\bchest\b|\bthorax\b|\blungs?\b|\bcxr\b/i, ['chest']],
  [/\babdomen\b|\babd\b|\babdominal\b|\bliver\b|\bkidneys?\b|\brenal\b|\bkub\b|\bruq\b/i, ['abdomen', 'pelvis']],
  [/\bpelvis\b|\bpelvic\b/i, ['pelvis', 'abdomen']],
  [/\bspine\b|\b[ctl]-?spine\b|\bcervical\b|\blumbar\b|\bthoracic spine\b/i, ['spine', 'neck']],
  [/\b(?:hand|wrist|forearm|elbow|humerus|shoulder|clavicle|finger|thumb|arm|upper extremity)\b/i, ['arm']],
  [/\b(?:foot|ankle|tibia|fibula|knee|femur|hip|toe|calcaneus|leg|lower extremity)\b/i, ['leg', 'pelvis']],
  [/\bbreasts?\b|\bmammo\w*\b/i, ['breast']],
];
/** Organs by which a text shows which region it describes. */
const REGION_DESCRIBED: readonly (readonly [Region, RegExp])[] = [
  [
    'head',
    /\bventricles?\b|\bmidline shift\b|\bintracranial\b|\bcerebell\w+|\bcalvarium\b|\bgr[ae]y[- ]white\b|\bbasal ganglia\b|\bsulci\b/i,
  ],
  [
    'chest',
    /\blungs?\b|\bpneumothorax\b|\bpleural\b|\bcardiac silhouette\b|\bmediastin\w+|\bpulmonary\b|\bcardiomediastinal\b/i,
  ],
  [
    'abdomen',
    /\bliver\b|\bgall ?bladder\b|\bspleen\b|\bpancrea\w+|\bkidneys?\b|\bbowel\b|\bappendix\b|\badrenals?\b|\bbile duct\b/i,
  ],
  ['spine', /\bvertebra\w*|\bdisc height\b|\bspinal canal\b|\bprevertebral\b|\bfacet joints?\b/i],
  [
    'arm',
    /\bscaphoid\b|\bcarpal\w*|\bdistal radius\b|\bulna\w*|\bmetacarpal\w*|\bolecranon\b|\bhumer(?:us|al)\b|\bglenohumeral\b/i,
  ],
  [
    'leg',
    /\btibia\w*|\bfibula\w*|\bmetatarsal\w*|\bfemor(?:al|is)\b|\bpatella\w*|\bmalleol\w+|\bcalcane\w+|\bankle mortise\b/i,
  ],
  ['breast', /\bfibroglandular\b|\bBI-?RADS\b/i],
];

function checkRegion({ order, study }: CheckFacts, body: ReportBody): Complaint[] {
  const named = `${order.exam} ${order.bodyPart ?? ''} ${study.bodyPart ?? ''}`.replaceAll('_', ' ');
  const regions = new Set(REGION_NAMED.filter(([pattern]) => pattern.test(named)).flatMap(([, of]) => of));
  const own = REGION_DESCRIBED.filter(([region]) => regions.has(region));
  // Without words for the ordered region nothing can be said about a text that lacks them.
  if (own.length === 0) return [];
  const sentences = sentencesOf(body, ['findings', 'impression']);
  const all = sentences.map(({ text }) => text).join('\n');
  if (
    own.some(([, pattern]) => pattern.test(all)) ||
    REGION_NAMED.some(([p, of]) => of.some((r) => regions.has(r)) && p.test(all))
  ) {
    return [];
  }
  const foreign = REGION_DESCRIBED.filter(([region]) => !regions.has(region)).flatMap(([region, pattern]) =>
    sentences.filter(({ text }) => pattern.test(text)).map((sentence) => ({ region, sentence })),
  );
  // One word in passing is no other exam.
  const [first] = foreign;
  if (first === undefined || foreign.length < 2) return [];
  return [
    {
      code: 'body-part',
      severity: 'warn',
      section: first.sentence.section,
      quote: first.sentence.text,
      message: `The order is "${order.exam}"; the text describes the ${first.region}.`,
      fix: 'Make sure that this report belongs to this exam.',
    },
  ];
}

export const checkAnatomy = (facts: CheckFacts, body: ReportBody): Complaint[] => [
  ...checkRemoved(facts, body),
  ...checkRegion(facts, body),
];
