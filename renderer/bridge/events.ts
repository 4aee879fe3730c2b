import { eventSchema } from '#shared/contract/events.ts';

import type { WorkstationEvent } from './exact.ts';
import { readLines } from './lines.ts';

export type LinkState = 'connecting' | 'connected' | 'lost';

export interface EventPorts {
  readonly fetch: typeof globalThis.fetch;
  /** Where the events are: those for a window that shows the list tell it along. */
  readonly path?: string;
  /** Resolves after the given time, or at once when the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onEvent: (event: WorkstationEvent) => void;
  readonly onLink: (state: LinkState) => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4000;

/** Reads `/events` until aborted, and comes back whenever the door is gone. An event this window does not know is skipped. */
export async function followEvents(
  signal: AbortSignal,
  { fetch, path = '/events', pause, onEvent, onLink }: EventPorts,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  onLink('connecting');
  while (!signal.aborted) {
    try {
      const response = await fetch(path, { signal, headers: { accept: 'application/x-ndjson' } });
      if (!response.ok || response.body === null) throw new Error('no event stream');
      onLink('connected');
      pauseMs = FIRST_PAUSE_MS;
      for await (const line of readLines(response.body)) {
        const event = parseEvent(line);
        if (event !== undefined) onEvent(event);
      }
    } catch {
      // Falls through to the pause: refused, reset, or not answering as a door.
    }
    if (signal.aborted) return;
    onLink('lost');
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

function parseEvent(line: string): WorkstationEvent | undefined {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(line));
    return parsed.success ? (parsed.data as WorkstationEvent) : undefined;
  } catch {
    return undefined;
  }
}

export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
