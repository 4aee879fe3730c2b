import { answersInWords, chosen, numberOf, type Score, type ScoreAnswers } from './score.ts';

const MEANING: Readonly<Record<number, string>> = {
  1: 'normal ovary',
  2: 'almost certainly benign',
  3: 'low risk of malignancy',
  4: 'intermediate risk of malignancy',
  5: 'high risk of malignancy',
};

const HAS_SIZE: readonly string[] = ['simple', 'unilocular', 'bilocular', 'multilocular'];
const HAS_FLOW: readonly string[] = ['multilocular', 'multilocular-solid', 'solid'];
const kindOf = (answers: ScoreAnswers): string => chosen(answers, 'kind') ?? '';

/** With a lesion of category 1 or 2 ascites has another cause that must be looked for. */
function categoryOf(answers: ScoreAnswers): number | undefined {
  const category = lesionCategory(answers);
  return category !== undefined && category > 2 && chosen(answers, 'spread') === 'yes' ? 5 : category;
}

function lesionCategory(answers: ScoreAnswers): number | undefined {
  const kind = kindOf(answers);
  if (kind === '') return undefined;
  if (kind === 'physiologic') return 1;
  if (kind === 'classic') return 2;
  const size = numberOf(answers, 'size');
  if (HAS_SIZE.includes(kind) && size === undefined) return undefined;
  const isLarge = (size ?? 0) >= 100;
  if (kind === 'simple') return isLarge ? 3 : 2;
  const contour = chosen(answers, 'contour');
  const flow = Number(chosen(answers, 'flow') ?? Number.NaN);
  if (kind === 'papillary') {
    const projections = chosen(answers, 'projections');
    return projections === undefined ? undefined : projections === 'four' ? 5 : 4;
  }
  if (kind === 'multilocular-solid') return Number.isNaN(flow) ? undefined : flow >= 3 ? 5 : 4;
  if (contour === undefined) return undefined;
  if (kind === 'unilocular') return contour === 'irregular' || isLarge ? 3 : 2;
  if (kind === 'bilocular') return contour === 'irregular' ? 4 : isLarge ? 3 : 2;
  if (kind === 'solid' && contour === 'irregular') return 5;
  if (Number.isNaN(flow)) return undefined;
  if (kind === 'multilocular') return contour === 'irregular' || isLarge || flow === 4 ? 4 : 3;
  if (flow === 1) return 3;
  return flow === 4 ? 5 : chosen(answers, 'shadow') === 'yes' ? 3 : 4;
}

const takes = (...kinds: readonly string[]) => ({ when: (answers: ScoreAnswers) => kinds.includes(kindOf(answers)) });

/** Adnexal lesions on ultrasound. */
export const oRads: Score = {
  id: 'o-rads-us',
  title: 'O-RADS US',
  version: 'v2022',
  source: 'Strachowski LM et al., Radiology 2023;308:e230685',
  modalities: ['US'],
  exams: ['pelvis', 'ovar', 'adnex', 'gyn'],
  questions: [
    {
      id: 'kind',
      label: 'Lesion',
      kind: 'choice',
      options: [
        { id: 'physiologic', label: 'Follicle or corpus luteum, 3 cm or less' },
        { id: 'classic', label: 'Classic benign lesion, below 10 cm' },
        { id: 'simple', label: 'Simple cyst above 3 cm' },
        { id: 'unilocular', label: 'Unilocular cyst, not simple' },
        { id: 'bilocular', label: 'Bilocular cyst' },
        { id: 'multilocular', label: 'Multilocular cyst without solid component' },
        { id: 'papillary', label: 'Unilocular cyst with solid component' },
        { id: 'multilocular-solid', label: 'Bi- or multilocular cyst with solid component' },
        { id: 'solid', label: 'Solid lesion' },
      ],
    },
    { id: 'size', label: 'Largest diameter', kind: 'number', unit: 'mm', min: 1, max: 400, ...takes(...HAS_SIZE) },
    {
      id: 'contour',
      label: 'Contour',
      kind: 'choice',
      ...takes('unilocular', 'bilocular', 'multilocular', 'solid'),
      options: [
        { id: 'smooth', label: 'Smooth' },
        { id: 'irregular', label: 'Irregular' },
      ],
    },
    {
      id: 'projections',
      label: 'Papillary projections',
      kind: 'choice',
      ...takes('papillary'),
      options: [
        { id: 'fewer', label: 'Fewer than 4 papillary projections' },
        { id: 'four', label: '4 or more papillary projections' },
      ],
    },
    {
      id: 'flow',
      label: 'Colour score',
      kind: 'choice',
      ...takes(...HAS_FLOW),
      options: ['1', '2', '3', '4'].map((id) => ({ id, label: `Colour score ${id}` })),
    },
    {
      id: 'shadow',
      label: 'Shadowing',
      kind: 'choice',
      ...takes('solid'),
      options: [
        { id: 'no', label: 'No shadowing' },
        { id: 'yes', label: 'Shadowing' },
      ],
    },
    {
      id: 'spread',
      label: 'Ascites or peritoneal nodules',
      kind: 'choice',
      options: [
        { id: 'no', label: 'No ascites or peritoneal nodules' },
        { id: 'yes', label: 'Ascites or peritoneal nodules' },
      ],
    },
  ],
  result(answers) {
    const category = categoryOf(answers);
    if (category === undefined) return undefined;
    return { category: String(category), meaning: MEANING[category] ?? '', basis: answersInWords(oRads, answers) };
  },
};
