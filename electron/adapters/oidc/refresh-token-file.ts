import { readFile, rm } from 'node:fs/promises';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import type { Sealer } from '#electron/workstation/ports.ts';

import type { RefreshTokenStore } from './sign-in.ts';

const CONTEXT = 'refresh-token';

/** The refresh token in one sealed file. Throws while the sealer has no key: nobody has signed out by that. */
export const refreshTokenFile = (file: string, sealer: Sealer): RefreshTokenStore => ({
  async load() {
    const sealed = await readFile(file).catch(() => undefined);
    if (sealed === undefined) return undefined;
    if (!sealer.isReady()) throw new Error('no key yet');
    const opened = await sealer.open(sealed, CONTEXT);
    return opened === undefined ? undefined : new TextDecoder().decode(opened);
  },
  async save(refreshToken) {
    if (refreshToken === undefined) await rm(file, { force: true });
    else if (sealer.isReady())
      await writeDurably(file, await sealer.seal(new TextEncoder().encode(refreshToken), CONTEXT));
  },
});
