import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { _electron, expect, test } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const NO_RUNTIME = "Electron's runtime is not installed on this machine";

/** Electron's executable where it was downloaded; looking must not download it. */
function runtime(): string | undefined {
  const folder = join(ROOT, 'node_modules/electron');
  const pointer = join(folder, 'path.txt');
  if (!existsSync(pointer)) return undefined;
  const path = join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}

test('the Electron host opens the same worklist, in a sandboxed window that names no patient', async () => {
  const executablePath = runtime();
  if (executablePath === undefined) process.stdout.write(`skipped: ${NO_RUNTIME}\n`);
  test.skip(executablePath === undefined, NO_RUNTIME);
  const folder = mkdtempSync(join(tmpdir(), 'overread-electron-'));
  const app = await _electron.launch({ executablePath: executablePath!, args: [ROOT, '--data', folder] });
  try {
    const window = await app.firstWindow();
    await expect(window.getByRole('grid', { name: 'Worklist' })).toBeVisible();
    expect(new URL(window.url()).protocol).toBe('overread:');
    expect(await window.title()).toBe('Overread');
    expect(await window.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe('undefined');
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
