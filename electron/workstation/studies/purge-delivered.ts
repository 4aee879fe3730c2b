import type { StudyRef } from '#electron/workstation/ports.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { EpochMs } from '#shared/kernel/clock.ts';

import { studyKey } from './study-metadata.ts';

const studiesOf = ({ siteId, studyInstanceUids, priors }: ReadingTask): StudyRef[] => [
  ...studyInstanceUids.map((studyInstanceUid) => ({ siteId, studyInstanceUid })),
  ...priors.flatMap(({ studyInstanceUid, at }) =>
    studyInstanceUid === undefined ? [] : [{ siteId: at?.siteId ?? siteId, studyInstanceUid }],
  ),
];

/**
 * Studies whose copies have served: every report of every reading that speaks of them was delivered long enough ago, and no
 * reading still waits for them.
 */
export function deliveredStudies(
  tasks: readonly ReadingTask[],
  deliveries: readonly Delivery[],
  { now, afterMs }: { readonly now: EpochMs; readonly afterMs: number },
): StudyRef[] {
  const isServed = ({ state, acknowledgedAt, settlement }: Delivery) => {
    const endedAt = state === 'accepted' ? acknowledgedAt : settlement?.at;
    return endedAt !== undefined && now - endedAt >= afterMs;
  };
  const isDelivered = (task: ReadingTask) => {
    const own = deliveries.filter(({ taskId }) => taskId === task.id);
    return own.length > 0 && own.every(isServed);
  };
  const done = tasks.filter((task) => task.state === 'completed' && isDelivered(task));
  const others = tasks.filter((task) => !done.includes(task) && task.state !== 'cancelled');
  const needed = new Set(others.flatMap(studiesOf).map(studyKey));
  const served = new Map(done.flatMap(studiesOf).map((study) => [studyKey(study), study]));
  return [...served.values()].filter((study) => !needed.has(studyKey(study)));
}
