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
  /** Its samples are in memory, or on their way out of the decoder. */
  isKept: boolean;
  /** Why this frame cannot be shown. */
  problem: string | undefined;
}

/** Compressed bytes held by all series together. */
export interface HoldBudget {
  limitBytes: number;
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
  /** Gives up one: whoever asked has it now in another form. */
  release(slot: FrameSlot): void;
  /** Starts anew after a failure. */
  retry(): void;
  readonly hasEnded: () => boolean;
  /** A stream is under way. */
  readonly isComing: () => boolean;
  /** A stream was opened before. */
  readonly hasBegun: () => boolean;
  /** Others need the connection more: ends at the next whole frame, or at once, and comes again where the reader stands. */
  giveWay(isAtOnce: boolean): void;
  close(): void;
}

export interface SeriesFeedPorts {
  readonly images: readonly ImageFacts[];
  readonly budget: HoldBudget;
  /** Opens the stream with this frame first; `signal` is aborted when nothing more is read from it, also at its end. */
  readonly open: (from: number, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  /** A frame came. When `isHeld` is false there is no room for it: decode it now or lose it until it is sought. */
  readonly onArrived: (slot: FrameSlot, frame: ReceivedFrame, isHeld: boolean) => Promise<void> | void;
  /** The beginning of a frame came, enough for a smaller picture. */
  readonly onPreview: (slot: FrameSlot, frame: ReceivedFrame, level: number) => void;
  /** The stream failed for good; frames that did not come now carry a problem. */
  readonly onFailed: (reason: string) => void;
  readonly onEnded: () => void;
  /** Why nothing comes at the moment, in words; undefined: it comes again, or never will. */
  readonly onNotice: (notice: string | undefined) => void;
  /** Asks series that nobody looks at to let go of their frames; false when they hold none. */
  readonly makeRoom: () => boolean;
  readonly pause: (attempt: number) => Promise<void>;
  /** Made ready only: what finds no room is left at the door until the reader comes. */
  readonly stopsWhenFull: () => boolean;
}

const ATTEMPTS = 3;
/** Seeking this far from anything that has come re-orders the stream. */
const REORDER_DISTANCE = 8;
/** Frames let go are fetched again when the reader comes so near. */
const LOOK_AHEAD = 48;

export function createSeriesFeed(ports: SeriesFeedPorts): SeriesFeed {
  const { budget } = ports;
  const slots = ports.images.map((facts, index): FrameSlot => ({
    facts,
    index,
    description: undefined,
    payload: undefined,
    hasArrived: false,
    isDecoded: false,
    isKept: false,
    problem: facts.problem,
  }));
  const byFrame = new Map(slots.map((slot) => [`${slot.facts.sopInstanceUid}/${slot.facts.frame}`, slot]));
  const waiters = new Map<number, ((slot: FrameSlot) => void)[]>();
  let position = 0;
  let openedFrom = -1;
  /** What the stream under way has sent, and how far from `openedFrom` it has come. */
  let passed = new Set<FrameSlot>();
  let reached = 0;
  let missing = slots.length;
  let running: AbortController | undefined;
  let hasEnded = false;
  let isClosed = false;
  let hasBegun = false;
  let givesWay = false;

  let noticed: string | undefined;
  const notice = (words: string | undefined) => {
    if (words !== noticed) ports.onNotice(words);
    noticed = words;
  };
  const settle = (slot: FrameSlot) => {
    for (const resolve of waiters.get(slot.index) ?? []) resolve(slot);
    waiters.delete(slot.index);
  };
  const isReady = (slot: FrameSlot) => slot.payload !== undefined || slot.problem !== undefined || slot.isKept;

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

  /** False: what is still to come was here before and is farther than all that is kept. */
  async function accept(frame: ReceivedFrame): Promise<boolean> {
    const { header, payload } = frame;
    notice(header.notice);
    const { preview } = header;
    if (preview !== undefined) {
      const shown = byFrame.get(`${header.sopInstanceUid}/${preview.frame}`);
      if (shown && !isReady(shown)) ports.onPreview(shown, frame, preview.level);
      return true;
    }
    const slot = byFrame.get(`${header.sopInstanceUid}/${header.frame}`);
    if (!slot) return true;
    passed.add(slot);
    reached = Math.max(reached, Math.abs(slot.index - openedFrom));
    if (isReady(slot)) return true;
    if (!slot.hasArrived) missing -= 1;
    slot.hasArrived = true;
    slot.description = header.description;
    if (header.problem !== undefined) {
      slot.problem = header.problem;
      settle(slot);
      await ports.onArrived(slot, frame, true);
      return true;
    }
    const isHeld = canHold(slot, payload.length);
    if (isHeld) {
      slot.payload = payload;
      budget.heldBytes += payload.length;
      settle(slot);
    }
    await ports.onArrived(slot, frame, isHeld);
    if (ports.stopsWhenFull()) return isReady(slot);
    return isReady(slot) || missing > 0 || waiters.size > 0;
  }

  function giveUp(reason: string): void {
    notice(undefined);
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
    passed = new Set();
    reached = 0;
    hasEnded = false;
    givesWay = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const body = await ports.open(attempt === 1 ? from : position, controller.signal);
        hasBegun = true;
        for await (const frame of readSeriesStream(body)) {
          if (controller.signal.aborted) return;
          const isUseful = await accept(frame);
          if (controller.signal.aborted) return;
          if (!isUseful) {
            controller.abort();
            running = undefined;
            hasEnded = missing === 0;
            if (hasEnded) ports.onEnded();
            return;
          }
          if (givesWay && missing > 0 && frame.header.preview === undefined) return void run(position);
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
        controller.abort();
        running = undefined;
        ports.onFailed(reason);
        return;
      }
    }
    controller.abort();
    running = undefined;
    hasEnded = true;
    giveUp('The archive did not send this image.');
    // Frames let go for want of room while someone began to wait for them.
    const wanted = slots.find((slot) => waiters.has(slot.index) && !isReady(slot));
    if (wanted) void run(wanted.index);
    else ports.onEnded();
  }

  /** The stream under way comes outwards from where it was opened: what it has passed it does not send again. */
  function isFarFromComing(index: number): boolean {
    const slot = slots[index];
    const isPast = slot !== undefined && passed.has(slot);
    return openedFrom < 0 || isPast || Math.abs(index - openedFrom) > reached + REORDER_DISTANCE;
  }

  function ensureComing(index: number): void {
    const slot = slots[index];
    if (isClosed || !slot || isReady(slot)) return;
    if (!running || isFarFromComing(index)) void run(index);
  }

  /** Frames let go that the reader is coming to. */
  function fetchAgainAhead(index: number): void {
    for (let away = 1; away <= LOOK_AHEAD; away += 1) {
      for (const near of [index + away, index - away]) {
        const slot = slots[near];
        if (slot && slot.hasArrived && !isReady(slot) && slot.isDecoded) return ensureComing(near);
      }
    }
    // Left at the door while the case was only made ready.
    if (openedFrom >= 0 && slots.some((slot) => !slot.isDecoded && !isReady(slot))) void run(index);
  }

  return {
    slots,
    seek(index) {
      position = index;
      ensureComing(index);
      if (!running) fetchAgainAhead(index);
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
    release,
    letGo() {
      for (const slot of slots) if (!waiters.has(slot.index)) release(slot);
    },
    retry() {
      for (const slot of slots) if (!slot.hasArrived) slot.problem = slot.facts.problem;
      void run(position);
    },
    hasEnded: () => hasEnded,
    isComing: () => running !== undefined,
    hasBegun: () => hasBegun,
    giveWay(isAtOnce) {
      if (running && isAtOnce) void run(position);
      else givesWay = true;
    },
    close() {
      isClosed = true;
      running?.abort();
      for (const slot of slots) release(slot);
      waiters.clear();
    },
  };
}
