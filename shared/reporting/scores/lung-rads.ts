import { answersInWords, chosen, numberOf, type Score, type ScoreAnswers } from './score.ts';

const MEANING: Readonly<Record<string, readonly [meaning: string, advice: string]>> = {
  '1': ['negative', 'Low-dose CT in 12 months.'],
  '2': ['benign appearance or behaviour', 'Low-dose CT in 12 months.'],
  '3': ['probably benign', 'Low-dose CT in 6 months.'],
  '4A': ['suspicious', 'Low-dose CT in 3 months; PET/CT may be considered for a solid part of 8 mm or more.'],
  '4B': ['very suspicious', 'Diagnostic chest CT, PET/CT, tissue sampling or referral as clinically appropriate.'],
};

const hasNodule = (answers: ScoreAnswers): boolean =>
  chosen(answers, 'kind') !== undefined && chosen(answers, 'kind') !== 'none';

/** Solid nodules: the least mean diameter in millimetres for each category, highest first. */
const SOLID: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  baseline: [
    [15, '4B'],
    [8, '4A'],
    [6, '3'],
    [0, '2'],
  ],
  new: [
    [8, '4B'],
    [6, '4A'],
    [4, '3'],
    [0, '2'],
  ],
  growing: [
    [8, '4B'],
    [0, '4A'],
  ],
};

const solidCategory = (size: number, state: string): string =>
  SOLID[state]?.find(([least]) => size >= least)?.[1] ?? '2';

function partSolidCategory(size: number, core: number, state: string): string {
  if (state === 'new' || state === 'growing') {
    if (core >= 4) return '4B';
    return state === 'new' && size < 6 ? '3' : '4A';
  }
  if (size < 6) return '2';
  return core >= 8 ? '4B' : core >= 6 ? '4A' : '3';
}

const groundGlassCategory = (size: number, state: string): string =>
  size >= 30 && (state === 'baseline' || state === 'new') ? '3' : '2';

/** Lung cancer screening by low-dose CT; the category is that of the most suspicious nodule. */
export const lungRads: Score = {
  id: 'lung-rads',
  title: 'ACR Lung-RADS',
  version: 'v2022',
  source: 'American College of Radiology, Lung-RADS v2022, November 2022',
  modalities: ['CT'],
  exams: ['screen', 'low dose', 'low-dose', 'ldct'],
  questions: [
    {
      id: 'kind',
      label: 'Most suspicious nodule',
      kind: 'choice',
      options: [
        { id: 'none', label: 'No nodule, or nodules with benign calcification or fat only' },
        { id: 'solid', label: 'Solid' },
        { id: 'part-solid', label: 'Part-solid' },
        { id: 'ground-glass', label: 'Ground-glass' },
      ],
    },
    {
      id: 'state',
      label: 'Compared with before',
      kind: 'choice',
      when: hasNodule,
      options: [
        { id: 'baseline', label: 'Baseline' },
        { id: 'new', label: 'New' },
        { id: 'growing', label: 'Growing' },
        { id: 'stable', label: 'Stable or smaller, category 2 or 3 before' },
        { id: 'stable-4A', label: 'Stable or smaller at 3 months, category 4A before' },
      ],
    },
    { id: 'size', label: 'Mean diameter', kind: 'number', unit: 'mm', min: 1, max: 100, when: hasNodule },
    {
      id: 'core',
      label: 'Solid part, mean diameter',
      kind: 'number',
      unit: 'mm',
      min: 0,
      max: 100,
      when: (answers) => chosen(answers, 'kind') === 'part-solid',
    },
  ],
  result(answers) {
    const category = categoryOf(answers);
    const said = category === undefined ? undefined : MEANING[category];
    if (category === undefined || said === undefined) return undefined;
    return { category, meaning: said[0], advice: said[1], basis: answersInWords(lungRads, answers) };
  },
};

function categoryOf(answers: ScoreAnswers): string | undefined {
  const kind = chosen(answers, 'kind');
  if (kind === 'none') return '1';
  const [state, size] = [chosen(answers, 'state'), numberOf(answers, 'size')];
  if (kind === undefined || state === undefined || size === undefined) return undefined;
  if (state === 'stable') return '2';
  if (state === 'stable-4A') return '3';
  if (kind === 'solid') return solidCategory(size, state);
  if (kind === 'ground-glass') return groundGlassCategory(size, state);
  const core = numberOf(answers, 'core');
  return core === undefined ? undefined : partSolidCategory(size, core, state);
}
