import { describe, expect, it } from 'vitest';

import { createEventBus } from '#electron/workstation/event-bus.ts';
import { createSession } from '#electron/workstation/session.ts';
import type { WorkstationEvent } from '#shared/contract/events.ts';
import { MINUTE_MS } from '#shared/kernel/clock.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { createManualClock } from '#tests/support/manual-clock.ts';
import { fakeSecrets } from '#tests/support/workstation-rig.ts';

function rig({ pin = '4711', isSignedIn = true }: { pin?: string | null; isSignedIn?: boolean } = {}) {
  const clock = createManualClock();
  const events = createEventBus();
  const told: WorkstationEvent['type'][] = [];
  events.listen((event) => told.push(event.type));
  const secrets = { ...fakeSecrets(pin ?? undefined), isSignedIn: () => isSignedIn };
  const session = createSession({ secrets, clock, events, log: silentLog, idleLockMs: 30 * MINUTE_MS });
  return { clock, session, told };
}

describe('session', () => {
  it('begins locked where a PIN is needed that nobody has entered', () => {
    expect(rig({ isSignedIn: false }).session.isLocked()).toBe(true);
    expect(rig().session.isLocked()).toBe(false);
    expect(rig({ pin: null }).session.isLocked()).toBe(false);
  });

  it('locks, tells the screen, ends open streams, and opens for the PIN only', async () => {
    const { session, told } = rig();
    const streams = session.unlockedSignal();
    session.lock();
    expect([session.isLocked(), streams.aborted, told]).toEqual([true, true, ['session-locked']]);
    expect(await session.unlock('0000')).toBe('wrong-pin');
    expect(session.isLocked()).toBe(true);
    expect(await session.unlock('4711')).toBe('unlocked');
    expect(session.isLocked()).toBe(false);
    expect(session.unlockedSignal().aborted).toBe(false);
  });

  it('does not lock anyone out who has no PIN to come back with', () => {
    const { session, clock } = rig({ pin: null });
    session.lock();
    clock.advance(31 * MINUTE_MS);
    session.checkIdle();
    expect(session.isLocked()).toBe(false);
  });

  it('locks by itself after the idle time, counted from the last sign of the reader', () => {
    const { session, clock } = rig();
    clock.advance(29 * MINUTE_MS);
    session.touch();
    clock.advance(29 * MINUTE_MS);
    session.checkIdle();
    expect(session.isLocked()).toBe(false);
    clock.advance(MINUTE_MS);
    session.checkIdle();
    expect(session.isLocked()).toBe(true);
  });

  it('lets a guesser wait, longer each time, even with the right PIN and all at once', async () => {
    const { session, clock } = rig();
    const tries = await Promise.all(['1', '2', '3', '4', '4711'].map((pin) => session.checkPin(pin)));
    expect(tries.map(({ status }) => status)).toEqual(['wrong-pin', 'wrong-pin', 'wrong-pin', 'wait', 'wait']);
    expect(await session.checkPin('4711')).toEqual({ status: 'wait', seconds: 5 });
    clock.advance(5000);
    expect(await session.checkPin('5')).toEqual({ status: 'wrong-pin' });
    expect(await session.checkPin('4711')).toEqual({ status: 'wait', seconds: 10 });
    clock.advance(10_000);
    expect(await session.checkPin('4711')).toEqual({ status: 'right' });
    expect(await session.checkPin('6')).toEqual({ status: 'wrong-pin' });
    expect(await session.checkPin('4711')).toEqual({ status: 'right' });
  });

  it('lets nobody try PINs by setting a new one', async () => {
    const { session } = rig();
    for (const guess of ['1', '2', '3']) expect(await session.setPin(guess, 'mine')).toBe('wrong-pin');
    expect(await session.setPin('4711', 'mine')).toBe('wrong-pin');
    expect(await session.checkPin('4711')).toEqual({ status: 'wait', seconds: 5 });
  });
});
