import type { WorkstationEvent } from '#shared/contract/events.ts';

export interface EventBus {
  emit(event: WorkstationEvent): void;
  /** Returns how to stop listening. */
  listen(listener: (event: WorkstationEvent) => void): () => void;
}

export function createEventBus(): EventBus {
  const listeners = new Set<(event: WorkstationEvent) => void>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
