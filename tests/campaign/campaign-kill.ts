import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import type { Campaign } from '#electron/hosts/cli/campaign.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import type { StudyCache } from '#electron/workstation/ports.ts';
import { silentLog } from '#shared/kernel/log.ts';

import { CACHE_KEY, cachedContent, cachedInstance, NARROW_BYTES, ROOMY_BYTES } from './kill-cache-content.ts';
import { seededRandom } from './seeded-random.ts';

/** Acknowledged writes after which the writer is killed, at most. */
const MOST_WRITES = 60;
/** The kill then comes somewhere within this of the last acknowledgement: inside any step of a write. */
const MOST_DELAY_MS = 12;

/**
 * A process writes images into the study cache and is killed (kill -9) at any moment; then the cache is opened again. Lost: an
 * acknowledged image that is gone although there was room, or any that gives other bytes, or a cache that takes no new image.
 * Doubled: a file on the disk that the cache does not know. Half of the tries have room for all, half live by evicting.
 */
export const run: Campaign = async ({ seed, count, say }) => {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'overread-kill-'));
  let [survived, lost, doubled, acknowledged, read] = [0, 0, 0, 0, 0];
  const roomy = new Set<number>();
  let next = 0;
  try {
    for (let attempt = 1; attempt <= count; attempt += 1) {
      const isNarrow = attempt % 2 === 0;
      const place = join(folder, isNarrow ? 'narrow' : 'roomy');
      const limitBytes = isNarrow ? NARROW_BYTES : ROOMY_BYTES;
      const plan = { writes: 1 + Math.floor(random() * MOST_WRITES), delayMs: random() * MOST_DELAY_MS };
      const stored = await writeUntilKilled(place, limitBytes, next, plan);
      acknowledged += stored.length;
      if (!isNarrow) for (const nth of stored) roomy.add(nth);
      next = Math.max(next, ...stored) + 8;

      const cache = await open(place, limitBytes);
      let isWhole = true;
      for (const nth of isNarrow ? Array.from({ length: next }, (_, each) => each) : roomy) {
        const bytes = await cache.get(cachedInstance(nth));
        if (bytes === undefined && isNarrow) continue;
        read += 1;
        if (bytes !== undefined && Buffer.from(cachedContent(nth)).equals(bytes)) continue;
        isWhole = false;
        lost += 1;
        say(`try ${attempt}: image ${nth} ${bytes === undefined ? 'is gone' : 'has other bytes'}`);
      }
      if (cache.damagedFiles() > 0) say(`try ${attempt}: ${cache.damagedFiles()} damaged files`);
      const unknown = leftovers(place);
      doubled += unknown;
      const takes = (await cache.put(cachedInstance(next), cachedContent(next))) === 'stored';
      if (!isNarrow) roomy.add(next);
      next += 1;
      if (!takes) lost += 1;
      if (isWhole && takes && unknown === 0) survived += 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { tried: count, survived, lost, doubled, details: { acknowledged, read } };
};

const open = (folder: string, limitBytes: number): Promise<StudyCache> =>
  openStudyCache({
    folder,
    sealer: createSealer(() => CACHE_KEY, 'kill'),
    limitBytes,
    clock: systemClock,
    log: silentLog,
  });

/** Files that a crash left half written and the opening did not clear away. */
const leftovers = (folder: string): number =>
  readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part')).length;

/** The images that were acknowledged as stored. */
function writeUntilKilled(
  folder: string,
  limitBytes: number,
  start: number,
  plan: { readonly writes: number; readonly delayMs: number },
): Promise<readonly number[]> {
  const worker = fileURLToPath(new URL('./kill-cache-worker.mjs', import.meta.url));
  const child = spawn(process.execPath, [worker, folder, String(limitBytes), String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stored: number[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [nth, outcome] = line.split(' ');
    if (outcome === 'stored') stored.push(Number(nth));
    if (stored.length === plan.writes) setTimeout(() => child.kill('SIGKILL'), plan.delayMs);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(stored);
      else reject(new Error('the writer ended by itself'));
    });
  });
}
