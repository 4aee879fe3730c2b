import { create } from 'zustand';

import { SECOND_MS, type Clock } from '#shared/kernel/clock.ts';

/** The second that is shown. Only what counts down subscribes to it, so a tick never redraws a list. */
export const useClock = create<{ readonly now: number }>()(() => ({ now: Date.now() }));

export const currentSecond = (): number => useClock.getState().now;

/** Answers how to stop it. */
export function startClock(clock: Clock): () => void {
  const tick = () => useClock.setState({ now: clock.now() });
  tick();
  const timer = setInterval(tick, SECOND_MS);
  return () => clearInterval(timer);
}
