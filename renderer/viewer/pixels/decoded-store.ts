interface Kept<Value> {
  readonly value: Value;
  readonly bytes: number;
}

export interface DecodedStore<Key, Value> {
  get(key: Key): Value | undefined;
  /** False: there is no room but that of nearer ones. */
  keep(key: Key, value: Value, bytes: number): boolean;
  /** Lets go of this one. */
  drop(key: Key): void;
  keptBytes(): number;
  clear(): void;
}

/** Decoded images within a limit of bytes: the farthest from what is looked at go first, and never for one still farther. */
export function createDecodedStore<Key, Value>(ports: {
  readonly limitBytes: () => number;
  readonly distance: (key: Key) => number;
  readonly onDropped: (key: Key) => void;
}): DecodedStore<Key, Value> {
  const kept = new Map<Key, Kept<Value>>();
  let bytes = 0;

  function drop(key: Key): void {
    const found = kept.get(key);
    if (!found) return;
    kept.delete(key);
    bytes -= found.bytes;
    ports.onDropped(key);
  }

  function farthest(): Key | undefined {
    let most: Key | undefined;
    let away = -1;
    for (const key of kept.keys()) {
      const distance = ports.distance(key);
      if (distance > away) [most, away] = [key, distance];
    }
    return most;
  }

  return {
    get: (key) => kept.get(key)?.value,
    keep(key, value, size) {
      drop(key);
      // One image alone is kept whatever its size: it is the one on screen.
      while (bytes + size > ports.limitBytes() && kept.size > 0) {
        const victim = farthest();
        if (victim === undefined || ports.distance(victim) <= ports.distance(key)) return false;
        drop(victim);
      }
      kept.set(key, { value, bytes: size });
      bytes += size;
      return true;
    },
    drop,
    keptBytes: () => bytes,
    clear() {
      for (const key of kept.keys()) drop(key);
    },
  };
}
