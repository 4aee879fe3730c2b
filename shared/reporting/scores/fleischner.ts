import { answersInWords, chosen, numberOf, type Score, type ScoreAnswers } from './score.ts';

const NONE = 'No routine follow-up.';
const PERSISTS = 'CT at 6-12 months to confirm persistence, then every 2 years until 5 years.';

/** By number of nodules and risk: below 6 mm, 6 to 8 mm, above 8 mm (MacMahon et al., table 1A). */
const SOLID: Readonly<Record<string, readonly [string, string, string]>> = {
  'one low': [
    NONE,
    'CT at 6-12 months, then consider CT at 18-24 months.',
    'Consider CT at 3 months, PET/CT or tissue sampling.',
  ],
  'one high': [
    'Optional CT at 12 months.',
    'CT at 6-12 months, then at 18-24 months.',
    'Consider CT at 3 months, PET/CT or tissue sampling.',
  ],
  'many low': [
    NONE,
    'CT at 3-6 months, then consider CT at 18-24 months.',
    'CT at 3-6 months, then consider CT at 18-24 months.',
  ],
  'many high': [
    'Optional CT at 12 months.',
    'CT at 3-6 months, then at 18-24 months.',
    'CT at 3-6 months, then at 18-24 months.',
  ],
};

const isSolid = (answers: ScoreAnswers): boolean => chosen(answers, 'kind') === 'solid';

/** Incidental pulmonary nodules; not for screening, known cancer, immunosuppression or age below 35. */
export const fleischner: Score = {
  id: 'fleischner',
  title: 'Fleischner Society',
  version: '2017',
  source: 'MacMahon H et al., Radiology 2017;284:228-243',
  modalities: ['CT'],
  exams: ['chest', 'thorax', 'lung'],
  questions: [
    {
      id: 'fits',
      label: 'Applies',
      kind: 'choice',
      options: [
        { id: 'yes', label: 'Incidental, aged 35 or more, no cancer, no immunosuppression' },
        { id: 'no', label: 'Screening, known cancer, immunosuppression or younger than 35' },
      ],
    },
    {
      id: 'kind',
      label: 'Nodule',
      kind: 'choice',
      options: [
        { id: 'solid', label: 'Solid' },
        { id: 'ground-glass', label: 'Pure ground-glass' },
        { id: 'part-solid', label: 'Part-solid' },
      ],
    },
    {
      id: 'count',
      label: 'Number',
      kind: 'choice',
      options: [
        { id: 'one', label: 'Single' },
        { id: 'many', label: 'Multiple' },
      ],
    },
    { id: 'size', label: 'Mean diameter', kind: 'number', unit: 'mm', min: 1, max: 30 },
    {
      id: 'risk',
      label: 'Risk',
      kind: 'choice',
      when: isSolid,
      options: [
        { id: 'low', label: 'Low risk' },
        { id: 'high', label: 'High risk' },
      ],
    },
    {
      id: 'core',
      label: 'Solid part',
      kind: 'number',
      unit: 'mm',
      min: 0,
      max: 30,
      when: (answers) => chosen(answers, 'kind') === 'part-solid' && chosen(answers, 'count') === 'one',
    },
  ],
  result(answers) {
    const [fits, kind, count] = ['fits', 'kind', 'count'].map((id) => chosen(answers, id));
    const exact = numberOf(answers, 'size');
    if (fits === undefined || kind === undefined || count === undefined || exact === undefined) return undefined;
    // Diameters are rounded to the nearest whole millimetre before they are compared (same source, measurement).
    const size = Math.round(exact);
    const basis = answersInWords({ questions: fleischner.questions.slice(1) }, answers);
    const advise = (advice: string) => ({
      category: categoryOf(size),
      meaning: 'incidental pulmonary nodule',
      advice,
      basis,
    });
    if (fits === 'no')
      return { category: 'not applicable', meaning: 'outside the population of this guideline', basis };
    if (kind === 'solid') {
      const risk = chosen(answers, 'risk');
      const advice = SOLID[`${count} ${risk}`]?.[size < 6 ? 0 : size <= 8 ? 1 : 2];
      return advice === undefined ? undefined : advise(advice);
    }
    if (count === 'many')
      return advise(
        size < 6
          ? 'CT at 3-6 months; if stable, consider CT at 2 and 4 years.'
          : 'CT at 3-6 months; then according to the most suspicious nodule.',
      );
    if (size < 6) return advise(NONE);
    if (kind === 'ground-glass') return advise(PERSISTS);
    const core = numberOf(answers, 'core');
    if (core === undefined) return undefined;
    return advise(
      core < 6
        ? 'CT at 3-6 months to confirm persistence; if unchanged, CT every year for 5 years.'
        : 'CT at 3-6 months to confirm persistence; a persistent solid part of 6 mm or more is highly suspicious: consider PET/CT, biopsy or resection.',
    );
  },
};

const categoryOf = (size: number): string => (size < 6 ? 'below 6 mm' : size <= 8 ? '6 to 8 mm' : 'above 8 mm');
