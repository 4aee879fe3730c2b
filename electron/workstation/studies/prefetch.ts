import { setImmediate as nextTurn } from 'node:timers/promises';

import { ArchiveError } from '#electron/ports/site-archive.ts';
import type { StudyRef } from '#electron/workstation/ports.ts';
import type { WorklistEntry } from '#shared/domain/worklist.ts';
import { MINUTE_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import type { Studies } from './studies.ts';
import { studyKey } from './study-metadata.ts';

/** Readings fetched ahead: more than a reader gets through while the list re-orders itself. */
const READINGS_AHEAD = 8;
const PARALLEL_STUDIES = 2;
/** A study that could not be had is left alone for so long. */
const REST_MS = 2 * MINUTE_MS;

export interface Prefetch {
  /** The list as it is now; what is under way goes on if it is still wanted. */
  follow(entries: readonly WorklistEntry[]): void;
  stop(): void;
  /** Resolves when there is nothing left to do now: all here, paused or failed. */
  settled(): Promise<void>;
}

/** Which studies, in which order: by place in the list, each reading's own before its priors. */
export function studiesAhead(entries: readonly WorklistEntry[]): StudyRef[] {
  const wanted = entries.filter((entry) => entry.canBeNext).slice(0, READINGS_AHEAD);
  const studies = wanted.flatMap(({ task }) => [
    ...task.studyInstanceUids.map((studyInstanceUid) => ({ siteId: task.siteId, studyInstanceUid })),
    ...task.priors.flatMap(({ studyInstanceUid }) =>
      studyInstanceUid === undefined ? [] : [{ siteId: task.siteId, studyInstanceUid }],
    ),
  ]);
  return [...new Map(studies.map((study) => [studyKey(study), study])).values()];
}

/** Brings the next studies here, two at a time, and stands back while the open case itself is loading. */
export function createPrefetch({
  studies,
  clock,
  log,
  changed,
}: {
  readonly studies: Studies;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when another study is here: rows say "opens now". */
  readonly changed: () => void;
}): Prefetch {
  let wanted: readonly StudyRef[] = [];
  let isStopped = false;
  let controller: AbortController | undefined;
  const workers = new Set<Promise<void>>();
  const here = new Set<string>();
  const underWay = new Set<string>();
  const restUntil = new Map<string, number>();

  /** The open case loads by itself: fetching it ahead would be fetching ahead of one's own pause. */
  const isDue = (study: StudyRef) => {
    const key = studyKey(study);
    return !studies.isOpen(study) && !here.has(key) && !underWay.has(key) && (restUntil.get(key) ?? 0) <= clock.now();
  };

  async function bring(study: StudyRef, signal: AbortSignal) {
    const key = studyKey(study);
    underWay.add(key);
    // Only what stands before it in the list is safe from making room for it.
    studies.keep(wanted.slice(0, wanted.findIndex((each) => studyKey(each) === key) + 1));
    try {
      const outcome = await studies.prefetch(study, signal);
      if (outcome === 'here') here.add(key);
      if (outcome === 'incomplete') restUntil.set(key, clock.now() + REST_MS);
      if (outcome !== 'aborted') changed();
    } catch (error) {
      restUntil.set(key, clock.now() + REST_MS);
      const code = error instanceof ArchiveError ? error.code : 'internal';
      log.warn('prefetch.failed', { siteId: study.siteId, code });
    } finally {
      underWay.delete(key);
    }
  }

  function run() {
    if (isStopped || studies.isLoadingOpenCase()) return;
    controller ??= new AbortController();
    const { signal } = controller;
    while (workers.size < PARALLEL_STUDIES) {
      const study = wanted.find(isDue);
      if (study === undefined) return;
      // With everything cached a study takes no turn of the event loop: without one here, nobody else would get any.
      const worker: Promise<void> = bring(study, signal)
        .then(() => nextTurn())
        .finally(() => {
          workers.delete(worker);
          run();
        });
      workers.add(worker);
    }
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
      wanted = studiesAhead(entries);
      for (const key of here) if (!wanted.some((study) => studyKey(study) === key)) here.delete(key);
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
