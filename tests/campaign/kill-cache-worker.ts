import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { openStudyCache } from '#electron/adapters/study-cache/open-study-cache.ts';
import { systemClock } from '#electron/hosts/system-clock.ts';
import { silentLog } from '#shared/kernel/log.ts';

import { CACHE_KEY, cachedContent, cachedInstance } from './kill-cache-content.ts';

/** Puts images into the cache without end, four at a time as a load does, and tells each one that was acknowledged. */
const [folder = '', limit = '', start = ''] = process.argv.slice(2);
const cache = await openStudyCache({
  folder,
  sealer: createSealer(() => CACHE_KEY, 'kill'),
  limitBytes: Number(limit),
  clock: systemClock,
  log: silentLog,
});
let next = Number(start);
async function write(): Promise<never> {
  for (;;) {
    const nth = next;
    next += 1;
    const instance = cachedInstance(nth);
    if (nth % 6 === 0) await cache.putMetadata(instance, [{ '00080018': { vr: 'UI', Value: [String(nth)] } }]);
    const outcome = await cache.put(instance, cachedContent(nth));
    process.stdout.write(`${nth} ${outcome}\n`);
  }
}
await Promise.all(Array.from({ length: 4 }, write));
