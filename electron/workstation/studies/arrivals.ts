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

export function createArrivals(cache: StudyCache, refOf: (sopInstanceUid: string) => InstanceRef): Arrivals {
  /** In order of arrival. What the cache did not take stays until the load ends. */
  const held = new Map<string, Held>();
  const writing = new Set<Promise<void>>();
  let heldBytes = 0;

  function dropStored() {
    for (const [oldest, entry] of held) {
      if (heldBytes <= HELD_BYTES) break;
      if (!entry.isStored) continue;
      held.delete(oldest);
      heldBytes -= entry.bytes;
    }
  }

  return {
    async add(sop, instance, part10) {
      const entry: Held = { instance, bytes: part10.length, isStored: false };
      held.set(sop, entry);
      heldBytes += entry.bytes;
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
    },
    get: (sop) => held.get(sop)?.instance,
    async written() {
      await Promise.all(writing);
    },
  };
}
