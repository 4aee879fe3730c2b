interface Entry<Event> {
  readonly at: number;
  readonly order: number;
  readonly event: Event;
}

/** Events by time; of one moment, in the order they were added. */
export interface EventQueue<Event> {
  add(at: number, event: Event): void;
  take(): { readonly at: number; readonly event: Event } | undefined;
}

/** A binary heap. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const heap: Entry<Event>[] = [];
  let added = 0;
  const isBefore = (one: Entry<Event> | undefined, other: Entry<Event> | undefined): boolean =>
    one !== undefined && (other === undefined || one.at < other.at || (one.at === other.at && one.order < other.order));
  const swap = (one: number, other: number) => {
    const [a, b] = [heap[one], heap[other]];
    if (a !== undefined && b !== undefined) [heap[one], heap[other]] = [b, a];
  };
  return {
    add(at, event) {
      added += 1;
      let index = heap.push({ at, order: added, event }) - 1;
      while (index > 0) {
        const parent = (index - 1) >>> 1;
        if (!isBefore(heap[index], heap[parent])) break;
        swap(index, parent);
        index = parent;
      }
    },
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) heap[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        let least = index;
        if (isBefore(heap[left], heap[least])) least = left;
        if (isBefore(heap[right], heap[least])) least = right;
        if (least === index) break;
        swap(index, least);
        index = least;
      }
      return first;
    },
  };
}
