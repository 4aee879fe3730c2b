import type { SiteArchive } from '#electron/ports/site-archive.ts';
import type { ReadInstance, StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { abortOf } from './abort-of.ts';
import { createLineSpeed } from './line-speed.ts';
import { seriesFrames } from './series-frames.ts';
import { loadSeries, type SeriesLoad } from './series-load.ts';
import { instancesInOrder, seriesUidOf } from './series-order.ts';
import { createStudyMetadata, studyKey, type StudyMetadata } from './study-metadata.ts';

/** A CT slice (DOMAIN 6): assumed until the site's own instances were measured. */
const TYPICAL_INSTANCE_BYTES = 512 * 1024;

export interface Studies {
  readonly metadata: StudyMetadata;
  /** Undefined: the study has no such series. Throws ArchiveError where not even the metadata can be had. */
  openSeries(
    study: StudyRef,
    seriesInstanceUid: string,
    from: number,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<SeriesFrame> | undefined>;
  /** Brings all of a study into the cache. Stops when aborted, keeping what has come. `full`: no room without evicting. */
  prefetch(study: StudyRef, signal: AbortSignal): Promise<'here' | 'incomplete' | 'aborted'>;
  /** Whose images are on screen: never evicted, and loaded to the end even when nobody waits. */
  showOpenCase(studies: readonly StudyRef[]): void;
  /** Studies not to be evicted besides the open case's. */
  keep(studies: readonly StudyRef[]): void;
  /** How soon the images of a reading would show. */
  opens(task: ReadingTask): WorklistRow['opens'];
  isOpen(study: StudyRef): boolean;
  isLoadingOpenCase(): boolean;
  /** Called when `isLoadingOpenCase` may have changed. */
  onLoading(listener: () => void): void;
}

interface SharedLoad {
  readonly load: SeriesLoad;
  readonly study: StudyRef;
  readonly controller: AbortController;
  users: number;
}

export function createStudies(ports: {
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly cache: StudyCache;
  readonly readInstance: (part10: Uint8Array) => ReadInstance;
  readonly clock: Clock;
  readonly log: Log;
}): Studies {
  const { archiveOf, cache, readInstance, clock, log } = ports;
  const metadata = createStudyMetadata({ archiveOf, cache });
  const lineSpeed = createLineSpeed();
  const loads = new Map<string, SharedLoad>();
  const listeners = new Set<() => void>();
  let openCase: readonly StudyRef[] = [];
  let kept: readonly StudyRef[] = [];

  const isOpen = (study: StudyRef) => openCase.some((each) => studyKey(each) === studyKey(study));
  const tellLoading = () => {
    for (const listener of listeners) listener();
  };
  const protect = () => {
    cache.protect([...openCase, ...kept]);
  };

  /** A load nobody waits for goes on only while its case is open. */
  function endUnused() {
    for (const [key, shared] of loads) {
      if (shared.users > 0) continue;
      if (shared.load.isDone()) loads.delete(key);
      else if (!isOpen(shared.study)) {
        loads.delete(key);
        shared.controller.abort();
      }
    }
  }

  async function share(study: StudyRef, seriesInstanceUid: string): Promise<SharedLoad | undefined> {
    const all = await metadata.get(study);
    const key = `${studyKey(study)}|${seriesInstanceUid}`;
    const running = loads.get(key);
    if (running !== undefined && !running.load.isDone()) {
      running.users += 1;
      return running;
    }
    const expected = instancesInOrder(all, seriesInstanceUid);
    if (expected.length === 0) return undefined;
    const controller = new AbortController();
    const load = loadSeries(study, seriesInstanceUid, expected, {
      archive: archiveOf(study.siteId),
      cache,
      readInstance,
      lineSpeed,
      clock,
      log,
      signal: controller.signal,
    });
    const shared: SharedLoad = { load, study, controller, users: 1 };
    loads.set(key, shared);
    tellLoading();
    void finished(load).then(() => {
      endUnused();
      tellLoading();
    });
    return shared;
  }

  function release(shared: SharedLoad) {
    shared.users -= 1;
    endUnused();
  }

  /** Released once: at the last frame, or when the reader of the stream leaves, whichever comes first. */
  async function* framesThenRelease(shared: SharedLoad, from: number, signal: AbortSignal, leave: () => void) {
    try {
      yield* seriesFrames(shared.load, from, signal);
    } finally {
      leave();
    }
  }

  function opens(task: ReadingTask): WorklistRow['opens'] {
    const { siteId } = task;
    const speed = lineSpeed.bytesPerSecond(siteId);
    let missing = 0;
    for (const studyInstanceUid of task.studyInstanceUids) {
      const study = { siteId, studyInstanceUid };
      const expected =
        metadata.instanceCount(study) ?? (task.studyInstanceUids.length === 1 ? task.instanceCount : undefined);
      if (expected === undefined) return { kind: 'unknown' };
      missing += Math.max(expected - cache.countInstances(study), 0);
    }
    if (task.studyInstanceUids.length === 0) return { kind: 'unknown' };
    if (missing === 0) return { kind: 'now' };
    if (speed === undefined) return { kind: 'unknown' };
    const bytes = missing * (lineSpeed.instanceBytes(siteId) ?? TYPICAL_INSTANCE_BYTES);
    return { kind: 'seconds', seconds: Math.max(1, Math.ceil(bytes / speed)) };
  }

  return {
    metadata,
    opens,
    isOpen,
    async openSeries(study, seriesInstanceUid, from, signal) {
      const shared = await share(study, seriesInstanceUid);
      if (shared === undefined) return undefined;
      let isReleased = false;
      const leave = () => {
        if (!isReleased) release(shared);
        isReleased = true;
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      return framesThenRelease(shared, from, signal, leave);
    },
    async prefetch(study, signal) {
      const all = await metadata.get(study);
      const stopped = abortOf(signal);
      for (const series of new Set(all.map(seriesUidOf))) {
        if (signal.aborted) return 'aborted';
        const shared = await share(study, series);
        if (shared === undefined) continue;
        try {
          await Promise.race([finished(shared.load), stopped]);
        } finally {
          release(shared);
        }
      }
      if (signal.aborted) return 'aborted';
      return cache.countInstances(study) >= all.length ? 'here' : 'incomplete';
    },
    showOpenCase(studies) {
      openCase = studies;
      protect();
      endUnused();
      tellLoading();
    },
    keep(studies) {
      kept = studies;
      protect();
    },
    isLoadingOpenCase: () => [...loads.values()].some(({ load, study }) => !load.isDone() && isOpen(study)),
    onLoading(listener) {
      listeners.add(listener);
    },
  };
}

async function finished(load: SeriesLoad): Promise<void> {
  while (!load.isDone()) await load.changed();
}
