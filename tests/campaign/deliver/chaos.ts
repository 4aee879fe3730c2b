import type { Dice } from './dice.ts';
import type { FolderPeer } from './folder-peer.ts';
import type { Supervised } from './supervised.ts';

/** Kills and full disks at random moments, paced by what gets done: a slow machine is not killed more often than it can work. */
export interface Chaos {
  readonly kills: ReadonlyMap<string, number>;
  fullDisks(): number;
  /** So many deliveries have ended. */
  progressed(done: number): void;
  /** Resolves when everything runs again. */
  stop(): Promise<void>;
}

const [FEWEST_BETWEEN, MOST_BETWEEN] = [4, 28];
const LONGEST_WAIT_MS = 700;
const [SHORTEST_OUTAGE_MS, LONGEST_OUTAGE_MS] = [50, 1200];

export function startChaos(victims: readonly [Supervised, ...Supervised[]], disk: FolderPeer, dice: Dice): Chaos {
  const kills = new Map<string, number>();
  let isOver = false;
  let fullDisks = 0;
  let striking: Promise<void> | undefined;
  let nextAt = dice.between(0, FEWEST_BETWEEN);
  const pause = (low: number, high: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, dice.between(low, high)));

  async function strike(): Promise<void> {
    await pause(0, LONGEST_WAIT_MS);
    if (disk.canFill && dice.chance(0.2)) {
      fullDisks += 1;
      disk.fill();
      await pause(SHORTEST_OUTAGE_MS, LONGEST_OUTAGE_MS);
      return disk.clear();
    }
    const victim = dice.pick(victims);
    kills.set(victim.name, (kills.get(victim.name) ?? 0) + 1);
    await victim.kill();
    await pause(SHORTEST_OUTAGE_MS, LONGEST_OUTAGE_MS);
    await victim.start();
  }

  return {
    kills,
    fullDisks: () => fullDisks,
    progressed(done) {
      if (isOver || striking !== undefined || done < nextAt) return;
      nextAt = done + dice.between(FEWEST_BETWEEN, MOST_BETWEEN);
      striking = strike().finally(() => {
        striking = undefined;
      });
    },
    async stop() {
      isOver = true;
      await striking;
    },
  };
}
