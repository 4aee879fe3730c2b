import { MINUTE_MS, SECOND_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import type { EventBus } from './event-bus.ts';
import type { Secrets } from './ports.ts';

/** Wrong PINs that cost nothing but the time of the check; from then on each doubles the wait. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

type PinCheck =
  | { readonly status: 'right' }
  | { readonly status: 'wrong-pin' }
  | { readonly status: 'wait'; readonly seconds: number };

export interface Session {
  isLocked(): boolean;
  /** Does nothing where there is no PIN: nobody could come back in. */
  lock(): void;
  /** A sign of the reader: puts the idle lock off. */
  touch(): void;
  /** Locks when the reader has given no sign for too long. */
  checkIdle(): void;
  checkPin(pin: string): Promise<PinCheck>;
  unlock(pin: string): Promise<'unlocked' | 'wrong-pin' | 'wait'>;
  setPin(current: string | undefined, pin: string): Promise<'set' | 'wrong-pin'>;
  /** Aborts at the next lock: streams of patient data end with it. */
  unlockedSignal(): AbortSignal;
}

export function createSession(ports: {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly events: EventBus;
  readonly log: Log;
  readonly idleLockMs: number;
}): Session {
  const { secrets, clock, events, log, idleLockMs } = ports;
  let locked = secrets.hasPin() && !secrets.isSignedIn();
  let lastSign = clock.now();
  let wrongTries = 0;
  let waitUntil = 0;
  let unlocked = new AbortController();
  /** One guess at a time, or a hundred in parallel would all slip past the throttle. */
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  async function throttled(check: () => Promise<boolean>): Promise<PinCheck> {
    const waitMs = waitUntil - clock.now();
    if (waitMs > 0) return { status: 'wait', seconds: Math.ceil(waitMs / SECOND_MS) };
    if (await check()) {
      wrongTries = 0;
      return { status: 'right' };
    }
    wrongTries += 1;
    if (wrongTries >= FREE_TRIES) {
      waitUntil = clock.now() + Math.min(FIRST_WAIT_MS * 2 ** (wrongTries - FREE_TRIES), LONGEST_WAIT_MS);
    }
    log.warn('session.wrong-pin', { attempt: wrongTries });
    return { status: 'wrong-pin' };
  }

  const checkPin = (pin: string) => inTurn(() => throttled(() => secrets.checkPin(pin)));

  function lock() {
    if (locked || !secrets.hasPin()) return;
    locked = true;
    unlocked.abort();
    log.info('session.locked');
    events.emit({ type: 'session-locked' });
  }

  return {
    isLocked: () => locked,
    lock,
    touch() {
      lastSign = clock.now();
    },
    checkIdle() {
      if (clock.now() - lastSign >= idleLockMs) lock();
    },
    checkPin,
    async unlock(pin) {
      if (!locked) return 'unlocked';
      const { status } = await checkPin(pin);
      if (status !== 'right') return status;
      locked = false;
      lastSign = clock.now();
      unlocked = new AbortController();
      log.info('session.unlocked');
      events.emit({ type: 'worklist-changed' });
      events.emit({ type: 'deliveries-changed' });
      return 'unlocked';
    },
    setPin: (current, pin) =>
      inTurn(async () => {
        const hadPin = secrets.hasPin();
        const outcome = await throttled(async () => (await secrets.setPin(current, pin)) === 'set');
        if (outcome.status !== 'right') return 'wrong-pin';
        log.info(hadPin ? 'session.pin-changed' : 'session.pin-set');
        return 'set';
      }),
    unlockedSignal: () => unlocked.signal,
  };
}
