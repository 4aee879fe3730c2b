/** Takes every order of a program for a graphics card and does nothing. */
const IDLE_CARD: () => unknown = new Proxy(() => IDLE_CARD, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : IDLE_CARD),
});

/**
 * What is made meanwhile finds a graphics card that does nothing. The engine asks for one when it is made, though cameras, tools and
 * sizes are all that is wanted of it where the processor draws; a real one would be held for nothing, or is not there.
 */
export function onIdleCard<Made>(make: () => Made): Made {
  const { prototype } = HTMLCanvasElement;
  const { getContext } = prototype;
  prototype.getContext = function idle(this: HTMLCanvasElement, kind: string, ...settings: unknown[]) {
    return kind.startsWith('webgl') ? IDLE_CARD : Reflect.apply(getContext, this, [kind, ...settings]);
  } as typeof getContext;
  try {
    return make();
  } finally {
    prototype.getContext = getContext;
  }
}
