import { answersInWords, chosen, type Score, type ScoreAnswers } from './score.ts';

const MEANING = [
  '',
  'clinically significant cancer is highly unlikely',
  'clinically significant cancer is unlikely',
  'clinically significant cancer is equivocal',
  'clinically significant cancer is likely',
  'clinically significant cancer is highly likely',
] as const;

const ONE_TO_FIVE = ['1', '2', '3', '4', '5'].map((id) => ({ id, label: id }));

function categoryOf(answers: ScoreAnswers): number | undefined {
  const zone = chosen(answers, 'zone');
  const [t2, dwi] = ['t2', 'dwi'].map((id) => Number(chosen(answers, id)));
  if (zone === undefined || t2 === undefined || dwi === undefined || Number.isNaN(t2) || Number.isNaN(dwi))
    return undefined;
  if (zone === 'transition') {
    if (t2 === 2) return dwi >= 4 ? 3 : 2;
    if (t2 === 3) return dwi === 5 ? 4 : 3;
    return t2;
  }
  if (dwi !== 3) return dwi;
  const contrast = chosen(answers, 'contrast');
  return contrast === undefined ? undefined : contrast === 'positive' ? 4 : 3;
}

/** The dominant sequence is diffusion in the peripheral zone and T2 in the transition zone. */
export const piRads: Score = {
  id: 'pi-rads',
  title: 'PI-RADS',
  version: 'v2.1',
  source: 'Turkbey B et al., Eur Urol 2019;76:340-351',
  modalities: ['MR'],
  exams: ['prostate', 'pelvis'],
  questions: [
    {
      id: 'zone',
      label: 'Zone',
      kind: 'choice',
      options: [
        { id: 'peripheral', label: 'Peripheral zone' },
        { id: 'transition', label: 'Transition zone' },
      ],
    },
    { id: 't2', label: 'T2 score', kind: 'choice', options: ONE_TO_FIVE },
    { id: 'dwi', label: 'DWI score', kind: 'choice', options: ONE_TO_FIVE },
    {
      id: 'contrast',
      label: 'Dynamic contrast enhancement',
      kind: 'choice',
      when: (answers) => chosen(answers, 'zone') === 'peripheral' && chosen(answers, 'dwi') === '3',
      options: [
        { id: 'negative', label: 'DCE negative' },
        { id: 'positive', label: 'DCE positive' },
      ],
    },
  ],
  result(answers) {
    const category = categoryOf(answers);
    if (category === undefined) return undefined;
    const scores = `T2 ${chosen(answers, 't2')}, DWI ${chosen(answers, 'dwi')}`;
    const rest = answersInWords({ questions: piRads.questions.filter(({ id }) => id === 'contrast') }, answers);
    const basis = `${chosen(answers, 'zone')} zone; ${scores}${rest === '' ? '' : `; ${rest}`}`;
    return { category: String(category), meaning: MEANING[category] ?? '', basis };
  },
};
