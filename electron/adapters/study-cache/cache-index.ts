import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface CachedStudy {
  /** File name to bytes on disk. */
  readonly files: Map<string, number>;
  bytes: number;
  lastUsedMs: number;
}

/** Suffix of a file that is still being written; found at start it is what a crash left, and goes. */
export const UNFINISHED = '.part';

/** What lies in the cache folder: one folder a study, one file an instance. */
export async function indexCache(folder: string): Promise<Map<string, CachedStudy>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const index = new Map<string, CachedStudy>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    const { mtimeMs } = await stat(path);
    const study: CachedStudy = { files: new Map(), bytes: 0, lastUsedMs: mtimeMs };
    for (const name of await readdir(path)) {
      if (name.endsWith(UNFINISHED)) {
        await rm(join(path, name), { force: true });
        continue;
      }
      const { size } = await stat(join(path, name));
      study.files.set(name, size);
      study.bytes += size;
    }
    index.set(entry.name, study);
  }
  return index;
}
