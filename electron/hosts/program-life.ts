import { setTimeout as wait } from 'node:timers/promises';

import type { Log } from '#shared/kernel/log.ts';

/** The one line on stdout of a program that serves (SURFACE). */
export function announceReady(program: 'workstation' | 'hub' | 'gateway', url: string): void {
  process.stdout.write(`${JSON.stringify({ event: 'ready', program, url })}\n`);
}

/** The reason why a program does not start, in one line; returns its exit code. */
export function refuseStart(program: string, reason: string): number {
  process.stderr.write(`${program}: ${reason.split('\n')[0] ?? ''}\n`);
  return 2;
}

/** Resolves at the first SIGTERM or SIGINT. Further ones change nothing: npm passes on a Ctrl-C that the program has had already. */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });

const GRACE_MS = 1500;
const LAST_HANDLES_MS = 500;

/**
 * Closes properly, but not at any price: a site that never answers, or a study being made, does not hold up the end for longer than this.
 * What is still under way then is as safe as in a power cut, which every store and every delivery survives. Never rejects.
 */
export async function closeInTime(close: () => Promise<void>, log: Log): Promise<void> {
  const given = new AbortController();
  const closing = close().catch(() => {
    log.error('stop.failed', { code: 'internal' });
  });
  const impatience = wait(GRACE_MS, undefined, { signal: given.signal }).then(
    () => {
      log.warn('stop.cut-short', { durationMs: GRACE_MS });
    },
    () => undefined,
  );
  await Promise.race([closing, impatience]);
  given.abort();
}

/** Ends the process although something under way may still hold it; what ends by itself before is not disturbed. */
export function leaveSoon(exitCode: number): number {
  setTimeout(() => process.exit(exitCode), LAST_HANDLES_MS).unref();
  return exitCode;
}
