import type { ScoreAnswers } from '#shared/reporting/scores/score.ts';

export interface PublishedCase {
  readonly score: string;
  readonly answers: ScoreAnswers;
  readonly category: string;
  /** A part of the advice; empty: none is given. */
  readonly advice?: string;
}

const nodule = (
  composition: string,
  echogenicity: string,
  shape: string,
  margin: string,
  foci: readonly string[],
  size: number,
) => ({
  score: 'ti-rads',
  answers: { composition, echogenicity, shape, margin, foci, size },
});
const solid = (count: string, risk: string, size: number) => ({
  score: 'fleischner',
  answers: { fits: 'yes', kind: 'solid', count, risk, size },
});
const subsolid = (kind: string, count: string, size: number, core?: number) => ({
  score: 'fleischner',
  answers: { fits: 'yes', kind, count, size, core },
});
const screened = (kind: string, state: string, size: number, core?: number) => ({
  score: 'lung-rads',
  answers: { kind, state, size, core },
});
const liver = (arterial: string, size: number, ...more: readonly string[]) => ({
  score: 'li-rads',
  answers: { kind: 'other', arterial, size, more },
});
const prostate = (zone: string, t2: number, dwi: number, contrast?: string) => ({
  score: 'pi-rads',
  answers: { zone, t2: String(t2), dwi: String(dwi), contrast },
});
const cyst = (wall: string, septa: string, content: string, isNodule = 'no') => ({
  score: 'bosniak',
  answers: { nodule: isNodule, wall, septa, content },
});
const adnexal = (kind: string, more: ScoreAnswers = {}) => ({
  score: 'o-rads-us',
  answers: { kind, spread: 'no', ...more },
});
const injury = (organ: string, ...found: readonly number[]) => ({
  score: 'aast',
  answers: { organ, [organ]: found.map(String) },
});

/** Cells of the published tables, read from them and not from the code. */
export const PUBLISHED: readonly PublishedCase[] = [
  // Tessler 2017, figure 1.
  { ...nodule('cystic', 'anechoic', 'wider', 'smooth', ['comet'], 40), category: 'TR1', advice: 'No fine-needle' },
  { score: 'ti-rads', answers: { composition: 'spongiform', size: 30 }, category: 'TR1', advice: 'No fine-needle' },
  { ...nodule('mixed', 'iso', 'wider', 'smooth', ['comet'], 30), category: 'TR2', advice: 'No fine-needle' },
  {
    ...nodule('solid', 'iso', 'wider', 'ill-defined', ['comet'], 25),
    category: 'TR3',
    advice: 'aspiration is recommended',
  },
  { ...nodule('solid', 'iso', 'wider', 'smooth', ['comet'], 24), category: 'TR3', advice: 'at 1, 3 and 5 years' },
  { ...nodule('solid', 'iso', 'wider', 'smooth', ['comet'], 14), category: 'TR3', advice: 'Below the size' },
  {
    ...nodule('solid', 'hypo', 'wider', 'smooth', ['comet'], 15),
    category: 'TR4',
    advice: 'aspiration is recommended',
  },
  {
    ...nodule('solid', 'hypo', 'wider', 'lobulated', ['comet'], 14),
    category: 'TR4',
    advice: 'at 1, 2, 3 and 5 years',
  },
  { ...nodule('solid', 'hypo', 'taller', 'smooth', ['comet'], 9), category: 'TR5', advice: 'every year' },
  {
    ...nodule('solid', 'hypo', 'wider', 'smooth', ['macro', 'punctate'], 10),
    category: 'TR5',
    advice: 'aspiration is recommended',
  },
  { ...nodule('solid', 'very-hypo', 'taller', 'beyond', ['rim'], 4), category: 'TR5', advice: 'Below the size' },
  // MacMahon 2017, table 1.
  { ...solid('one', 'low', 5), category: 'below 6 mm', advice: 'No routine' },
  { ...solid('one', 'high', 5), category: 'below 6 mm', advice: 'Optional CT at 12' },
  { ...solid('one', 'low', 6), category: '6 to 8 mm', advice: 'CT at 6-12 months, then consider' },
  { ...solid('one', 'high', 8), category: '6 to 8 mm', advice: 'CT at 6-12 months, then at 18-24' },
  { ...solid('one', 'low', 9), category: 'above 8 mm', advice: 'PET/CT or tissue sampling' },
  { ...solid('many', 'low', 5), category: 'below 6 mm', advice: 'No routine' },
  { ...solid('many', 'high', 7), category: '6 to 8 mm', advice: 'CT at 3-6 months, then at 18-24' },
  { ...solid('many', 'low', 12), category: 'above 8 mm', advice: 'then consider CT at 18-24' },
  { ...subsolid('ground-glass', 'one', 5), category: 'below 6 mm', advice: 'No routine' },
  { ...subsolid('ground-glass', 'one', 7), category: '6 to 8 mm', advice: 'every 2 years until 5 years' },
  { ...subsolid('part-solid', 'one', 5, 2), category: 'below 6 mm', advice: 'No routine' },
  { ...subsolid('part-solid', 'one', 9, 4), category: 'above 8 mm', advice: 'every year for 5 years' },
  { ...subsolid('part-solid', 'one', 12, 7), category: 'above 8 mm', advice: 'highly suspicious' },
  { ...subsolid('ground-glass', 'many', 4), category: 'below 6 mm', advice: 'at 2 and 4 years' },
  { ...subsolid('part-solid', 'many', 9), category: 'above 8 mm', advice: 'most suspicious nodule' },
  // ACR Lung-RADS v2022.
  { score: 'lung-rads', answers: { kind: 'none' }, category: '1', advice: '12 months' },
  { ...screened('solid', 'baseline', 5.9), category: '2', advice: '12 months' },
  { ...screened('solid', 'new', 3.9), category: '2' },
  { ...screened('solid', 'baseline', 6), category: '3', advice: '6 months' },
  { ...screened('solid', 'new', 4), category: '3' },
  { ...screened('solid', 'baseline', 8), category: '4A', advice: '3 months' },
  { ...screened('solid', 'new', 6), category: '4A' },
  { ...screened('solid', 'growing', 7), category: '4A' },
  { ...screened('solid', 'baseline', 15), category: '4B' },
  { ...screened('solid', 'new', 8), category: '4B' },
  { ...screened('solid', 'growing', 8), category: '4B' },
  { ...screened('solid', 'stable', 7), category: '2' },
  { ...screened('solid', 'stable-4A', 9), category: '3' },
  { ...screened('part-solid', 'baseline', 5, 2), category: '2' },
  { ...screened('part-solid', 'baseline', 8, 5), category: '3' },
  { ...screened('part-solid', 'new', 5, 2), category: '3' },
  { ...screened('part-solid', 'baseline', 9, 6), category: '4A' },
  { ...screened('part-solid', 'growing', 5, 3), category: '4A' },
  { ...screened('part-solid', 'baseline', 12, 8), category: '4B' },
  { ...screened('part-solid', 'new', 9, 4), category: '4B' },
  { ...screened('ground-glass', 'baseline', 29), category: '2' },
  { ...screened('ground-glass', 'new', 30), category: '3' },
  { ...screened('ground-glass', 'growing', 31), category: '2' },
  // LI-RADS v2018, diagnostic table.
  { ...liver('none', 15), category: 'LR-3' },
  { ...liver('none', 15, 'washout'), category: 'LR-3' },
  { ...liver('none', 15, 'washout', 'capsule'), category: 'LR-4' },
  { ...liver('none', 25), category: 'LR-3' },
  { ...liver('none', 25, 'capsule'), category: 'LR-4' },
  { ...liver('none', 25, 'capsule', 'growth'), category: 'LR-4' },
  { ...liver('hyper', 9), category: 'LR-3' },
  { ...liver('hyper', 9, 'washout'), category: 'LR-4' },
  { ...liver('hyper', 9, 'washout', 'capsule'), category: 'LR-4' },
  { ...liver('hyper', 12), category: 'LR-3' },
  { ...liver('hyper', 12, 'capsule'), category: 'LR-4' },
  { ...liver('hyper', 12, 'washout'), category: 'LR-5' },
  { ...liver('hyper', 12, 'growth'), category: 'LR-5' },
  { ...liver('hyper', 19, 'washout', 'capsule'), category: 'LR-5' },
  { ...liver('hyper', 20), category: 'LR-4' },
  { ...liver('hyper', 20, 'capsule'), category: 'LR-5' },
  { score: 'li-rads', answers: { kind: 'tumour-in-vein' }, category: 'LR-TIV' },
  { score: 'li-rads', answers: { kind: 'targetoid' }, category: 'LR-M' },
  // PI-RADS v2.1, assessment tables.
  { ...prostate('peripheral', 5, 2), category: '2' },
  { ...prostate('peripheral', 2, 3, 'negative'), category: '3' },
  { ...prostate('peripheral', 2, 3, 'positive'), category: '4' },
  { ...prostate('peripheral', 1, 5), category: '5' },
  { ...prostate('transition', 1, 5), category: '1' },
  { ...prostate('transition', 2, 3), category: '2' },
  { ...prostate('transition', 2, 4), category: '3' },
  { ...prostate('transition', 3, 4), category: '3' },
  { ...prostate('transition', 3, 5), category: '4' },
  { ...prostate('transition', 5, 1), category: '5' },
  // Silverman 2019, table 2.
  { ...cyst('thin', 'none', 'simple'), category: 'class I' },
  { ...cyst('thin', 'few', 'simple'), category: 'class II' },
  { ...cyst('thin', 'none', 'calcified'), category: 'class II' },
  { ...cyst('thin', 'none', 'dense'), category: 'class II' },
  { ...cyst('minimal', 'none', 'simple'), category: 'class IIF', advice: 'at 6 and 12 months' },
  { ...cyst('thin', 'many', 'simple'), category: 'class IIF' },
  { ...cyst('thin', 'thick', 'simple'), category: 'class III' },
  { ...cyst('irregular', 'none', 'simple'), category: 'class III' },
  { ...cyst('thin', 'none', 'simple', 'yes'), category: 'class IV' },
  // O-RADS US v2022, assessment categories.
  { ...adnexal('physiologic'), category: '1' },
  { ...adnexal('physiologic', { spread: 'yes' }), category: '1' },
  { ...adnexal('simple', { size: 60 }), category: '2' },
  { ...adnexal('simple', { size: 100 }), category: '3' },
  { ...adnexal('unilocular', { size: 60, contour: 'smooth' }), category: '2' },
  { ...adnexal('unilocular', { size: 40, contour: 'irregular' }), category: '3' },
  { ...adnexal('bilocular', { size: 60, contour: 'smooth' }), category: '2' },
  { ...adnexal('bilocular', { size: 40, contour: 'irregular' }), category: '4' },
  { ...adnexal('multilocular', { size: 60, contour: 'smooth', flow: '2' }), category: '3' },
  { ...adnexal('multilocular', { size: 60, contour: 'smooth', flow: '4' }), category: '4' },
  { ...adnexal('multilocular', { size: 110, contour: 'smooth', flow: '1' }), category: '4' },
  { ...adnexal('papillary', { projections: 'fewer' }), category: '4' },
  { ...adnexal('papillary', { projections: 'four' }), category: '5' },
  { ...adnexal('multilocular-solid', { flow: '2' }), category: '4' },
  { ...adnexal('multilocular-solid', { flow: '3' }), category: '5' },
  { ...adnexal('solid', { contour: 'smooth', flow: '1' }), category: '3' },
  { ...adnexal('solid', { contour: 'smooth', flow: '3', shadow: 'yes' }), category: '3' },
  { ...adnexal('solid', { contour: 'smooth', flow: '3', shadow: 'no' }), category: '4' },
  { ...adnexal('solid', { contour: 'smooth', flow: '4' }), category: '5' },
  { ...adnexal('solid', { contour: 'irregular' }), category: '5' },
  { ...adnexal('papillary', { projections: 'fewer', spread: 'yes' }), category: '5' },
  // BI-RADS 5th edition.
  { score: 'bi-rads', answers: { category: '4C', density: 'c' }, category: '4C', advice: 'Tissue diagnosis' },
  { score: 'bi-rads', answers: { category: '3' }, category: '3', advice: '6 months' },
  // Kozar 2018: one grade more for several minor injuries, up to III.
  { ...injury('spleen', 2), category: 'grade II' },
  { ...injury('spleen', 2, 4), category: 'grade III' },
  { ...injury('spleen', 10), category: 'grade V' },
  { ...injury('liver', 7, 0), category: 'grade III' },
  { ...injury('kidney', 5), category: 'grade IV' },
  { ...injury('kidney', 0, 1), category: 'grade III' },
  // Caoili 2002: (80 - 40) / (80 - 20) = 67 %, (80 - 40) / 80 = 50 %.
  {
    score: 'adrenal-washout',
    answers: { native: 20, portal: 80, delayed: 40 },
    category: 'absolute washout 67 %, relative 50 %',
  },
  {
    score: 'adrenal-washout',
    answers: { native: 30, portal: 90, delayed: 75 },
    category: 'absolute washout 25 %, relative 17 %',
  },
  { score: 'adrenal-washout', answers: { native: 8 }, category: '8 HU unenhanced' },
  { score: 'adrenal-washout', answers: { portal: 100, delayed: 60 }, category: 'relative washout 40 %' },
  // NASCET 1991: 1 - 1.5/5 = 70 %.
  { score: 'nascet', answers: { lumen: 'open', narrowest: 1.5, beyond: 5 }, category: '70 %' },
  { score: 'nascet', answers: { lumen: 'open', narrowest: 2.5, beyond: 5 }, category: '50 %' },
  { score: 'nascet', answers: { lumen: 'near' }, category: 'near occlusion' },
  { score: 'nascet', answers: { lumen: 'occluded' }, category: '100 %' },
  // Barber 2000.
  { score: 'aspects', answers: { side: 'left', regions: [] }, category: '10 of 10' },
  { score: 'aspects', answers: { side: 'left', regions: ['insula', 'M2', 'lentiform'] }, category: '7 of 10' },
  // Lang 2015, tables 2 and 4.
  ...(
    [
      ['male', 41, 'smaller than normal'],
      ['male', 42, 'normal size'],
      ['male', 58, 'normal size'],
      ['male', 59, 'mildly enlarged'],
      ['male', 63, 'mildly enlarged'],
      ['male', 64, 'moderately enlarged'],
      ['male', 68, 'moderately enlarged'],
      ['male', 69, 'severely enlarged'],
      ['female', 37, 'smaller than normal'],
      ['female', 38, 'normal size'],
      ['female', 52, 'normal size'],
      ['female', 53, 'mildly enlarged'],
      ['female', 56, 'mildly enlarged'],
      ['female', 57, 'moderately enlarged'],
      ['female', 61, 'moderately enlarged'],
      ['female', 62, 'severely enlarged'],
    ] as const
  ).map(([sex, diameter, category]) => ({ score: 'left-ventricle', answers: { sex, diameter }, category })),
  // Chaikof 2018, surveillance intervals.
  { score: 'aorta', answers: { sex: 'male', diameter: 24 }, category: '24 mm', advice: '' },
  { score: 'aorta', answers: { sex: 'male', diameter: 28 }, category: '28 mm', advice: '10 years' },
  { score: 'aorta', answers: { sex: 'male', diameter: 39 }, category: '39 mm', advice: '3 years' },
  { score: 'aorta', answers: { sex: 'female', diameter: 45 }, category: '45 mm', advice: '12 months' },
  { score: 'aorta', answers: { sex: 'male', diameter: 54 }, category: '54 mm', advice: '6 months' },
  { score: 'aorta', answers: { sex: 'female', diameter: 50 }, category: '50 mm', advice: 'referral' },
];
