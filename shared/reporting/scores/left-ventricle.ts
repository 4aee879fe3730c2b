import { answersInWords, chosen, numberOf, SEX_QUESTION, type Score } from './score.ts';

/** Upper ends of normal, mildly and moderately enlarged, in millimetres of the inner diameter at end-diastole (table 4 of the source). */
const DIAMETER_ENDS = { female: [52, 56, 61], male: [58, 63, 68] } as const;
const GRADES = ['normal size', 'mildly enlarged', 'moderately enlarged', 'severely enlarged'] as const;
/** Below the reference range (table 2 of the source). */
const SMALLEST = { female: 37.8, male: 42 } as const;

/** Inner diameter of the left ventricle at end-diastole, in the plane of the long axis. */
export const leftVentricle: Score = {
  id: 'left-ventricle',
  title: 'Left ventricle',
  version: 'ASE/EACVI 2015',
  source: 'Lang RM et al., J Am Soc Echocardiogr 2015;28:1-39',
  modalities: ['US', 'MR', 'CT'],
  exams: ['heart', 'cardiac', 'echo'],
  questions: [
    SEX_QUESTION,
    { id: 'diameter', label: 'End-diastolic inner diameter', kind: 'number', unit: 'mm', min: 10, max: 120 },
  ],
  result(answers) {
    const [sex, diameter] = [chosen(answers, 'sex'), numberOf(answers, 'diameter')];
    if ((sex !== 'female' && sex !== 'male') || diameter === undefined) return undefined;
    const grade = DIAMETER_ENDS[sex].filter((end) => Math.round(diameter) > end).length;
    return {
      category: diameter < SMALLEST[sex] ? 'smaller than normal' : (GRADES[grade] ?? ''),
      meaning: `${diameter} mm`,
      basis: answersInWords(leftVentricle, answers),
    };
  },
};
