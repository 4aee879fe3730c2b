import type { Types } from '@cornerstonejs/core';
import { buildImage } from '../engine/image.ts';
import { forgetImage } from '../engine/image-loader.ts';
import { streamPlaces } from '../model/image-order.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import type { ImageSeries } from '../model/series.ts';
import { createDecodedStore } from './decoded-store.ts';
import type { DecodePool } from './decode-pool.ts';
import type { Claim, RequestPlaces } from './request-places.ts';
import { createSeriesFeed, type FrameSlot, type HoldBudget, type SeriesFeed } from './series-feed.ts';
import type { ReceivedFrame } from './series-stream.ts';
import type { DisplayImage } from './worker-messages.ts';

/** Farther than any frame of a series that is looked at. */
const FAR = 1e9;
/** Frames of a case that is not on screen wait until none of one that is waits. */
const BEHIND = 1e12;
/** Streams of a case that is not on screen stand behind all of one that is. */
export const AHEAD_RANK = 10;
/** A payload of at least this part of its samples is no compression: once decoded it is not worth holding. */
const UNCOMPRESSED_PART = 0.75;
/** Filled below this part, there is room to fetch a series nobody looks at yet. */
const ROOM_SHARE = 0.8;

export type ImageOutcome =
  | { readonly ok: true; readonly image: Types.IImage }
  | { readonly ok: false; readonly reason: string };

/** Memory for the images of one case; bytes. */
export interface ImageMemory {
  /** Samples as the screen takes them. */
  readonly decodedBytes: number;
  /** Frames as received. */
  readonly heldBytes: number;
}

export interface ImageBankPorts {
  readonly pool: DecodePool;
  readonly memory: ImageMemory;
  readonly places: RequestPlaces;
  readonly openStream: (series: ImageSeries, from: number, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  readonly pause: (attempt: number) => Promise<void>;
  /** Not on screen: its frames stand behind those of a case that is, and nothing is decoded that cannot be kept. */
  readonly isAhead: () => boolean;
  readonly onDecoded: (series: ImageSeries, slot: FrameSlot, display: DisplayImage | undefined) => void;
  /** An image that is still coming, in a lower resolution. */
  readonly onPreview: (facts: ImageFacts, display: DisplayImage) => void;
  readonly onFailed: (series: ImageSeries, reason: string) => void;
  readonly onFed: (series: ImageSeries) => void;
  readonly onNotice: (series: ImageSeries, notice: string | undefined) => void;
}

interface Entry {
  readonly series: ImageSeries;
  readonly feed: SeriesFeed;
  /** Where each pane that shows this series stands. */
  readonly positions: Map<string, number>;
  decodedCount: number;
}

const sampleBytesOf = ({ rows, columns, isColour, bitsStored }: FrameSlot['facts']): number =>
  Math.max(1, rows * columns * (isColour ? 3 : bitsStored > 8 ? 2 : 1));

/** All images of one case: fetches, decodes what is looked at first, keeps as much decoded as memory allows. */
export function createImageBank(ports: ImageBankPorts) {
  const budget: HoldBudget = { limitBytes: ports.memory.heldBytes, heldBytes: 0 };
  const entries = new Map<string, Entry>();
  const byImageId = new Map<string, { readonly entry: Entry; readonly slot: FrameSlot }>();
  const works = new Map<FrameSlot, Promise<ImageOutcome>>();
  let decodedLimit = ports.memory.decodedBytes;
  let isClosed = false;

  const store = createDecodedStore<FrameSlot, Types.IImage>({
    limitBytes: () => decodedLimit,
    distance: (slot) => {
      const entry = byImageId.get(slot.facts.imageId)?.entry;
      return entry === undefined ? FAR : distance(entry, slot.index);
    },
    onDropped: (slot) => {
      slot.isKept = false;
      forgetImage(slot.facts.imageId);
    },
  });

  function distance(entry: Entry, index: number): number {
    let nearest = FAR;
    for (const position of entry.positions.values()) nearest = Math.min(nearest, Math.abs(position - index));
    return nearest;
  }

  /** The frames around each position that fit into this series' share of the memory for samples. */
  function windowsOf(entry: Entry): readonly (readonly [first: number, last: number])[] {
    let shown = 0;
    for (const one of entries.values()) if (one.positions.size > 0) shown += 1;
    const { slots } = entry.feed;
    const first = slots[0];
    if (first === undefined || entry.positions.size === 0) return [];
    const share = decodedLimit / Math.max(1, shown) / entry.positions.size;
    const room = Math.max(1, Math.floor(share / sampleBytesOf(first.facts)));
    return [...entry.positions.values()].map((position) => {
      const start = Math.max(0, Math.min(position - Math.floor(room / 2), slots.length - room));
      return [start, start + room - 1] as const;
    });
  }
  const isWithin = (windows: readonly (readonly [number, number])[], index: number): boolean =>
    windows.some(([first, last]) => index >= first && index <= last);

  function decode(entry: Entry, slot: FrameSlot, payload: Uint8Array<ArrayBuffer>, isSought: boolean) {
    const known = works.get(slot);
    if (known) return known;
    const { facts, description } = slot;
    if (!description)
      return Promise.resolve<ImageOutcome>({ ok: false, reason: 'This image came without a description.' });
    const { palette, modalityLut, paddingValue } = facts;
    const doesKeep = isSought || isWithin(windowsOf(entry), slot.index);
    const isGivenAway = doesKeep && payload.length >= sampleBytesOf(facts) * UNCOMPRESSED_PART;
    if (isGivenAway) {
      entry.feed.release(slot);
      slot.isKept = true;
    }
    const work = ports.pool
      .decode({
        payload,
        description,
        conversion: { palette, modalityLut, paddingValue, hasAlpha: false },
        isGivenAway,
        rank: () => (isClosed ? undefined : distance(entry, slot.index) + (ports.isAhead() ? BEHIND : 0)),
      })
      .then((outcome): ImageOutcome => {
        works.delete(slot);
        if (isClosed || entries.get(entry.series.key) !== entry) return { ok: false, reason: 'closed' };
        if (!slot.isDecoded) entry.decodedCount += 1;
        slot.isDecoded = true;
        if (!outcome.ok) {
          slot.problem = outcome.reason;
          slot.isKept = false;
          ports.onDecoded(entry.series, slot, undefined);
          pump();
          return outcome;
        }
        const image = buildImage(facts, outcome.image);
        slot.isKept = doesKeep && store.keep(slot, image, image.sizeInBytes);
        ports.onDecoded(entry.series, slot, outcome.image);
        pump();
        return { ok: true, image };
      });
    works.set(slot, work);
    return work;
  }

  /** Previews that came before anybody looked, as of a case that was made ready: the finest of each image, until it is there itself. */
  const waitingPreviews = new Map<FrameSlot, () => void>();
  function showWaitingPreviews(): void {
    const waiting = [...waitingPreviews.values()];
    // Those that nobody looks at yet put themselves back.
    waitingPreviews.clear();
    for (const show of waiting) show();
  }

  /** Only for who looks at this very image; nothing once the image itself is there. */
  async function decodePreview(entry: Entry, slot: FrameSlot, frame: ReceivedFrame, level: number): Promise<void> {
    const isWaitedFor = () =>
      !isClosed && !ports.isAhead() && !slot.hasArrived && [...entry.positions.values()].includes(slot.index);
    waitingPreviews.delete(slot);
    if (!isWaitedFor()) {
      if (!slot.hasArrived && !isClosed) waitingPreviews.set(slot, () => void decodePreview(entry, slot, frame, level));
      return;
    }
    const { palette, modalityLut, paddingValue } = slot.facts;
    const outcome = await ports.pool.decode({
      payload: frame.payload,
      description: frame.header.description,
      conversion: { palette, modalityLut, paddingValue, hasAlpha: true },
      isGivenAway: true,
      level,
      rank: () => (isWaitedFor() ? 0 : undefined),
    });
    if (outcome.ok && isWaitedFor()) ports.onPreview(slot.facts, outcome.image);
  }

  /** The next frame to decode ahead: nearest to what is on screen, within what may be kept; then those never decoded. */
  function mostWanted(): { entry: Entry; slot: FrameSlot } | undefined {
    let best: { entry: Entry; slot: FrameSlot } | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const entry of entries.values()) {
      if (entry.positions.size === 0) continue;
      const windows = windowsOf(entry);
      for (const slot of entry.feed.slots) {
        if (!slot.payload || slot.isKept || slot.problem !== undefined) continue;
        const away = distance(entry, slot.index);
        if (away >= lowest || works.has(slot)) continue;
        const isDue = (!slot.isDecoded && !ports.isAhead()) || isWithin(windows, slot.index);
        if (isDue) [best, lowest] = [{ entry, slot }, away];
      }
    }
    return best;
  }

  function pump(): void {
    while (!isClosed && ports.pool.hasRoom()) {
      const next = mostWanted();
      if (!next?.slot.payload) return;
      void decode(next.entry, next.slot, next.slot.payload, false);
    }
  }

  /** Where the reader has moved to, then what has shown nothing yet, then the rest of what is looked at; priors after the study itself. */
  function claimOf({ series, feed, positions }: Entry): Claim {
    const isMissing = (index: number) => {
      const slot = feed.slots[index];
      return slot !== undefined && !slot.hasArrived && slot.problem === undefined;
    };
    const rank = (): number => {
      if (positions.size === 0) return 3;
      if (![...positions.values()].some(isMissing)) return 2;
      return feed.hasBegun() ? 0 : 1;
    };
    return {
      kind: () => (ports.isAhead() ? 'ahead' : series.role),
      rank: () => rank() + (series.role === 'prior' ? 0.5 : 0) + (ports.isAhead() ? AHEAD_RANK : 0),
      giveWay: () => feed.giveWay(positions.size === 0 || ports.isAhead()),
    };
  }

  function entryOf(series: ImageSeries): Entry {
    const found = entries.get(series.key);
    if (found) return found;
    const places = streamPlaces(series.images);
    const feed = createSeriesFeed({
      images: series.images,
      budget,
      open: async (from, signal) => {
        await ports.places.enter(claim, signal);
        return ports.openStream(series, places[from] ?? from, signal);
      },
      pause: ports.pause,
      onFailed: (reason) => ports.onFailed(series, reason),
      onEnded: () => ports.onFed(series),
      onNotice: (notice) => ports.onNotice(series, notice),
      onPreview: (slot, frame, level) => void decodePreview(entry, slot, frame, level),
      stopsWhenFull: ports.isAhead,
      makeRoom: () => {
        if (entry.positions.size === 0) return false;
        const before = budget.heldBytes;
        for (const other of entries.values()) if (other !== entry && other.positions.size === 0) other.feed.letGo();
        return budget.heldBytes < before;
      },
      onArrived: async (slot, frame, isHeld) => {
        ports.places.reconsider();
        if (slot.problem !== undefined) {
          if (!slot.isDecoded) entry.decodedCount += 1;
          slot.isDecoded = true;
          ports.onDecoded(series, slot, undefined);
          return;
        }
        if (isHeld) pump();
        // No room: it is decoded now, so that a broken frame is known, and fetched again when sought.
        else if (
          entry.positions.size > 0 &&
          ((!slot.isDecoded && !ports.isAhead()) || isWithin(windowsOf(entry), slot.index))
        )
          await decode(entry, slot, frame.payload, false);
      },
    });
    const entry: Entry = { series, feed, positions: new Map(), decodedCount: 0 };
    const claim = claimOf(entry);
    entries.set(series.key, entry);
    for (const slot of feed.slots) byImageId.set(slot.facts.imageId, { entry, slot });
    return entry;
  }

  async function imageAt(entry: Entry, index: number): Promise<ImageOutcome> {
    const slot = entry.feed.slots[index];
    if (!slot) return { ok: false, reason: 'There is no such image.' };
    const before = store.get(slot);
    if (before) return { ok: true, image: before };
    if (!works.has(slot)) await entry.feed.arrival(index);
    const image = store.get(slot);
    if (image) return { ok: true, image };
    const working = works.get(slot);
    if (working) return working;
    if (slot.problem !== undefined || !slot.payload) {
      return { ok: false, reason: slot.problem ?? 'This image is no longer in memory.' };
    }
    return decode(entry, slot, slot.payload, true);
  }

  return {
    factsOf: (imageId: string) => byImageId.get(imageId)?.slot.facts,
    async load(imageId: string): Promise<Types.IImage> {
      const found = byImageId.get(imageId);
      if (!found) throw new Error('not an image of the open case');
      const outcome = await imageAt(found.entry, found.slot.index);
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.image;
    },
    /** The pane stands here now: frames near it are fetched, decoded and kept before others. */
    look(series: ImageSeries, paneId: string, index: number): void {
      const entry = entryOf(series);
      for (const other of entries.values()) if (other !== entry) other.positions.delete(paneId);
      entry.positions.set(paneId, index);
      entry.feed.seek(index);
      ports.places.reconsider();
      showWaitingPreviews();
      pump();
    },
    leave(paneId: string): void {
      for (const entry of entries.values()) entry.positions.delete(paneId);
    },
    image: (series: ImageSeries, index: number): Promise<ImageOutcome> => imageAt(entryOf(series), index),
    /** In memory and ready for the screen now. */
    ready(series: ImageSeries, index: number): Types.IImage | undefined {
      const slot = entries.get(series.key)?.feed.slots[index];
      return slot && store.get(slot);
    },
    isComing: (seriesKey: string): boolean => entries.get(seriesKey)?.feed.isComing() ?? false,
    /** Whether there is room to fetch a series nobody looks at yet. */
    hasRoom: (): boolean => budget.heldBytes < budget.limitBytes * ROOM_SHARE,
    decodedCount: (series: ImageSeries): number => entries.get(series.key)?.decodedCount ?? 0,
    slots: (seriesKey: string): readonly FrameSlot[] => entries.get(seriesKey)?.feed.slots ?? [],
    /** Every frame went through a decoder, or is known not to be showable. */
    isComplete: (series: ImageSeries): boolean =>
      entries.get(series.key)?.feed.slots.every((slot) => slot.isDecoded || slot.problem !== undefined) ?? false,
    /** More images of it came late: what was fetched is fetched again with them, from the workstation's cache. */
    replace(series: ImageSeries): void {
      const entry = entries.get(series.key);
      if (!entry) return;
      entries.delete(series.key);
      entry.feed.close();
      for (const slot of entry.feed.slots) {
        store.drop(slot);
        byImageId.delete(slot.facts.imageId);
      }
    },
    retry(series: ImageSeries): void {
      entryOf(series).feed.retry();
    },
    /** All that is kept of it ahead is here. */
    isReadyAround(series: ImageSeries): boolean {
      const entry = entries.get(series.key);
      if (!entry) return false;
      const windows = windowsOf(entry);
      return entry.feed.slots.every(
        (slot) => slot.isDecoded || slot.problem !== undefined || !isWithin(windows, slot.index),
      );
    },
    /** More (or less) may be kept from now on. */
    allow(memory: ImageMemory): void {
      decodedLimit = memory.decodedBytes;
      budget.limitBytes = memory.heldBytes;
      ports.places.reconsider();
      showWaitingPreviews();
      pump();
    },
    close(): void {
      isClosed = true;
      for (const entry of entries.values()) entry.feed.close();
      store.clear();
      for (const imageId of byImageId.keys()) forgetImage(imageId);
      entries.clear();
      byImageId.clear();
      works.clear();
      waitingPreviews.clear();
    },
  };
}
