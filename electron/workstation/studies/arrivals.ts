import type { Timer } from '#electron/ports/timer.ts';
import type { InstanceRef, ReadInstance, StudyCache, WriteRefusal } from '#electron/workstation/ports.ts';

/** Arrived instances of one series: in memory while readers take them, and on their way into the cache behind their backs. */
export interface Arrivals {
  /** Waits only while the disk cannot follow. */
  add(sopInstanceUid: string, instance: ReadInstance, part10: Uint8Array): Promise<void>;
  get(sopInstanceUid: string): ReadInstance | undefined;
  /** Resolves when nothing is on its way into the cache. */
  written(): Promise<void>;
}

/** Kept in memory so that what has just come need not be decrypted at once again. */
const HELD_BYTES = 96 * 1024 * 1024;
const PARALLEL_WRITES = 4;

interface Held {
  readonly instance: ReadInstance;
  readonly bytes: number;
  isStored: boolean;
}

/** What is looked at comes before what is kept: so much and so long it waits for its place in the cache. */
const WAITING_BYTES = 192 * 1024 * 1024;
const WAITING_MS = 1000;

export function createArrivals(
  cache: StudyCache,
  refOf: (sopInstanceUid: string) => InstanceRef,
  { timer, isWatched }: { readonly timer: Timer; readonly isWatched: () => boolean },
): Arrivals {
  /** In order of arrival. What the cache did not take stays until the load ends. */
  const held = new Map<string, Held>();
  const writing = new Set<Promise<void>>();
  let waiting: { readonly sop: string; readonly part10: Uint8Array; readonly entry: Held }[] = [];
  let waitingBytes = 0;
  let heldBytes = 0;
  let later: Promise<void> | undefined;

  function dropStored() {
    for (const [oldest, entry] of held) {
      if (heldBytes <= HELD_BYTES) break;
      if (!entry.isStored) continue;
      held.delete(oldest);
      heldBytes -= entry.bytes;
    }
  }

  async function writeWaiting(): Promise<void> {
    const now = waiting;
    waiting = [];
    waitingBytes = 0;
    for (const { sop, part10, entry } of now) {
      while (writing.size >= PARALLEL_WRITES) await Promise.race(writing);
      const write: Promise<void> = cache
        .put(refOf(sop), part10)
        .catch((): WriteRefusal => 'failed')
        .then((outcome) => {
          writing.delete(write);
          entry.isStored = outcome === 'stored';
          dropStored();
        });
      writing.add(write);
    }
  }

  const writeLater = (): Promise<void> =>
    (later ??= new Promise<void>((resolve) => timer.after(WAITING_MS, resolve)).then(() => {
      later = undefined;
      return writeWaiting();
    }));

  return {
    async add(sop, instance, part10) {
      const entry: Held = { instance, bytes: part10.length, isStored: false };
      held.set(sop, entry);
      heldBytes += entry.bytes;
      waiting.push({ sop, part10, entry });
      waitingBytes += part10.length;
      if (isWatched() && waitingBytes <= WAITING_BYTES) void writeLater();
      else await writeWaiting();
    },
    get: (sop) => held.get(sop)?.instance,
    async written() {
      if (isWatched()) await later;
      await writeWaiting();
      await Promise.all(writing);
    },
  };
}
