import type { SiteArchive } from '#electron/ports/site-archive.ts';
import { systemTimer, type Timer } from '#electron/ports/timer.ts';
import type { CacheTrouble, ReadFrameStart, ReadInstance, StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { SeriesFrame } from '#shared/contract/pixels.ts';
import type { WorklistRow } from '#shared/contract/schemas.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import type { ReadingTask } from '#shared/domain/reading-task.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { abortOf } from './abort-of.ts';
import { createLineSpeed } from './line-speed.ts';
import { createPace } from './pace.ts';
import { createPreviews } from './previews.ts';
import { placeOf, seriesFrames } from './series-frames.ts';
import { loadSeries, type SeriesLoad } from './series-load.ts';
import { instancesInOrder, seriesUidOf, type ExpectedInstance } from './series-order.ts';
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
  /** One instance by itself, from the cache or the site. Undefined: it cannot be had. */
  instance(study: StudyRef, seriesInstanceUid: string, sopInstanceUid: string): Promise<ReadInstance | undefined>;
  /** Brings all of a study into the cache. Stops when aborted, keeping what has come. `not-kept`: the cache takes no more. */
  prefetch(study: StudyRef, signal: AbortSignal): Promise<'here' | 'incomplete' | 'aborted' | 'not-kept'>;
  /** Whose images are on screen: never evicted, and loaded to the end even when nobody waits. */
  showOpenCase(studies: readonly StudyRef[]): void;
  /** Studies not to be evicted besides the open case's. */
  keep(studies: readonly StudyRef[]): void;
  /** How soon the images of a reading would show. */
  opens(task: ReadingTask): WorklistRow['opens'];
  /** Why nothing more is kept, and so nothing fetched ahead. */
  cacheTrouble(): CacheTrouble | undefined;
  isOpen(study: StudyRef): boolean;
  isLoadingOpenCase(): boolean;
  /** Copies of these are dropped, unless somebody loads them right now. */
  purge(studies: readonly StudyRef[]): Promise<void>;
  /** Called when `isLoadingOpenCase` may have changed. */
  onLoading(listener: () => void): void;
}

interface SharedLoad {
  readonly load: SeriesLoad;
  readonly study: StudyRef;
  readonly controller: AbortController;
  /** Who wait for it, and of these the ones that show it. */
  users: number;
  readers: number;
}

export function createStudies(ports: {
  readonly archiveOf: (siteId: SiteId) => SiteArchive | undefined;
  readonly cache: StudyCache;
  readonly readInstance: (part10: Uint8Array) => ReadInstance;
  /** Absent: nothing is shown before it is whole. */
  readonly readFrameStart?: ReadFrameStart;
  readonly clock: Clock;
  readonly log: Log;
  readonly timer?: Timer;
  /** Of what is fetched ahead; undefined: as fast as it comes. */
  readonly aheadBytesPerSecond?: number;
}): Studies {
  const { archiveOf, cache, readInstance, readFrameStart, clock, log } = ports;
  const timer = ports.timer ?? systemTimer;
  const pace = createPace(ports.aheadBytesPerSecond, { clock, timer });
  const metadata = createStudyMetadata({ archiveOf, cache });
  const lineSpeed = createLineSpeed();
  const loads = new Map<string, SharedLoad>();
  const listeners = new Set<() => void>();
  let openCase: readonly StudyRef[] = [];
  let kept: readonly StudyRef[] = [];
  let replaced = 0;

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

  /** `from`: the frame somebody looks at; undefined while the series is only fetched ahead. */
  async function share(study: StudyRef, seriesInstanceUid: string, from?: number): Promise<SharedLoad | undefined> {
    const all = await metadata.get(study);
    const key = `${studyKey(study)}|${seriesInstanceUid}`;
    const before = loads.get(key);
    const announced = instancesInOrder(all, seriesInstanceUid);
    const running = before !== undefined && isStillGood(before, announced) ? before : undefined;
    // Its readers have it to the end; whoever comes now sees what came late, too.
    if (before !== undefined && running === undefined) loads.set(`${key}|${(replaced += 1)}`, before);
    const expected = running?.load.instances() ?? announced;
    const looked = from === undefined ? undefined : expected[placeOf(expected, from).instance]?.sopInstanceUid;
    if (running !== undefined) {
      running.users += 1;
      if (looked !== undefined) running.load.focus(looked);
      return running;
    }
    if (expected.length === 0) return undefined;
    const controller = new AbortController();
    const isUrgent = () => isOpen(study) || (loads.get(key)?.readers ?? 0) > 0;
    const load = loadSeries(study, seriesInstanceUid, expected, looked, {
      archive: archiveOf(study.siteId),
      cache,
      readInstance,
      previews: readFrameStart && createPreviews(readFrameStart, clock),
      lineSpeed,
      clock,
      timer,
      log,
      signal: controller.signal,
      pace: (bytes) => (isUrgent() ? Promise.resolve() : pace.spend(bytes)),
    });
    const shared: SharedLoad = { load, study, controller, users: 1, readers: 0 };
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

  /** Bytes still to come: by the pixels the metadata announces and how this site packs them, else by instances like it. */
  function missingBytes(task: ReadingTask, studyInstanceUid: StudyRef['studyInstanceUid']): number | undefined {
    const study = { siteId: task.siteId, studyInstanceUid };
    const size = metadata.sizeOf(study);
    const expected = size?.instances ?? (task.studyInstanceUids.length === 1 ? task.instanceCount : undefined);
    if (expected === undefined) return undefined;
    const missing = Math.max(expected - cache.countInstances(study), 0);
    if (missing === 0) return 0;
    const { modality } = task.exam;
    const packing = lineSpeed.packing(task.siteId, modality) ?? 1;
    if (size !== undefined && size.pixelBytes > 0) return (missing / expected) * size.pixelBytes * packing;
    return missing * (lineSpeed.instanceBytes(task.siteId, modality) ?? TYPICAL_INSTANCE_BYTES);
  }

  function opens(task: ReadingTask): WorklistRow['opens'] {
    const { siteId, studyInstanceUids } = task;
    const missing = studyInstanceUids.map((uid) => missingBytes(task, uid));
    if (missing.length === 0 || missing.includes(undefined)) return { kind: 'unknown' };
    const bytes = missing.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    if (bytes === 0) return { kind: 'now' };
    const speed = archiveOf(siteId)?.line?.()?.bytesPerSecond ?? lineSpeed.bytesPerSecond(siteId);
    return speed === undefined
      ? { kind: 'unknown' }
      : { kind: 'seconds', seconds: Math.max(1, Math.ceil(bytes / speed)) };
  }

  return {
    metadata,
    opens,
    cacheTrouble: cache.trouble,
    isOpen,
    async openSeries(study, seriesInstanceUid, from, signal) {
      const shared = await share(study, seriesInstanceUid, from);
      if (shared === undefined) return undefined;
      shared.readers += 1;
      pace.hurry();
      let isReleased = false;
      const leave = () => {
        if (isReleased) return;
        isReleased = true;
        shared.readers -= 1;
        release(shared);
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      return framesThenRelease(shared, from, signal, leave);
    },
    async instance(study, seriesInstanceUid, sopInstanceUid) {
      const shared = await share(study, seriesInstanceUid);
      if (shared === undefined) return undefined;
      try {
        return await shared.load.instance(sopInstanceUid);
      } finally {
        release(shared);
      }
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
        if (cache.trouble() !== undefined) return 'not-kept';
      }
      if (signal.aborted) return 'aborted';
      return cache.countInstances(study) >= all.length ? 'here' : 'incomplete';
    },
    async purge(studies) {
      for (const study of studies) {
        const isLoading = [...loads.values()].some((shared) => studyKey(shared.study) === studyKey(study));
        if (!isLoading && !isOpen(study)) await cache.remove(study);
      }
    },
    showOpenCase(studies) {
      openCase = studies;
      pace.hurry();
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

/** Under way, and knows of every instance the metadata announces by now. */
function isStillGood({ load }: SharedLoad, announced: readonly ExpectedInstance[]): boolean {
  if (load.isDone()) return false;
  const known = new Set(load.instances().map(({ sopInstanceUid }) => sopInstanceUid));
  return announced.every(({ sopInstanceUid }) => known.has(sopInstanceUid));
}

async function finished(load: SeriesLoad): Promise<void> {
  while (!load.isDone()) await load.changed();
}
