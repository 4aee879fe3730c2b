import { examFactsFromText } from './exam-facts.ts';
import type { Prior, ReadingTask } from './reading-task.ts';

/** Weights chosen so that no sum of lesser likenesses outdoes a greater one. */
const SAME_BODY_PART = 8;
const SAME_MODALITY = 4;
const OTHER_SIDE = -2;
/** CT and MR of one region, films of another kind: read together every day. */
const BRAIN_AND_HEAD = new Set(['BRAIN', 'HEAD']);

/** A reading's priors, the one most worth comparing with first: like body part, like modality, like side, then the latest. */
export function priorsByRelevance({ exam, priors }: Pick<ReadingTask, 'exam' | 'priors'>): readonly Prior[] {
  const words = examFactsFromText(exam.text);
  const own = {
    modality: exam.modality ?? words.modality,
    bodyPart: exam.bodyPart ?? words.bodyPart,
    laterality: exam.laterality ?? words.laterality,
  };
  const likeness = (prior: Prior): number => {
    const facts = examFactsFromText(prior.description);
    const modality = prior.modality ?? facts.modality;
    const isOtherSide =
      facts.laterality !== undefined &&
      own.laterality !== undefined &&
      facts.laterality !== own.laterality &&
      facts.laterality !== 'bilateral' &&
      own.laterality !== 'bilateral';
    return (
      (isSameRegion(own.bodyPart, facts.bodyPart) ? SAME_BODY_PART : 0) +
      (modality !== undefined && modality === own.modality ? SAME_MODALITY : 0) +
      (isOtherSide ? OTHER_SIDE : 0)
    );
  };
  return priors.toSorted(
    (one, other) => likeness(other) - likeness(one) || (other.date ?? '').localeCompare(one.date ?? ''),
  );
}

function isSameRegion(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  return a === b || (BRAIN_AND_HEAD.has(a) && BRAIN_AND_HEAD.has(b));
}
