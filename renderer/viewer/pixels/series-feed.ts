import type { FrameDescription } from '#shared/dicom/frame-description.ts';
import type { ImageFacts } from '../model/image-facts.ts';
import { readSeriesStream, type ReceivedFrame } from './series-stream.ts';

/** One frame's place in its series and what has come of it so far. */
export interface FrameSlot {
  readonly facts: ImageFacts;
  readonly index: number;
  description: FrameDescription | undefined;
  /** Still compressed; absent before arrival and after it made room for nearer frames. */
  payload: Uint8Array<ArrayBuffer> | undefined;
  hasArrived: boolean;
  /** Went through a decoder once, whether or not its samples are still in memory. */
  isDecoded: boolean;
  /** Why this frame cannot be shown. */
  problem: string | undefined;
}

/** Compressed bytes held by all series together. */
export interface HoldBudget {
  readonly limitBytes: number;
  heldBytes: number;
}

export interface SeriesFeed {
  readonly slots: readonly FrameSlot[];
  /** The series as it is being looked at: frames near `index` come and stay before others. */
  seek(index: number): void;
  /** Resolves when the frame has come, or cannot. Its payload is then held, unless `problem` says why not. */
  arrival(index: number): Promise<FrameSlot>;
  /** Gives up the frames it holds, to make room for a series that is looked at; they are fetched again when sought. */
  letGo(): void;
  /** Starts anew after a failure. */
  retry(): void;
  readonly hasEnded: () => boolean;
  close(): void;
}

export interface SeriesFeedPorts {
  readonly images: readonly ImageFacts[];
  readonly budget: HoldBudget;
  /** Opens the stream with this frame first. */
  readonly open: (from: number, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  /** A frame came. When `isHeld` is false there is no room for it: decode it now or lose it until it is sought. */
  readonly onArrived: (slot: FrameSlot, frame: ReceivedFrame, isHeld: boolean) => Promise<void> | void;
  /** The stream failed for good; frames that did not come now carry a problem. */
  readonly onFailed: (reason: string) => void;
  readonly onEnded: () => void;
  /** Asks series that nobody looks at to let go of their frames; false when they hold none. */
  readonly makeRoom: () => boolean;
  readonly pause: (attempt: number) => Promise<void>;
}

const ATTEMPTS = 3;
/** Seeking this far from anything that has come re-orders the stream. */
const REORDER_DISTANCE = 8;

export function createSeriesFeed(ports: SeriesFeedPorts): SeriesFeed {
  const { budget } = ports;
  const slots = ports.images.map((facts, index): FrameSlot => ({
    facts,
    index,
    description: undefined,
    payload: undefined,
    hasArrived: false,
    isDecoded: false,
    problem: facts.problem,
  }));
  const byFrame = new Map(slots.map((slot) => [`${slot.facts.sopInstanceUid}/${slot.facts.frame}`, slot]));
  const waiters = new Map<number, ((slot: FrameSlot) => void)[]>();
  let position = 0;
  let openedFrom = -1;
  let running: AbortController | undefined;
  let hasEnded = false;
  let isClosed = false;

  const settle = (slot: FrameSlot) => {
    for (const resolve of waiters.get(slot.index) ?? []) resolve(slot);
    waiters.delete(slot.index);
  };
  const isReady = (slot: FrameSlot) => slot.payload !== undefined || slot.problem !== undefined;

  function release(slot: FrameSlot): void {
    budget.heldBytes -= slot.payload?.length ?? 0;
    slot.payload = undefined;
  }

  /** Makes room by letting go of frames farther from the position than the one that came. */
  function canHold(slot: FrameSlot, bytes: number): boolean {
    const distance = (other: FrameSlot) => Math.abs(other.index - position);
    while (budget.heldBytes + bytes > budget.limitBytes) {
      if (ports.makeRoom()) continue;
      let farthest: FrameSlot | undefined;
      for (const other of slots) {
        if (other.payload && other.isDecoded && (!farthest || distance(other) > distance(farthest))) farthest = other;
      }
      if (!farthest || distance(farthest) <= distance(slot)) return waiters.has(slot.index);
      release(farthest);
    }
    return true;
  }

  async function accept(frame: ReceivedFrame): Promise<void> {
    const { header, payload } = frame;
    const slot = byFrame.get(`${header.sopInstanceUid}/${header.frame}`);
    if (!slot || isReady(slot)) return;
    slot.hasArrived = true;
    slot.description = header.description;
    if (header.problem !== undefined) {
      slot.problem = header.problem;
      settle(slot);
      await ports.onArrived(slot, frame, true);
      return;
    }
    const isHeld = canHold(slot, payload.length);
    if (isHeld) {
      slot.payload = payload;
      budget.heldBytes += payload.length;
      settle(slot);
    }
    if (isHeld || !slot.isDecoded) await ports.onArrived(slot, frame, isHeld);
  }

  function giveUp(reason: string): void {
    for (const slot of slots) {
      if (slot.hasArrived || slot.problem !== undefined) continue;
      slot.problem = reason;
      settle(slot);
    }
  }

  async function run(from: number): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    openedFrom = from;
    hasEnded = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const body = await ports.open(attempt === 1 ? from : position, controller.signal);
        for await (const frame of readSeriesStream(body)) {
          if (controller.signal.aborted) return;
          await accept(frame);
          if (controller.signal.aborted) return;
        }
        break;
      } catch (failure) {
        if (controller.signal.aborted) return;
        if (attempt < ATTEMPTS) {
          await ports.pause(attempt);
          if (controller.signal.aborted) return;
          continue;
        }
        const reason = `This image could not be fetched: ${failure instanceof Error ? failure.message : 'the connection failed'}.`;
        giveUp(reason);
        running = undefined;
        ports.onFailed(reason);
        return;
      }
    }
    running = undefined;
    hasEnded = true;
    giveUp('The archive did not send this image.');
    // Frames let go for want of room while someone began to wait for them.
    const wanted = slots.find((slot) => waiters.has(slot.index) && !isReady(slot));
    if (wanted) void run(wanted.index);
    else ports.onEnded();
  }

  function isFarFromComing(index: number): boolean {
    if (openedFrom < 0) return true;
    for (let near = Math.max(0, index - REORDER_DISTANCE); near <= index + REORDER_DISTANCE; near += 1) {
      if (slots[near]?.hasArrived || near === openedFrom) return slots[index]?.hasArrived === true;
    }
    return true;
  }

  function ensureComing(index: number): void {
    const slot = slots[index];
    if (isClosed || !slot || isReady(slot)) return;
    if (!running || isFarFromComing(index)) void run(index);
  }

  return {
    slots,
    seek(index) {
      position = index;
      ensureComing(index);
    },
    arrival(index) {
      const slot = slots[index];
      if (!slot) return Promise.reject(new Error(`no frame ${index} in this series`));
      if (isReady(slot)) return Promise.resolve(slot);
      return new Promise((resolve) => {
        waiters.set(index, [...(waiters.get(index) ?? []), resolve]);
        ensureComing(index);
      });
    },
    letGo() {
      for (const slot of slots) if (!waiters.has(slot.index)) release(slot);
    },
    retry() {
      for (const slot of slots) if (!slot.hasArrived) slot.problem = slot.facts.problem;
      void run(position);
    },
    hasEnded: () => hasEnded,
    close() {
      isClosed = true;
      running?.abort();
      for (const slot of slots) release(slot);
      waiters.clear();
    },
  };
}
