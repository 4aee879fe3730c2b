import type { SpeechLocale } from './speech.ts';

/** Verbs in -ize with their kin: only before these endings, as `characteristic` and `embolism` are spelled alike. */
const IZE: readonly (readonly [american: string, british: string])[] =
  'catheter visual character local recogn embol organ general hospital stabil mineral optim vascular lateral immun'
    .split(' ')
    .flatMap((stem) => ['e', 'ing', 'ation', 'able'].map((end) => [`${stem}iz${end}`, `${stem}is${end}`] as const));
/** American spelling, British spelling: pieces of words, each standing for all words that hold it. Longer pieces first. */
const PIECES: readonly (readonly [american: string, british: string])[] = [
  ['hemorrhoid', 'haemorrhoid'],
  ['hemorrhag', 'haemorrhag'],
  ['hemangio', 'haemangio'],
  ['hemato', 'haemato'],
  ['hematuri', 'haematuri'],
  ['hemothora', 'haemothora'],
  ['hemoperi', 'haemoperi'],
  ['hemosider', 'haemosider'],
  ['hemopty', 'haemopty'],
  ['hemoglobin', 'haemoglobin'],
  ['hemodialys', 'haemodialys'],
  ['hemodynam', 'haemodynam'],
  ['hemarthro', 'haemarthro'],
  ['gastroesophag', 'gastro-oesophag'],
  ['hemochrom', 'haemochrom'],
  ['uremi', 'uraemi'],
  ['bacteremi', 'bacteraemi'],
  ['esophag', 'oesophag'],
  ['edema', 'oedema'],
  ['estrogen', 'oestrogen'],
  ['ischemi', 'ischaemi'],
  ['anemi', 'anaemi'],
  ['leukemi', 'leukaemi'],
  ['septicemi', 'septicaemi'],
  ['glycemi', 'glycaemi'],
  ['tumor', 'tumour'],
  ['cecum', 'caecum'],
  ['cecal', 'caecal'],
  ['celiac', 'coeliac'],
  ['diarrhea', 'diarrhoea'],
  ['dyspnea', 'dyspnoea'],
  ['apnea', 'apnoea'],
  ['pediatric', 'paediatric'],
  ['orthopedic', 'orthopaedic'],
  ['gyneco', 'gynaeco'],
  ['anesthe', 'anaesthe'],
  ['fecal', 'faecal'],
  ['feces', 'faeces'],
  ['etiolog', 'aetiolog'],
  ['hypoxemi', 'hypoxaemi'],
  ['behavior', 'behaviour'],
  ['labeled', 'labelled'],
  ['labeling', 'labelling'],
  ['sulfur', 'sulphur'],
  ...IZE,
];
/** Whole words, where the piece also stands in words that both sides spell alike (diameter, gray as a unit). */
const WORDS: readonly (readonly [american: string, british: string])[] = [
  ['center', 'centre'],
  ['centers', 'centres'],
  ['centered', 'centred'],
  ['fiber', 'fibre'],
  ['fibers', 'fibres'],
  ['caliber', 'calibre'],
  ['meter', 'metre'],
  ['meters', 'metres'],
  ['millimeter', 'millimetre'],
  ['millimeters', 'millimetres'],
  ['centimeter', 'centimetre'],
  ['centimeters', 'centimetres'],
  ['subcentimeter', 'subcentimetre'],
  ['micrometer', 'micrometre'],
  ['micrometers', 'micrometres'],
  ['liter', 'litre'],
  ['liters', 'litres'],
  ['milliliter', 'millilitre'],
  ['milliliters', 'millilitres'],
  ['deciliter', 'decilitre'],
  ['gray', 'grey'],
  ['grayscale', 'greyscale'],
  ['gray-white', 'grey-white'],
  ['mold', 'mould'],
  ['color', 'colour'],
  ['colors', 'colours'],
  ['colored', 'coloured'],
  ['analyze', 'analyse'],
  ['analyzed', 'analysed'],
  ['analyzing', 'analysing'],
  ['traveled', 'travelled'],
  ['channeled', 'channelled'],
  ['signaling', 'signalling'],
];

const AMERICAN_TO_BRITISH: ReadonlyMap<string, string> = new Map(WORDS);
const BRITISH_TO_AMERICAN: ReadonlyMap<string, string> = new Map(
  WORDS.map(([american, british]) => [british, american]),
);

/** The American spelling of a word in small letters: how the recogniser's dictionary spells. */
export function americanSpelling(word: string): string {
  const whole = BRITISH_TO_AMERICAN.get(word);
  if (whole !== undefined) return whole;
  return PIECES.reduce((spelled, [american, british]) => spelled.replace(british, american), word);
}

/** A word of American spelling as the locale spells it. */
export function spelledFor(locale: SpeechLocale, word: string): string {
  if (locale === 'en-US') return word;
  const whole = AMERICAN_TO_BRITISH.get(word);
  if (whole !== undefined) return whole;
  return PIECES.reduce(
    (spelled, [american, british]) => (spelled.includes(british) ? spelled : spelled.replace(american, british)),
    word,
  );
}
