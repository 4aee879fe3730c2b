import type { Clock, EpochMs } from '#shared/kernel/clock.ts';

export const systemClock: Clock = { now: () => Date.now() as EpochMs };
