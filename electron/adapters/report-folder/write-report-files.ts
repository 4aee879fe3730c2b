import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { syncFolder } from '#electron/adapters/durable-file/write-durably.ts';

export interface ReportFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** Why a folder did not take the files; nothing of a failed file stays under its final name. */
class FolderError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`report folder: ${code}`);
    this.name = 'FolderError';
    this.code = code;
  }
}

/**
 * Writes each file whole or not at all: under a temporary name, flushed, renamed, the folder flushed. A watcher of the folder never sees half a
 * file, and after this returns the files survive a power cut. The last file is written last: its presence says that all are there.
 */
export async function writeReportFiles(folder: string, files: readonly ReportFile[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    for (const file of files) await writeWhole(folder, file);
    await syncFolder(folder);
  } catch (cause) {
    throw new FolderError(cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed');
  }
}

async function writeWhole(folder: string, { name, content }: ReportFile): Promise<void> {
  const temporary = join(folder, `.${name}.part`);
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(temporary, join(folder, name));
}
