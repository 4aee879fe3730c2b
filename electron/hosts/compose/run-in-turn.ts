import { setTimeout as wait } from 'node:timers/promises';

import type { HeldTurn, Turn } from '#electron/ports/turn.ts';
import type { Log } from '#shared/kernel/log.ts';

interface Running {
  close(): Promise<void>;
}

const LOOK_MS = 1000;

/**
 * Runs something only while this program has the turn: at once if it is free, else as soon as whoever has it ends or dies. The turn is given on only after
 * what ran has closed. Rejects as `open` does when the very first opening fails; later ones are tried again, for the turn came unasked.
 */
export async function runInTurn(turn: Turn, open: () => Promise<Running>, log: Log): Promise<Running> {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  const pause = () => wait(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** Until the turn is lost or the program stops; the turn is given back in any case. */
  async function serve(held: HeldTurn, opened: Running): Promise<void> {
    const end = await Promise.race([held.lost.then(() => 'lost' as const), stopped]);
    if (end === 'lost') log.warn('gateway.turn-lost');
    try {
      await opened.close();
    } finally {
      await held.release();
    }
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      const held = await turn.tryTake();
      if (held === undefined) {
        await pause();
        continue;
      }
      const opened = await open().catch(() => undefined);
      if (opened === undefined) {
        log.error('gateway.not-opened');
        await held.release();
        await pause();
        continue;
      }
      log.info('gateway.took-over');
      await serve(held, opened);
    }
  }

  const first = await turn.tryTake();
  if (first === undefined) log.info('gateway.standing-by');
  const opened =
    first === undefined
      ? undefined
      : await open().catch(async (error: unknown) => {
          await first.release();
          await turn.close();
          throw error;
        });
  const running = (async () => {
    if (first !== undefined && opened !== undefined) await serve(first, opened);
    await follow();
  })();
  return {
    async close() {
      stopping.abort();
      await running;
      await turn.close();
    },
  };
}
