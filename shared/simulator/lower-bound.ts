import { eligibilityOf } from '../domain/eligibility.ts';
import { MINUTE_MS, type EpochMs } from '../kernel/clock.ts';
import type { Night } from './scenario.ts';
import type { NightOutcome } from './simulate.ts';

/**
 * What no policy can better, however much it knew: every reading alone in the world, begun the moment its images are complete by that eligible
 * reader who will need the least time for it. It is a bound because whoever reads it is one of the eligible, begins no earlier and needs no
 * less; readers being few, on breaks or busy can only add to it. So its turnaround bounds every reading's from below and its share within
 * target every policy's from above. It is no schedule, so it says nothing of idle minutes and fairness: they are 0.
 */
export function lowerBound(night: Night): NightOutcome {
  const readings = night.tasks.map((task) => {
    const arrivedAt = task.imagesCompleteAt ?? task.authoredOn;
    const context = { region: night.regionOf(task.siteId), now: arrivedAt };
    const [best] = night.readers
      .filter((reader) => eligibilityOf(reader, task, context).refusals.length === 0)
      .map((reader) => ({ reader, minutes: night.trueMinutes(task.id, reader) }))
      .toSorted((one, other) => one.minutes - other.minutes);
    if (best === undefined) throw new Error('nobody may read it');
    return {
      task,
      readerId: best.reader.id,
      arrivedAt,
      doneAt: (arrivedAt + best.minutes * MINUTE_MS) as EpochMs,
      minutes: best.minutes,
      interruptions: 0,
    };
  });
  return {
    policy: 'lower-bound',
    readings,
    unread: [],
    readers: night.readers.map(({ id }) => ({ readerId: id, minutes: 0, wrvu: 0, idleMinutes: 0 })),
  };
}
