import { ArchiveError, type SiteArchive } from '#electron/ports/site-archive.ts';
import type { Timer } from '#electron/ports/timer.ts';
import type { InstanceRef, ReadInstance, StudyCache, StudyRef } from '#electron/workstation/ports.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { createArrivals } from './arrivals.ts';
import { createAttention } from './attention.ts';
import type { LineSpeed } from './line-speed.ts';
import { abilitiesOf, isOneByOne, isThin, requestsAtOnce } from './line-choice.ts';
import { askingAgain, loadFailure, mayPass, whyAbsent } from './load-words.ts';
import type { FramePreview, Previews } from './previews.ts';
import { boundsOf, type ExpectedInstance } from './series-order.ts';

/** One coming of a series from its site into the cache, shared by everyone who waits for it. */
export interface SeriesLoad {
  /** In display order; grows when the site sends more than its metadata announced. */
  instances(): readonly ExpectedInstance[];
  isHere(sopInstanceUid: string): boolean;
  isDone(): boolean;
  /** Why an instance that is not here never came, in words; only once done. */
  absence(): string;
  /** Why nothing comes at the moment, in words for the reader. */
  notice(): string | undefined;
  /** Of an image that is looked at and still coming, what can be shown of it. */
  preview(): FramePreview | undefined;
  /** Resolves when something more is here, there is a notice or a preview, or all is done. */
  changed(): Promise<void>;
  /** Undefined: it cannot be had. */
  instance(sopInstanceUid: string): Promise<ReadInstance | undefined>;
  /** Fetches this one before the others, unless it is here, and then what lies around it. */
  focus(sopInstanceUid: string): void;
}

export interface SeriesLoadPorts {
  readonly archive: SiteArchive | undefined;
  readonly cache: StudyCache;
  readonly readInstance: (part10: Uint8Array) => ReadInstance;
  readonly previews: Previews | undefined;
  readonly lineSpeed: LineSpeed;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Resolves when these bytes fit the budget of what nobody waits for. */
  readonly pace: (bytes: number) => Promise<void>;
}

/** Pauses before asking again; any arrival begins them anew. */
const PAUSES_MS = [300, 1000, 3000, 8000];
/** An archive that sends so many of no use in one go, twice or of something else, is given up. */
const MOST_USELESS = 1000;

export function loadSeries(
  study: StudyRef,
  seriesInstanceUid: string,
  announced: readonly ExpectedInstance[],
  looked: string | undefined,
  ports: SeriesLoadPorts,
): SeriesLoad {
  const { archive, cache, readInstance, previews, lineSpeed, clock, timer, log, signal } = ports;
  const expected = [...announced];
  const known = new Map(expected.map((instance) => [instance.sopInstanceUid, instance]));
  const refOf = (sopInstanceUid: string): InstanceRef => ({ ...study, seriesInstanceUid, sopInstanceUid });
  const here = new Set(expected.map((each) => each.sopInstanceUid).filter((sop) => cache.has(refOf(sop))));
  const arrivals = createArrivals(cache, refOf);
  const attention = createAttention(() => expected);
  if (looked !== undefined) attention.look(looked);
  const underWay = new Set<string>();
  const notSent = new Set<string>();
  let received = { bytes: 0, instances: 0 };
  let useless = 0;
  let done = false;
  let absence = 'the site did not send this image';
  let notice: string | undefined;
  let preview: FramePreview | undefined;
  let wake: (() => void)[] = [];
  /** Set while the way of asking can take a new place of attention at once. */
  let turn: (() => void) | undefined;

  const announce = () => {
    const waiting = wake;
    wake = [];
    for (const resolve of waiting) resolve();
  };
  const isMissing = (sop: string) => !here.has(sop) && !underWay.has(sop) && !notSent.has(sop);
  const missing = () => expected.filter(({ sopInstanceUid }) => isMissing(sopInstanceUid)).length;
  const bounds = (sop: string) => {
    const isPacked = isThin(archive?.line?.()) && lineSpeed.isPackingWorth(study.siteId, known.get(sop)?.modality);
    return { ...boundsOf(known.get(sop)), isPacked };
  };

  /** False: it belongs to another study or series, or is not what was asked for. Such a one is never shown here. */
  function belongs(instance: ReadInstance, asked: string | undefined): boolean {
    if ('problem' in instance) return asked === undefined || (instance.sopInstanceUid ?? asked) === asked;
    return (
      (instance.studyInstanceUid ?? study.studyInstanceUid) === study.studyInstanceUid &&
      (instance.seriesInstanceUid ?? seriesInstanceUid) === seriesInstanceUid &&
      (asked === undefined || instance.sopInstanceUid === asked)
    );
  }

  /** An instance is here as soon as it has come. */
  async function take(part10: Uint8Array, asked?: string): Promise<void> {
    received = { bytes: received.bytes + part10.length, instances: received.instances + 1 };
    const instance = readInstance(part10);
    const isNew = instance.sopInstanceUid !== undefined && !here.has(instance.sopInstanceUid);
    useless = isNew && known.has(instance.sopInstanceUid) ? 0 : useless + 1;
    if (useless > MOST_USELESS) throw new ArchiveError('bad-answer');
    if (!belongs(instance, asked)) {
      absence = 'the site sent an image of something else in its place';
      log.warn('series.foreign-instance', { siteId: study.siteId });
      if (asked !== undefined) notSent.add(asked);
      return;
    }
    const sop = instance.sopInstanceUid ?? asked;
    if (sop === undefined) {
      absence = `an image of this series cannot be read: ${'problem' in instance ? instance.problem : 'no identity'}`;
      log.warn('series.unreadable-instance', { siteId: study.siteId });
      return;
    }
    if (here.has(sop)) return;
    here.add(sop);
    notice = undefined;
    if (preview?.sopInstanceUid === sop) preview = undefined;
    if (!('problem' in instance))
      lineSpeed.recordStored(study.siteId, known.get(sop), instance.description, part10.length);
    if (!known.has(sop)) {
      const grown = { sopInstanceUid: sop, frameCount: 'problem' in instance ? 1 : instance.frameCount };
      known.set(sop, grown);
      expected.push(grown);
    }
    const adding = arrivals.add(sop, instance, part10);
    announce();
    await adding;
    await ports.pace(part10.length);
  }

  async function retrieveAll(from: SiteArchive, stop: AbortSignal): Promise<void> {
    const largest = Math.max(...expected.map((instance) => boundsOf(instance).maxBytes));
    const all = from.retrieveSeries(study.studyInstanceUid, seriesInstanceUid, stop, {
      ...bounds(expected[0]?.sopInstanceUid ?? ''),
      maxBytes: largest,
    });
    for await (const part10 of all) await take(part10);
  }

  /** A part of an image is worth showing only where somebody waits for it. */
  function noteBeginning(sop: string, beginning: Uint8Array): void {
    const found = attention.at() === sop ? previews?.come(sop, beginning) : undefined;
    if (found === undefined) return;
    preview = found;
    announce();
  }

  async function retrieveOne(from: SiteArchive, sop: string, stop: AbortSignal): Promise<void> {
    underWay.add(sop);
    try {
      const part10 = await from.retrieveInstance(study.studyInstanceUid, seriesInstanceUid, sop, stop, {
        ...bounds(sop),
        onBeginning: (beginning) => noteBeginning(sop, beginning),
      });
      await take(part10, sop);
    } catch (error) {
      if (loadFailure(error) !== 'not-found') throw error;
      notSent.add(sop);
    } finally {
      underWay.delete(sop);
    }
  }

  /** The nearest to where somebody looks, always; a turn of attention is followed at once, by one request more. */
  function retrieveEach(from: SiteArchive, stop: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let failure: unknown;
      const next = (extra: number) => {
        const most = requestsAtOnce(from.line?.(), received.bytes / Math.max(received.instances, 1)) + extra;
        while (failure === undefined && !stop.aborted && underWay.size < most) {
          const sop = attention.nearest(isMissing);
          if (sop === undefined) break;
          retrieveOne(from, sop, stop).then(
            () => next(0),
            (error: unknown) => {
              failure ??= error;
              next(0);
            },
          );
        }
        if (underWay.size > 0) return;
        turn = undefined;
        if (failure === undefined && !stop.aborted) resolve();
        else reject(failure ?? new ArchiveError('cancelled'));
      };
      turn = () => next(1);
      next(0);
    });
  }

  /** The one looked at comes alone first: nothing shares the line with it, and it shows how fast the line is. */
  async function retrieveMissing(from: SiteArchive): Promise<void> {
    const stop = new AbortController();
    const signals = AbortSignal.any([signal, stop.signal]);
    const heldBefore = here.size;
    let isTurned = false;
    try {
      const looked = attention.at();
      if (looked !== undefined && isMissing(looked) && abilitiesOf(from).givesInstances)
        await retrieveOne(from, looked, signals).catch((error: unknown) => {
          if (loadFailure(error) !== 'refused') throw error;
        });
      const left = missing();
      if (left === 0) return;
      const missingBytes = left * (received.bytes / Math.max(received.instances, 1));
      if (isOneByOne(from, { missing: left, missingBytes, heldBefore })) {
        await retrieveEach(from, signals);
        return;
      }
      // One answer cannot be turned: on a thin line it is given up for single requests, on a fast one joined by one.
      turn = () => {
        const sop = attention.at();
        if (sop === undefined || !isMissing(sop)) return;
        isTurned = isThin(from.line?.()) && abilitiesOf(from).givesInstances;
        if (isTurned) stop.abort();
        else void retrieveOne(from, sop, signals).catch(() => undefined);
      };
      await retrieveAll(from, signals);
    } catch (error) {
      if (!isTurned) throw error;
      await retrieveEach(from, signal);
    } finally {
      turn = undefined;
    }
  }

  async function load(): Promise<void> {
    if (missing() === 0) return;
    if (archive === undefined) throw new ArchiveError('not-found');
    const began = clock.now();
    for (let attempt = 1; ; attempt += 1) {
      const before = here.size;
      try {
        await retrieveMissing(archive);
        break;
      } catch (error) {
        const code = loadFailure(error);
        if (here.size > before) attempt = 1;
        const pauseMs = PAUSES_MS[attempt - 1];
        const isOtherWayLeft = code === 'refused' && missing() > 0 && attempt === 1;
        if (signal.aborted || !(mayPass(code) || isOtherWayLeft) || pauseMs === undefined) throw error;
        notice = askingAgain(code, attempt + 1, PAUSES_MS.length + 1);
        log.warn('series.asked-again', { siteId: study.siteId, code, attempt });
        announce();
        if (!isOtherWayLeft) await pause(pauseMs, timer, signal);
        if (signal.aborted) throw error;
      }
    }
    lineSpeed.record(study.siteId, received.bytes, received.instances, clock.now() - began);
  }

  void load()
    .catch((error: unknown) => {
      const code = loadFailure(error);
      absence = whyAbsent(code);
      if (!signal.aborted) log.warn('series.not-loaded', { siteId: study.siteId, code });
    })
    .then(() => arrivals.written())
    .finally(() => {
      done = true;
      notice = undefined;
      announce();
    });

  return {
    instances: () => expected,
    isHere: (sop) => here.has(sop),
    isDone: () => done,
    absence: () => absence,
    notice: () => notice,
    preview: () => preview,
    changed: () =>
      done
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake.push(resolve);
          }),
    async instance(sop) {
      const inMemory = arrivals.get(sop);
      if (inMemory !== undefined) return inMemory;
      const cached = await cache.get(refOf(sop));
      if (cached !== undefined) return readInstance(cached);
      if (archive === undefined) return undefined;
      // The copy was damaged or evicted since: the site still has it.
      try {
        const part10 = await archive.retrieveInstance(
          study.studyInstanceUid,
          seriesInstanceUid,
          sop,
          signal,
          bounds(sop),
        );
        const instance = readInstance(part10);
        if (!belongs(instance, sop)) return undefined;
        await cache.put(refOf(sop), part10);
        return instance;
      } catch (error) {
        if (error instanceof ArchiveError) return undefined;
        throw error;
      }
    },
    focus(sop) {
      attention.look(sop);
      if (!done && !here.has(sop)) turn?.();
    },
  };
}

function pause(ms: number, timer: Timer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const takeBack = timer.after(ms, resolve);
    signal.addEventListener(
      'abort',
      () => {
        takeBack();
        resolve();
      },
      { once: true },
    );
  });
}
