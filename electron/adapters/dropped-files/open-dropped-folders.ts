import { randomUUID } from 'node:crypto';
import { open, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { DroppedFolders, DropRefusal } from '#electron/workstation/ports.ts';
import type { Log } from '#shared/kernel/log.ts';

import { folderNameOf, isSafePath } from './safe-names.ts';

const LARGEST_FILE_BYTES = 2 * 1024 ** 3;
const BATCH = /^[0-9a-f-]{36}$/;

/** While files come they lie here; gathered, the folder bears the name of what was dropped. */
const COMING = '.coming';
/** Files that are not whole yet: the import never sees this folder. */
const PARTS = '.parts';

/**
 * `{folder}/{batchId}/…`, one batch a dropped folder. A batch that was never gathered, because a window or the program
 * ended, is gone after the next start.
 */
export async function openDroppedFolders({
  folder,
  log,
  platform = process.platform,
  largestFileBytes = LARGEST_FILE_BYTES,
}: {
  readonly folder: string;
  readonly log: Log;
  readonly platform?: NodeJS.Platform;
  readonly largestFileBytes?: number;
}): Promise<DroppedFolders> {
  await dropUngathered(folder);

  async function receive(part: string, body: ReadableStream<Uint8Array>, sizeBytes: number | undefined) {
    const file = await open(part, 'wx', 0o600);
    let received = 0;
    try {
      for await (const piece of body) {
        received += piece.byteLength;
        if (received > largestFileBytes) return 'too-large';
        await file.writeFile(piece);
      }
    } finally {
      await file.close();
    }
    return sizeBytes === undefined || sizeBytes === received ? 'kept' : 'broken-off';
  }

  return {
    async keep(batchId, path, body, sizeBytes) {
      if (!BATCH.test(batchId) || !isSafePath(path, platform)) return leave(body, 'bad-name');
      if (sizeBytes !== undefined && sizeBytes > largestFileBytes) return leave(body, 'too-large');
      const batch = join(folder, batchId);
      const part = join(batch, PARTS, randomUUID());
      const target = join(batch, COMING, ...path);
      try {
        await mkdir(dirname(part), { recursive: true, mode: 0o700 });
        const outcome = await receive(part, body, sizeBytes);
        if (outcome !== 'kept') return outcome;
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await rename(part, target);
        return 'kept';
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === 'failed') log.warn('dropped-file.not-kept', { code: codeOf(error) ?? 'unknown' });
        return refusal;
      } finally {
        await rm(part, { force: true });
      }
    },
    async gather(batchId, name) {
      if (!BATCH.test(batchId)) return undefined;
      const batch = join(folder, batchId);
      const target = join(batch, folderNameOf(name));
      await rm(join(batch, PARTS), { recursive: true, force: true });
      await rename(join(batch, COMING), target).catch(() => undefined);
      return stat(target).then(
        () => target,
        () => undefined,
      );
    },
    async discard(batchId) {
      if (!BATCH.test(batchId)) return;
      for (const part of [COMING, PARTS]) await rm(join(folder, batchId, part), { recursive: true, force: true });
    },
  };
}

/** What will not be kept need not be sent to its end. */
async function leave(body: ReadableStream<Uint8Array>, refusal: DropRefusal): Promise<DropRefusal> {
  await body.cancel().catch(() => undefined);
  return refusal;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const FILE_CODES: Readonly<Record<string, DropRefusal>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  // A file stands where this path needs a folder, or the other way round.
  ENOTDIR: 'bad-name',
  EEXIST: 'bad-name',
  EISDIR: 'bad-name',
  ENAMETOOLONG: 'bad-name',
  ECONNRESET: 'broken-off',
  ABORT_ERR: 'broken-off',
  ERR_STREAM_PREMATURE_CLOSE: 'broken-off',
};

function refusalOf(error: unknown): DropRefusal {
  if (error instanceof Error && error.name === 'AbortError') return 'broken-off';
  return FILE_CODES[codeOf(error) ?? ''] ?? 'failed';
}

async function dropUngathered(folder: string): Promise<void> {
  const batches = await readdir(folder).catch(() => []);
  for (const batch of batches) {
    if (!BATCH.test(batch)) continue;
    for (const part of [COMING, PARTS]) await rm(join(folder, batch, part), { recursive: true, force: true });
  }
}
