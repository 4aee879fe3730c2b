import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import type { Sealer } from '#electron/workstation/ports.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';

const CONTEXT = 'signing-key';

/** The installation's signing key, sealed on disk; made at the first signature, when the PIN has just been entered. */
export function openSigningKey(folder: string, sealer: Sealer): SigningKey {
  const file = join(folder, 'signing-key.sealed');
  let key: Promise<SigningKey> | undefined;

  async function load(): Promise<SigningKey> {
    const sealed = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (sealed !== undefined) {
      const opened = await sealer.open(sealed, CONTEXT);
      if (opened === undefined) throw new Error('the signing key of this installation cannot be opened');
      return createSigningKey(new TextDecoder().decode(opened));
    }
    const text = await newSigningKeyText();
    await writeDurably(file, await sealer.seal(new TextEncoder().encode(text), CONTEXT));
    return createSigningKey(text);
  }

  return {
    async sign(text) {
      key ??= load().catch((error: unknown) => {
        key = undefined;
        throw error;
      });
      return (await key).sign(text);
    },
  };
}
