import { setImmediate as nextTurn } from 'node:timers/promises';

import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { StudyRef } from '#electron/workstation/ports.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';
import { MINUTE_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { planPrefetch, READINGS_AHEAD, type PrefetchPlan } from './prefetch-plan.ts';
import type { Studies } from './studies.ts';
import { studyKey } from './study-metadata.ts';

/** At one site: a slow site holds up only its own. */
const PARALLEL_STUDIES = 2;
/** A study that could not be had, and a cache that takes nothing, are left alone for so long. */
const REST_MS = 2 * MINUTE_MS;

export interface Prefetch {
  /** The list as it is now; what is under way goes on if it is still wanted. */
  follow(entries: readonly WorklistEntry[]): void;
  stop(): void;
  /** Resolves when there is nothing left to do now: all here, paused or failed. */
  settled(): Promise<void>;
}

/** What is being brought for one purpose, and what is left alone for a while. */
function createWork() {
  const done = new Set<string>();
  const underWay = new Map<string, StudyRef>();
  const restUntil = new Map<string, number>();
  return {
    done,
    underWay,
    restUntil,
    isDue: (key: string, now: number) =>
      !done.has(key) && !underWay.has(key) && (restUntil.get(key) ?? Number.NEGATIVE_INFINITY) <= now,
    countAt: (siteId: StudyRef['siteId']) => [...underWay.values()].filter((study) => study.siteId === siteId).length,
  };
}

/**
 * Brings the next studies here: their metadata first, for the whole list, then images, two studies at a time from each site.
 * It stands back while the open case itself is loading, and stops while the cache takes nothing more.
 */
export function createPrefetch({
  studies,
  clock,
  log,
  changed,
  readingsAhead = READINGS_AHEAD,
}: {
  readonly studies: Studies;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when another study is here, or no more can be kept: rows say "opens now". */
  readonly changed: () => void;
  readonly readingsAhead?: number;
}): Prefetch {
  let plan: PrefetchPlan = { images: [], metadata: [], claimed: [] };
  let isStopped = false;
  let keptAgainAt = Number.NEGATIVE_INFINITY;
  let controller: AbortController | undefined;
  const workers = new Set<Promise<void>>();
  const images = createWork();
  const metadata = createWork();

  const failed = (work: typeof images, study: StudyRef, error: unknown, signal: AbortSignal) => {
    if (signal.aborted) return;
    work.restUntil.set(studyKey(study), clock.now() + REST_MS);
    const code = error instanceof ArchiveError ? error.code : 'internal';
    log.warn('prefetch.failed', { siteId: study.siteId, code });
  };

  async function bringMetadata(study: StudyRef, signal: AbortSignal) {
    await studies.metadata.fetchAhead(study, signal);
    metadata.done.add(studyKey(study));
  }

  /** Only what stands before the first that is being brought is safe from making room for it: the list decides, not who comes first. */
  function protectBefore() {
    const first = plan.images.findIndex((study) => images.underWay.has(studyKey(study)));
    studies.keep([...plan.claimed, ...(first === -1 ? plan.images : plan.images.slice(0, first + 1))]);
  }

  async function bringImages(study: StudyRef, signal: AbortSignal) {
    const key = studyKey(study);
    protectBefore();
    const outcome = await studies.prefetch(study, signal);
    if (outcome === 'here') images.done.add(key);
    if (outcome === 'incomplete') images.restUntil.set(key, clock.now() + REST_MS);
    if (outcome === 'not-kept') {
      if (keptAgainAt <= clock.now()) log.warn('prefetch.stopped', { code: 'not-kept' });
      keptAgainAt = clock.now() + REST_MS;
    }
    if (outcome !== 'aborted') changed();
  }

  /** The open case loads by itself: fetching it ahead would be fetching ahead of one's own pause. */
  const nextImages = () =>
    keptAgainAt > clock.now()
      ? undefined
      : plan.images.find((study) => {
          const key = studyKey(study);
          const isDescribed = metadata.done.has(key) || !metadata.isDue(key, clock.now());
          return (
            isDescribed &&
            !metadata.underWay.has(key) &&
            images.isDue(key, clock.now()) &&
            !studies.isOpen(study) &&
            images.countAt(study.siteId) < PARALLEL_STUDIES
          );
        });
  const nextMetadata = () =>
    plan.metadata.find(
      (study) => metadata.isDue(studyKey(study), clock.now()) && metadata.countAt(study.siteId) < PARALLEL_STUDIES,
    );

  function begin(work: typeof images, study: StudyRef, bring: typeof bringImages, signal: AbortSignal) {
    const key = studyKey(study);
    work.underWay.set(key, study);
    // With everything cached a study takes no turn of the event loop: without one here, nobody else would get any.
    const worker: Promise<void> = bring(study, signal)
      .catch((error: unknown) => failed(work, study, error, signal))
      .then(() => {
        work.underWay.delete(key);
        protectBefore();
        return nextTurn();
      })
      .finally(() => {
        workers.delete(worker);
        run();
      });
    workers.add(worker);
  }

  function run() {
    if (isStopped || studies.isLoadingOpenCase()) return;
    controller ??= new AbortController();
    const { signal } = controller;
    for (let study = nextMetadata(); study !== undefined; study = nextMetadata())
      begin(metadata, study, bringMetadata, signal);
    for (let study = nextImages(); study !== undefined; study = nextImages()) begin(images, study, bringImages, signal);
  }

  const pause = () => {
    controller?.abort();
    controller = undefined;
  };

  studies.onLoading(() => {
    if (studies.isLoadingOpenCase()) pause();
    else run();
  });

  return {
    follow(entries) {
      plan = planPrefetch(entries, readingsAhead);
      const wanted = new Set(plan.images.map(studyKey));
      for (const key of images.done) if (!wanted.has(key)) images.done.delete(key);
      protectBefore();
      if (studies.cacheTrouble() === undefined) keptAgainAt = Number.NEGATIVE_INFINITY;
      run();
    },
    stop() {
      isStopped = true;
      pause();
    },
    async settled() {
      while (workers.size > 0) await Promise.all(workers);
    },
  };
}
