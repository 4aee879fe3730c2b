import type { Channel } from './messages.ts';

export interface ImagesSide {
  /** Says what is on this screen now: after every change. */
  tell(): void;
  /** Takes this window out of the exchange; it shows no images from here on. */
  leave(): void;
}

/** The images window's end of the exchange. `shownKey` is read at the moment of each answer. */
export function createImagesSide(ports: {
  readonly channel: Channel;
  readonly windowId: string;
  /** The key of the case whose images stand on this screen, by the viewer itself. */
  readonly shownKey: () => string | undefined;
  /** The main window opened another case (or none): what is on screen and is not that must go at once. */
  readonly onCase: (contextKey: string | undefined) => void;
  readonly onClose: () => void;
}): ImagesSide {
  const { channel, windowId, shownKey, onCase, onClose } = ports;
  const tell = (ask?: number) =>
    channel.post({
      from: 'images',
      type: 'shows',
      windowId,
      contextKey: shownKey() ?? null,
      ...(ask === undefined ? {} : { ask }),
    });
  const stop = channel.listen((message) => {
    if (message.from !== 'main') return;
    switch (message.type) {
      case 'case':
        onCase(message.contextKey ?? undefined);
        return tell();
      case 'ask':
        return tell(message.ask);
      case 'close':
        return onClose();
    }
  });
  channel.post({ from: 'images', type: 'hello' });
  tell();
  return {
    tell: () => tell(),
    leave() {
      stop();
      channel.post({ from: 'images', type: 'gone', windowId });
    },
  };
}
