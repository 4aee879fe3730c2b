import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import { createSigningKey, newSigningKeyText } from '#electron/adapters/signing-key/create-signing-key.ts';
import type { Audit } from '#electron/ports/audit.ts';
import type { SigningKey } from '#electron/workstation/signing/ports.ts';
import { HOUR_MS, type Clock } from '#shared/kernel/clock.ts';
import type { Log } from '#shared/kernel/log.ts';

import { holdDataFolder } from './data-folder.ts';
import { openAudit } from './open-audit.ts';
import { StartRefusal } from './start-refusal.ts';

export interface ProgramAudit extends Audit {
  close(): Promise<void>;
}

const KEY_FILE = 'audit-key.jwk';

/**
 * The audit chain of a gateway that runs without a reader, in a folder of its own that no other program may have. Its key lies beside it, for this user
 * alone: nobody is there to enter a PIN. Sealed at start, each hour and at the end. Throws StartRefusal when the folder cannot be had.
 */
export async function openProgramAudit(path: string, ports: { readonly clock: Clock; readonly log: Log }) {
  const { clock, log } = ports;
  const folder = holdDataFolder(path);
  if ('refusal' in folder) {
    const why = folder.refusal === 'in-use' ? 'another program writes its audit there' : 'it cannot be written';
    throw new StartRefusal(`audit folder ${path}: ${why}`);
  }
  try {
    const key = await machineKey(join(path, KEY_FILE));
    const audit = openAudit({ folder: path, actor: 'gateway', key, clock, log });
    await audit.seal();
    const sealing = setInterval(() => void audit.seal(), HOUR_MS);
    const opened: ProgramAudit = {
      record: audit.record,
      async close() {
        clearInterval(sealing);
        await audit.seal();
        audit.close();
        folder.release();
      },
    };
    return opened;
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function machineKey(file: string): Promise<SigningKey> {
  try {
    return await createSigningKey(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = await newSigningKeyText();
  await writeDurably(file, text);
  return createSigningKey(text);
}
