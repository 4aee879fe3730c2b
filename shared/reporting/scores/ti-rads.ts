import { countOf } from '#shared/kernel/count-of.ts';

import { answersInWords, chosen, numberOf, severalOf, type Score, type ScoreAnswers } from './score.ts';

const POINTS: Readonly<Record<string, number>> = {
  cystic: 0,
  spongiform: 0,
  mixed: 1,
  solid: 2,
  anechoic: 0,
  iso: 1,
  hypo: 2,
  'very-hypo': 3,
  wider: 0,
  taller: 3,
  smooth: 0,
  'ill-defined': 0,
  lobulated: 2,
  beyond: 3,
  comet: 0,
  macro: 1,
  rim: 2,
  punctate: 3,
};

/** From the most suspicious down: points at least, sizes in millimetres at least (Tessler et al., figure 1). */
const LEVELS = [
  {
    level: 'TR5',
    points: 7,
    meaning: 'highly suspicious',
    aspirate: 10,
    follow: 5,
    visits: 'every year up to 5 years',
  },
  {
    level: 'TR4',
    points: 4,
    meaning: 'moderately suspicious',
    aspirate: 15,
    follow: 10,
    visits: 'at 1, 2, 3 and 5 years',
  },
  { level: 'TR3', points: 3, meaning: 'mildly suspicious', aspirate: 25, follow: 15, visits: 'at 1, 3 and 5 years' },
] as const;

const isSpongiform = (answers: ScoreAnswers): boolean => chosen(answers, 'composition') === 'spongiform';
const isOpen = (answers: ScoreAnswers): boolean => !isSpongiform(answers);

export const tiRads: Score = {
  id: 'ti-rads',
  title: 'ACR TI-RADS',
  version: '2017',
  source: 'Tessler FN et al., J Am Coll Radiol 2017;14:587-595',
  modalities: ['US'],
  exams: ['thyroid', 'neck'],
  questions: [
    {
      id: 'composition',
      label: 'Composition',
      kind: 'choice',
      options: [
        { id: 'cystic', label: 'Cystic or almost completely cystic' },
        { id: 'spongiform', label: 'Spongiform' },
        { id: 'mixed', label: 'Mixed cystic and solid' },
        { id: 'solid', label: 'Solid or almost completely solid' },
      ],
    },
    {
      id: 'echogenicity',
      label: 'Echogenicity',
      kind: 'choice',
      when: isOpen,
      options: [
        { id: 'anechoic', label: 'Anechoic' },
        { id: 'iso', label: 'Hyperechoic or isoechoic' },
        { id: 'hypo', label: 'Hypoechoic' },
        { id: 'very-hypo', label: 'Very hypoechoic' },
      ],
    },
    {
      id: 'shape',
      label: 'Shape',
      kind: 'choice',
      when: isOpen,
      options: [
        { id: 'wider', label: 'Wider than tall' },
        { id: 'taller', label: 'Taller than wide' },
      ],
    },
    {
      id: 'margin',
      label: 'Margin',
      kind: 'choice',
      when: isOpen,
      options: [
        { id: 'smooth', label: 'Smooth' },
        { id: 'ill-defined', label: 'Ill-defined' },
        { id: 'lobulated', label: 'Lobulated or irregular' },
        { id: 'beyond', label: 'Extra-thyroidal extension' },
      ],
    },
    {
      id: 'foci',
      label: 'Echogenic foci',
      kind: 'several',
      when: isOpen,
      options: [
        { id: 'comet', label: 'None or large comet-tail artefacts' },
        { id: 'macro', label: 'Macrocalcifications' },
        { id: 'rim', label: 'Peripheral (rim) calcifications' },
        { id: 'punctate', label: 'Punctate echogenic foci' },
      ],
    },
    { id: 'size', label: 'Largest diameter', kind: 'number', unit: 'mm', min: 1, max: 200 },
  ],
  result(answers) {
    const size = numberOf(answers, 'size');
    const features = ['composition', 'echogenicity', 'shape', 'margin'].map((id) => chosen(answers, id));
    const foci = severalOf(answers, 'foci');
    const isWhole = isSpongiform(answers) || (features.every((each) => each !== undefined) && foci.length > 0);
    if (size === undefined || !isWhole) return undefined;
    const counted = isSpongiform(answers) ? [] : [...features.flatMap((each) => each ?? []), ...foci];
    const points = counted.reduce((sum, each) => sum + (POINTS[each] ?? 0), 0);
    const basis = `${answersInWords(tiRads, answers)}; ${countOf(points, 'point')}`;
    const found = LEVELS.find((each) => points >= each.points);
    if (found === undefined) {
      const [category, meaning] = points === 0 ? ['TR1', 'benign'] : ['TR2', 'not suspicious'];
      return { category, meaning, basis, advice: 'No fine-needle aspiration.' };
    }
    const { level, meaning, aspirate, follow, visits } = found;
    const advice =
      size >= aspirate
        ? 'Fine-needle aspiration is recommended.'
        : size >= follow
          ? `Follow-up ultrasound ${visits}.`
          : 'Below the size for follow-up.';
    return { category: level, meaning, basis, advice };
  },
};
