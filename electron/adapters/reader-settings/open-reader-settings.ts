import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import type { ReaderSettings, Sealer } from '#electron/workstation/ports.ts';
import type { Log } from '#shared/kernel/log.ts';

/** One sealed file a name: a list's words may hold a patient's name. */
export function openReaderSettings({
  folder,
  sealer,
  log,
}: {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly log: Log;
}): ReaderSettings {
  const pathOf = (name: string) => join(folder, `${name}.sealed`);
  return {
    async load(name) {
      let sealed: Uint8Array;
      try {
        sealed = await readFile(pathOf(name));
      } catch {
        return undefined;
      }
      const plain = sealer.isReady() ? await sealer.open(sealed, name) : undefined;
      if (plain === undefined) {
        log.warn('settings.unreadable', { code: name });
        return undefined;
      }
      return JSON.parse(Buffer.from(plain).toString('utf8')) as unknown;
    },
    async save(name, value) {
      if (!sealer.isReady()) return 'not-saved';
      try {
        await writeDurably(pathOf(name), await sealer.seal(Buffer.from(JSON.stringify(value)), name));
        return 'saved';
      } catch {
        log.warn('settings.not-saved', { code: name });
        return 'not-saved';
      }
    },
  };
}
