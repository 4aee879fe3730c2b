import type { Channel, WindowMessage } from './messages.ts';

/** An images window that says nothing for so long shows nothing we may count on. */
export const ANSWER_MS = 3000;
/** A window that died without a word is noticed so soon at the latest. */
const LOOK_MS = 5000;

export interface MainSide {
  /** The case on this screen, or none; said again only when it changes. */
  show(contextKey: string | undefined): void;
  /** The key of the images on the other display, asked for now. Undefined: no answer in time, none, or not all the same. */
  askForKey(): Promise<string | undefined>;
  /** Images windows come back into the main window. */
  bringBack(): void;
  close(): void;
}

/** The main window's end of the exchange: it says which case is open, and asks what the other window shows. */
export function createMainSide(ports: {
  readonly channel: Channel;
  /** Runs once after the given time; returns how to not run it. */
  readonly schedule: (run: () => void, ms: number) => () => void;
  /** Whether images are on another display. */
  readonly onElsewhere: (isElsewhere: boolean) => void;
}): MainSide {
  const { channel, schedule, onElsewhere } = ports;
  const windows = new Map<string, string | null>();
  let shown: string | null | undefined;
  let asks = 0;
  let stopLooking: () => void = () => undefined;
  const waiting = new Map<number, (windowId: string, contextKey: string | null) => void>();

  const tell = () => channel.post({ from: 'main', type: 'case', contextKey: shown ?? null });

  function forget(windowId: string) {
    if (windows.delete(windowId) && windows.size === 0) onElsewhere(false);
  }

  function take(message: WindowMessage) {
    if (message.from !== 'images') return;
    switch (message.type) {
      case 'hello':
        return tell();
      case 'gone':
        return forget(message.windowId);
      case 'shows': {
        const isFirst = windows.size === 0;
        windows.set(message.windowId, message.contextKey);
        if (message.ask !== undefined) waiting.get(message.ask)?.(message.windowId, message.contextKey);
        if (isFirst) {
          onElsewhere(true);
          lookLater();
        }
      }
    }
  }

  /** What each window answers within the time; a silent one is missing. */
  function ask(): Promise<ReadonlyMap<string, string | null>> {
    const number = ++asks;
    const answers = new Map<string, string | null>();
    return new Promise((resolve) => {
      const end = () => {
        stop();
        waiting.delete(number);
        resolve(answers);
      };
      const stop = schedule(end, ANSWER_MS);
      waiting.set(number, (windowId, contextKey) => {
        answers.set(windowId, contextKey);
        if ([...windows.keys()].every((known) => answers.has(known))) end();
      });
      channel.post({ from: 'main', type: 'ask', ask: number });
    });
  }

  async function look(): Promise<ReadonlyMap<string, string | null>> {
    const known = [...windows.keys()];
    const answers = await ask();
    for (const windowId of known) if (!answers.has(windowId)) forget(windowId);
    return answers;
  }

  function lookLater() {
    stopLooking();
    stopLooking = schedule(() => {
      if (windows.size > 0) void look().then(lookLater);
    }, LOOK_MS);
  }

  const stopListening = channel.listen(take);
  // A window of images may be there already: this one was loaded again.
  channel.post({ from: 'main', type: 'ask', ask: 0 });
  return {
    show(contextKey) {
      const next = contextKey ?? null;
      if (shown === next) return;
      shown = next;
      tell();
    },
    async askForKey() {
      const known = [...windows.keys()];
      const keys = new Set((await look()).values());
      const [key] = keys;
      // One that did not answer may still show something: that is not known to be this case.
      return keys.size === 1 && known.every((windowId) => windows.has(windowId)) ? (key ?? undefined) : undefined;
    },
    bringBack: () => channel.post({ from: 'main', type: 'close' }),
    close() {
      shown = null;
      tell();
      stopLooking();
      stopListening();
    },
  };
}
