import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openSecrets } from '#electron/adapters/secrets/open-secrets.ts';
import type { OsKeyStore } from '#electron/adapters/secrets/os-key-store.ts';
import { createSealer } from '#electron/adapters/secrets/sealer.ts';
import { silentLog } from '#shared/kernel/log.ts';
import { tempFolder } from '#tests/support/temp-folder.ts';

const noStore: OsKeyStore = { read: async () => undefined, write: async () => false };
function memoryStore(): OsKeyStore {
  const keys = new Map<string, Uint8Array>();
  return {
    read: async (account) => keys.get(account) ?? null,
    write: async (account, key) => {
      keys.set(account, key);
      return true;
    },
  };
}
const open = (folder: string, more: { configuredPin?: string; osStore?: OsKeyStore } = {}) =>
  openSecrets({ folder, log: silentLog, osStore: noStore, ...more });

describe('secrets without an OS key store', { timeout: 60_000 }, () => {
  it('keep the key readable on disk while there is no PIN, and say so: what was typed survives a crash', async () => {
    const warnings: string[] = [];
    const folder = tempFolder();
    const log = { ...silentLog, warn: (event: string) => warnings.push(event) };
    const secrets = await openSecrets({ folder, log, osStore: noStore });
    expect(secrets.keyPlace()).toBe('unprotected-file');
    expect(secrets.isProtected()).toBe(false);
    expect(warnings).toEqual(['secrets.unprotected']);
    expect(() => statSync(join(folder, 'secrets.json'))).toThrow('ENOENT');
    expect(statSync(join(folder, 'key.unprotected')).mode & 0o777).toBe(0o600);
    expect((await open(folder)).key()).toEqual(secrets.key());
  });

  it('leave no readable key behind once a PIN wraps it', async () => {
    const folder = tempFolder();
    const secrets = await open(folder);
    await secrets.setPin(undefined, '4711');
    expect(secrets.isProtected()).toBe(true);
    expect(() => statSync(join(folder, 'key.unprotected'))).toThrow('ENOENT');
  });

  it('refuse a readable key that is damaged instead of starting over with another', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'key.unprotected'), 'short');
    await expect(open(folder)).rejects.toThrow('damaged');
  });

  it('wrap the same key with the PIN once one is set, so that nothing sealed before is lost', async () => {
    const folder = tempFolder();
    const first = await open(folder);
    const sealed = await createSealer(first.key, 'drafts').seal(Buffer.from('left M1 occlusion'), 'a');
    expect(await first.setPin(undefined, '4711')).toBe('set');
    expect(first.keyPlace()).toBe('pin-wrapped');

    const second = await open(folder);
    expect(second.keyPlace()).toBe('needs-pin');
    expect(second.key()).toBeUndefined();
    expect(second.isSignedIn()).toBe(false);
    expect(await second.checkPin('4712')).toBe(false);
    expect(second.key()).toBeUndefined();
    expect(await second.checkPin('4711')).toBe(true);
    const opened = await createSealer(second.key, 'drafts').open(sealed, 'a');
    expect(Buffer.from(opened!).toString()).toBe('left M1 occlusion');
  });

  it('keep neither PIN nor key readable, in a file for this user alone', async () => {
    const folder = tempFolder();
    const secrets = await open(folder);
    await secrets.setPin(undefined, 'correct horse');
    const path = join(folder, 'secrets.json');
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('horse');
    expect(text).not.toContain(Buffer.from(secrets.key()!).toString('hex'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('change the PIN only for who knows it, and keep the key', async () => {
    const folder = tempFolder();
    const secrets = await open(folder);
    const key = Buffer.from(secrets.key()!).toString('hex');
    await secrets.setPin(undefined, '4711');
    expect(await secrets.setPin(undefined, '0000')).toBe('wrong-pin');
    expect(await secrets.setPin('1111', '0000')).toBe('wrong-pin');
    expect(await secrets.setPin('4711', '0000')).toBe('set');
    const again = await open(folder);
    expect(await again.checkPin('4711')).toBe(false);
    expect(await again.checkPin('0000')).toBe(true);
    expect(Buffer.from(again.key()!).toString('hex')).toBe(key);
  });

  it('take the PIN of the configuration as entered, at first start and later', async () => {
    const folder = tempFolder();
    const first = await open(folder, { configuredPin: '4711' });
    expect([first.hasPin(), first.isSignedIn(), first.keyPlace()]).toEqual([true, true, 'pin-wrapped']);
    const second = await open(folder, { configuredPin: '4711' });
    expect(second.key()).toEqual(first.key());
    await expect(open(folder, { configuredPin: '0815' })).rejects.toThrow('not the one');
  });

  it('do not start over with a new key when the record is damaged', async () => {
    const folder = tempFolder();
    await (await open(folder)).setPin(undefined, '4711');
    writeFileSync(join(folder, 'secrets.json'), '{}');
    await expect(open(folder)).rejects.toThrow('damaged');
  });
});

describe('secrets with an OS key store', { timeout: 60_000 }, () => {
  it('keep the key there from the first start, PIN or not', async () => {
    const folder = tempFolder();
    const osStore = memoryStore();
    const first = await open(folder, { osStore });
    expect(first.keyPlace()).toBe('os-store');
    await first.setPin(undefined, '4711');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('wrappedKey');
    const second = await open(folder, { osStore });
    expect(second.key()).toEqual(first.key());
    expect(second.isSignedIn()).toBe(false);
  });

  it('refuse to start with a new key when the store has lost the old one', async () => {
    const folder = tempFolder();
    const osStore = memoryStore();
    await (await open(folder, { osStore })).setPin(undefined, '4711');
    await expect(open(folder, { osStore: memoryStore() })).rejects.toThrow('not in the OS key store');
  });
});

describe('sealer', () => {
  const key = new Uint8Array(32).fill(5);

  it('opens only for the purpose and context it was sealed for', async () => {
    const drafts = createSealer(() => key, 'drafts');
    const sealed = await drafts.seal(Buffer.from('text'), 'task-1');
    expect(Buffer.from((await drafts.open(sealed, 'task-1'))!).toString()).toBe('text');
    expect(await drafts.open(sealed, 'task-2')).toBeUndefined();
    expect(await createSealer(() => key, 'study-cache').open(sealed, 'task-1')).toBeUndefined();
    expect(await drafts.open(sealed.subarray(0, 20), 'task-1')).toBeUndefined();
  });
});
