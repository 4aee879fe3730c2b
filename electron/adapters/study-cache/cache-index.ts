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
    const names = await readdir(path);
    await Promise.all(names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(path, name))));
    const whole = names.filter((name) => !name.endsWith(UNFINISHED));
    const sizes = await Promise.all(whole.map(async (name) => (await stat(join(path, name))).size));
    for (const [at, name] of whole.entries()) study.files.set(name, sizes[at] ?? 0);
    study.bytes = sizes.reduce((sum, size) => sum + size, 0);
    index.set(entry.name, study);
  }
  return index;
}
