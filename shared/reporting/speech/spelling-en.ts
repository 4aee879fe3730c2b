import type { SpeechLocale } from './speech.ts';

/** American spelling, British spelling: pieces of words, each standing for all words that hold it. Longer pieces first. */
const PIECES: readonly (readonly [american: string, british: string])[] = [
  ['hemorrhoid', 'haemorrhoid'],
  ['hemorrhag', 'haemorrhag'],
  ['hemangio', 'haemangio'],
  ['hemato', 'haemato'],
  ['hematuri', 'haematuri'],
  ['hemothora', 'haemothora'],
  ['hemoperi', 'haemoperi'],
  ['hemoper', 'haemoper'],
  ['hemosider', 'haemosider'],
  ['hemopty', 'haemopty'],
  ['hemoglobin', 'haemoglobin'],
  ['hemodialys', 'haemodialys'],
  ['hemodynam', 'haemodynam'],
  ['hemarthro', 'haemarthro'],
  ['esophag', 'oesophag'],
  ['edema', 'oedema'],
  ['estrogen', 'oestrogen'],
  ['ischemi', 'ischaemi'],
  ['anemi', 'anaemi'],
  ['leukemi', 'leukaemi'],
  ['septicemi', 'septicaemi'],
  ['glycemi', 'glycaemi'],
  ['tumor', 'tumour'],
  ['color', 'colour'],
  ['cecum', 'caecum'],
  ['cecal', 'caecal'],
  ['celiac', 'coeliac'],
  ['diarrhea', 'diarrhoea'],
  ['dyspnea', 'dyspnoea'],
  ['apnea', 'apnoea'],
  ['pediatric', 'paediatric'],
  ['orthopedic', 'orthopaedic'],
  ['gynecolog', 'gynaecolog'],
  ['anesthe', 'anaesthe'],
  ['fecal', 'faecal'],
  ['feces', 'faeces'],
  ['etiolog', 'aetiolog'],
  ['hypoxemi', 'hypoxaemi'],
  ['behavior', 'behaviour'],
  ['catheteriz', 'catheteris'],
  ['visualiz', 'visualis'],
  ['characteriz', 'characteris'],
  ['localiz', 'localis'],
  ['recogniz', 'recognis'],
  ['emboliz', 'embolis'],
  ['organiz', 'organis'],
  ['generaliz', 'generalis'],
  ['hospitaliz', 'hospitalis'],
  ['stabiliz', 'stabilis'],
  ['mineraliz', 'mineralis'],
  ['optimiz', 'optimis'],
  ['vasculariz', 'vascularis'],
  ['lateraliz', 'lateralis'],
  ['immunizat', 'immunisat'],
  ['labeled', 'labelled'],
  ['labeling', 'labelling'],
  ['analyz', 'analys'],
  ['sulfur', 'sulphur'],
  ['odor', 'odour'],
  ['vapor', 'vapour'],
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
  ['traveled', 'travelled'],
  ['channeled', 'channelled'],
  ['signaling', 'signalling'],
];

const AMERICAN_TO_BRITISH: ReadonlyMap<string, string> = new Map(WORDS);
const BRITISH_TO_AMERICAN: ReadonlyMap<string, string> = new Map(WORDS.map(([american, british]) => [british, american]));

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
