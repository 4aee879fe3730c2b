import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { holdDataFolder } from '#electron/hosts/compose/data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overread-data-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that takes the same hold and says so. */
async function holdElsewhere() {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import Database from 'libsql';
       const lock = new Database(${JSON.stringify(join(folder, 'instance.lock'))});
       lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (at INTEGER);');
       process.stdout.write('held');
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  return child;
}

describe('the data folder', () => {
  it('is held by one instance at a time and free again after release', () => {
    const first = holdDataFolder(folder);
    if ('refusal' in first) throw new Error(first.refusal);
    expect(holdDataFolder(folder)).toEqual({ refusal: 'in-use' });
    first.release();
    const second = holdDataFolder(folder);
    expect(second).not.toHaveProperty('refusal');
    if (!('refusal' in second)) second.release();
  });

  it('is free again when its holder was killed', async () => {
    const holder = await holdElsewhere();
    expect(holdDataFolder(folder)).toEqual({ refusal: 'in-use' });
    const exited = once(holder, 'exit');
    holder.kill('SIGKILL');
    await exited;
    const mine = holdDataFolder(folder);
    expect(mine).not.toHaveProperty('refusal');
    if (!('refusal' in mine)) mine.release();
  });

  it('says when it cannot be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(holdDataFolder(join(file, 'below'))).toEqual({ refusal: 'not-writable' });
  });
});
