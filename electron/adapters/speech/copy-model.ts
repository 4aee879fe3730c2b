import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { writeDurably } from '#electron/adapters/durable-file/write-durably.ts';
import type { SpeechModelTrouble } from '#shared/reporting/speech/speech-model.ts';

import type { FoundFile, FoundModel } from './read-model-folder.ts';

/** A copy under way, as it stands on disk: where from, and which files belong to it. */
export interface CopyPlan extends FoundModel {
  readonly from: string;
}

const PLAN = 'copy.json';
const PIECE_BYTES = 1024 * 1024;
const partOf = (folder: string, name: string): string => join(folder, `${name}.part`);

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

export async function readPlan(folder: string): Promise<CopyPlan | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, PLAN), 'utf8')) as CopyPlan;
  } catch {
    return undefined;
  }
}

export const totalBytes = ({ files }: Pick<CopyPlan, 'files'>): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** How much of it is here, whole files and the one that is not. */
export async function doneBytes(folder: string, { files }: Pick<CopyPlan, 'files'>): Promise<number> {
  let sum = 0;
  for (const { name } of files) sum += (await sizeOf(join(folder, name))) || (await sizeOf(partOf(folder, name)));
  return sum;
}

/** Begins anew, unless what is here is the first part of the very same files. */
export async function planCopy(folder: string, plan: CopyPlan): Promise<void> {
  const before = await readPlan(folder);
  if (JSON.stringify(before) === JSON.stringify(plan)) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, PLAN), JSON.stringify(plan));
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}

type Progress = (doneBytes: number) => void;

/** Goes on where the part ends; the whole gets its name only when its checksum is right. */
async function copyFile(
  from: string,
  folder: string,
  { name, sizeBytes, sha256 }: FoundFile,
  signal: AbortSignal,
  progress: Progress,
): Promise<SpeechModelTrouble | 'stopped' | undefined> {
  const part = partOf(folder, name);
  const source = await open(join(from, name), 'r');
  const target = await open(part, 'a', 0o600);
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    let at = await sizeOf(part);
    while (at < sizeBytes) {
      if (signal.aborted) return 'stopped';
      const { bytesRead } = await source.read(piece, 0, Math.min(PIECE_BYTES, sizeBytes - at), at);
      if (bytesRead === 0) return { code: 'half-copied', file: name };
      await target.write(piece, 0, bytesRead);
      at += bytesRead;
      progress(bytesRead);
    }
    await target.sync();
  } finally {
    await source.close();
    await target.close();
  }
  if (sha256 !== undefined && (await digestOf(part)) !== sha256) {
    await rm(part, { force: true });
    return { code: 'broken-file', file: name };
  }
  await rename(part, join(folder, name));
  return undefined;
}

const refusalOf = (error: unknown): SpeechModelTrouble => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return { code: 'no-folder' };
  return { code: code === 'ENOSPC' || code === 'EDQUOT' ? 'no-space' : 'not-written' };
};

/** Brings every file of the plan here; what was copied stays when it is stopped or fails. */
export async function copyModel(
  folder: string,
  plan: CopyPlan,
  signal: AbortSignal,
  progress: Progress,
): Promise<'whole' | 'stopped' | SpeechModelTrouble> {
  try {
    for (const file of plan.files) {
      if ((await sizeOf(join(folder, file.name))) === file.sizeBytes && file.sizeBytes > 0) continue;
      const now = await stat(join(plan.from, file.name));
      if (now.size !== file.sizeBytes || now.mtimeMs !== file.modifiedMs)
        return { code: 'half-copied', file: file.name };
      const trouble = await copyFile(plan.from, folder, file, signal, progress);
      if (trouble !== undefined) return trouble;
    }
    return signal.aborted ? 'stopped' : 'whole';
  } catch (error) {
    return refusalOf(error);
  }
}
