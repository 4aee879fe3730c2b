import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { InstanceRef, ReadInstance, StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import type { LineSpeed } from './line-speed.ts';
import type { ExpectedInstance } from './series-order.ts';

/** One coming of a series from its site into the cache, shared by everyone who waits for it. */
export interface SeriesLoad {
  /** In display order; grows when the site sends more than its metadata announced. */
  instances(): readonly ExpectedInstance[];
  isHere(sopInstanceUid: string): boolean;
  isDone(): boolean;
  /** Why an instance that is not here never came, in words; only once done. */
  absence(): string;
  /** Resolves when something more is here, or all is done. */
  changed(): Promise<void>;
  /** Undefined: it cannot be had. */
  instance(sopInstanceUid: string): Promise<ReadInstance | undefined>;
  /** Fetches this one before the others, unless it is here. */
  focus(sopInstanceUid: string): void;
}

/** Arrived instances kept in memory while readers take them, so that they need not be decrypted at once again. */
const HELD_BYTES = 96 * 1024 * 1024;
const PARALLEL_INSTANCES = 4;
const PARALLEL_WRITES = 4;

interface HeldInstance {
  readonly instance: ReadInstance;
  readonly bytes: number;
  isStored: boolean;
}

export interface SeriesLoadPorts {
  readonly archive: SiteArchive | undefined;
  readonly cache: StudyCache;
  readonly readInstance: (part10: Uint8Array) => ReadInstance;
  readonly lineSpeed: LineSpeed;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export function loadSeries(
  study: StudyRef,
  seriesInstanceUid: string,
  announced: readonly ExpectedInstance[],
  ports: SeriesLoadPorts,
): SeriesLoad {
  const { archive, cache, readInstance, lineSpeed, clock, log, signal } = ports;
  const expected = [...announced];
  const known = new Set(expected.map((instance) => instance.sopInstanceUid));
  const refOf = (sopInstanceUid: string): InstanceRef => ({ ...study, seriesInstanceUid, sopInstanceUid });
  const here = new Set(expected.map((each) => each.sopInstanceUid).filter((sop) => cache.has(refOf(sop))));
  /** In order of arrival. What the cache did not take stays until the load ends. */
  const held = new Map<string, HeldInstance>();
  const writing = new Set<Promise<void>>();
  let heldBytes = 0;
  let done = false;
  let absence = 'the site did not send this image';
  let wake: (() => void)[] = [];

  const announce = () => {
    const waiting = wake;
    wake = [];
    for (const resolve of waiting) resolve();
  };

  function dropStored() {
    for (const [oldest, entry] of held) {
      if (heldBytes <= HELD_BYTES) break;
      if (!entry.isStored) continue;
      held.delete(oldest);
      heldBytes -= entry.bytes;
    }
  }

  /** An instance is here as soon as it has come; the cache gets it behind the readers' backs. */
  async function take(part10: Uint8Array, asked?: string): Promise<void> {
    const instance = readInstance(part10);
    const sop = instance.sopInstanceUid ?? asked;
    if (sop === undefined) {
      absence = `an image of this series cannot be read: ${'problem' in instance ? instance.problem : 'no identity'}`;
      log.warn('series.unreadable-instance', { siteId: study.siteId });
      return;
    }
    if (here.has(sop)) return;
    const entry: HeldInstance = { instance, bytes: part10.length, isStored: false };
    held.set(sop, entry);
    heldBytes += entry.bytes;
    here.add(sop);
    if (!known.has(sop)) {
      known.add(sop);
      expected.push({ sopInstanceUid: sop, frameCount: 'problem' in instance ? 1 : instance.frameCount });
    }
    announce();
    while (writing.size >= PARALLEL_WRITES) await Promise.race(writing);
    const write: Promise<void> = cache.put(refOf(sop), part10).then((outcome) => {
      writing.delete(write);
      entry.isStored = outcome === 'stored';
      dropStored();
    });
    writing.add(write);
  }

  async function retrieveAll(from: SiteArchive): Promise<void> {
    const began = clock.now();
    let bytes = 0;
    let instances = 0;
    for await (const part10 of from.retrieveSeries(study.studyInstanceUid, seriesInstanceUid, signal)) {
      bytes += part10.length;
      instances += 1;
      await take(part10);
    }
    lineSpeed.record(study.siteId, bytes, instances, clock.now() - began);
  }

  async function retrieveOne(from: SiteArchive, sop: string): Promise<void> {
    await take(await from.retrieveInstance(study.studyInstanceUid, seriesInstanceUid, sop, signal), sop);
  }

  async function retrieveEach(from: SiteArchive, missing: readonly string[]): Promise<void> {
    const rest = [...missing];
    const work = async () => {
      for (let sop = rest.shift(); sop !== undefined; sop = rest.shift()) {
        try {
          await retrieveOne(from, sop);
        } catch (error) {
          if (!(error instanceof ArchiveError) || error.code !== 'not-found') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_INSTANCES }, work));
  }

  async function load(): Promise<void> {
    const missing = expected.map((each) => each.sopInstanceUid).filter((sop) => !here.has(sop));
    if (missing.length === 0) return;
    if (archive === undefined) throw new ArchiveError('not-found');
    // Less than half is here: one retrieve is far faster than many (a whole series in one answer).
    if (missing.length * 2 > expected.length) await retrieveAll(archive);
    else await retrieveEach(archive, missing);
  }

  void load()
    .catch((error: unknown) => {
      absence =
        error instanceof ArchiveError
          ? `the site did not send this image (${error.code})`
          : 'loading this image failed';
      if (!signal.aborted)
        log.warn('series.not-loaded', {
          siteId: study.siteId,
          code: error instanceof ArchiveError ? error.code : 'internal',
        });
    })
    .then(() => Promise.all(writing))
    .finally(() => {
      done = true;
      announce();
    });

  return {
    instances: () => expected,
    isHere: (sop) => here.has(sop),
    isDone: () => done,
    absence: () => absence,
    changed: () =>
      done
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake.push(resolve);
          }),
    async instance(sop) {
      const inMemory = held.get(sop);
      if (inMemory !== undefined) return inMemory.instance;
      const cached = await cache.get(refOf(sop));
      if (cached !== undefined) return readInstance(cached);
      if (archive === undefined) return undefined;
      // The copy was damaged or evicted since: the site still has it.
      try {
        const part10 = await archive.retrieveInstance(study.studyInstanceUid, seriesInstanceUid, sop, signal);
        await cache.put(refOf(sop), part10);
        return readInstance(part10);
      } catch (error) {
        if (error instanceof ArchiveError) return undefined;
        throw error;
      }
    },
    focus(sop) {
      if (archive === undefined || done || here.has(sop) || expected.length < 2) return;
      // Best effort: the whole series is coming anyway, and says itself what went wrong.
      void retrieveOne(archive, sop).catch(() => undefined);
    },
  };
}
