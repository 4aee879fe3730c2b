import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as nextTurn } from 'node:timers/promises';

import { afterEach } from 'vitest';

/** An empty folder of this test's own, gone after it. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'overread-test-'));
  made.push(folder);
  return folder;
}

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await remove(folder);
});

/** What was closed a moment ago may still end a write: a file that comes while the folder is being emptied is removed in the next round. */
async function remove(folder: string, rounds = 20): Promise<void> {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (rounds === 0) throw error;
    await nextTurn(ROUND_MS);
    return remove(folder, rounds - 1);
  }
}
const ROUND_MS = 50;
