import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'libsql';

export interface DataFolder {
  readonly path: string;
  release(): void;
}

/**
 * Makes the folder that holds all state and keeps other instances out of it: two gateways on one ledger would deliver
 * twice. The hold is the operating system's lock on an open database, so it ends with the process, however it ends.
 */
export function holdDataFolder(path: string): DataFolder | { readonly refusal: 'in-use' | 'not-writable' } {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    return { refusal: 'not-writable' };
  }
  let lock: Database.Database;
  try {
    lock = new Database(join(path, 'instance.lock'));
  } catch {
    return { refusal: 'not-writable' };
  }
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (at INTEGER);');
  } catch {
    lock.close();
    return { refusal: 'in-use' };
  }
  return {
    path,
    release: () => {
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}
