import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AbilityMemory } from '#electron/adapters/dicomweb/abilities.ts';
import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import type { ArchiveAbilities } from '#electron/ports/site-archive.ts';
import type { SiteId } from '#shared/domain/identifiers.ts';
import { DAY_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

/** Archives are replaced and updated: after this what was found of one is found anew. */
const BELIEVED_FOR_MS = 7 * DAY_MS;

interface Remembered {
  readonly foundAt: number;
  readonly abilities: ArchiveAbilities;
}

/** What each site's archive was found to do, in one small file without anything of a patient. Losing it costs a few requests. */
export function openSiteAbilities(
  folder: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): (siteId: SiteId) => AbilityMemory {
  const path = join(folder, 'site-abilities.json');
  const remembered = readAll(path);
  let writing: Promise<unknown> = Promise.resolve();
  return (siteId) => ({
    read() {
      const found = remembered.get(siteId);
      return found !== undefined && clock.now() - found.foundAt < BELIEVED_FOR_MS ? found.abilities : undefined;
    },
    write(abilities) {
      remembered.set(siteId, { foundAt: clock.now(), abilities });
      writing = writing
        .then(() => writeDurably(path, JSON.stringify(Object.fromEntries(remembered))))
        .catch(() => log.warn('site-abilities.not-kept', { siteId }));
    },
  });
}

const isRemembered = (value: unknown): value is Remembered => {
  if (typeof value !== 'object' || value === null || !('foundAt' in value) || !('abilities' in value)) return false;
  const { foundAt, abilities } = value;
  if (typeof foundAt !== 'number' || typeof abilities !== 'object' || abilities === null) return false;
  const { accept, givesSeries, givesInstances, metadata } = abilities as Partial<ArchiveAbilities>;
  return (
    ['as-stored', 'any-syntax', 'single-part'].includes(accept ?? '') &&
    ['wado', 'qido', 'headers'].includes(metadata ?? '') &&
    typeof givesSeries === 'boolean' &&
    typeof givesInstances === 'boolean'
  );
};

/** A file that is not there or not ours is as good as none. */
function readAll(path: string): Map<string, Remembered> {
  try {
    const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return new Map(Object.entries(all).flatMap(([siteId, value]) => (isRemembered(value) ? [[siteId, value]] : [])));
  } catch {
    return new Map();
  }
}
