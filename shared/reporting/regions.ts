/** Parts of the body that an exam is ordered for, coarse enough that neighbours are told apart by what is written of them. */
export type Region =
  | 'head'
  | 'neck'
  | 'chest'
  | 'abdomen'
  | 'pelvis'
  | 'scrotum'
  | 'cervical spine'
  | 'thoracic spine'
  | 'lumbar spine'
  | 'shoulder'
  | 'elbow'
  | 'hand'
  | 'hip'
  | 'knee'
  | 'ankle'
  | 'breast';

/** By the words of orders and of DICOM Body Part Examined (PS3.16 annex L). */
const NAMED: readonly (readonly [RegExp, readonly Region[]])[] = [
  [
    /\bhead\b(?! of)|\bbrain\b|\bskull\b|\bsinus(?:es)?\b|\bcranial\b|\borbits?\b|\bfacial\b|\bstroke\b|\bpituitary\b/i,
    ['head'],
  ],
  [/\bneck\b(?! of)|\bcarotids?\b|\bthyroid\b|\bparotid\b|\blarynx\b/i, ['neck']],
  [/\bchest\b|\bthorax\b|\blungs?\b|\bcxr\b|\bpulmonary\b|\bribs?\b|\bcardiac\b|\bheart\b/i, ['chest']],
  [
    /\babdomen\b|\babd\b|\babdpelv\w*|\babdominal\b|\babdomenpelvis\b|\bliver\b|\bkidneys?\b|\brenal\b|\bkub\b|\bruq\b|\bupper quadrant\b|\bappendix\b|\bmrcp\b|\bpancreas\b|\burogra\w+|\bbiliary\b|\bbowel\b|\baorta\b/i,
    ['abdomen', 'pelvis'],
  ],
  [/\bpelvis\b|\bpelvic\b|\bprostate\b|\buterus\b|\bobstetric\w*|\btransvaginal\b|\bbladder\b|\bhips\b/i, ['pelvis']],
  [/\bscrot\w+\b|\btest(?:es|is|icles?|icular)\b/i, ['scrotum']],
  [/\bc-?spine\b|\bcervical\b/i, ['cervical spine', 'neck']],
  [/\bt-?spine\b|\bthoracic spine\b|\bdorsal spine\b/i, ['thoracic spine']],
  [/\bl-?spine\b|\blumbar\b|\blumbosacral\b|\bsacrum\b/i, ['lumbar spine']],
  [
    /(?<![clt]-?)(?<!\b(?:cervical|thoracic|lumbar|dorsal|lumbosacral) )\bspine\b|\bspinal\b/i,
    ['cervical spine', 'thoracic spine', 'lumbar spine'],
  ],
  [/\bshoulder\b|\bclavicle\b|\bscapula\b|\bhumerus\b|\bac joints?\b/i, ['shoulder']],
  [/\belbow\b|\bforearm\b|\bhumerus\b|\bradius\b/i, ['elbow']],
  [/\bhands?\b|\bwrists?\b|\bfingers?\b|\bthumb\b|\bforearm\b|\bscaphoid\b/i, ['hand']],
  [/\bupper extremit\w+|\barms?\b/i, ['shoulder', 'elbow', 'hand']],
  [/\bhips?\b|\bfemur\b/i, ['hip', 'pelvis']],
  [/\bknees?\b|\bpatella\b|\btib(?:ia)?\b|\bfib(?:ula)?\b|\bfemur\b/i, ['knee']],
  [/\bankles?\b|\bfoot\b|\bfeet\b|\btoes?\b|\bcalcane\w+|\bheel\b|\btib(?:ia)?\b|\bfib(?:ula)?\b/i, ['ankle']],
  [/\blower extremit\w+|\blegs?\b/i, ['hip', 'knee', 'ankle']],
  [/\bbreasts?\b|\bmammo\w*\b/i, ['breast']],
];
const WHOLE =
  /\bwhole[- ]?body\b|\bpan[- ]?(?:scan|ct)\b|\btrauma series\b|\bskeletal survey\b|\bskull base to\b|\bPET\b|\bpolytrauma\b|\brun-?off\b|\bf(?:o)?etal\b|\bfetus\b|\bob\b|\bbabygram\b/i;

/** None when the text names no part, or the whole body. */
export function regionsNamedIn(text: string): ReadonlySet<Region> {
  const words = text.replaceAll('_', ' ');
  if (WHOLE.test(words)) return new Set();
  return new Set(NAMED.filter(([pattern]) => pattern.test(words)).flatMap(([, regions]) => regions));
}

/** Structures by which a text shows which part it describes; words that several parts share are left out. */
export const STRUCTURES: readonly (readonly [Region, RegExp])[] = [
  [
    'head',
    /\bmidline shift\b|\bintracranial\b|\bcerebell\w+|\bcerebr\w+|\bcalvari\w+\b|\bgr[ae]y[- ]white\b|\bbasal ganglia\b|\bparanasal\b|\bmaxillary sinus\w*|\bventricles and sulci\b|\bsulci and ventricles\b|\bventricular system\b|\bpituitary\b|\bposterior fossa\b|\bflow voids\b|\bMCA\b|\bwhite matter\b|\bhydrocephalus\b|\bskull\b|\brestricted diffusion\b|\bbrain\b/i,
  ],
  [
    'neck',
    /\bthyroid\b|\bisthmus\b|\bparotid\b|\bcervical (?:lymph )?nodes?\b|\bcervical lymphadenopathy\b|\blarynx\b|\bcarotid\w*/i,
  ],
  [
    'chest',
    /\blungs?\b|\bpneumothorax\b|\bpleura\w*|\bcardiac silhouette\b|\bheart\b|\bmediastin\w+|\bpulmonary\b|\bcardio(?:mediastinal|pulmonary)\b|\bbronch\w+|\btrachea\b|\bcostophrenic\b|\bhilar\b|\bairspace\b/i,
  ],
  [
    'abdomen',
    /\bliver\b|\bgall ?bladder\b|\bspleen\b|\bpancrea\w+|\bkidneys?\b|\bbowel\b|\bappendi(?:x|citis)\b|\badrenals?\b|\bbile duct\b|\bbiliary\b|\bdiverticul\w+|\bhydronephrosis\b|\bascites\b|\bchol\w+itis\b|\babdom\w+|\bcommon duct\b/i,
  ],
  [
    'pelvis',
    /\buter(?:us|ine)\b|\bendometri\w+|\bovar(?:y|ies|ian)\b|\badnexa\w*|\bprostat\w+|\bperipheral zone\b|\bseminal vesicles?\b|\bpouch of douglas\b|\bpelvi[cs]\b|\bPI-?RADS\b/i,
  ],
  ['scrotum', /\btest(?:is|es|icles?|icular)\b|\bscrot\w+|\bepididym\w+|\bvaricocele\b|\bhydrocele\b/i],
  [
    'cervical spine',
    /\bcervical spine\b|\bC[2-7][-/ ]+C?[3-7]\b|\bC[1-7]\b|\bprevertebral\b|\bodontoid\b|\bdens\b|\bcervical lordosis\b|\batlanto\w+/i,
  ],
  ['thoracic spine', /\bthoracic spine\b|\bT(?:[3-9]|1[0-2])\b/i],
  [
    'lumbar spine',
    /\blumbar\b|\bL[1-5]\b|\bconus\b|\bcauda equina\b|\bfacet joints?\b|\bdisc (?:disease|desiccation|extrusion)\b/i,
  ],
  [
    'shoulder',
    /\bglenohumeral\b|\bsupraspinatus\b|\binfraspinatus\b|\bsubscapularis\b|\brotator cuff\b|\bacromio\w+|\bhumeral head\b|\blabrum\b/i,
  ],
  ['elbow', /\bolecranon\b|\bradial head\b|\bcapitellum\b|\bcoronoid\b/i],
  ['hand', /\bscaphoid\b|\bcarpal\w*|\bdistal radius\b|\bradiocarpal\b|\bulnar styloid\b|\bmetacarpal\w*|\bwrist\b/i],
  ['hip', /\bacetabul\w+|\bfemoral (?:head|neck)\b|\btrochanter\w*/i],
  [
    'knee',
    /\bmenisc\w+|\bcruciate\b|\bACL\b|\bpatell\w+|\bextensor mechanism\b|\bcollateral ligaments?\b|\btibial plateau\b|\bpopliteal\b|\bknee\b|\bBaker cyst\b|\b(?:femoral|saphenous) vein\b|\bDVT\b|\bdeep vein thrombosis\b/i,
  ],
  ['ankle', /\bmalleol\w+|\bcalcane\w+|\bankle\b|\bmetatarsal\w*|\btalar dome\b|\bmortise\b/i],
  ['breast', /\bfibroglandular\b|\bBI-?RADS\b|\bnipple\b|\bbreasts?\b|\bmammogra\w+|\barchitectural distortion\b/i],
];

/** What an exam of one part shows of the others, or what is rightly said along with it. */
const BESIDE: Readonly<Record<Region, readonly Region[]>> = {
  head: ['neck', 'cervical spine'],
  neck: ['head', 'chest', 'cervical spine'],
  chest: ['neck', 'abdomen', 'thoracic spine', 'shoulder', 'breast', 'lumbar spine', 'cervical spine'],
  abdomen: ['chest', 'pelvis', 'lumbar spine', 'thoracic spine', 'hip', 'scrotum'],
  pelvis: ['abdomen', 'hip', 'lumbar spine', 'scrotum'],
  scrotum: ['pelvis'],
  'cervical spine': ['head', 'neck', 'thoracic spine', 'chest'],
  'thoracic spine': ['chest', 'cervical spine', 'lumbar spine', 'abdomen'],
  'lumbar spine': ['abdomen', 'pelvis', 'thoracic spine', 'hip'],
  shoulder: ['chest', 'neck', 'elbow', 'cervical spine'],
  elbow: ['shoulder', 'hand'],
  hand: ['elbow'],
  hip: ['pelvis', 'knee', 'lumbar spine', 'abdomen'],
  knee: ['hip', 'ankle', 'pelvis'],
  ankle: ['knee'],
  breast: ['chest', 'shoulder'],
};
export const isBeside = (regions: ReadonlySet<Region>, region: Region): boolean =>
  [...regions].some((own) => own === region || BESIDE[own].includes(region));
