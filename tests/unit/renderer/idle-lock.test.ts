import { describe, expect, it } from 'vitest';

import { createIdleLock, IDLE_LOCK_MS } from '#renderer/settings/idle-lock.ts';

function rig(options: { hasPin?: boolean; idleSeconds?: () => Promise<number> } = {}) {
  const state = { now: 0, locks: 0, canLock: options.hasPin ?? true };
  const idle = createIdleLock({
    now: () => state.now,
    idleSeconds: options.idleSeconds,
    canLock: () => state.canLock,
    lock: () => {
      state.locks += 1;
      state.canLock = false;
    },
  });
  return { state, idle };
}

describe('the idle lock', () => {
  it('locks after ten minutes without a key, pointer or wheel, and not before', async () => {
    const { state, idle } = rig();
    expect(IDLE_LOCK_MS).toBe(600_000);
    state.now = 300_000;
    idle.noteInput();
    state.now = 899_999;
    await idle.look();
    expect(state.locks).toBe(0);
    state.now = 900_000;
    await idle.look();
    expect(state.locks).toBe(1);
  });

  it('never locks where there is no PIN to come back with', async () => {
    const { state, idle } = rig({ hasPin: false });
    state.now = 10 * IDLE_LOCK_MS;
    await idle.look();
    expect(state.locks).toBe(0);
  });

  it('begins anew after an unlock', async () => {
    const { state, idle } = rig();
    state.now = IDLE_LOCK_MS;
    await idle.look();
    state.now += IDLE_LOCK_MS;
    await idle.look();
    state.canLock = true;
    await idle.look();
    expect(state.locks).toBe(1);
  });

  it('believes the system when it saw input that this window did not', async () => {
    let seconds = 3;
    const { state, idle } = rig({ idleSeconds: async () => seconds });
    state.now = 2 * IDLE_LOCK_MS;
    await idle.look();
    expect(state.locks).toBe(0);
    seconds = 600;
    await idle.look();
    expect(state.locks).toBe(1);
  });

  it('goes by what it saw itself when the system does not answer', async () => {
    const { state, idle } = rig({ idleSeconds: () => Promise.reject(new Error('no answer')) });
    state.now = IDLE_LOCK_MS;
    await idle.look();
    expect(state.locks).toBe(1);
  });
});
