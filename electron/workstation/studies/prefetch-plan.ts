import type { StudyRef } from '#electron/workstation/ports.ts';
import { priorsByRelevance } from '#shared/domain/prior-relevance.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';

import { studyKey } from './study-metadata.ts';

export interface PrefetchPlan {
  /** Studies whose images are brought, in this order: by place in the list, each reading's own before its priors. */
  readonly images: readonly StudyRef[];
  /** Studies whose metadata is brought, first of all: the whole list's. */
  readonly metadata: readonly StudyRef[];
  /** Studies of readings this reader holds: never evicted. */
  readonly claimed: readonly StudyRef[];
}

/** Of a list that is longer the rest waits until it comes nearer. */
const MOST_METADATA = 1000;

const distinct = (studies: readonly StudyRef[]): StudyRef[] => [
  ...new Map(studies.map((study) => [studyKey(study), study])).values(),
];

const ownStudies = (task: ReadingTask): StudyRef[] =>
  task.studyInstanceUids.map((studyInstanceUid) => ({ siteId: task.siteId, studyInstanceUid }));

const withPriors = (task: ReadingTask): StudyRef[] => [
  ...ownStudies(task),
  ...priorsByRelevance(task).flatMap(({ studyInstanceUid, at }) =>
    studyInstanceUid === undefined ? [] : [{ siteId: at?.siteId ?? task.siteId, studyInstanceUid }],
  ),
];

/** Readings fetched ahead: more than a reader gets through while the list re-orders itself. */
export const READINGS_AHEAD = 8;

/** Readings whose notes are brought with their images. */
export const readingsAhead = (entries: readonly WorklistEntry[]): readonly ReadingTask[] =>
  entries
    .filter((entry) => entry.canBeNext)
    .slice(0, READINGS_AHEAD)
    .map(({ task }) => task);

export function planPrefetch(entries: readonly WorklistEntry[], ahead: number): PrefetchPlan {
  const wanted = entries.filter((entry) => entry.canBeNext).map(({ task }) => task);
  const next = wanted.slice(0, ahead);
  return {
    images: distinct(next.flatMap(withPriors)),
    metadata: distinct([...next.flatMap(withPriors), ...wanted.flatMap(ownStudies)]).slice(0, MOST_METADATA),
    claimed: distinct(entries.flatMap(({ task, mine }) => (mine ? withPriors(task) : []))),
  };
}
