import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import { osKeyStore, type OsKeyStore } from '#electron/adapters/secrets/os-key-store.ts';
import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import type { Sealer } from '#electron/workstation/ports.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import type { RadiologistId } from '#shared/domain/identifiers.ts';

const CONTEXT = 'signing-key';

/**
 * The key pair of one reader on this installation, made at the first signature, when the PIN has just been entered. Its private half lies in the operating
 * system's key store; where there is none, in a file sealed with the installation's key, which the PIN keeps.
 */
export function openSigningKey(options: {
  readonly folder: string;
  readonly sealer: Sealer;
  readonly reader: RadiologistId;
  readonly osStore?: OsKeyStore;
}): SigningKey {
  const { folder, sealer, reader, osStore = osKeyStore } = options;
  const name = createHash('sha256').update(`${folder}\n${reader}`).digest('hex').slice(0, 16);
  const file = join(folder, `signing-key-${name}.sealed`);
  const account = `signing-key-${name}`;
  let key: Promise<SigningKey> | undefined;

  async function load(): Promise<SigningKey> {
    const stored = await osStore.read(account);
    if (stored !== undefined && stored !== null) return createSigningKey(new TextDecoder().decode(stored));
    // The file first: a store that has come since does not make a reader's published key another one.
    const sealed = await readIfThere(file);
    if (sealed !== undefined) {
      const opened = await sealer.open(sealed, CONTEXT);
      if (opened === undefined) throw new Error('the signing key of this reader cannot be opened');
      return createSigningKey(new TextDecoder().decode(opened));
    }
    const text = await newSigningKeyText();
    const bytes = new TextEncoder().encode(text);
    const isStored = stored === null && (await osStore.write(account, bytes));
    if (!isStored) await writeDurably(file, await sealer.seal(bytes, CONTEXT));
    return createSigningKey(text);
  }

  const loaded = (): Promise<SigningKey> => {
    key ??= load().catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };
  return {
    sign: async (text) => (await loaded()).sign(text),
    publicKey: async () => (await loaded()).publicKey(),
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
