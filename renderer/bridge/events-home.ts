import { followEvents, pauseFor, type EventPorts, type LinkState } from './events.ts';
import type { WorkstationEvent } from './exact.ts';

interface Ear {
  readonly onEvent: (event: WorkstationEvent) => void;
  readonly onLink: (state: LinkState) => void;
  /** The window that told is going. */
  readonly onGone: () => void;
}

/**
 * What the main window hears, the windows it opened hear through it: a browser keeps six connections to one address for all its
 * windows, and a stream of events of each would soon leave none to save a draft by.
 */
interface EventsHome {
  /** Tells the state of the link at once; returns how to stop. */
  follow(ear: Ear): () => void;
}

declare global {
  interface Window {
    overreadEvents?: EventsHome;
  }
}

/** In the main window: what is heard here is told on until the page goes. */
export function offerEvents(): Pick<EventPorts, 'onEvent' | 'onLink'> {
  const ears = new Set<Ear>();
  let link: LinkState = 'connecting';
  window.overreadEvents = {
    follow(ear) {
      ears.add(ear);
      ear.onLink(link);
      return () => ears.delete(ear);
    },
  };
  window.addEventListener('pagehide', () => {
    delete window.overreadEvents;
    for (const ear of ears) ear.onGone();
    ears.clear();
  });
  return {
    // Each on its own: what goes wrong in one window stays there.
    onEvent(event) {
      for (const { onEvent } of ears) queueMicrotask(() => onEvent(event));
    },
    onLink(state) {
      link = state;
      for (const { onLink } of ears) queueMicrotask(() => onLink(state));
    },
  };
}

function eventsHome(): EventsHome | undefined {
  try {
    const opener = window.opener as Window | null;
    return opener === null || opener.closed ? undefined : opener.overreadEvents;
  } catch {
    return undefined;
  }
}

/** In a window of images: by the window that opened it, and by itself where there is none or once that goes. */
export function followEventsOfHome({ onEvent, onLink }: Pick<EventPorts, 'onEvent' | 'onLink'>): void {
  const followAlone = () =>
    void followEvents(new AbortController().signal, {
      fetch: (input, init) => globalThis.fetch(input, init),
      pause: pauseFor,
      onEvent,
      onLink,
    });
  const home = eventsHome();
  if (home === undefined) return followAlone();
  const stop = home.follow({ onEvent, onLink, onGone: followAlone });
  window.addEventListener('pagehide', stop);
}
