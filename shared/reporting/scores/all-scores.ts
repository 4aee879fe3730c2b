import { aast } from './aast.ts';
import { biRads } from './bi-rads.ts';
import { bosniak } from './bosniak.ts';
import { fleischner } from './fleischner.ts';
import { leftVentricle } from './left-ventricle.ts';
import { liRads } from './li-rads.ts';
import { lungRads } from './lung-rads.ts';
import { adrenalWashout, aorta, aspects, nascet } from './measured-scores.ts';
import { oRads } from './o-rads.ts';
import { piRads } from './pi-rads.ts';
import type { Score } from './score.ts';
import { tiRads } from './ti-rads.ts';

export const ALL_SCORES: readonly Score[] = [
  aast,
  aorta,
  adrenalWashout,
  aspects,
  biRads,
  bosniak,
  fleischner,
  leftVentricle,
  liRads,
  lungRads,
  nascet,
  oRads,
  piRads,
  tiRads,
];

/** Those that fit the exam first, each group in its own order: modality and region, then modality alone. */
export function scoresFor(exam: {
  readonly text: string;
  readonly modality?: string;
  readonly bodyPart?: string;
}): readonly Score[] {
  const words = `${exam.text} ${exam.bodyPart ?? ''}`.toLowerCase();
  const rank = ({ modalities, exams }: Score): number => {
    const isModality = exam.modality === undefined || modalities.includes(exam.modality);
    const isRegion = exams.some((each) => words.includes(each));
    return isModality && isRegion ? 0 : isRegion ? 1 : isModality ? 2 : 3;
  };
  return ALL_SCORES.toSorted((one, other) => rank(one) - rank(other));
}
