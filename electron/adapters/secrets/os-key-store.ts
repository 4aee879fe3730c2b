import { AsyncEntry } from '@napi-rs/keyring';

/** The operating system's place for secrets: Keychain, Credential Manager, Secret Service. */
export interface OsKeyStore {
  /** Undefined: no store here, or it refused (no session bus, locked, denied). Null: it works and holds no key yet. */
  read(account: string): Promise<Uint8Array | null | undefined>;
  write(account: string, key: Uint8Array): Promise<boolean>;
}

const SERVICE = 'overread';
/** Never the kernel keyring, the library's silent fallback: it forgets at reboot, and the drafts would be lost with it. */
const entryOf = (account: string) => new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });

export const osKeyStore: OsKeyStore = {
  async read(account) {
    try {
      const stored = await entryOf(account).getPassword(AbortSignal.timeout(5000));
      return stored === null || stored === undefined ? null : Buffer.from(stored, 'hex');
    } catch {
      return undefined;
    }
  },
  async write(account, key) {
    try {
      const entry = entryOf(account);
      const text = Buffer.from(key).toString('hex');
      await entry.setPassword(text, AbortSignal.timeout(5000));
      return (await entry.getPassword(AbortSignal.timeout(5000))) === text;
    } catch {
      return false;
    }
  },
};
