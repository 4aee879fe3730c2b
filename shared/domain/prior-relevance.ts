import { examFactsFromText } from './exam-facts.ts';
import type { Prior, ReadingTask } from './reading-task.ts';

/** Weights chosen so that no sum of lesser likenesses outdoes a greater one. */
const SAME_BODY_PART = 8;
const SAME_MODALITY = 4;
const OTHER_SIDE = -2;
/** CT and MR of one region, films of another kind: read together every day. */
const BRAIN_AND_HEAD = new Set(['BRAIN', 'HEAD']);

/** How worth comparing with an earlier exam is, and why, in words for the reader. */
export interface PriorLikeness {
  readonly weight: number;
  readonly why: string;
}

type Comparable = Pick<Prior, 'description' | 'modality'>;

/** Like body part, like modality, like side; what neither exam says counts for nothing. */
export function likenessTo({ exam }: Pick<ReadingTask, 'exam'>, prior: Comparable): PriorLikeness {
  const words = examFactsFromText(exam.text);
  const facts = examFactsFromText(prior.description);
  const [own, other] = [exam.bodyPart ?? words.bodyPart, facts.bodyPart];
  const [side, otherSide] = [exam.laterality ?? words.laterality, facts.laterality];
  const modality = prior.modality ?? facts.modality;
  const isOtherSide =
    otherSide !== undefined &&
    side !== undefined &&
    otherSide !== side &&
    otherSide !== 'bilateral' &&
    side !== 'bilateral';
  const isRegion = isSameRegion(own, other);
  const isModality = modality !== undefined && modality === (exam.modality ?? words.modality);
  const why = [
    isRegion ? 'same region' : own === undefined || other === undefined ? 'region not told' : 'another region',
    isModality ? 'same modality' : modality === undefined ? 'modality not told' : 'another modality',
    ...(isOtherSide ? ['other side'] : []),
  ].join(', ');
  const weight = (isRegion ? SAME_BODY_PART : 0) + (isModality ? SAME_MODALITY : 0) + (isOtherSide ? OTHER_SIDE : 0);
  return { weight, why };
}

/** A reading's priors, the one most worth comparing with first, then the latest. */
export function priorsByRelevance(reading: Pick<ReadingTask, 'exam' | 'priors'>): readonly Prior[] {
  const weightOf = (prior: Prior) => likenessTo(reading, prior).weight;
  return reading.priors.toSorted(
    (one, other) => weightOf(other) - weightOf(one) || (other.date ?? '').localeCompare(one.date ?? ''),
  );
}

function isSameRegion(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  return a === b || (BRAIN_AND_HEAD.has(a) && BRAIN_AND_HEAD.has(b));
}
