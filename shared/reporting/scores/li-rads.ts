import { answersInWords, chosen, numberOf, severalOf, type Score, type ScoreAnswers } from './score.ts';

const MEANING: Readonly<Record<string, string>> = {
  'LR-1': 'definitely benign',
  'LR-2': 'probably benign',
  'LR-3': 'intermediate probability of malignancy',
  'LR-4': 'probably hepatocellular carcinoma',
  'LR-5': 'definitely hepatocellular carcinoma',
  'LR-M': 'probably or definitely malignant, not specific for hepatocellular carcinoma',
  'LR-TIV': 'malignancy with tumour in vein',
};

const FIRST: Readonly<Record<string, string>> = {
  'tumour-in-vein': 'LR-TIV',
  benign: 'LR-1',
  'probably-benign': 'LR-2',
  targetoid: 'LR-M',
};

/** The diagnostic table: arterial hyperenhancement, size, and how many more major features. */
function tableCategory(isHyperenhancing: boolean, size: number, more: readonly string[]): string {
  const count = Math.min(2, more.length);
  if (!isHyperenhancing) {
    if (size < 20) return count === 2 ? 'LR-4' : 'LR-3';
    return count === 0 ? 'LR-3' : 'LR-4';
  }
  if (size < 10) return count === 0 ? 'LR-3' : 'LR-4';
  if (size >= 20) return count === 0 ? 'LR-4' : 'LR-5';
  if (count === 0) return 'LR-3';
  // From 10 to 19 mm a capsule alone is LR-4; washout or threshold growth is LR-5.
  return count === 1 && more[0] === 'capsule' ? 'LR-4' : 'LR-5';
}

const isInTable = (answers: ScoreAnswers): boolean => chosen(answers, 'kind') === 'other';

/** Only for patients at high risk of hepatocellular carcinoma. */
export const liRads: Score = {
  id: 'li-rads',
  title: 'LI-RADS CT/MRI',
  version: 'v2018',
  source: 'American College of Radiology, CT/MRI LI-RADS v2018 core',
  modalities: ['CT', 'MR'],
  exams: ['liver', 'abdomen', 'hepat'],
  questions: [
    {
      id: 'kind',
      label: 'Observation',
      kind: 'choice',
      options: [
        { id: 'other', label: 'None of the following' },
        { id: 'benign', label: 'Definitely benign' },
        { id: 'probably-benign', label: 'Probably benign' },
        { id: 'tumour-in-vein', label: 'Definite tumour in vein' },
        { id: 'targetoid', label: 'Targetoid, or malignant features not specific for HCC' },
      ],
    },
    {
      id: 'arterial',
      label: 'Arterial phase',
      kind: 'choice',
      when: isInTable,
      options: [
        { id: 'none', label: 'No nonrim arterial phase hyperenhancement' },
        { id: 'hyper', label: 'Nonrim arterial phase hyperenhancement' },
      ],
    },
    { id: 'size', label: 'Diameter', kind: 'number', unit: 'mm', min: 1, max: 300, when: isInTable },
    {
      id: 'more',
      label: 'More major features',
      kind: 'several',
      when: isInTable,
      options: [
        { id: 'capsule', label: 'Enhancing capsule' },
        { id: 'washout', label: 'Nonperipheral washout' },
        { id: 'growth', label: 'Threshold growth' },
      ],
    },
  ],
  result(answers) {
    const kind = chosen(answers, 'kind');
    const [arterial, size] = [chosen(answers, 'arterial'), numberOf(answers, 'size')];
    const category =
      kind === undefined || kind !== 'other'
        ? FIRST[kind ?? '']
        : arterial === undefined || size === undefined
          ? undefined
          : tableCategory(arterial === 'hyper', size, severalOf(answers, 'more'));
    if (category === undefined) return undefined;
    return { category, meaning: MEANING[category] ?? '', basis: answersInWords(liRads, answers) };
  },
};
