import type { Timer } from '#electron/ports/timer.ts';

export interface Repetition {
  stop(): Promise<void>;
}

export type Turn = { readonly ok: true } | { readonly ok: false; readonly code: string };

const MAX_BACKOFF_MS = 5 * 60_000;

/**
 * Runs `turn` again and again, never two at once: `intervalMs` after the last one ended, and twice as long after each failure in a row, at most five
 * minutes. `tell` hears how each went. `stop` waits for the turn that runs.
 */
export function repeat(
  turn: () => Promise<Turn>,
  {
    timer,
    intervalMs,
    tell,
  }: { readonly timer: Timer; readonly intervalMs: number; readonly tell: (turn: Turn) => void },
): Repetition {
  let failures = 0;
  let stopped = false;
  let cancel = () => undefined as void;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    const result = await turn().catch((): Turn => ({ ok: false, code: 'internal' }));
    failures = result.ok ? 0 : failures + 1;
    tell(result);
    const wait = Math.max(intervalMs, Math.min(intervalMs * 2 ** Math.min(failures, 20), MAX_BACKOFF_MS));
    if (!stopped) cancel = timer.after(failures === 0 ? intervalMs : wait, begin);
  };
  const begin = () => {
    running = run();
  };
  begin();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
      cancel();
    },
  };
}
