import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import type { Secrets } from '#electron/workstation/ports.ts';
import type { Log } from '#shared/kernel/log.ts';

import { osKeyStore, type OsKeyStore } from './os-key-store.ts';
import { openPinRecord, recordPin, type PinRecord } from './pin-hash.ts';

/**
 * Where the installation's key is kept. `unprotected-file`: no OS store and no PIN yet, so the key lies readable in
 * the data folder until a PIN is set, and the window says so: losing what was typed would be worse; `needs-pin`: wrapped by the PIN, which nobody has entered yet.
 */
type KeyPlace = 'os-store' | 'pin-wrapped' | 'unprotected-file' | 'needs-pin';

export interface OpenSecrets extends Secrets {
  /** The installation's key, 32 bytes, once it is at hand. */
  key(): Uint8Array | undefined;
  keyPlace(): KeyPlace;
}

export interface SecretsOptions {
  /** All state of the installation; the PIN record goes into `secrets.json` in it. */
  readonly folder: string;
  readonly log: Log;
  /** The PIN of the configuration: counts as entered. Refused by throwing when it is not the one the key is wrapped with. */
  readonly configuredPin?: string;
  readonly osStore?: OsKeyStore | undefined;
}

const FILE = 'secrets.json';
const UNPROTECTED_KEY = 'key.unprotected';
const KEY_BYTES = 32;

/** Throws when the stored record cannot be read or the configured PIN does not fit it: never starts over with a new key. */
export async function openSecrets({
  folder,
  log,
  configuredPin,
  osStore = osKeyStore,
}: SecretsOptions): Promise<OpenSecrets> {
  const path = join(folder, FILE);
  const account = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  let record = await readRecord(path);
  let key: Uint8Array | undefined;
  let inOsStore = false;
  let isSignedIn = record === undefined;

  if (record?.wrappedKey === undefined) {
    const stored = await osStore.read(account);
    if (stored !== undefined && stored !== null) {
      key = stored;
      inOsStore = true;
    } else {
      if (record !== undefined) throw new Error('the key of this installation is not in the OS key store');
      const unprotected = await readFileIfThere(join(folder, UNPROTECTED_KEY));
      if (unprotected !== undefined && unprotected.length !== KEY_BYTES)
        throw new Error(`${UNPROTECTED_KEY} is damaged`);
      key = unprotected ?? randomBytes(KEY_BYTES);
      inOsStore = stored === null && (await osStore.write(account, key));
      if (!inOsStore && unprotected === undefined) await writeDurably(join(folder, UNPROTECTED_KEY), key);
    }
  }
  const place = (): KeyPlace =>
    inOsStore
      ? 'os-store'
      : key === undefined
        ? 'needs-pin'
        : record === undefined
          ? 'unprotected-file'
          : 'pin-wrapped';

  const keepPin = async (pin: string) => {
    const fresh = await recordPin(pin, inOsStore ? undefined : key);
    await writeDurably(path, JSON.stringify(fresh));
    record = fresh;
    await rm(join(folder, UNPROTECTED_KEY), { force: true });
    isSignedIn = true;
  };
  const checkPin = async (pin: string): Promise<boolean> => {
    if (record === undefined) return false;
    const opened = await openPinRecord(pin, record);
    if (opened === undefined) return false;
    key ??= opened.key;
    isSignedIn = true;
    return true;
  };

  if (configuredPin !== undefined) {
    if (record === undefined) await keepPin(configuredPin);
    else if (!(await checkPin(configuredPin))) {
      if (!inOsStore) throw new Error('the configured PIN is not the one this data folder was sealed with');
      await keepPin(configuredPin);
    }
  }
  if (place() === 'unprotected-file') log.warn('secrets.unprotected', { code: 'no-os-store-no-pin' });
  else log.info('secrets.opened', { code: place() });

  return {
    key: () => key,
    keyPlace: place,
    hasPin: () => record !== undefined,
    isSignedIn: () => isSignedIn,
    isProtected: () => place() !== 'unprotected-file',
    checkPin,
    async setPin(current, pin) {
      if (record !== undefined && (current === undefined || !(await checkPin(current)))) return 'wrong-pin';
      await keepPin(pin);
      return 'set';
    },
  };
}

async function readFileIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readRecord(path: string): Promise<PinRecord | undefined> {
  const bytes = await readFileIfThere(path);
  if (bytes === undefined) return undefined;
  const text = bytes.toString('utf8');
  const parsed: unknown = JSON.parse(text);
  if (!isPinRecord(parsed)) throw new Error(`${FILE} in the data folder is damaged`);
  return parsed;
}

function isPinRecord(value: unknown): value is PinRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { salt, proof, wrappedKey } = value as Record<string, unknown>;
  const isHex = (text: unknown) => typeof text === 'string' && /^(?:[0-9a-f]{2})+$/.test(text);
  return isHex(salt) && isHex(proof) && (wrappedKey === undefined || isHex(wrappedKey));
}
