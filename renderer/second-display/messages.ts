/** The one name both windows meet under; a channel never leaves this origin and this browser profile. */
const CHANNEL_NAME = 'overread-viewer';

/**
 * What the windows of one workstation say to each other. Only keys are told, never images or words of a patient: each
 * window asks the door for the rest itself.
 */
export type WindowMessage =
  /** The case on the main window's screen; null: none, or nothing that may be seen (locked). */
  | { readonly from: 'main'; readonly type: 'case'; readonly contextKey: string | null }
  /** "What do you show?" Answered with `shows` under the same `ask`. */
  | { readonly from: 'main'; readonly type: 'ask'; readonly ask: number }
  /** "Give the images back." */
  | { readonly from: 'main'; readonly type: 'close' }
  /** The case whose images stand on that screen, by what its viewer itself says; null: no images. */
  | {
      readonly from: 'images';
      readonly type: 'shows';
      readonly windowId: string;
      readonly contextKey: string | null;
      readonly ask?: number;
    }
  | { readonly from: 'images'; readonly type: 'gone'; readonly windowId: string }
  /** A new window of images wants to know what is open. */
  | { readonly from: 'images'; readonly type: 'hello' };

/** The part of a BroadcastChannel that is used. */
export interface Channel {
  post(message: WindowMessage): void;
  /** Returns how to stop listening. */
  listen(listener: (message: WindowMessage) => void): () => void;
}

export function openChannel(): Channel {
  const channel = new BroadcastChannel(CHANNEL_NAME);
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      const onMessage = ({ data }: MessageEvent<unknown>) => {
        const message = parseMessage(data);
        if (message !== undefined) listener(message);
      };
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}

const isKey = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** Another build of ourselves may speak here after an update: what is not understood is not heard. */
export function parseMessage(data: unknown): WindowMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { from, type, contextKey, windowId, ask } = data as Record<string, unknown>;
  if (from === 'main') {
    if (type === 'case' && isKey(contextKey)) return { from, type, contextKey };
    if (type === 'ask' && typeof ask === 'number') return { from, type, ask };
    return type === 'close' ? { from, type } : undefined;
  }
  if (from !== 'images') return undefined;
  if (type === 'hello') return { from, type };
  if (typeof windowId !== 'string') return undefined;
  if (type === 'gone') return { from, type, windowId };
  if (type !== 'shows' || !isKey(contextKey)) return undefined;
  return { from, type, windowId, contextKey, ...(typeof ask === 'number' ? { ask } : {}) };
}
