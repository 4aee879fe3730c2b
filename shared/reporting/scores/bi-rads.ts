import { chosen, type Score } from './score.ts';

const CATEGORIES: Readonly<Record<string, readonly [meaning: string, advice: string]>> = {
  '0': ['incomplete', 'Additional imaging or comparison with prior examinations is needed.'],
  '1': ['negative', 'Routine screening.'],
  '2': ['benign', 'Routine screening.'],
  '3': ['probably benign', 'Short-interval follow-up in 6 months.'],
  '4A': ['low suspicion of malignancy', 'Tissue diagnosis.'],
  '4B': ['moderate suspicion of malignancy', 'Tissue diagnosis.'],
  '4C': ['high suspicion of malignancy', 'Tissue diagnosis.'],
  '5': ['highly suggestive of malignancy', 'Tissue diagnosis.'],
  '6': ['known malignancy proven by biopsy', 'Surgical excision when clinically appropriate.'],
};

const DENSITIES: Readonly<Record<string, string>> = {
  a: 'Almost entirely fatty (a)',
  b: 'Scattered areas of fibroglandular density (b)',
  c: 'Heterogeneously dense, which may obscure small masses (c)',
  d: 'Extremely dense, which lowers the sensitivity of mammography (d)',
};

export const biRads: Score = {
  id: 'bi-rads',
  title: 'ACR BI-RADS',
  version: '5th edition, 2013',
  source: 'American College of Radiology, BI-RADS Atlas, 5th edition, 2013',
  modalities: ['MG', 'US', 'MR'],
  exams: ['breast', 'mammo'],
  questions: [
    {
      id: 'category',
      label: 'Assessment',
      kind: 'choice',
      options: Object.entries(CATEGORIES).map(([id, [meaning]]) => ({ id, label: `${id}: ${meaning}` })),
    },
    {
      id: 'density',
      label: 'Breast density',
      kind: 'choice',
      options: Object.entries(DENSITIES).map(([id, label]) => ({ id, label })),
    },
  ],
  result(answers) {
    const category = chosen(answers, 'category');
    const said = CATEGORIES[category ?? ''];
    if (category === undefined || said === undefined) return undefined;
    const density = DENSITIES[chosen(answers, 'density') ?? ''];
    const basis = density === undefined ? 'density not stated' : `density: ${density.toLowerCase()}`;
    return { category, meaning: said[0], advice: said[1], basis };
  },
};
