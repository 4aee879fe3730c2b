import { cache, imageLoader, type Types } from '@cornerstonejs/core';
import { buildImage } from '../engine/image.ts';
import { drawsByProcessor } from '../engine/setup.ts';
import { streamPlaces } from '../model/image-order.ts';
import type { ImageSeries } from '../model/series.ts';
import type { DecodePool } from './decode-pool.ts';
import { createSeriesFeed, type FrameSlot, type HoldBudget, type SeriesFeed } from './series-feed.ts';
import type { DisplayImage } from './worker-messages.ts';

const MEGABYTE = 1024 * 1024;
/** Compressed frames kept in memory, all series together. */
const HELD_LIMIT_BYTES = 512 * MEGABYTE;
/** The part of the decoded cache that frames around the positions on screen may fill. */
const AHEAD_SHARE = 0.8;
const FAR = 1e9;

export type ImageOutcome =
  { readonly ok: true; readonly image: Types.IImage } | { readonly ok: false; readonly reason: string };

export interface ImageBankPorts {
  readonly pool: DecodePool;
  readonly decodedLimitBytes: number;
  readonly openStream: (series: ImageSeries, from: number, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  readonly pause: (attempt: number) => Promise<void>;
  readonly onDecoded: (series: ImageSeries, slot: FrameSlot, display: DisplayImage | undefined) => void;
  readonly onFailed: (series: ImageSeries, reason: string) => void;
  readonly onFed: (series: ImageSeries) => void;
}

interface Entry {
  readonly series: ImageSeries;
  readonly feed: SeriesFeed;
  /** Where each pane that shows this series stands. */
  readonly positions: Map<string, number>;
  decodedCount: number;
}

/** All images of the open case: fetches, decodes what is looked at first, keeps as much decoded as memory allows. */
export function createImageBank(ports: ImageBankPorts) {
  const budget: HoldBudget = { limitBytes: HELD_LIMIT_BYTES, heldBytes: 0 };
  const entries = new Map<string, Entry>();
  const byImageId = new Map<string, { entry: Entry; index: number }>();
  const decoding = new Map<string, Promise<ImageOutcome>>();
  let isClosed = false;

  function distance(entry: Entry, index: number): number {
    let nearest = FAR;
    for (const position of entry.positions.values()) nearest = Math.min(nearest, Math.abs(position - index));
    return nearest;
  }

  function keep(image: Types.IImage): void {
    if (cache.getImageLoadObject(image.imageId)) return;
    try {
      cache.putImageSync(image.imageId, image);
    } catch {
      // No room at all: the image is still shown, from the loader, once.
    }
  }

  function decode(entry: Entry, slot: FrameSlot, payload: Uint8Array, doesKeep: boolean): Promise<ImageOutcome> {
    const { facts, description } = slot;
    const known = decoding.get(facts.imageId);
    if (known) return known;
    if (!description) return Promise.resolve({ ok: false, reason: 'This image came without a description.' });
    const { palette, modalityLut, paddingValue } = facts;
    const work = ports.pool
      .decode({
        payload,
        description,
        conversion: { palette, modalityLut, paddingValue, hasAlpha: drawsByProcessor() },
        rank: () => distance(entry, slot.index),
      })
      .then((outcome): ImageOutcome => {
        decoding.delete(facts.imageId);
        if (isClosed) return { ok: false, reason: 'closed' };
        if (!slot.isDecoded) entry.decodedCount += 1;
        slot.isDecoded = true;
        if (!outcome.ok) {
          slot.problem = outcome.reason;
          ports.onDecoded(entry.series, slot, undefined);
          return outcome;
        }
        const image = buildImage(facts, outcome.image);
        if (doesKeep || isAhead(entry, slot)) keep(image);
        ports.onDecoded(entry.series, slot, outcome.image);
        queueMicrotask(pump);
        return { ok: true, image };
      });
    decoding.set(facts.imageId, work);
    return work;
  }

  function isAhead(entry: Entry, slot: FrameSlot): boolean {
    const shown = [...entries.values()].filter((one) => one.positions.size > 0).length;
    const { rows, columns, isColour, bitsStored } = slot.facts;
    const bytes = rows * columns * (isColour ? 3 : bitsStored > 8 ? 2 : 1);
    const room = (ports.decodedLimitBytes * AHEAD_SHARE) / Math.max(1, shown) / Math.max(1, bytes);
    return distance(entry, slot.index) <= room / 2 || room >= entry.feed.slots.length;
  }

  /** The next frames to decode ahead: nearest to what is on screen, within what may be kept; then those never decoded. */
  function mostWanted(): { entry: Entry; slot: FrameSlot } | undefined {
    let best: { entry: Entry; slot: FrameSlot } | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    for (const entry of entries.values()) {
      if (entry.positions.size === 0) continue;
      for (const slot of entry.feed.slots) {
        if (!slot.payload || slot.problem !== undefined || decoding.has(slot.facts.imageId)) continue;
        const isWanted = slot.isDecoded ? isAhead(entry, slot) && !cache.getImageLoadObject(slot.facts.imageId) : true;
        const away = distance(entry, slot.index);
        if (isWanted && away < lowest) [best, lowest] = [{ entry, slot }, away];
      }
    }
    return best;
  }

  function pump(): void {
    while (!isClosed && ports.pool.waitingCount() < ports.pool.size) {
      const next = mostWanted();
      if (!next?.slot.payload) return;
      void decode(next.entry, next.slot, next.slot.payload, false);
    }
  }

  function entryOf(series: ImageSeries): Entry {
    const found = entries.get(series.key);
    if (found) return found;
    const places = streamPlaces(series.images);
    const feed = createSeriesFeed({
      images: series.images,
      budget,
      open: (from, signal) => ports.openStream(series, places[from] ?? from, signal),
      pause: ports.pause,
      onFailed: (reason) => ports.onFailed(series, reason),
      onEnded: () => ports.onFed(series),
      makeRoom: () => {
        if (entry.positions.size === 0) return false;
        const before = budget.heldBytes;
        for (const other of entries.values()) if (other !== entry && other.positions.size === 0) other.feed.letGo();
        return budget.heldBytes < before;
      },
      onArrived: async (slot, frame, isHeld) => {
        if (slot.problem !== undefined) {
          if (!slot.isDecoded) entry.decodedCount += 1;
          slot.isDecoded = true;
          ports.onDecoded(series, slot, undefined);
          return;
        }
        if (isHeld) pump();
        // No room: it is decoded now, so that a broken frame is known, and fetched again when sought.
        else if (entry.positions.size > 0) await decode(entry, slot, frame.payload, false);
      },
    });
    const entry: Entry = { series, feed, positions: new Map(), decodedCount: 0 };
    entries.set(series.key, entry);
    series.images.forEach((facts, index) => byImageId.set(facts.imageId, { entry, index }));
    return entry;
  }

  async function imageAt(entry: Entry, index: number): Promise<ImageOutcome> {
    const facts = entry.feed.slots[index]?.facts;
    const cached = facts && cache.getImage(facts.imageId);
    if (cached) return { ok: true, image: cached };
    const slot = await entry.feed.arrival(index);
    if (slot.problem !== undefined || !slot.payload) {
      return { ok: false, reason: slot.problem ?? 'This image is no longer in memory.' };
    }
    return decode(entry, slot, slot.payload, true);
  }

  imageLoader.registerImageLoader('overread', (imageId) => ({
    promise: (async () => {
      const found = byImageId.get(imageId);
      if (!found) throw new Error('not an image of the open case');
      const outcome = await imageAt(found.entry, found.index);
      if (!outcome.ok) throw new Error(outcome.reason);
      return outcome.image;
    })(),
  }));

  return {
    factsOf(imageId: string) {
      const found = byImageId.get(imageId);
      return found?.entry.series.images[found.index];
    },
    /** The pane stands here now: frames near it are fetched, decoded and kept before others. */
    look(series: ImageSeries, paneId: string, index: number): void {
      const entry = entryOf(series);
      for (const other of entries.values()) if (other !== entry) other.positions.delete(paneId);
      entry.positions.set(paneId, index);
      entry.feed.seek(index);
      pump();
    },
    leave(paneId: string): void {
      for (const entry of entries.values()) entry.positions.delete(paneId);
    },
    image: (series: ImageSeries, index: number): Promise<ImageOutcome> => imageAt(entryOf(series), index),
    /** Whether there is room to fetch a series nobody looks at yet. */
    hasRoom: (): boolean => budget.heldBytes < budget.limitBytes * AHEAD_SHARE,
    decodedCount: (series: ImageSeries): number => entries.get(series.key)?.decodedCount ?? 0,
    /** Every frame went through a decoder, or is known not to be showable. */
    isComplete: (series: ImageSeries): boolean =>
      entries.get(series.key)?.feed.slots.every((slot) => slot.isDecoded || slot.problem !== undefined) ?? false,
    retry(series: ImageSeries): void {
      entryOf(series).feed.retry();
    },
    close(): void {
      isClosed = true;
      for (const entry of entries.values()) {
        entry.feed.close();
        for (const slot of entry.feed.slots) {
          if (cache.getImageLoadObject(slot.facts.imageId))
            cache.removeImageLoadObject(slot.facts.imageId, { force: true });
        }
      }
      entries.clear();
      byImageId.clear();
      ports.pool.close();
    },
  };
}
