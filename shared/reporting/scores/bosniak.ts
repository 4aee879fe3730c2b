import { answersInWords, chosen, type Score, type ScoreAnswers } from './score.ts';

const MEANING: Readonly<Record<string, readonly [meaning: string, advice?: string]>> = {
  I: ['benign simple cyst'],
  II: ['benign'],
  IIF: ['very likely benign', 'Imaging at 6 and 12 months, then every year for 5 years.'],
  III: ['intermediate probability of malignancy', 'Urological consultation.'],
  IV: ['very likely malignant', 'Urological consultation.'],
};

const isCyst = (answers: ScoreAnswers): boolean => chosen(answers, 'nodule') === 'no';

function classOf(answers: ScoreAnswers): string | undefined {
  const nodule = chosen(answers, 'nodule');
  if (nodule === 'yes') return 'IV';
  const [wall, septa, content] = ['wall', 'septa', 'content'].map((id) => chosen(answers, id));
  if (nodule === undefined || wall === undefined || septa === undefined || content === undefined) return undefined;
  if ([wall, septa].some((each) => each === 'thick' || each === 'irregular')) return 'III';
  if (wall === 'minimal' || septa === 'minimal' || septa === 'many') return 'IIF';
  return septa === 'few' || content !== 'simple' ? 'II' : 'I';
}

/** Cystic renal masses on CT, by what enhances and how thick it is. */
export const bosniak: Score = {
  id: 'bosniak',
  title: 'Bosniak classification',
  version: 'v2019',
  source: 'Silverman SG et al., Radiology 2019;292:475-488',
  modalities: ['CT', 'MR'],
  exams: ['kidney', 'renal', 'abdomen'],
  questions: [
    {
      id: 'nodule',
      label: 'Enhancing nodule (4 mm or more with obtuse margins, or any size with acute margins)',
      kind: 'choice',
      options: [
        { id: 'no', label: 'No enhancing nodule' },
        { id: 'yes', label: 'Enhancing nodule' },
      ],
    },
    {
      id: 'wall',
      label: 'Wall',
      kind: 'choice',
      when: isCyst,
      options: [
        { id: 'thin', label: 'Thin smooth wall, 2 mm or less' },
        { id: 'minimal', label: 'Minimally thickened smooth enhancing wall, 3 mm' },
        { id: 'thick', label: 'Thick enhancing wall, 4 mm or more' },
        { id: 'irregular', label: 'Irregular enhancing wall' },
      ],
    },
    {
      id: 'septa',
      label: 'Septa',
      kind: 'choice',
      when: isCyst,
      options: [
        { id: 'none', label: 'No septa' },
        { id: 'few', label: '1 to 3 thin septa, 2 mm or less' },
        { id: 'many', label: '4 or more thin enhancing septa' },
        { id: 'minimal', label: 'Minimally thickened enhancing septa, 3 mm' },
        { id: 'thick', label: 'Thick enhancing septa, 4 mm or more' },
        { id: 'irregular', label: 'Irregular enhancing septa' },
      ],
    },
    {
      id: 'content',
      label: 'Content',
      kind: 'choice',
      when: isCyst,
      options: [
        { id: 'simple', label: 'Simple fluid, -9 to 20 HU, no calcification' },
        { id: 'calcified', label: 'Any calcification' },
        { id: 'dense', label: 'Homogeneous, 70 HU or more unenhanced, or above 20 HU without enhancement' },
      ],
    },
  ],
  result(answers) {
    const found = classOf(answers);
    const said = found === undefined ? undefined : MEANING[found];
    if (found === undefined || said === undefined) return undefined;
    const [meaning, advice] = said;
    const basis = answersInWords(bosniak, answers);
    return { category: `class ${found}`, meaning, basis, ...(advice === undefined ? {} : { advice }) };
  },
};
