import { MINUTE_MS, SECOND_MS } from '#shared/kernel/clock.ts';

/** No key, pointer or wheel for so long locks the screen. */
export const IDLE_LOCK_MS = 10 * MINUTE_MS;
const LOOK_MS = 15 * SECOND_MS;
/** The other window need not say more often that someone is there. */
const TELL_EVERY_MS = 10 * SECOND_MS;

export interface IdleLock {
  /** A sign of the reader in this window or the other one. */
  noteInput(): void;
  /** Locks when it is time; asks the system first where it can say how long nobody touched anything. */
  look(): Promise<void>;
}

export function createIdleLock(ports: {
  readonly now: () => number;
  /** Since the last input anywhere on this machine; absent in a browser. */
  readonly idleSeconds?: (() => Promise<number>) | undefined;
  readonly canLock: () => boolean;
  readonly lock: () => void;
  readonly limitMs?: number;
}): IdleLock {
  const { now, idleSeconds, canLock, lock, limitMs = IDLE_LOCK_MS } = ports;
  let lastInput = now();
  return {
    noteInput() {
      lastInput = now();
    },
    async look() {
      if (!canLock()) {
        // Whoever unlocks or chooses a PIN has just been there.
        lastInput = now();
        return;
      }
      const seen = now() - lastInput;
      const system = (await idleSeconds?.().catch(() => undefined)) ?? Number.POSITIVE_INFINITY;
      if (Math.min(seen, system * SECOND_MS) >= limitMs && canLock()) lock();
    },
  };
}

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
const CHANNEL_NAME = 'overread-input';

/** Input of this window is told to the other one, where the reader may be while this one is still. */
export function tellInput(noteHere: () => void = () => undefined): void {
  const channel = new BroadcastChannel(CHANNEL_NAME);
  let toldAt = Number.NEGATIVE_INFINITY;
  const onInput = () => {
    noteHere();
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    channel.postMessage('input');
  };
  for (const sign of SIGNS) window.addEventListener(sign, onInput, { capture: true, passive: true });
}

export function startIdleLock(
  ports: Pick<Parameters<typeof createIdleLock>[0], 'idleSeconds' | 'canLock' | 'lock'>,
): void {
  const idle = createIdleLock({ now: () => Date.now(), ...ports });
  tellInput(() => idle.noteInput());
  new BroadcastChannel(CHANNEL_NAME).addEventListener('message', () => idle.noteInput());
  setInterval(() => void idle.look(), LOOK_MS);
}
