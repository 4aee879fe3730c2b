import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
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
 * file, and after this returns the files survive a power cut. A file that is there with the same content stays untouched, so that a watcher does not
 * take a repeat for news. The last file is written last: its presence says that all are there. The folder may be a mounted one (SFTP, SMB).
 */
export async function writeReportFiles(folder: string, files: readonly ReportFile[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    for (const file of files) await writeWhole(folder, file);
    await syncFolder(folder).catch(unlessUnknownHere);
  } catch (cause) {
    throw new FolderError(cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed');
  }
}

async function writeWhole(folder: string, { name, content }: ReportFile): Promise<void> {
  const path = join(folder, name);
  if (await holds(path, content)) return;
  const temporary = join(folder, `.${name}.part`);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync().catch(unlessUnknownHere);
    } finally {
      await handle.close();
    }
    await moveOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function holds(path: string, content: Uint8Array | string): Promise<boolean> {
  try {
    return (await readFile(path)).equals(Buffer.from(content));
  } catch {
    return false;
  }
}

/** SFTP's own rename (draft-ietf-secsh-filexfer-02, 6.5) fails where the name is taken; what stands there is then another content under our name. */
async function moveOver(temporary: string, path: string): Promise<void> {
  try {
    await rename(temporary, path);
  } catch (error) {
    if (!isOneOf(error, ['EEXIST', 'EPERM', 'ENOTSUP'])) throw error;
    await rm(path, { force: true });
    await rename(temporary, path);
  }
}

/** A mounted folder may know no flush; then the other side keeps the file as it keeps every file. */
function unlessUnknownHere(error: unknown): void {
  if (!isOneOf(error, ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR', 'EBADF'])) throw error;
}

const isOneOf = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
